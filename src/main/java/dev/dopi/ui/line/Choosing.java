package dev.dopi.ui.line;

import dev.dopi.pattern.Finding;
import dev.dopi.ui.view.Decisions;
import dev.dopi.ui.view.Unfinished;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The step in which the user picks recommendations by number, and values where a pattern needs them. */
record Choosing(Conversation talk, Progress progress, List<Finding> recommended) {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");
    private static final List<String> WORDS = List.of("all", "none", "explain", "quit", "help");
    private static final String HELP = """
            Type the numbers of the recommendations that you want, such as 1 3 or 1-3, or all. Enter takes those that \
            are named as chosen.
            none ends the session without a change. explain 2 tells all about the second one.
            Nothing is written before you have seen every change and typed the word apply.""";

    /** What can be written comes first, so that its numbers begin with one. */
    Choosing(Conversation talk, Progress progress) {
        this(
                talk,
                progress,
                Stream.concat(
                                progress.analysis().recommendations().filter(Finding::isWritable),
                                progress.analysis().recommendations().filter(finding -> !finding.isWritable()))
                        .toList());
    }

    /** Returns whether anything is chosen. */
    boolean ask() throws Leaving {
        progress.reached(Unfinished.Stage.CHOOSE);
        list();
        while (true) {
            String chosen = chosen();
            if (!chosen.isEmpty()) {
                talk.say("Chosen: " + chosen + ".");
            }
            String answer =
                    talk.completing(WORDS).ask(question(!chosen.isEmpty())).toLowerCase(Locale.ROOT);
            String word = word(answer);
            switch (word) {
                case "quit" -> throw new Leaving(false);
                case "help" -> talk.sayAll(HELP);
                case "?" -> talk.explain(HELP);
                case "none" -> {
                    return false;
                }
                case "explain" ->
                    explain(answer.substring(answer.indexOf(' ') + 1).strip());
                default -> {
                    Optional<TreeSet<Integer>> numbers = numbers(word, answer, chosen);
                    if (numbers.isPresent() && choose(numbers.get())) {
                        return true;
                    }
                }
            }
        }
    }

    private int writable() {
        return (int) recommended.stream().filter(Finding::isWritable).count();
    }

    private void list() {
        talk.say("Step 2 of 6, Choose. " + recommended.size() + " recommended, the most urgent first.");
        for (int i = 0; i < recommended.size(); i++) {
            if (i == writable()) {
                talk.say("Advice, which dopi does not write; it is for you to follow by hand:");
            }
            talk.say("  " + (i + 1) + ". " + line(recommended.get(i)));
        }
    }

    /** Returns the numbers of what is chosen now, as they are said. */
    private String chosen() {
        return IntStream.rangeClosed(1, writable())
                .filter(number -> progress.decisions().chosen(recommended.get(number - 1)))
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", "));
    }

    private String question(boolean chosen) {
        if (writable() == 0) {
            return "There is nothing to choose. none, explain NUMBER, quit, help:";
        }
        return "Which ones? " + (chosen ? "Enter for those chosen, or " : "")
                + "numbers, all, none, explain NUMBER, quit, help:";
    }

    /** Returns the word that {@code answer} begins, or all of it where it begins none or several. */
    private static String word(String answer) {
        String first = answer.split(" ", 2)[0];
        List<String> meant = WORDS.stream()
                .filter(each -> !first.isEmpty() && each.startsWith(first))
                .toList();
        return meant.size() == 1 ? meant.getFirst() : answer;
    }

    private static String line(Finding finding) {
        return "%s, %s, %s: %s"
                .formatted(
                        finding.priority().name().toLowerCase(Locale.ROOT),
                        finding.pattern().id(),
                        about(finding),
                        finding.reason());
    }

    static String about(Finding finding) {
        String name = finding.subject().className();
        return name.isEmpty() ? "the Worker" : "class " + name;
    }

    private void explain(String number) throws Leaving {
        Optional<TreeSet<Integer>> numbers = numbers(number);
        if (numbers.isEmpty()) {
            talk.say("Please name one of the numbers from 1 to " + recommended.size() + ", such as explain 1.");
            return;
        }
        var lines = new ArrayList<String>();
        for (int each : numbers.get()) {
            Finding finding = recommended.get(each - 1);
            lines.add(line(finding));
            lines.add(
                    "  " + finding.pattern().title() + ". " + finding.pattern().summary());
            finding.evidence()
                    .forEach(at -> lines.add("  Evidence: " + at.file() + ", line " + at.line() + ": " + at.message()));
            finding.measured()
                    .forEach(one -> lines.add("  Measured: " + one.what().replaceAll("\\s+", " ") + ". Before: "
                            + one.before() + ". After: " + one.after()));
            if (!finding.benefit().isEmpty()) {
                lines.add("  Benefit: " + finding.benefit());
            }
            lines.add("  dopi explain " + finding.pattern().id() + " prints the pattern's whole page.");
        }
        talk.page(lines.stream().flatMap(line -> talk.fitting(line).stream()).toList());
    }

    /** Returns the numbers that are wanted, or says why the answer cannot be one. */
    private Optional<TreeSet<Integer>> numbers(String word, String answer, String chosen) {
        int writable = writable();
        Optional<TreeSet<Integer>> numbers = word.equals("all") && writable > 0
                ? numbers("1-" + writable)
                : numbers(answer.isEmpty() ? chosen : answer);
        if (numbers.isEmpty()) {
            talk.say(
                    writable == 0
                            ? "All of it is advice, so there is nothing to choose. Please type explain NUMBER or none."
                            : "Please type numbers from 1 to " + writable + ", all or none.");
            return Optional.empty();
        }
        if (numbers.get().last() > writable) {
            int advice = numbers.get().last();
            talk.say("%d is advice: dopi does not write it. explain %d tells all about it.".formatted(advice, advice));
            return Optional.empty();
        }
        return numbers;
    }

    /** Chooses what has those numbers and asks for its values; returns whether the user did not go back. */
    private boolean choose(TreeSet<Integer> numbers) throws Leaving {
        Decisions next = progress.decisions();
        for (int i = 0; i < recommended.size(); i++) {
            next = next.choosing(Decisions.About.of(recommended.get(i)), numbers.contains(i + 1));
        }
        progress.decide(next);
        progress.reached(Unfinished.Stage.OPTIONS);
        for (int number : numbers) {
            if (!new OptionsForm(talk, progress, recommended.get(number - 1)).fill()) {
                return false;
            }
        }
        progress.reached(Unfinished.Stage.REVIEW);
        return true;
    }

    /** Returns the numbers that {@code text} lists, or empty where one of them is none or out of range. */
    private Optional<TreeSet<Integer>> numbers(String text) {
        var numbers = new TreeSet<Integer>();
        for (String part : text.replace(',', ' ').strip().split(" +", -1)) {
            Matcher range = RANGE.matcher(part);
            if (!range.matches()) {
                return Optional.empty();
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (first < 1 || last < first || last > recommended.size()) {
                return Optional.empty();
            }
            for (int number = first; number <= last; number++) {
                numbers.add(number);
            }
        }
        return Optional.of(numbers);
    }
}
