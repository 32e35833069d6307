package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.Series;
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

    /** Prefixes of what is true only for a while. */
    private static final Pattern PASSING = Pattern.compile(
            "(?i)(^|[^a-z])(loc|location|position|pos|presence|cursor|typing|last_?seen|seen|online|rate|rate_?limit|limit|window|bucket"
                    + "|attempts?|throttle|cache|nonce|otp|token|lock|dedupe?|idempotency|vote[ds]?)([^a-z]|$)");

    private KeysWorth() {}

    /** Returns whether it is certain that they are worth it; empty where they look like something to keep. */
    static Optional<Boolean> of(Series series) {
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
        if (log
                || PASSING.matcher(prefix.replace('_', '-')).find()
                || VISITOR.matcher(varying).find()) {
            return Optional.of(false);
        }
        return Optional.empty();
    }
}
