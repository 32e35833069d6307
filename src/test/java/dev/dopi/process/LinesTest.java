package dev.dopi.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinesTest {

    @Test
    void endsALineAtALineFeedWithOrWithoutAReturn() {
        assertEquals(
                List.of("one", "", "two", "three"), cut("one\n\ntwo\r\nthree".getBytes(StandardCharsets.UTF_8), 3));
    }

    @Test
    void keepsOnlyTheLastStateOfAProgressLine() {
        assertEquals(List.of("100 %", "done"), cut("5 %\r50 %\r100 %\r\ndone\r".getBytes(StandardCharsets.UTF_8), 64));
    }

    @Test
    void replacesBytesThatAreNotUtf8() {
        assertEquals(List.of("a\uFFFDb"), cut(new byte[] {'a', (byte) 0xFF, 'b', '\n'}, 64));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8192})
    void readsCharactersThatComeInPieces(int piece) {
        assertEquals(List.of("grün €", "𝄞"), cut("grün €\n𝄞".getBytes(StandardCharsets.UTF_8), piece));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ü", "€", "𝄞"})
    void cutsAnOverlongLineBetweenCharacters(String character) {
        String line = "a" + character.repeat(9000);
        String cut =
                cut((line + "\nnext\n").getBytes(StandardCharsets.UTF_8), 100).getFirst();
        String kept = cut.substring(0, cut.length() - Lines.CUT.length());
        assertTrue(cut.endsWith(Lines.CUT), cut);
        assertTrue(line.startsWith(kept));
        int bytes = kept.getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes > Lines.MOST_BYTES - 4 && bytes <= Lines.MOST_BYTES, bytes + " bytes");
    }

    private static List<String> cut(byte[] bytes, int piece) {
        var found = new ArrayList<String>();
        var lines = new Lines(found::add);
        for (int from = 0; from < bytes.length; from += piece) {
            int count = Math.min(piece, bytes.length - from);
            var chunk = new byte[count];
            System.arraycopy(bytes, from, chunk, 0, count);
            lines.add(chunk, count);
        }
        lines.end();
        return found;
    }
}
