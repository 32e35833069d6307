package dev.dopi.ui.tui;

import dev.dopi.engine.StateFolder;
import dev.dopi.ui.theme.Colour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of the two plain themes fits the terminal's background.
 *
 * <p>The terminal is asked by OSC 11 and answers when it likes, like a keyboard. Nothing waits for that: until then the
 * theme is the one that its answer was for last time, or that the environment hints at.
 */
final class Background {

    /** The question, then one that every terminal answers, so that it is known when no answer will come any more. */
    static final String QUESTION = "\u001b]11;?\u001b\\\u001b[c";

    private static final String DARK = "dark";
    private static final String LIGHT = "light";
    private static final double BRIGHT = 0.3;

    private final Path file;
    private Optional<String> known = Optional.empty();

    /** Remembers the answer in {@code folder}. */
    Background(Path folder) {
        file = folder.resolve("background");
    }

    /** Returns the one for all projects of this user. */
    static Background ofThisUser() {
        return new Background(StateFolder.home());
    }

    /** Whether the terminal swallows a question which it does not understand; others might show it. */
    static boolean askable(Map<String, String> environment) {
        String name = environment.getOrDefault("TERM", "");
        return Set.of("xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "kitty", "wezterm", "ghostty", "st",
                        "konsole", "vte")
                .stream()
                .anyMatch(name::startsWith);
    }

    /** Returns the theme to begin with: what the environment hints at, what was known last time, or the dark one. */
    String guess(Map<String, String> environment) {
        String hint = environment.getOrDefault("COLORFGBG", "");
        if (!hint.isEmpty()) {
            String back = hint.substring(hint.lastIndexOf(';') + 1);
            return back.equals("7") || back.equals("15") ? LIGHT : DARK;
        }
        try {
            String last = Files.readString(file).strip();
            known = Set.of(DARK, LIGHT).contains(last) ? Optional.of(last) : Optional.empty();
        } catch (IOException _) {
            // It was never asked, or there is nowhere to remember it.
            known = Optional.empty();
        }
        return known.orElse(DARK);
    }

    /** Returns the theme for {@code colour}, and remembers it for the next time. */
    String theme(Colour.Rgb colour) {
        String fitting = colour.luminance() > BRIGHT ? LIGHT : DARK;
        if (!known.equals(Optional.of(fitting))) {
            known = Optional.of(fitting);
            try {
                Files.createDirectories(file.resolveSibling(""));
                Files.writeString(file, fitting + "\n");
            } catch (IOException _) {
                // Then the next start guesses again.
            }
        }
        return fitting;
    }

    /** Returns the colour that {@code sequence} answers with, without what begins and ends it. */
    static Optional<Colour.Rgb> colour(String sequence) {
        Matcher answer = Answer.COLOUR.matcher(sequence);
        return answer.matches()
                ? Optional.of(new Colour.Rgb(part(answer.group(1)), part(answer.group(2)), part(answer.group(3))))
                : Optional.empty();
    }

    /** Returns whether {@code sequence} answers the second question, so that no other answer is on its way. */
    static boolean isLast(String sequence) {
        return sequence.startsWith("[?") && sequence.endsWith("c");
    }

    /** One to four hexadecimal digits are a share of the largest number that they can write. */
    private static int part(String digits) {
        int most = (1 << 4 * digits.length()) - 1;
        return Math.round(Integer.parseInt(digits, 16) * 255f / most);
    }

    /** Apart, since a start does not need it. */
    private static final class Answer {

        static final Pattern COLOUR = Pattern.compile(
                "]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})[^\u0007\u001b]*");
    }
}
