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
        /** Percentages that only rise, to 100: {@code 5,25,50,100}. */
        SHARES,
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
            case SHARES ->
                riseTo100(text)
                        ? Optional.empty()
                        : Optional.of("write percentages that only rise and end with 100, such as 5,25,50,100");
            case CHOICE ->
                choices.contains(text) ? Optional.empty() : Optional.of("one of " + String.join(", ", choices));
        };
    }

    private static boolean riseTo100(String text) {
        int before = 0;
        for (String share : text.split(",", -1)) {
            String digits = share.strip();
            int next = digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : 0;
            if (next <= before || next > 100) {
                return false;
            }
            before = next;
        }
        return before == 100;
    }
}
