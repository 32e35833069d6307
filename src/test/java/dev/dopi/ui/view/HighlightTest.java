package dev.dopi.ui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.source.Span;
import dev.dopi.ui.view.Highlight.Kind;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class HighlightTest {

    private static final String CODE = """
            const sql = `SELECT class, 42
              FROM const`; // return 7
            export class Room<T extends string> { n: number = 42; }
            """;

    private static String line(int number) {
        String expected = CODE.lines().toList().get(number - 1);
        return Highlight.of("src/room.ts", CODE).orElseThrow().line(number, expected).orElseThrow().stream()
                .filter(piece -> piece.kind() != Kind.PLAIN)
                .map(piece -> piece.kind() + ":" + piece.text().strip())
                .collect(Collectors.joining(" "));
    }

    @Test
    void aStringOverLinesStaysAString() {
        assertEquals("KEYWORD:const STRING:`SELECT class, 42", line(1));
        assertEquals("STRING:FROM const` COMMENT:// return 7", line(2));
    }

    @Test
    void wordsAreTheLanguagesAndNumbersAreLiterals() {
        assertEquals("KEYWORD:export KEYWORD:class KEYWORD:extends KEYWORD:string KEYWORD:number NUMBER:42", line(3));
    }

    @Test
    void thePiecesAreTheLine() {
        Highlight highlight = Highlight.of("src/room.ts", CODE).orElseThrow();
        List<String> lines = CODE.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            assertEquals(
                    lines.get(i),
                    highlight.line(i + 1, lines.get(i)).orElseThrow().stream()
                            .map(Highlight.Piece::text)
                            .collect(Collectors.joining()));
        }
    }

    @Test
    void anotherLineIsNotColoured() {
        Highlight highlight = Highlight.of("src/room.ts", CODE).orElseThrow();

        assertTrue(highlight.line(1, "something else").isEmpty());
        assertTrue(highlight.line(99, "").isEmpty());
        assertTrue(Highlight.of("README.md", "# const").isEmpty());
    }

    @Test
    void onlyTheWordsThatDifferAreMarked() {
        WordDiff diff = WordDiff.of("sql.exec(`INSERT INTO a`, id, text)", "sql.exec(`INSERT INTO bb`, id, text, now)");

        assertEquals(List.of(new Span(22, 23)), diff.removed());
        assertEquals(List.of(new Span(22, 24), new Span(35, 40)), diff.added());
    }

    @Test
    void linesThatHaveLittleInCommonAreNotMarked() {
        assertEquals(
                List.of(),
                WordDiff.of("const a = 1;", "return this.ctx.storage.sql.exec(x);")
                        .added());
    }
}
