package dev.dopi.ui.tui;

import dev.dopi.ui.theme.Colour;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the terminal says of its background: asked for by OSC 11, with a request behind it that every terminal answers, so
 * that one that does not know the first is not waited for.
 *
 * @param colour empty where it did not say
 * @param rest what came meanwhile and is none of the answers, a character a byte: keys
 */
record Background(Optional<Colour.Rgb> colour, String rest) {

    /** The question, then the one whose answer ends the waiting. */
    static final String QUESTION = "\u001b]11;?\u001b\\\u001b[c";

    /** Terminals that swallow a question which they do not understand; others might show it. */
    private static final Pattern ASKABLE = Pattern.compile(
            "^(xterm|tmux|screen|rxvt|alacritty|foot|kitty|xterm-kitty|wezterm|ghostty|st|konsole|vte)");

    private static final Pattern COLOUR = Pattern.compile("\u001b\\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/"
            + "([0-9a-fA-F]{1,4})[^\u0007\u001b]*(?:\u0007|\u001b\\\\)");
    private static final Pattern ANY_COLOUR = Pattern.compile("\u001b\\]11;[^\u0007\u001b]*(?:\u0007|\u001b\\\\)");
    private static final Pattern END = Pattern.compile("\u001b\\[\\?[0-9;]*c");
    private static final double BRIGHT = 0.3;
    private static final int MOST = 4_096;

    static boolean askable(Map<String, String> environment) {
        return ASKABLE.matcher(environment.getOrDefault("TERM", "")).find();
    }

    /** Reads answers from {@code in}, whose reads return when nothing comes, until all have come or the time is up. */
    static Background read(InputStream in, long millis) throws IOException {
        long until = System.nanoTime() + millis * 1_000_000L;
        var all = new StringBuilder();
        byte[] buffer = new byte[256];
        while (System.nanoTime() < until
                && all.length() < MOST
                && !END.matcher(all).find()) {
            int count = in.read(buffer);
            if (count > 0) {
                all.append(new String(Arrays.copyOf(buffer, count), StandardCharsets.ISO_8859_1));
            }
        }
        return of(all.toString());
    }

    /** Returns what {@code text}, a character a byte, answers. */
    static Background of(String text) {
        Matcher answer = COLOUR.matcher(text);
        Optional<Colour.Rgb> colour = answer.find()
                ? Optional.of(new Colour.Rgb(part(answer.group(1)), part(answer.group(2)), part(answer.group(3))))
                : Optional.empty();
        String rest = END.matcher(ANY_COLOUR.matcher(text).replaceAll("")).replaceAll("");
        return new Background(colour, rest);
    }

    /** One to four hexadecimal digits are a share of the largest number that they can write. */
    private static int part(String digits) {
        int most = (1 << 4 * digits.length()) - 1;
        return Math.round(Integer.parseInt(digits, 16) * 255f / most);
    }

    /** Returns the theme for this background; where the terminal does not say, what COLORFGBG says, or the dark one. */
    String theme(Map<String, String> environment) {
        if (colour.isPresent()) {
            return colour.get().luminance() > BRIGHT ? "light" : "dark";
        }
        String hint = environment.getOrDefault("COLORFGBG", "");
        String back = hint.substring(hint.lastIndexOf(';') + 1);
        return back.equals("7") || back.equals("15") ? "light" : "dark";
    }

    /** Returns the keys as they came. */
    byte[] keys() {
        return rest.getBytes(StandardCharsets.ISO_8859_1);
    }
}
