package dev.dopi.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class PlainTextTest {

    @Test
    void escapeSequencesAreWrittenOut() {
        assertEquals("a\\u001b]0;owned\\u0007b", PlainText.line("a\u001b]0;owned\u0007b"));
        assertEquals("\\u009b31m\\u007f\\u0000", PlainText.line("\u009b31m\u007f\u0000"));
    }

    @Test
    void whatReordersOrHidesIsWrittenOut() {
        assertEquals("evil\\u202egpj.exe", PlainText.line("evil\u202egpj.exe"));
        assertEquals("\\u2066x\\u2069 \\u200f \\ufeff \\u2028", PlainText.line("\u2066x\u2069 \u200f \ufeff \u2028"));
        assertEquals("\\u{e0041}", PlainText.line("\udb40\udc41"));
        assertEquals("\\ud800", PlainText.line("\ud800"));
    }

    @Test
    void aLineStaysALine() {
        assertEquals("one\\ntwo\\tthree\\u000d", PlainText.line("one\ntwo\tthree\r"));
        assertEquals("one\ntwo\tthree\\u000d", PlainText.block("one\ntwo\tthree\r"));
    }

    @Test
    void wordsOfEveryScriptStayAsTheyAre() {
        String text = "Straße 日本語 עברית 👩\u200d💻 می\u200cخواهم";
        assertEquals(text, PlainText.line(text));
    }

    @Test
    void outputLosesItsColoursAndItsPowers() {
        assertEquals(
                "ok 3 tests",
                PlainText.output("\u001b[1;32mok\u001b[0m 3 \u001b]8;;http://x\u001b\\tests\u001b]8;;\u001b\\"));
        assertEquals("ab", PlainText.output("a\u001bP1;2|stuff\u001b\\b\u001b[?1049l\u001b(B\u001bc"));
        assertEquals("100%", PlainText.output("10%\r50%\r100%\r"));
        assertEquals("x", PlainText.output("x\u001b]52;c;never ended"));
    }
}
