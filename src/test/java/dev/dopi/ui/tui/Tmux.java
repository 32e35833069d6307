package dev.dopi.ui.tui;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A shell in a terminal of its own, to run a program in: keys in, screens out. */
final class Tmux implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final Path folder;
    private final String socket;

    /** Opens a shell with a terminal of that size; {@code folder} is for what belongs to it. */
    Tmux(Path folder, int columns, int rows) throws IOException, InterruptedException {
        this.folder = folder;
        this.socket = "dopi-test-" + ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet();
        String size = "-x " + columns + " -y " + rows;
        var words = new ArrayList<>(List.of("-f", "/dev/null", "new-session", "-d"));
        words.addAll(List.of(size.split(" ", -1)));
        words.add("env PS1='$ ' LANG=C.UTF-8 sh");
        tmux(words.toArray(String[]::new));
    }

    /**
     * Starts a Java program of the tests' class path; when it has ended, {@code all done} is printed below its exit code.
     *
     * @param environment as {@code env} takes it: {@code TERM=vt100}
     */
    void start(String environment, String program) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path script = folder.resolve("run.sh");
        Files.writeString(script, """
                stty -g > "$1/before"
                env DOPI_STATE_HOME="$1/state" %s \\
                    "%s" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp "%s" %s
                echo "exit code $?"
                stty -g > "$1/after"
                echo "all done"
                """.formatted(environment, java, System.getProperty("java.class.path"), program));
        type("sh " + script + " " + folder, "Enter");
    }

    /** Ends the Java program with {@code signal}. */
    void end(String signal) throws IOException, InterruptedException {
        long shell = Long.parseLong(tmux("display-message", "-p", "#{pane_pid}").strip());
        ProcessHandle program = ProcessHandle.of(shell)
                .orElseThrow()
                .descendants()
                .filter(each -> each.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
        run(List.of("kill", "-" + signal, String.valueOf(program.pid())));
    }

    void keys(String... names) throws IOException, InterruptedException {
        for (String name : names) {
            tmux("send-keys", name);
        }
    }

    /**
     * Presses a key that decides, and waits for {@code text}. The program turns it away until the screen has been on
     * for a moment, so that moment has to pass here too.
     */
    void decide(String key, String text) throws IOException, InterruptedException {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(KeyGuard.MOMENT + 200));
        keys(key);
        if (!text.isEmpty()) {
            await(text);
        }
    }

    void type(String text, String key) throws IOException, InterruptedException {
        tmux("send-keys", "-l", text);
        keys(key);
    }

    void resize(int columns, int rows) throws IOException, InterruptedException {
        tmux("resize-window", "-x", String.valueOf(columns), "-y", String.valueOf(rows));
    }

    String screen() throws IOException, InterruptedException {
        return tmux("capture-pane", "-p");
    }

    /** Returns the screen when nothing on it has changed for a moment. */
    String settled() throws IOException, InterruptedException {
        Instant until = Instant.now().plus(PATIENCE);
        String screen = screen();
        int same = 0;
        while (same < 6) {
            assertTrue(Instant.now().isBefore(until), "never came to rest:\n" + screen);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            String next = screen();
            same = next.equals(screen) ? same + 1 : 0;
            screen = next;
        }
        return screen;
    }

    /** Returns the screen with the sequences that give it its colours. */
    String colours() throws IOException, InterruptedException {
        return tmux("capture-pane", "-p", "-e");
    }

    /** Returns whether the cursor shows, the second screen is on, and the mouse is reported: {@code 1 0 0} in a shell. */
    String modes() throws IOException, InterruptedException {
        return tmux("display-message", "-p", "#{cursor_flag} #{alternate_on} #{mouse_any_flag}")
                .strip();
    }

    void await(String text) throws IOException, InterruptedException {
        Instant until = Instant.now().plus(PATIENCE);
        String screen = screen();
        while (!screen.contains(text)) {
            assertTrue(Instant.now().isBefore(until), "never saw \"" + text + "\" but:\n" + screen);
            LockSupport.parkNanos(20_000_000);
            screen = screen();
        }
    }

    void awaitNo(String text) throws IOException, InterruptedException {
        Instant until = Instant.now().plus(PATIENCE);
        while (screen().contains(text)) {
            assertTrue(Instant.now().isBefore(until), "\"" + text + "\" never went away");
            LockSupport.parkNanos(20_000_000);
        }
    }

    String tmux(String... arguments) throws IOException, InterruptedException {
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

    @Override
    public void close() throws IOException {
        try {
            tmux("kill-server");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
