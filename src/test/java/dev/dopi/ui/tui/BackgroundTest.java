package dev.dopi.ui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.ui.theme.Colour;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackgroundTest {

    private static final Colour.Rgb PAPER = new Colour.Rgb(253, 246, 227);
    private static final Colour.Rgb NIGHT = new Colour.Rgb(0, 43, 54);

    private final Path folder;
    private final List<String> answers = new ArrayList<>();
    private final KeyDecoder decoder = new KeyDecoder(answers::add);

    BackgroundTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private List<Key> typed(String bytes) {
        return decoder.decode(bytes.getBytes(StandardCharsets.ISO_8859_1));
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
            answers.clear();

            assertEquals(List.of(), typed("\u001b]11;" + answer + end + "\u001b[?62;4c"));
            assertEquals(Optional.of(new Colour.Rgb(red, green, blue)), Background.colour(answers.getFirst()));
            assertFalse(Background.isLast(answers.getFirst()));
            assertTrue(Background.isLast(answers.getLast()));
        }
    }

    @Test
    void keysAroundAnAnswerStayKeys() {
        assertEquals(
                List.of(Key.of('c'), Key.of(Key.Name.UP), Key.of('y'), Key.of('q')),
                typed("c\u001b[A\u001b]11;rgb:0/0/0\u0007y\u001b[?1;2cq"));
        assertEquals(List.of("]11;rgb:0/0/0", "[?1;2c"), answers);
    }

    @Test
    void anAnswerThatComesInPartsHoweverLateIsNeverTakenForKeys() {
        var keys = new ArrayList<Key>();
        for (String part : List.of("\u001b]1", "1;rgb:ff", "ff/0000/", "0000\u001b", "\\q")) {
            keys.addAll(typed(part));
            assertFalse(decoder.pending());
            keys.addAll(decoder.giveUp());
        }

        assertEquals(List.of(Key.of('q')), keys);
        assertEquals(
                Optional.of(new Colour.Rgb(255, 0, 0)), answers.stream().findFirst().flatMap(Background::colour));
    }

    @Test
    void anAnswerThatNeverEndsDoesNotTakeTheKeyboardAway() {
        assertEquals(List.of(), typed("\u001b]11;rgb:ff"));
        assertEquals(List.of(new Key.Ctrl('c'), Key.of('q')), typed("\u0003q"));
        assertEquals(List.of(), answers);
    }

    @Test
    void theThemeFitsTheBackgroundAndIsGuessedTheNextTime() throws IOException {
        var first = new Background(folder.resolve("state"));
        assertEquals("dark", first.guess(Map.of()));
        assertEquals("light", first.theme(PAPER));

        var second = new Background(folder.resolve("state"));
        assertEquals("light", second.guess(Map.of()));
        assertEquals("dark", second.theme(NIGHT));
        assertEquals("dark", new Background(folder.resolve("state")).guess(Map.of()));
    }

    @Test
    void theEnvironmentKnowsBetterThanTheLastTime() throws IOException {
        Files.writeString(folder.resolve("background"), "dark\n");
        var background = new Background(folder);

        assertEquals("light", background.guess(Map.of("COLORFGBG", "0;15")));
        assertEquals("dark", background.guess(Map.of("COLORFGBG", "15;default;0")));
        assertEquals("dark", background.guess(Map.of()));
    }

    @Test
    void whereNothingCanBeRememberedItIsGuessedAnew() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        var background = new Background(file);

        assertEquals("light", background.theme(PAPER));
        assertEquals("dark", new Background(file).guess(Map.of()));
        Files.writeString(folder.resolve("background"), "../../etc/passwd");
        assertEquals("dark", new Background(folder).guess(Map.of()));
    }

    @Test
    void noQuestionGoesToATerminalThatMightShowIt() {
        assertTrue(Background.askable(Map.of("TERM", "tmux-256color")));
        assertFalse(Background.askable(Map.of("TERM", "vt100")));
        assertFalse(Background.askable(Map.of("TERM", "linux")));
        assertFalse(Background.askable(Map.of()));
    }
}
