package dev.dopi.ui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlyphTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"abc,3", "日本,4", "ｱｲ,2", "한글,4", "é,1", "e\u0301,1", "🎉,2", "⚡,2", "→,1", "Ж,1", "a\tb,5", "ａ,2"})
    void countsCells(String text, int width) {
        assertEquals(width, Glyph.width(text), text);
    }

    @ParameterizedTest
    @CsvSource({
        "'a\u202eb', 'a<U+202E>b'",
        "'a\u200bb', 'a<U+200B>b'",
        "'\u001b[31mred', '<U+001B>[31mred'",
        "'\u009b31m', '<U+009B>31m'",
        "'a\u2066b', 'a<U+2066>b'",
        "'\ufeffx', '<U+FEFF>x'",
        "'\u0301', '<U+0301>'",
        "'a\u00adb', 'a<U+00AD>b'",
        "'\ud83d', '<U+D83D>'",
        "'x\udb40\udd00', 'x<U+E0100>'",
        "'❤\ufe0f', '❤'",
        "'👩\u200d💻', '👩<U+200D>💻'",
    })
    void spellsWhatCannotBeSeen(String text, String shown) {
        assertEquals(shown, Glyph.of(text).stream().map(Glyph::text).collect(Collectors.joining()));
    }

    @Test
    void letsNoControlCharacterThrough() {
        for (int point = 0; point <= 0x10ffff; point++) {
            if (point != '\t') {
                String text = "a" + new String(Character.toChars(point)) + "b";
                for (Glyph glyph : Glyph.of(text)) {
                    int first = glyph.text().codePointAt(0);
                    assertTrue(
                            !Character.isISOControl(first) && Character.getType(first) != Character.FORMAT,
                            () -> Integer.toHexString(first));
                }
            }
        }
    }

    @Test
    void goesToTheNextMultipleOfFourForATab() {
        assertEquals("日本    x".length() + 2, Glyph.width("日本\tx"));
    }
}
