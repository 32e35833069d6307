package dev.dopi.ui.line;

import dev.dopi.engine.Choice;
import dev.dopi.pattern.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The step in which the user picks recommendations by number, and values where a pattern needs them. */
record Choosing(Conversation talk, List<Finding> recommended) {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");
    private static final String HELP = """
            Type the numbers of the recommendations that you want, such as 1 3 or 1-3, or all.
            none ends the session without a change. explain 2 tells all about the second one.
            Nothing is written before you have seen every change and typed the word apply.""";

    /** What can be written comes first, so that its numbers begin with one. */
    Choosing(Conversation talk, List<Finding> recommended) {
        this.talk = talk;
        this.recommended = Stream.concat(
                        recommended.stream().filter(Finding::isWritable),
                        recommended.stream().filter(finding -> !finding.isWritable()))
                .toList();
    }

    List<Choice> ask() throws Leaving {
        int written = (int) recommended.stream().filter(Finding::isWritable).count();
        talk.say("Step 2 of 6, Choose. " + recommended.size() + " recommended, the most urgent first.");
        for (int i = 0; i < recommended.size(); i++) {
            if (i == written) {
                talk.say("Advice, which dopi does not write; it is for you to follow by hand:");
            }
            talk.say("  " + (i + 1) + ". " + line(recommended.get(i)));
        }
        String question = written == 0
                ? "There is nothing to choose. none, explain NUMBER, quit, help:"
                : "Which ones? numbers, all, none, explain NUMBER, quit, help:";
        while (true) {
            String answer = talk.completing(List.of("all", "none", "explain", "quit", "help"))
                    .ask(question)
                    .toLowerCase(Locale.ROOT);
            if (answer.equals("quit")) {
                throw new Leaving(false);
            } else if (answer.equals("help")) {
                talk.sayAll(HELP);
            } else if (answer.equals("?")) {
                talk.explain(HELP);
            } else if (answer.equals("none")) {
                return List.of();
            } else if (answer.startsWith("explain ")) {
                explain(answer.substring("explain ".length()).strip());
            } else {
                Optional<List<Choice>> choices = chosen(answer);
                if (choices.isPresent()) {
                    return choices.get();
                }
            }
        }
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

    private void explain(String number) {
        Optional<TreeSet<Integer>> numbers = numbers(number);
        if (numbers.isEmpty()) {
            talk.say("Please name one of the numbers from 1 to " + recommended.size() + ", such as explain 1.");
            return;
        }
        for (int each : numbers.get()) {
            Finding finding = recommended.get(each - 1);
            talk.say(line(finding));
            talk.say("  " + finding.pattern().title() + ". " + finding.pattern().summary());
            finding.evidence()
                    .forEach(at -> talk.say("  Evidence: " + at.file() + ", line " + at.line() + ": " + at.message()));
            finding.measured()
                    .forEach(one -> talk.say("  Measured: " + one.what().replaceAll("\\s+", " ") + ". Before: "
                            + one.before() + ". After: " + one.after()));
            if (!finding.benefit().isEmpty()) {
                talk.say("  Benefit: " + finding.benefit());
            }
        }
    }

    /** Returns the choices with their values, or empty where the answer was not understood or the form was left. */
    private Optional<List<Choice>> chosen(String answer) throws Leaving {
        long written = recommended.stream().filter(Finding::isWritable).count();
        Optional<TreeSet<Integer>> numbers =
                answer.equals("all") && written > 0 ? numbers("1-" + written) : numbers(answer);
        if (numbers.isEmpty()) {
            talk.say(
                    written == 0
                            ? "All of it is advice, so there is nothing to choose. Please type explain NUMBER or none."
                            : "Please type numbers from 1 to " + written + ", all or none.");
            return Optional.empty();
        }
        if (numbers.get().last() > written) {
            int advice = numbers.get().last();
            talk.say("%d is advice: dopi does not write it. explain %d tells all about it.".formatted(advice, advice));
            return Optional.empty();
        }
        var choices = new ArrayList<Choice>();
        for (int number : numbers.get()) {
            Finding finding = recommended.get(number - 1);
            Optional<Choice> filled = new OptionsForm(talk, finding).fill();
            if (filled.isEmpty()) {
                return Optional.empty();
            }
            choices.add(filled.get());
        }
        return Optional.of(choices);
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
