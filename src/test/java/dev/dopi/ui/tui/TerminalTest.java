package dev.dopi.ui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program in tmux: keys in, screens out. */
@Tag("terminal")
final class TerminalTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final String socket;

    TerminalTest(@TempDir Path folder) {
        this.folder = folder;
        this.socket = "dopi-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    }

    @BeforeEach
    void open() throws IOException, InterruptedException {
        tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "env PS1='$ ' sh");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(folder.resolve("run.sh"), """
                stty -g > "$1/before"
                "%s" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp "%s" dev.dopi.ui.tui.SampleMain dark test
                echo "exit code $?"
                stty -g > "$1/after"
                echo "all done"
                """.formatted(java, System.getProperty("java.class.path")));
        type("sh " + folder.resolve("run.sh") + " " + folder, "Enter");
        await("Go on to 3 recommendations");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        tmux("kill-server");
    }

    @Test
    void walksFromTheAnalysisToTheReport() throws IOException, InterruptedException {
        keys("c");
        await("3 recommendations, 2 chosen");
        keys("Enter");
        await("Keep rows for");
        keys("Enter");
        for (int accepted = 0; accepted < 4; accepted++) {
            await(accepted + " accepted");
            decide("y", accepted + 1 + " accepted");
        }
        keys("Enter");
        await("To write 2 files");
        for (String letter : List.of("a", "p", "p", "l", "y")) {
            decide(letter, "");
        }
        await("apply_");
        keys("Enter");
        await("All files are written.");
        keys("Enter");
        await("What now?");
        keys("Down", "Down", "Down");
        decide("Enter", "you keep the change");
        keys("Enter");
        await("2 patterns in place, 2 files written, 1 of 3 checks passed");
        keys("Enter");
        await("all done");

        assertTrue(screen().contains("Undo with: dopi undo"), screen());
        assertTrue(screen().contains("exit code 4"), screen());
        same();
    }

    @Test
    void survivesResizing() throws IOException, InterruptedException {
        keys("c");
        await("2 chosen");
        tmux("resize-window", "-x", "39", "-y", "9");
        await("needs 40x10");
        tmux("resize-window", "-x", "40", "-y", "10");
        await("dopi 2/7 [Choose]");
        tmux("resize-window", "-x", "200", "-y", "50");
        await("Analyse › [Choose]");
        keys("q");
        await("all done");
        same();
    }

    @Test
    void quitsOnTwoInterrupts() throws IOException, InterruptedException {
        keys("C-c");
        await("Ctrl-C again");
        keys("C-c", "C-c");
        await("exit code 130");
        await("all done");
        same();
    }

    @Test
    void comesBackFromTheShell() throws IOException, InterruptedException {
        // The script has no job control of its own, so its shell sees the whole group stop.
        keys("C-z");
        await("Stopped");
        type("fg", "Enter");
        await("Go on to 3 recommendations");
        keys("q");
        await("all done");
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

    private void ended(String signal, int code) throws IOException, InterruptedException {
        long shell = Long.parseLong(tmux("display-message", "-p", "#{pane_pid}").strip());
        ProcessHandle program = ProcessHandle.of(shell)
                .orElseThrow()
                .descendants()
                .filter(each -> each.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();

        run(List.of("kill", "-" + signal, String.valueOf(program.pid())));

        await("exit code " + code);
        await("all done");
        same();
    }

    private void same() throws IOException {
        assertEquals(Files.readString(folder.resolve("before")), Files.readString(folder.resolve("after")));
    }

    private void keys(String... names) throws IOException, InterruptedException {
        for (String name : names) {
            tmux("send-keys", name);
        }
    }

    /**
     * Presses a key that decides, and waits for {@code text}. The program turns it away until the screen has been on
     * for a moment, so that moment has to pass here too.
     */
    private void decide(String key, String text) throws IOException, InterruptedException {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(KeyGuard.MOMENT + 200));
        keys(key);
        if (!text.isEmpty()) {
            await(text);
        }
    }

    private void type(String text, String key) throws IOException, InterruptedException {
        tmux("send-keys", "-l", text);
        keys(key);
    }

    private String screen() throws IOException, InterruptedException {
        return tmux("capture-pane", "-p");
    }

    private void await(String text) throws IOException, InterruptedException {
        Instant until = Instant.now().plus(PATIENCE);
        String screen = screen();
        while (!screen.contains(text)) {
            assertTrue(Instant.now().isBefore(until), "never saw \"" + text + "\" but:\n" + screen);
            LockSupport.parkNanos(20_000_000);
            screen = screen();
        }
    }

    private String tmux(String... arguments) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("tmux", "-L", socket));
        words.addAll(List.of(arguments));
        return run(words);
    }

    private static String run(List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), words::toString);
        return output;
    }
}
