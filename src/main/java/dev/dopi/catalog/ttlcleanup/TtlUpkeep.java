package dev.dopi.catalog.ttlcleanup;

import dev.dopi.pattern.Durations;
import dev.dopi.pattern.Option;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Upkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is said of a clean-up that is in place: what goes when, and which constants decide that. */
record TtlUpkeep(Expiry match, Options options, List<ExpiringTable> tables, List<ExpiringKeys> keys) {

    static Upkeep of(Expiry match, Options options, Set<String> made) {
        boolean byTimestamp = options.of(TtlCleanupPattern.strategy(match)).equals(TtlCleanupPattern.TIMESTAMP_COLUMN);
        return new TtlUpkeep(
                        match,
                        options,
                        match.growing().stream()
                                .map(growing -> ExpiringTable.of(growing, byTimestamp))
                                .filter(table -> made.contains("setup-" + table.name()))
                                .toList(),
                        ExpiringKeys.in(match).stream()
                                .filter(each -> made.contains("setup-" + each.constant()))
                                .toList())
                .upkeep();
    }

    private Upkeep upkeep() {
        var effect = new ArrayList<String>();
        var constants = new ArrayList<String>();
        String keep = words(TtlCleanupPattern.KEEP);
        for (ExpiringTable table : tables) {
            effect.add(
                    table.ownColumn()
                            ? "Rows of %s are deleted once the time in their `expires_at` has passed, %s after they were added; rows that were there before count from the first clean-up on."
                                    .formatted(Upkeep.code(table.name()), keep)
                            : "Rows of %s are deleted %s after the time in their %s."
                                    .formatted(Upkeep.code(table.name()), keep, Upkeep.code(table.column())));
            constants.add(table.constant());
        }
        for (ExpiringKeys each : keys) {
            effect.add("Keys %s are deleted %s after the time that they name."
                    .formatted(Upkeep.code(each.series().key()), keep));
            constants.add(each.constant());
        }
        if (constants.isEmpty()) {
            return new Upkeep("What was taken of it deletes nothing.", "Nothing is to be done.");
        }
        boolean shared = match.type().alarmHandler().isPresent();
        effect.add(
                "The object's one alarm does that in batches%s; while nothing is left to delete, it is not set for it."
                        .formatted(shared ? ", as a job beside the alarm that the class had" : ""));
        String names = String.join(
                ", ",
                constants.stream()
                        .map(each -> "`%s_TTL_MS` and `%s_CLEANUP_MS`".formatted(each, each))
                        .toList());
        return new Upkeep(
                String.join(" ", effect),
                "%s in %s say how long they stay and how often they are looked at. %s Objects keep an index or a column that it made, also when it is taken out; older code works with both."
                        .formatted(
                                names,
                                Upkeep.code(match.type().file()),
                                shared
                                        ? "A run that fails is an error in the Worker's logs, and is tried again later."
                                        : "A run that fails is an error of `alarm()` in the Worker's logs, and the platform tries it again."));
    }

    private String words(Option option) {
        return Durations.parse(options.of(option)).map(Durations::words).orElse(options.of(option));
    }
}
