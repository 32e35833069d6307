package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.Series;
import java.util.List;
import java.util.Optional;

/**
 * Keys whose own text says when each was written, so that they sort by time and an old one is known without its value.
 *
 * @param prefix what they begin with, which no other key of the class does; empty for keys that are nothing but a time
 * @param tail what follows the time
 * @param iso whether the time is ISO text; else it is milliseconds
 */
record ExpiringKeys(Series series, String prefix, String tail, boolean iso) {

    private static final String MILLISECONDS = "<Date.now()>";
    private static final String ISO = "<ISO timestamp>";

    /** Returns those of {@code match} that can be told to be such. */
    static List<ExpiringKeys> in(Expiry match) {
        return match.series().stream()
                .filter(Expiry.GrowingKeys::certain)
                .flatMap(keys -> of(keys.series(), match.type().series()).stream())
                .toList();
    }

    private static Optional<ExpiringKeys> of(Series series, List<Series> all) {
        String key = series.key();
        int hole = key.indexOf('<');
        boolean milliseconds = hole > 0 && key.startsWith(MILLISECONDS, hole);
        boolean iso = hole >= 0 && key.startsWith(ISO, hole);
        if (!milliseconds && !iso || !series.deletes().isEmpty()) {
            return Optional.empty();
        }
        String prefix = key.substring(0, hole);
        String tail = key.substring(hole + (iso ? ISO : MILLISECONDS).length());
        boolean apart = prefix.matches("[\\w./:#|-]*[A-Za-z][\\w./:#|-]*[./:#|_-]")
                && (tail.isEmpty() || tail.matches("[./:#|_-].*"));
        boolean bare = iso && prefix.isEmpty() && tail.isEmpty();
        boolean alone = all.stream()
                .filter(other -> !other.equals(series))
                .noneMatch(other -> bare ? mayBeTime(other) : meet(prefix, other));
        return (apart || bare) && alone ? Optional.of(new ExpiringKeys(series, prefix, tail, iso)) : Optional.empty();
    }

    private static boolean mayBeTime(Series other) {
        return !other.key().matches("[^<\\d].*");
    }

    private static boolean meet(String prefix, Series other) {
        int hole = other.key().indexOf('<');
        String own = hole < 0 ? other.key() : other.key().substring(0, hole);
        return own.startsWith(prefix) || hole >= 0 && prefix.startsWith(own);
    }

    /** Returns what the clean-up is called among the alarm's jobs. */
    String job() {
        return (prefix.isEmpty() ? "dated" : prefix) + " keys";
    }

    /** Returns their form up to the time. */
    String label() {
        return prefix + (iso ? ISO : MILLISECONDS);
    }

    /** Returns the options of a {@code list()} that finds all of them. */
    String all() {
        return prefix.isEmpty() ? "start: \"20\", end: \"21\"" : "prefix: \"%s\"".formatted(prefix);
    }

    /** Returns the options of a {@code list()} that ends at the time {@code end}. */
    String until() {
        return prefix.isEmpty() ? "start: \"20\", end" : "prefix: \"%s\", end".formatted(prefix);
    }

    /** Returns the expression of those of {@code old} that are such keys: of a bare time every sign is looked at. */
    String expired() {
        return prefix.isEmpty()
                ? "[...old.keys()].filter((key) => /^20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$/.test(key))"
                : "[...old.keys()]";
    }

    /** {@code message:} as {@code MESSAGE_KEYS}. */
    String constant() {
        return CodeName.of(job()).constant();
    }

    /** {@code message:} as {@code MessageKeys}. */
    String pascal() {
        return CodeName.of(job()).pascal();
    }

    /** Returns the expression of the first key that has not expired. */
    String cutoff() {
        String time = "Date.now() - " + constant() + "_TTL_MS";
        String text = iso ? "new Date(%s).toISOString()".formatted(time) : time;
        return prefix.isEmpty() ? text : "`%s${%s}`".formatted(prefix, text);
    }

    /** Returns the expression that reads the time out of {@code oldest}, in milliseconds. */
    String oldestInMilliseconds() {
        if (prefix.isEmpty()) {
            return "Date.parse(oldest)";
        }
        int start = prefix.length();
        return iso
                ? "Date.parse(oldest.slice(%d, %d))".formatted(start, start + 24)
                : "Number(oldest.slice(%d, %d))".formatted(start, start + 13);
    }
}
