package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.Series;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells by their form whether keys that only add up are worth deleting once they are old. */
final class KeysWorth {

    private static final Pattern TIME =
            Pattern.compile("(?i)iso timestamp|date|\\bnow\\b|timestamp|\\bts\\b|\\btime\\b|ulid");

    /** What visitors and connections are told apart by, of whom there are ever more. */
    private static final Pattern VISITOR = Pattern.compile(
            "(?i)(^|[^a-z])(ip|ip_?addr\\w*|address|visitor\\w*|session\\w*|client_?ip|connection\\w*|fingerprint|nonce|jti|request_?id|otp"
                    + "|voter\\w*|device_?id|remote_?addr\\w*)([^a-z]|$)");

    /** What each thing that happens is told apart by. */
    private static final Pattern EVENT = Pattern.compile(
            "(?i)(^|[^a-z])(event|message|msg|delivery|notification|invocation|webhook|update)_?id([^a-z]|$)");

    /** Prefixes of what is counted anew each day or hour. */
    private static final Pattern COUNTED = Pattern.compile(
            "(?i)(^|[^a-z])(count(er)?s?|total|stats?|usage|daily|hourly|monthly|quota|spend|spent|hits|views)([^a-z]|$)");

    private static final Pattern DAY =
            Pattern.compile("(?i)\\b(to)?(day|hour|month|week|minute)_?(key|id|str|string|stamp|bucket)?\\b");

    /** What a single key is called after, beside the keys that it lists. */
    private static final Pattern LIST = Pattern.compile("s?(ids?|index|list|names?|keys|types?|all)?");

    /** Prefixes of what is true only for a while. */
    private static final Pattern PASSING = Pattern.compile(
            "(?i)(^|[^a-z])(loc|location|position|pos|presence|cursor|typing|last_?seen|seen|online|rate|rate_?limit|limit|window|bucket"
                    + "|attempts?|throttle|cache|nonce|otp|token|lock|dedupe?|idempotency|vote[ds]?)([^a-z]|$)");

    private KeysWorth() {}

    /**
     * Returns whether it is certain that they are worth it; empty where they look like something to keep.
     *
     * @param all what else the object keeps
     */
    static Optional<Boolean> of(Series series, List<Series> all) {
        int hole = series.key().indexOf('<');
        String prefix = hole < 0 ? series.key() : series.key().substring(0, hole);
        String varying = hole < 0 ? "" : series.key().substring(hole);
        String words = Expiry.snakeCase(prefix).replaceAll("[^A-Za-z0-9]+", "_");
        boolean log = Expiry.isLog(words);
        boolean eachTime = series.growthReason().contains("another key each time")
                || TIME.matcher(varying).find();
        if (eachTime && (log || words.replace("_", "").isEmpty())) {
            return Optional.of(true);
        }
        String told = varying.replaceAll("^<|>.*$", "").replaceAll("^.*\\.", "");
        if ((eachTime || DAY.matcher(varying).find())
                && COUNTED.matcher(prefix.replace('_', '-')).find()) {
            return Optional.of(false);
        }
        if (all.stream().anyMatch(other -> lists(other, words) || lists(other, told))) {
            // What an object keeps a list of are things that it has, not things that happened.
            return Optional.empty();
        }
        if (log
                || EVENT.matcher(varying).find()
                || PASSING.matcher(prefix.replace('_', '-')).find()
                || VISITOR.matcher(varying).find()) {
            return Optional.of(false);
        }
        return Optional.empty();
    }

    /** Whether the single key {@code other} is named like a list of what {@code words} name. */
    private static boolean lists(Series other, String words) {
        String stem = letters(words);
        String name = letters(other.key());
        return other.single()
                && !stem.isEmpty()
                && name.length() > stem.length()
                && name.startsWith(stem)
                && LIST.matcher(name.substring(stem.length())).matches();
    }

    private static String letters(String text) {
        return text.replaceAll("[^A-Za-z0-9]+", "").toLowerCase(Locale.ROOT);
    }
}
