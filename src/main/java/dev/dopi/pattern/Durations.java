package dev.dopi.pattern;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as users write them: {@code 90s}, {@code 12h}, {@code 30 d}. */
public final class Durations {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*([smhdw])");
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(3650);

    private Durations() {}

    /** Returns the length that {@code text} names, from a minute to ten years, or empty where it names none. */
    public static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        Duration length = Duration.ofSeconds(Long.parseLong(form.group(1)) * seconds(form.group(2)));
        return length.compareTo(LEAST) < 0 || length.compareTo(MOST) > 0 ? Optional.empty() : Optional.of(length);
    }

    /** Returns {@code length} as a product that a reader of code recognises: {@code 30 * 24 * 60 * 60 * 1000}. */
    public static String milliseconds(Duration length) {
        long seconds = length.toSeconds();
        if (seconds % 86_400 == 0) {
            return product(seconds / 86_400, "24 * 60 * 60 * 1000");
        }
        if (seconds % 3_600 == 0) {
            return product(seconds / 3_600, "60 * 60 * 1000");
        }
        return seconds % 60 == 0 ? product(seconds / 60, "60 * 1000") : product(seconds, "1000");
    }

    private static String product(long count, String unit) {
        return count == 1 ? unit : count + " * " + unit;
    }

    /** Returns {@code length} in words: {@code 30 days}, {@code 12 hours}. */
    public static String words(Duration length) {
        long seconds = length.toSeconds();
        if (seconds % 86_400 == 0) {
            return counted(seconds / 86_400, "day");
        }
        if (seconds % 3_600 == 0) {
            return counted(seconds / 3_600, "hour");
        }
        return seconds % 60 == 0 ? counted(seconds / 60, "minute") : counted(seconds, "second");
    }

    private static String counted(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }

    private static long seconds(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            default -> 604_800;
        };
    }
}
