package dev.dopi.ui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real program on the bundled sample, on the terminals that there are, and through what ends it. */
@Tag("terminal")
final class TerminalKindsTest {

    private static final String PROGRAM = "dev.dopi.cli.Main ";

    @TempDir
    private Path folder = Path.of("");

    private Path project = folder;

    @BeforeEach
    void copyTheSample() throws IOException {
        project = folder.resolve("club house");
        Path sample = Path.of("src/main/resources/demo");
        try (Stream<Path> files = Files.walk(sample)) {
            for (Path file : files.toList()) {
                Path copy = project.resolve(sample.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    /** Starts the program; what it sends to the terminal is kept in a file, byte for byte. */
    private void start(Tmux terminal, String environment) throws IOException, InterruptedException {
        terminal.tmux("pipe-pane", "-o", "cat > '" + folder.resolve("sent") + "'");
        terminal.start(environment, PROGRAM + "\"" + project + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "xterm-256color, 38;5;",
        "tmux-256color, 38;5;",
        "screen, 3",
        "linux, 3",
        "vt100, ''",
    })
    void drawsOnEachTerminalWithTheColoursThatItHas(String term, String colour)
            throws IOException, InterruptedException {
        try (var terminal = new Tmux(folder, 80, 24)) {
            start(terminal, "TERM=" + term + " COLORTERM=");
            terminal.await("Go on to 7 recommendations");
            terminal.keys("c");
            terminal.await("7 recommendations, 5 chosen");
            String coloured = terminal.colours();
            terminal.keys("q");
            terminal.await("all done");

            boolean any = coloured.matches("(?s).*\u001b\\[[0-9;]*3[0-8][0-9;]*m.*");
            boolean many = coloured.contains("38;5;");
            assertEquals(!colour.isEmpty(), any, coloured);
            assertEquals(colour.startsWith("38"), many, coloured);
            assertEquals(Files.readString(folder.resolve("before")), Files.readString(folder.resolve("after")));
            assertEquals("1 0 0", terminal.modes());
        }
    }

    @Test
    void onADumbTerminalNoEscapeSequenceIsSent() throws IOException, InterruptedException {
        try (var terminal = new Tmux(folder, 80, 24)) {
            start(terminal, "TERM=dumb");
            terminal.await("Which ones?");
            terminal.type("quit", "Enter");
            terminal.await("all done");

            String sent = Files.readString(folder.resolve("sent"));
            assertTrue(sent.contains("Step 1 of 6, Analyse."), sent);
            assertFalse(sent.contains("\u001b"), sent);
        }
    }

    @Test
    void afterItWasKilledTheNextStartGoesOnAtTheSameHunk() throws IOException, InterruptedException {
        try (var terminal = new Tmux(folder, 80, 24)) {
            review(terminal);
            terminal.decide("y", "hunk 2 of");
            String before = terminal.settled();
            terminal.end("KILL");
            terminal.await("exit code 137");
            // What scripts/dopi does; the shell has the raw terminal still, to which Enter is no line's end.
            terminal.type("stty sane; clear", "C-j");
            terminal.awaitNo("exit code 137");

            terminal.start("", PROGRAM + "resume \"" + project + "\"");
            terminal.await("hunk 2 of");
            assertEquals(before, terminal.settled());
        }
    }

    @Test
    void aKilledLineModeGoesOnToo() throws IOException, InterruptedException {
        Path editor = Files.writeString(folder.resolve("editor"), "#!/bin/sh\necho '// by hand' >> \"$1\"\n");
        Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwxr-xr-x"));
        // High enough for all that is said of a hunk, so that nothing is scrolled away before it is looked at.
        try (var terminal = new Tmux(folder, 80, 120)) {
            terminal.start("TERM=dumb EDITOR=\"" + editor + "\"", PROGRAM + "--plain \"" + project + "\"");
            terminal.await("Which ones?");
            terminal.type("3", "Enter");
            terminal.await("Apply this hunk?");
            terminal.type("edit", "Enter");
            terminal.await("Taken as you wrote it, and accepted.");
            terminal.end("KILL");
            terminal.await("exit code 137");
            terminal.type("stty sane; clear", "C-j");
            terminal.awaitNo("exit code 137");

            terminal.start("TERM=dumb", PROGRAM + "--plain \"" + project + "\"");
            terminal.await("Go on with it?");
            terminal.type("yes", "Enter");
            terminal.await("(as you edited it): yes.");
            terminal.type("quit", "Enter");
            terminal.await("Your answers are kept");
            terminal.await("all done");
        }
    }

    @Test
    void aSecondSessionOnTheSameProjectSaysSo() throws IOException, InterruptedException {
        try (var first = new Tmux(folder, 80, 24);
                var second = new Tmux(folder, 80, 24)) {
            review(first);
            second.start("", PROGRAM + "\"" + project + "\"");
            second.await("Open twice");
            second.await("Go on all the same");
        }
    }

    @Test
    void codeThatHoldsEscapeSequencesDoesNotActOnTheTerminal() throws IOException, InterruptedException {
        Path room = project.resolve("src/chat-room.ts");
        String evil = "/* \u001b]2;owned\u0007\u001b[?25l\u001b[5;5H\u001b[31mX\u202e */ ";
        Files.writeString(room, Files.readString(room).replace("import type", evil + "import type"));
        try (var terminal = new Tmux(folder, 80, 24)) {
            String title = terminal.tmux("display-message", "-p", "#{pane_title}");
            review(terminal);
            terminal.await("owned");
            String settled = terminal.settled();
            assertTrue(
                    settled.lines().limit(2).allMatch(line -> line.startsWith(" dopi") || line.startsWith("─")),
                    settled);
            assertEquals(title, terminal.tmux("display-message", "-p", "#{pane_title}"));
        }
    }

    private void review(Tmux terminal) throws IOException, InterruptedException {
        terminal.start("", PROGRAM + "\"" + project + "\"");
        terminal.await("Go on to 7 recommendations");
        terminal.keys("c");
        terminal.await("5 chosen");
        terminal.keys("Enter");
        terminal.await("Keep rows for");
        terminal.keys("Enter");
        terminal.await("hunk 1 of");
    }
}
