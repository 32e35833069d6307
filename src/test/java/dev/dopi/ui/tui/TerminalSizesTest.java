package dev.dopi.ui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every screen of the program in tmux, at three sizes, and through a resize at each. */
@Tag("terminal")
final class TerminalSizesTest {

    private static final Path GOLDEN = Path.of("src/test/screens/terminal");

    @TempDir
    private Path folder = Path.of("");

    private final List<String> pictures = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"80, 24", "40, 10", "200, 60"})
    void everyScreenFitsAndSurvivesResizing(int columns, int rows) throws IOException, InterruptedException {
        try (var terminal = new Tmux(folder, columns, rows)) {
            terminal.start("", "dev.dopi.ui.tui.SampleMain dark quick");
            new Tour(terminal, columns, rows).walk();
        }
        check("%dx%d.txt".formatted(columns, rows), String.join("", pictures));
    }

    /** From the analysis to the report, with a stop at each screen. */
    private final class Tour {

        private final Tmux terminal;
        private final int columns;
        private final int rows;

        Tour(Tmux terminal, int columns, int rows) {
            this.terminal = terminal;
            this.columns = columns;
            this.rows = rows;
        }

        void walk() throws IOException, InterruptedException {
            stop("Analyse", "Enter open", "");
            stop("Class", "Enter source", "Down", "Enter");
            stop("Source", "line 15", "Down", "Down", "Enter");
            terminal.keys("b", "b");
            terminal.await("Go on to 3");
            stop("Choose", "[Choose]", "c");
            stop("Explain", "Esc close", "e");
            terminal.keys("Escape");
            terminal.await("Enter review");
            stop("Options", "Keep rows for", "Enter");
            stop("Review", "y yes", "Enter");
            stop("Help", "Help: Review", "?");
            terminal.keys("Escape");
            terminal.await("Apply");
            for (int hunk = 1; hunk <= 4; hunk++) {
                terminal.settled();
                terminal.decide("y", "");
            }
            stop("Apply", "Esc back", "Enter");
            for (String letter : List.of("a", "p", "p", "l", "y")) {
                terminal.decide(letter, "");
            }
            terminal.keys("Enter");
            terminal.await("All files are written");
            stop("Validate", "[Validate]", "Enter");
            terminal.keys("Enter");
            stop("Report", "Enter finish", "");
            terminal.keys("Enter");
            terminal.await("all done");
        }

        private void stop(String name, String text, String... keys) throws IOException, InterruptedException {
            for (String key : keys) {
                if (!key.isEmpty()) {
                    terminal.keys(key);
                }
            }
            terminal.await(text);
            if (name.equals("Validate")) {
                terminal.await("Enter goes on");
            }
            String before = terminal.settled();
            terminal.resize(39, 9);
            terminal.await("needs 40x10");
            terminal.resize(rows == 10 ? 120 : 40, rows == 10 ? 40 : 10);
            terminal.settled();
            terminal.resize(columns, rows);
            terminal.await(text);
            assertEquals(before, terminal.settled(), name + " after a resize");
            assertTrue(before.lines().allMatch(line -> Glyph.width(line) <= columns), before);
            pictures.add(
                    "== " + name + "\n" + before.replaceAll("(?m)[ \\t]+$", "").stripTrailing() + "\n");
        }
    }

    private static void check(String name, String text) throws IOException {
        // How long something took is another each time.
        String timeless = text.replaceAll("\\d+(\\.\\d)? s\\b", "# s").replaceAll("(?m) +# s", " # s");
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, timeless);
        }
        assertEquals(Files.readString(file), timeless, name);
    }
}
