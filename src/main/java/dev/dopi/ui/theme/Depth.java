package dev.dopi.ui.theme;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** How many colours a terminal shows. */
public enum Depth {
    NONE,
    ANSI_16,
    INDEXED_256,
    TRUE;

    private static final Pattern KNOWN_TRUE = Pattern.compile("kitty|ghostty|alacritty|wezterm|foot|-direct$");
    private static final Pattern KNOWN_16 = Pattern.compile("^(xterm|screen|tmux|linux|rxvt|ansi|cygwin|putty)");

    /** Returns what {@code environment} says: FORCE_COLOR, then NO_COLOR, COLORTERM and TERM. */
    public static Depth of(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT);
        String forced = environment.getOrDefault("FORCE_COLOR", "");
        if (!forced.isEmpty()) {
            return switch (forced) {
                case "0", "false" -> NONE;
                case "2" -> INDEXED_256;
                case "3" -> TRUE;
                default -> ANSI_16;
            };
        }
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return NONE;
        }
        String colours = environment.getOrDefault("COLORTERM", "").toLowerCase(Locale.ROOT);
        if (colours.equals("truecolor")
                || colours.equals("24bit")
                || KNOWN_TRUE.matcher(term).find()) {
            return TRUE;
        }
        if (term.contains("256color")) {
            return INDEXED_256;
        }
        return KNOWN_16.matcher(term).find() ? ANSI_16 : NONE;
    }
}
