package dev.dopi.ui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program in tmux: keys in, screens out. */
@Tag("terminal")
final class TerminalTest {

    private final Path folder;
    private final Tmux terminal;

    TerminalTest(@TempDir Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.terminal = new Tmux(folder, 80, 24);
    }

    @BeforeEach
    void open() throws IOException, InterruptedException {
        terminal.start("", "dev.dopi.ui.tui.SampleMain dark test");
        terminal.await("Go on to 3 recommendations");
    }

    @AfterEach
    void close() throws IOException {
        terminal.close();
    }

    @Test
    void walksFromTheAnalysisToTheReport() throws IOException, InterruptedException {
        terminal.keys("c");
        terminal.await("3 recommendations, 1 advice, 2 chosen");
        terminal.keys("Enter");
        terminal.await("Keep rows for");
        terminal.keys("Enter");
        for (int accepted = 0; accepted < 4; accepted++) {
            terminal.await(accepted + " accepted");
            terminal.decide("y", accepted + 1 + " accepted");
        }
        terminal.keys("Enter");
        terminal.await("To write 2 files");
        for (String letter : List.of("a", "p", "p", "l", "y")) {
            terminal.decide(letter, "");
        }
        terminal.await("apply_");
        terminal.keys("Enter");
        terminal.await("All files are written.");
        terminal.keys("Enter");
        terminal.await("What now?");
        terminal.keys("Down", "Down", "Down");
        terminal.decide("Enter", "you keep the change");
        terminal.keys("Enter");
        terminal.await("2 patterns in place, 2 files written, 1 of 3 checks passed");
        terminal.keys("Enter");
        terminal.await("all done");

        assertTrue(terminal.screen().contains("Undo with: dopi undo"), terminal.screen());
        assertTrue(terminal.screen().contains("exit code 4"), terminal.screen());
        same();
    }

    @Test
    void survivesResizing() throws IOException, InterruptedException {
        terminal.keys("c");
        terminal.await("2 chosen");
        terminal.resize(39, 9);
        terminal.await("needs 40x10");
        terminal.resize(40, 10);
        terminal.await("dopi 2/7 [Choose]");
        terminal.resize(200, 50);
        terminal.await("Analyse › [Choose]");
        terminal.keys("q");
        terminal.await("all done");
        same();
    }

    @Test
    void quitsOnTwoInterrupts() throws IOException, InterruptedException {
        terminal.keys("C-c");
        terminal.await("Ctrl-C again");
        terminal.keys("C-c", "C-c");
        terminal.await("exit code 130");
        terminal.await("all done");
        same();
    }

    @Test
    void comesBackFromTheShell() throws IOException, InterruptedException {
        // The script has no job control of its own, so its shell sees the whole group stop.
        terminal.keys("C-z");
        terminal.await("Stopped");
        assertEquals("1 0 0", terminal.modes());
        terminal.type("stty -g > " + folder.resolve("stopped"), "Enter");
        terminal.type("echo in the shell", "Enter");
        terminal.await("\nin the shell");
        assertEquals(Files.readString(folder.resolve("before")), Files.readString(folder.resolve("stopped")));
        terminal.resize(60, 20);
        terminal.type("fg", "Enter");
        terminal.await("Go on to 3 recommendations");
        terminal.awaitNo("in the shell");
        assertEquals("1 1", terminal.modes().substring(2));
        assertEquals(
                60, terminal.screen().lines().skip(1).findFirst().orElse("").length(), terminal.screen());
        terminal.keys("q");
        terminal.await("all done");
        same();
    }

    @Test
    void restoresTheTerminalWhenItIsEnded() throws IOException, InterruptedException {
        ended("TERM", 143);
    }

    @Test
    void restoresTheTerminalWhenTheLineDrops() throws IOException, InterruptedException {
        ended("HUP", 129);
    }

    @Test
    void restoresTheTerminalWhenItIsInterruptedFromOutside() throws IOException, InterruptedException {
        ended("INT", 130);
    }

    @Test
    void restoresTheTerminalWhenItBreaks() throws IOException, InterruptedException {
        terminal.keys("c");
        terminal.await("2 chosen");
        // The page that SampleMain cannot give.
        terminal.keys("Down", "e");
        terminal.await("exit code 1");
        terminal.await("all done");
        same();
    }

    private void ended(String signal, int code) throws IOException, InterruptedException {
        assertEquals("0 1 1", terminal.modes().replaceFirst("^1", "0"));

        terminal.end(signal);

        terminal.await("exit code " + code);
        terminal.await("all done");
        same();
    }

    private void same() throws IOException, InterruptedException {
        assertEquals(Files.readString(folder.resolve("before")), Files.readString(folder.resolve("after")));
        assertEquals("1 0 0", terminal.modes());
    }
}
