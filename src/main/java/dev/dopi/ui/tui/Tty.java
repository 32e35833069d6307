package dev.dopi.ui.tui;

import com.googlecode.lanterna.TerminalSize;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The line discipline of the user's terminal: one {@code stty} to save it, one to make it raw, one to put it back. */
final class Tty {

    private static final TerminalSize USUAL = new TerminalSize(80, 24);

    private final String saved;

    private Tty(String saved) {
        this.saved = saved;
    }

    /** Returns the terminal as it is set now. */
    static Tty open() throws IOException {
        return new Tty(stty(List.of("-g")));
    }

    /**
     * Hands every key over as it is pressed, Ctrl-C, Ctrl-Z and Ctrl-S too. A read that gets nothing returns after a
     * tenth of a second, so that the reader can be told to leave the terminal to another program.
     */
    void raw() throws IOException {
        stty(List.of("-icanon", "-echo", "-isig", "-ixon", "-icrnl", "-iexten", "min", "0", "time", "1"));
    }

    void restore() throws IOException {
        stty(List.of(saved));
    }

    /** Returns columns and rows; what cannot be found out counts as 80 by 24. */
    static TerminalSize size(Map<String, String> environment) {
        try {
            String[] words = stty(List.of("size")).split(" ", -1);
            if (words.length == 2) {
                int rows = number(words[0]);
                int columns = number(words[1]);
                if (rows > 0 && columns > 0) {
                    return new TerminalSize(columns, rows);
                }
            }
        } catch (IOException _) {
            // A terminal that does not tell is treated as the usual one.
        }
        int columns = number(environment.getOrDefault("COLUMNS", ""));
        int rows = number(environment.getOrDefault("LINES", ""));
        return columns > 0 && rows > 0 ? new TerminalSize(columns, rows) : USUAL;
    }

    private static int number(String text) {
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static String stty(List<String> arguments) throws IOException {
        var words = new ArrayList<>(List.of("stty"));
        words.addAll(arguments);
        Process process = new ProcessBuilder(words)
                .redirectInput(new File("/dev/tty"))
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
