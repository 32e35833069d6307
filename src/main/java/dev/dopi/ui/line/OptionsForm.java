package dev.dopi.ui.line;

import dev.dopi.engine.Choice;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Option;
import dev.dopi.pattern.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The values that one recommendation lets the user choose, a question each; Enter keeps the default. */
record OptionsForm(Conversation talk, Finding finding) {

    /** Returns the choice, or empty where the user goes back. */
    Optional<Choice> fill() throws Leaving {
        List<Option> options = finding.options();
        if (!options.isEmpty()) {
            talk.say("Options of " + finding.pattern().id() + " for " + Choosing.about(finding)
                    + ". Press Enter to keep what is proposed.");
        }
        Options values = Options.DEFAULTS;
        int i = 0;
        while (i < options.size()) {
            Option option = options.get(i);
            String answer = ask(option, values.of(option));
            if (answer.equals("back")) {
                if (i == 0) {
                    return Optional.empty();
                }
                i--;
            } else {
                values = answer.isEmpty() ? values : values.with(option.key(), answer);
                i++;
            }
        }
        return Optional.of(Choice.of(finding).with(values));
    }

    private String ask(Option option, String value) throws Leaving {
        talk.say("  " + option.label() + ": " + option.help());
        String choices = option.choices().isEmpty() ? "" : " one of " + String.join(", ", option.choices()) + ";";
        var known = new ArrayList<>(option.choices());
        known.addAll(List.of("back", "quit", "help"));
        while (true) {
            String answer = talk.completing(known)
                    .ask("  " + option.label() + ":" + choices + " now " + value + "; a value, back, quit, help:");
            switch (answer) {
                case "quit" -> throw new Leaving(false);
                case "help", "?" -> talk.say("  " + option.help());
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
}
