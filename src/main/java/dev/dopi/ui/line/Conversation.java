package dev.dopi.ui.line;

import dev.dopi.report.Columns;
import dev.dopi.report.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** Lines to and from the user. What is said is neutralised; nothing that was said is ever drawn over. */
final class Conversation {

    private final Terminal terminal;
    private static final int USUAL_ROWS = 24;
    private static final int USUAL_COLUMNS = 80;
    private static final int FEWEST_COLUMNS = 20;
    /** What a page leaves free: the question behind it, and the line that was heard last. */
    private static final int NOT_PAGE = 2;

    private static final String WORDS = """
            Words: a hunk is one group of changed lines. A Durable Object is a class of which Cloudflare runs \
            one instance per name, with storage of its own. An alarm is its one timer that survives restarts. \
            A binding is the name under which a Worker reaches the class. Advice is said and never written.
            Tab completes an answer, and its first letters are enough. Ctrl-P brings earlier answers back.""";

    private final LineReader reader;
    /** What can be answered now, for Tab. */
    private List<String> answers = List.of();

    Conversation(Terminal terminal) {
        this.terminal = terminal;
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.BRACKETED_PASTE, false)
                .option(LineReader.Option.HISTORY_IGNORE_DUPS, true)
                .completer((_, _, candidates) -> answers.forEach(each -> candidates.add(new Candidate(each))))
                .build();
        // A dumb terminal's own keys neither complete nor remember.
        KeyMap<Binding> keys = reader.getKeyMaps().get(LineReader.DUMB);
        if (keys != null) {
            keys.bind(new Reference(LineReader.COMPLETE_WORD), "\t");
            keys.bind(new Reference(LineReader.UP_HISTORY), KeyMap.ctrl('P'), "\u001b[A", "\u001bOA");
            keys.bind(new Reference(LineReader.DOWN_HISTORY), KeyMap.ctrl('N'), "\u001b[B", "\u001bOB");
        }
    }

    /** Says {@code line}, in as many lines of the terminal as its words take. */
    void say(String line) {
        fitting(line).forEach(this::print);
    }

    /** Says each line of {@code text}. */
    void sayAll(String text) {
        text.lines().forEach(this::say);
    }

    /** Says each line of {@code page} as it is laid out already: what is to be copied stays in one line. */
    void sayPage(String page) {
        page.lines().forEach(this::print);
    }

    private void print(String line) {
        terminal.writer().println(PlainText.line(line));
        terminal.writer().flush();
    }

    /** Returns {@code line} in lines that fit into the terminal, whose own wrapping breaks words. */
    List<String> fitting(String line) {
        int width = terminal.getWidth();
        // A character in the last column makes some terminals go on with an empty line.
        return Columns.lines(PlainText.line(line), (width > FEWEST_COLUMNS ? width : USUAL_COLUMNS) - 1);
    }

    /** Says {@code lines} a page at a time; after each the user hears on with Enter or stops. */
    void page(List<String> lines) throws Leaving {
        int height = terminal.getHeight();
        int rows = Math.max(1, (height > NOT_PAGE + 1 ? height : USUAL_ROWS) - NOT_PAGE);
        for (int from = 0; from < lines.size(); from += rows) {
            int to = Math.min(lines.size(), from + rows);
            lines.subList(from, to).forEach(this::print);
            if (to < lines.size()) {
                answers = List.of("more", "stop");
                String answer = ask("%d of %d lines. Press Enter for more, or type stop:".formatted(to, lines.size()));
                if ("stop".startsWith(answer.toLowerCase(Locale.ROOT)) && !answer.isEmpty()) {
                    return;
                }
            }
        }
    }

    /** Says {@code help}, and the words that a newcomer may not know. */
    void explain(String help) {
        sayAll(help);
        sayAll(WORDS);
    }

    /** Sets what Tab completes in the next question. */
    Conversation completing(List<String> words) {
        answers = List.copyOf(words);
        return this;
    }

    /** Returns what the user types, without the space around it. */
    String ask(String question) throws Leaving {
        try {
            List<String> lines = fitting(question);
            lines.subList(0, lines.size() - 1).forEach(this::print);
            return reader.readLine(lines.getLast() + " ").strip();
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
        var known = new ArrayList<>(answers);
        known.addAll(List.of("quit", "help"));
        while (true) {
            completing(known);
            String answer = ask(question + " " + all).toLowerCase(Locale.ROOT);
            if (answer.equals("?")) {
                explain(help);
                continue;
            }
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
        List<String> all = new ArrayList<>(answers);
        all.add("quit");
        all.add("help");
        // What writes is typed whole, never by its first letter.
        return all.stream()
                .filter(word -> word.equals("apply") ? word.equals(answer) : word.startsWith(answer))
                .toList();
    }
}
