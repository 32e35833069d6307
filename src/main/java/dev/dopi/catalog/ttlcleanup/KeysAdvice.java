package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.Series;
import java.util.stream.Collectors;

/** What to do about keys that only add up, in words: dopi does not write that code yet. */
final class KeysAdvice {

    private KeysAdvice() {}

    /** Returns what is said of the growing keys of {@code match}; empty where there are none. */
    static String of(Expiry match) {
        return match.series().stream()
                .map(keys -> of(keys.series(), keys.certain()))
                .collect(Collectors.joining(" "));
    }

    private static String of(Series series, boolean certain) {
        String prefix = series.key().replaceFirst("<.*$", "");
        String facts = "Keys kv:%s %s: %s"
                .formatted(
                        series.key(),
                        series.deletes().isEmpty() ? "only add up" : "are deleted only when somebody asks for it",
                        series.growthReason());
        if (series.key().contains("<ISO timestamp>") && certain) {
            return facts
                    + (" Such keys sort by time: let alarm() read list({ %send: \"%s\" + the oldest time to keep, limit: 128 }),"
                                    + " delete those keys, and set itself again while there are more. Deleting is final, so dopi leaves this to you.")
                            .formatted(prefix.isEmpty() ? "" : "prefix: \"%s\", ".formatted(prefix), prefix);
        }
        String list = prefix.isEmpty()
                ? "give these keys a prefix of their own, so that list({ prefix }) finds them alone"
                : "list({ prefix: \"%s\", limit: 128 }) finds them".formatted(prefix);
        return facts
                + " To let them expire, store the time beside the value; %s; let alarm() delete those that are old enough and set itself again while there are more. %s"
                        .formatted(
                                list,
                                certain
                                        ? "Deleting is final, so dopi leaves this to you."
                                        : "Whether they may go at all only you can tell, so the priority is low.");
    }
}
