package dev.dopi.pattern;

import java.util.List;
import java.util.Optional;

/**
 * A value that the user may choose.
 *
 * @param key as in {@code --set KEY=VALUE}
 * @param label a few words for a form
 * @param help what it does, with its unit, as a sentence
 * @param value the default
 * @param choices the only values there are, or empty where any text of {@code kind} will do
 */
public record Option(String key, String label, String help, Kind kind, String value, List<String> choices) {

    public Option {
        choices = List.copyOf(choices);
    }

    /** How a value is written. */
    public enum Kind {
        /** A number and a unit, {@code 30d}: s, m, h, d or w. */
        DURATION,
        CHOICE
    }

    /** Returns what is wrong with {@code text} as a value of this option, or empty where nothing is. */
    public Optional<String> problem(String text) {
        return switch (kind) {
            case DURATION ->
                Durations.parse(text).isPresent()
                        ? Optional.empty()
                        : Optional.of("write a number and a unit, such as 12h or 30d (s, m, h, d, w), of 1 minute to 10"
                                + " years");
            case CHOICE ->
                choices.contains(text) ? Optional.empty() : Optional.of("one of " + String.join(", ", choices));
        };
    }
}
