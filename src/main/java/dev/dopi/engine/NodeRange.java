package dev.dopi.engine;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A range of versions as {@code engines} in a {@code package.json} states it, {@code ^20.19.0 || >=22.12.0}.
 *
 * <p>It never refuses a version for a form that it does not know.
 */
record NodeRange(String text) {

    private static final Pattern COMPARATOR =
            Pattern.compile("(>=|>|<=|<|=|\\^|~)?\\s*v?(\\d+)(?:\\.(\\d+|[xX*]))?(?:\\.(\\d+|[xX*]))?(?:-[\\w.]+)?");
    private static final Pattern AT_LEAST = Pattern.compile(">=\\s*(\\d+)((?:\\.\\d+){0,2})");

    boolean allows(String version) {
        Optional<long[]> number = Optional.of(COMPARATOR.matcher(version.strip()))
                .filter(Matcher::matches)
                .map(NodeRange::numbers);
        return number.isEmpty()
                || Stream.of(text.split("\\|\\|", -1)).anyMatch(each -> allows(each.strip(), number.get()));
    }

    /** Returns the range in words: {@code Node 22 or newer} where it is as simple as that. */
    String words() {
        Matcher simple = AT_LEAST.matcher(text.strip());
        return simple.matches()
                ? "Node %s%s or newer"
                        .formatted(simple.group(1), simple.group(2).replaceFirst("(\\.0)+$", ""))
                : "Node " + text.strip();
    }

    /** All of the comparators of one alternative, which spaces part. */
    private static boolean allows(String alternative, long[] version) {
        String closed = alternative.replaceAll("(>=|<=|>|<|=|\\^|~)\\s+", "$1");
        return closed.isEmpty()
                || Stream.of(closed.split("\\s+", -1)).allMatch(each -> {
                    Matcher comparator = COMPARATOR.matcher(each);
                    return !comparator.matches() || holds(comparator, version);
                });
    }

    private static boolean holds(Matcher comparator, long[] version) {
        long[] bound = numbers(comparator);
        int order = compare(version, bound);
        int given = given(comparator);
        String operator = Optional.ofNullable(comparator.group(1)).orElse("=");
        return switch (operator) {
            case ">=" -> order >= 0;
            case ">" -> order > 0 && !samePrefix(version, bound, given);
            case "<=" -> order <= 0 || samePrefix(version, bound, given);
            case "<" -> order < 0;
            case "^" -> order >= 0 && version[0] == bound[0];
            case "~" -> order >= 0 && samePrefix(version, bound, Math.min(2, given));
            default -> samePrefix(version, bound, given);
        };
    }

    private static long[] numbers(Matcher comparator) {
        return new long[] {
            number(comparator.group(2)), number(comparator.group(3)), number(comparator.group(4)),
        };
    }

    private static long number(@Nullable String part) {
        return part == null || !Character.isDigit(part.charAt(0)) || part.length() > 9 ? 0 : Long.parseLong(part);
    }

    /** Returns how many parts of the version are fixed: two of {@code 20.19.x}. */
    private static int given(Matcher comparator) {
        int given = 1;
        while (given < 3) {
            String part = comparator.group(given + 2);
            if (part == null || !Character.isDigit(part.charAt(0))) {
                return given;
            }
            given++;
        }
        return given;
    }

    private static boolean samePrefix(long[] version, long[] bound, int parts) {
        for (int i = 0; i < parts; i++) {
            if (version[i] != bound[i]) {
                return false;
            }
        }
        return true;
    }

    private static int compare(long[] version, long[] bound) {
        return Arrays.compare(version, bound);
    }
}
