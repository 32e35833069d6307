package dev.dopi.ui.line;

import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Option;
import dev.dopi.pattern.Options;
import dev.dopi.ui.view.Decisions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The values that one recommendation lets the user choose, a question each; Enter keeps what is proposed. */
record OptionsForm(Conversation talk, Progress progress, Finding finding) {

    /** Keeps each value as it is answered; returns whether the user came to the end, and did not go back. */
    boolean fill() throws Leaving {
        List<Option> options = finding.options();
        if (!options.isEmpty()) {
            talk.say("Options of " + finding.pattern().id() + " for " + Choosing.about(finding)
                    + ". Press Enter to keep what is proposed.");
        }
        Decisions.About about = Decisions.About.of(finding);
        int i = 0;
        while (i < options.size()) {
            Option option = options.get(i);
            Options values = progress.decisions().options(about);
            String answer = ask(option, values.of(option));
            if (answer.equals("back")) {
                if (i == 0) {
                    return false;
                }
                i--;
            } else {
                if (!answer.isEmpty()) {
                    progress.decide(progress.decisions().with(about, values.with(option.key(), answer)));
                }
                i++;
            }
        }
        return true;
    }

    private String ask(Option option, String value) throws Leaving {
        talk.say("  " + option.label() + ": " + option.help());
        String choices = option.choices().isEmpty()
                ? "a value"
                : option.choices().stream().filter(each -> !each.equals(value)).collect(Collectors.joining(", "));
        var known = new ArrayList<>(option.choices());
        known.addAll(List.of("back", "quit", "help"));
        while (true) {
            String answer = whole(
                    talk.completing(known)
                            .ask("  " + option.label() + "? Enter for " + value + ", or " + choices
                                    + ", back, quit, help:"),
                    known);
            switch (answer) {
                case "quit" -> throw new Leaving(false);
                case "help" -> talk.say("  " + option.help());
                case "?" -> talk.explain("  " + option.help());
                case "", "back" -> {
                    return answer;
                }
                default -> {
                    Optional<String> problem = option.problem(answer);
                    if (problem.isEmpty()) {
                        return answer;
                    }
                    talk.say("  '" + answer + "' does not do: " + problem.get() + ".");
                }
            }
        }
    }

    /** Returns the one word of {@code known} that {@code answer} begins; else what was typed. */
    private static String whole(String answer, List<String> known) {
        List<String> meant = known.stream()
                .filter(word -> !answer.isEmpty() && word.startsWith(answer.toLowerCase(Locale.ROOT)))
                .toList();
        return meant.size() == 1 ? meant.getFirst() : answer;
    }
}
