package dev.dopi.process;

import dev.dopi.process.StyledLine.Colour;
import dev.dopi.process.StyledLine.Style;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/** A colour setting (SGR) of a terminal. What is not a colour or boldness has no effect. */
final class StyleSetting {

    private final Deque<String> parameters;
    private Optional<Colour> foreground;
    private Optional<Colour> background;
    private boolean bold;

    private StyleSetting(Style style, String parameters) {
        this.parameters = new ArrayDeque<>(Arrays.asList(parameters.split(";", -1)));
        this.foreground = style.foreground();
        this.background = style.background();
        this.bold = style.bold();
    }

    /** Returns what {@code style} is once {@code parameters}, such as {@code 1;38;5;208}, are applied. */
    static Style apply(Style style, String parameters) {
        if (!parameters.matches("[0-9;:]*")) {
            return style; // A private sequence that only ends in the same letter.
        }
        var setting = new StyleSetting(style, parameters);
        while (!setting.parameters.isEmpty()) {
            setting.applyNext();
        }
        return new Style(setting.foreground, setting.background, setting.bold);
    }

    private void applyNext() {
        String[] parts = parameters.removeFirst().split(":", -1);
        int code = number(parts[0]);
        switch (code) {
            case 0 -> {
                foreground = Optional.empty();
                background = Optional.empty();
                bold = false;
            }
            case 1 -> bold = true;
            case 22 -> bold = false;
            case 38 -> foreground = extended(parts).or(() -> foreground);
            case 48 -> background = extended(parts).or(() -> background);
            case 39 -> foreground = Optional.empty();
            case 49 -> background = Optional.empty();
            default -> basic(code);
        }
    }

    private void basic(int code) {
        if (code >= 30 && code <= 37) {
            foreground = Optional.of(new Colour.Indexed(code - 30));
        } else if (code >= 40 && code <= 47) {
            background = Optional.of(new Colour.Indexed(code - 40));
        } else if (code >= 90 && code <= 97) {
            foreground = Optional.of(new Colour.Indexed(code - 90 + 8));
        } else if (code >= 100 && code <= 107) {
            background = Optional.of(new Colour.Indexed(code - 100 + 8));
        }
    }

    /** The rest of a 38 or 48: after colons in the same parameter, or as parameters of their own. */
    private Optional<Colour> extended(String[] parts) {
        if (parts.length > 1) {
            int last = parts.length - 1;
            return switch (number(parts[1])) {
                case 5 -> indexed(number(parts[last]));
                case 2 ->
                    last >= 4 ? rgb(number(parts[last - 2]), number(parts[last - 1]), number(parts[last])) : none();
                default -> none();
            };
        }
        return switch (next()) {
            case 5 -> indexed(next());
            case 2 -> rgb(next(), next(), next());
            default -> none();
        };
    }

    private int next() {
        String parameter = parameters.pollFirst();
        return parameter == null ? -1 : number(parameter);
    }

    private static Optional<Colour> none() {
        return Optional.empty();
    }

    private static Optional<Colour> indexed(int index) {
        return isByte(index) ? Optional.of(new Colour.Indexed(index)) : none();
    }

    private static Optional<Colour> rgb(int red, int green, int blue) {
        return isByte(red) && isByte(green) && isByte(blue) ? Optional.of(new Colour.Rgb(red, green, blue)) : none();
    }

    private static boolean isByte(int value) {
        return value >= 0 && value <= 255;
    }

    /** An absent parameter counts as 0, as terminals have it; an absurd one as none. */
    private static int number(String parameter) {
        if (parameter.isEmpty()) {
            return 0;
        }
        return parameter.length() <= 3 && parameter.chars().allMatch(Character::isDigit)
                ? Integer.parseInt(parameter)
                : -1;
    }
}
