package dev.dopi.ui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.ui.theme.Colour;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackgroundTest {

    private static String rest(Background background) {
        return new String(background.keys(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        "rgb:ffff/ffff/ffff, 255, 255, 255",
        "rgb:1e1e/2020/3030, 30, 32, 48",
        "rgb:1e/20/30, 30, 32, 48",
        "rgba:f/8/0/ffff, 255, 136, 0",
    })
    void readsTheColourInEveryForm(String answer, int red, int green, int blue) {
        for (String end : new String[] {"\u0007", "\u001b\\"}) {
            Background background = Background.of("\u001b]11;" + answer + end + "\u001b[?62;4c");

            assertEquals(Optional.of(new Colour.Rgb(red, green, blue)), background.colour());
            assertEquals("", rest(background));
        }
    }

    @Test
    void keysThatCameMeanwhileAreKept() {
        Background background = Background.of("c\u001b[A\u001b]11;rgb:0/0/0\u0007y\u001b[?1;2cq");

        assertEquals("c\u001b[Ayq", rest(background));
    }

    @Test
    void aTerminalThatOnlyEndsTheWaitingIsNotWaitedFor() throws IOException {
        var in = new ByteArrayInputStream("\u001b[?1;0c".getBytes(StandardCharsets.ISO_8859_1));
        Background background = Background.read(in, 60_000);

        assertEquals(Optional.empty(), background.colour());
        assertEquals("dark", background.theme(Map.of()));
    }

    @Test
    void oneThatSaysNothingIsWaitedForAMomentOnly() throws IOException {
        assertEquals(Background.of(""), Background.read(new ByteArrayInputStream(new byte[0]), 1));
    }

    @Test
    void theThemeFitsTheBackground() {
        assertEquals(
                "light", Background.of("\u001b]11;rgb:fdfd/f6f6/e3e3\u0007").theme(Map.of()));
        assertEquals("dark", Background.of("\u001b]11;rgb:0000/2b2b/3636\u0007").theme(Map.of("COLORFGBG", "0;15")));
        assertEquals("light", Background.of("").theme(Map.of("COLORFGBG", "0;15")));
        assertEquals("dark", Background.of("").theme(Map.of("COLORFGBG", "15;default;0")));
    }

    @Test
    void noQuestionGoesToATerminalThatMightShowIt() {
        assertTrue(Background.askable(Map.of("TERM", "tmux-256color")));
        assertFalse(Background.askable(Map.of("TERM", "vt100")));
        assertFalse(Background.askable(Map.of("TERM", "linux")));
    }
}
