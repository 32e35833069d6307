package dev.dopi.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Numbers and names as the reports write them. */
public final class Wording {

    private Wording() {}

    /** Returns {@code 1 file} or {@code 2 files}. */
    public static String count(long number, String one) {
        return number + " " + plural(number, one);
    }

    private static String plural(long number, String one) {
        if (number == 1) {
            return one;
        }
        return one.endsWith("s")
                ? one + "es"
                : one.endsWith("y") ? one.substring(0, one.length() - 1) + "ies" : one + "s";
    }

    /** Returns {@code a, b and 3 more}; all of {@code names} where they are at most {@code most}. */
    static String some(List<String> names, int most) {
        return names.size() <= most
                ? String.join(", ", names)
                : "%s and %d more".formatted(String.join(", ", names.subList(0, most)), names.size() - most);
    }

    /** Returns {@code 0.4 s}, {@code 12 s} or {@code 4 min 12 s}. */
    public static String seconds(Duration length) {
        long millis = length.toMillis();
        if (millis < 10_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = Math.round(millis / 1000.0);
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    /** Returns {@code not applicable} for {@code NOT_APPLICABLE}. */
    public static String words(Enum<?> value) {
        return words(value.name());
    }

    static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Returns {@code not-applicable} for {@code NOT_APPLICABLE}, as JSON has it. */
    static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
