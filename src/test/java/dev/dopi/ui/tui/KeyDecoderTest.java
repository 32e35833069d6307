package dev.dopi.ui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyDecoderTest {

    @ParameterizedTest
    @CsvSource({
        "'\r', ENTER",
        "'\n', ENTER",
        "'\t', TAB",
        "'\u007f', BACKSPACE",
        "'\b', BACKSPACE",
        "'\u001b[A', UP",
        "'\u001bOB', DOWN",
        "'\u001b[1;5C', RIGHT",
        "'\u001b[D', LEFT",
        "'\u001b[7~', HOME",
        "'\u001b[F', END",
        "'\u001b[5~', PAGE_UP",
        "'\u001b[6~', PAGE_DOWN",
        "'\u001b[3~', DELETE",
        "'\u001b[Z', BACK_TAB",
    })
    void knowsNamedKeys(String bytes, Key.Name name) {
        assertEquals(List.of(Key.of(name)), decode(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b]11;rgb:1e1e/1e1e/1e1e\u001b\\",
                "\u001b]11;rgb:0/0/0\u0007",
                "\u001b[?62;22c",
                "\u001b[?2026;2$y",
                "\u001b[I",
                "\u001b[O",
                "\u001b[97;5u",
                "\u001b[?1;2c",
                "\u001bP>|tmux 3.3a\u001b\\",
                "\u001b[24;80R",
                "\u001b[[A"
            })
    void swallowsWhatItDoesNotKnow(String bytes) {
        assertEquals(List.of(Key.of('x')), decode(bytes + "x"));
    }

    @Test
    void takesAPasteAsOneEvent() {
        assertEquals(
                List.of(new Key.Pasted("y\nq\r\u001b[A"), Key.of('z')),
                decode("\u001b[200~y\nq\r\u001b[A\u001b[201~z"));
    }

    @Test
    void takesAnythingInPartsAsWell() {
        String bytes = "a\u001b[A日🎉\u001b[200~two\nlines\u001b[201~\u001b[<65;3;4M\u001b[<0;7;9Mb";
        var decoder = new KeyDecoder();
        var keys = new ArrayList<Key>();
        for (byte each : bytes.getBytes(StandardCharsets.UTF_8)) {
            keys.addAll(decoder.decode(new byte[] {each}));
        }

        assertEquals(decode(bytes), keys);
        assertEquals(
                List.of(
                        Key.of('a'),
                        Key.of(Key.Name.UP),
                        new Key.Typed("日", false),
                        new Key.Typed("🎉", false),
                        new Key.Pasted("two\nlines"),
                        new Key.Wheel(1),
                        new Key.Click(6, 8),
                        Key.of('b')),
                keys);
    }

    @Test
    void aLoneEscapeIsAKeyOnceNothingFollows() {
        var decoder = new KeyDecoder();

        assertEquals(List.of(), decoder.decode(new byte[] {0x1b}));
        assertTrue(decoder.pending());
        assertEquals(List.of(Key.of(Key.Name.ESCAPE)), decoder.giveUp());
    }

    @Test
    void tellsCtrlAndAlt() {
        assertEquals(
                List.of(new Key.Ctrl('c'), new Key.Ctrl('z'), new Key.Typed("x", true)), decode("\u0003\u001a\u001bx"));
    }

    private static List<Key> decode(String bytes) {
        return new KeyDecoder().decode(bytes.getBytes(StandardCharsets.UTF_8));
    }
}
