package dev.dopi.analysis;

import dev.dopi.analysis.Entries.Entry;
import dev.dopi.analysis.StorageCode.Unit;
import dev.dopi.model.Table.Growth;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code deleteAll()} does for the size of what an object keeps: it takes the tables as well as the keys. */
final class Clearing {

    private final Entries entries;
    private final List<Call> calls = new ArrayList<>();

    private record Call(Unit unit, SyntaxNode node) {}

    Clearing(StorageCode code, Entries entries) {
        this.entries = entries;
        for (Unit unit : code.units()) {
            unit.code()
                    .calls()
                    .filter(call -> Expressions.calledProperty(call)
                            .filter("deleteAll"::equals)
                            .isPresent())
                    .filter(call -> Expressions.object(call)
                            .filter(object -> unit.code().means(object, Role.STORAGE, Role.KV))
                            .isPresent())
                    .forEach(call -> calls.add(new Call(unit, call)));
        }
    }

    /** Returns what is known by it; nothing where only a request can start it. */
    Optional<GrowthReader.Verdict> verdict() {
        for (Call call : calls) {
            Set<Entry> from = entries.of(call.unit(), call.node());
            if (from.contains(Entry.TIME)) {
                return Optional.of(new GrowthReader.Verdict(
                        Growth.EXPIRING,
                        "Line %d deletes everything, and the alarm or a timer runs it."
                                .formatted(call.node().line())));
            }
            if (from.contains(Entry.CLOSE)) {
                return Optional.of(new GrowthReader.Verdict(
                        Growth.BOUNDED,
                        "Line %d deletes everything when a connection closes."
                                .formatted(call.node().line())));
            }
        }
        return Optional.empty();
    }
}
