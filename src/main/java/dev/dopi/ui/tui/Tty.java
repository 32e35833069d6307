package dev.dopi.ui.tui;

import com.googlecode.lanterna.TerminalSize;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The line discipline of the user's terminal: saved once, made raw, and put back.
 *
 * <p>Each change starts the program {@code stty}, which takes as long as drawing a frame. So what the start script found
 * out already is not asked again, and the terminal is made raw beside other work.
 */
final class Tty {

    /** Where the start script says how the terminal is set: what {@code stty -g} says, then rows and columns. */
    static final String KNOWN = "dopi.tty";

    private static final TerminalSize USUAL = new TerminalSize(80, 24);

    private final String program;
    private final File device;
    private final String saved;
    private Optional<TerminalSize> known;
    private volatile FutureTask<String> raw = new FutureTask<>(() -> "");

    private Tty(String program, File device, String known) throws IOException {
        this.program = program;
        this.device = device;
        String[] words = known.strip().split("\\s+", -1);
        this.known = words.length == 3 ? size(words[1], words[2]) : Optional.empty();
        this.saved = words.length == 3 ? words[0] : stty(List.of("-g"));
        raw.run();
    }

    /** Returns the terminal as it is set now. */
    static Tty open() throws IOException {
        return new Tty("stty", new File("/dev/tty"), System.getProperty(KNOWN, ""));
    }

    /** Returns one that takes every setting and keeps none. */
    static Tty nowhere() throws IOException {
        return new Tty("true", new File("/dev/null"), "sane 24 80");
    }

    /**
     * Begins to hand every key over as it is pressed, Ctrl-C, Ctrl-Z and Ctrl-S too. A read that gets nothing returns
     * after a tenth of a second, so that the reader can be told to leave the terminal to another program. {@link
     * #settled} returns when it is done.
     */
    void raw() {
        raw = new FutureTask<>(
                () -> stty(List.of("-icanon", "-echo", "-isig", "-ixon", "-icrnl", "-iexten", "min", "0", "time", "1")));
        Thread.ofPlatform().daemon().name("terminal settings").start(raw);
    }

    /** Waits for what {@link #raw} began. */
    void settled() throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    raw.get();
                    return;
                } catch (InterruptedException _) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Puts the terminal back as it was, whatever became of {@link #raw}. */
    void restore() throws IOException {
        try {
            settled();
        } finally {
            stty(List.of(saved));
        }
    }

    /** Has the terminal asked for its size the next time. */
    void forgetSize() {
        known = Optional.empty();
    }

    /** Returns columns and rows; what cannot be found out counts as 80 by 24. */
    TerminalSize size(Map<String, String> environment) {
        TerminalSize size = known.or(this::asked)
                .or(() -> size(environment.getOrDefault("LINES", ""), environment.getOrDefault("COLUMNS", "")))
                .orElse(USUAL);
        known = Optional.of(size);
        return size;
    }

    private Optional<TerminalSize> asked() {
        try {
            String[] words = stty(List.of("size")).split(" ", -1);
            return words.length == 2 ? size(words[0], words[1]) : Optional.empty();
        } catch (IOException _) {
            // A terminal that does not tell is treated as the usual one.
            return Optional.empty();
        }
    }

    private static Optional<TerminalSize> size(String rows, String columns) {
        int height = number(rows);
        int width = number(columns);
        return height > 0 && width > 0 ? Optional.of(new TerminalSize(width, height)) : Optional.empty();
    }

    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : 0;
    }

    private String stty(List<String> arguments) throws IOException {
        var words = new ArrayList<>(List.of(program));
        words.addAll(arguments);
        Process process = new ProcessBuilder(words)
                .redirectInput(device)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("stty " + String.join(" ", arguments) + " failed: is this a terminal?");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return answer;
    }
}
