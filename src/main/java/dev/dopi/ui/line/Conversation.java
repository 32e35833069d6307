package dev.dopi.ui.line;

import dev.dopi.report.PlainText;
import java.util.List;
import java.util.Locale;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** Lines to and from the user. What is said is neutralised; nothing that was said is ever drawn over. */
final class Conversation {

    private final Terminal terminal;
    private final LineReader reader;

    Conversation(Terminal terminal) {
        this.terminal = terminal;
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.BRACKETED_PASTE, false)
                .build();
    }

    void say(String line) {
        terminal.writer().println(PlainText.line(line));
        terminal.writer().flush();
    }

    /** Says each line of {@code page}, which this program wrote. */
    void sayAll(String page) {
        page.lines().forEach(this::say);
    }

    /** Returns what the user types, without the space around it. */
    String ask(String question) throws Leaving {
        try {
            return reader.readLine(PlainText.line(question) + " ").strip();
        } catch (EndOfFileException | UserInterruptException e) {
            throw new Leaving(true);
        }
    }

    /**
     * Asks until the answer is one of {@code answers}, or the beginning of only one of them. Says {@code help} for the
     * word help and leaves for the word quit; both can always be answered.
     */
    String choose(String question, List<String> answers, String help) throws Leaving {
        String all = String.join(", ", answers) + ", quit, help:";
        while (true) {
            String answer = ask(question + " " + all).toLowerCase(Locale.ROOT);
            List<String> meant = meant(answer, answers);
            if (meant.size() != 1) {
                say("Please answer with one of these words: " + all.substring(0, all.length() - 1) + ".");
            } else if (meant.getFirst().equals("help")) {
                sayAll(help);
            } else if (meant.getFirst().equals("quit")) {
                throw new Leaving(false);
            } else {
                return meant.getFirst();
            }
        }
    }

    private static List<String> meant(String answer, List<String> answers) {
        if (answer.isEmpty()) {
            return List.of();
        }
        List<String> all = new java.util.ArrayList<>(answers);
        all.add("quit");
        all.add("help");
        // What writes is typed whole, never by its first letter.
        return all.stream()
                .filter(word -> word.equals("apply") ? word.equals(answer) : word.startsWith(answer))
                .toList();
    }
}
