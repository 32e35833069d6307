package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.Series;
import java.util.stream.Collectors;

/** What is to be done about keys that only add up, in words: for those whose text is no time dopi does not write the code. */
final class KeysAdvice {

    private KeysAdvice() {}

    /** Returns what is said of the growing keys of {@code match}; empty where there are none. */
    static String of(Expiry match) {
        return match.series().stream()
                .map(keys -> of(match, keys.series(), keys.certain()))
                .collect(Collectors.joining(" "));
    }

    private static String of(Expiry match, Series series, boolean certain) {
        String prefix = series.key().replaceFirst("<.*$", "");
        String facts = "Keys kv:%s %s: %s"
                .formatted(
                        series.key(),
                        series.deletes().isEmpty() ? "only add up" : "are deleted only when somebody asks for it",
                        series.growthReason());
        boolean planned = match.type().framework().isEmpty()
                && ExpiringKeys.in(match).stream()
                        .anyMatch(keys -> keys.series().equals(series));
        if (planned) {
            return facts + " They sort by time, so those that are old enough can be listed and deleted in batches.";
        }
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
