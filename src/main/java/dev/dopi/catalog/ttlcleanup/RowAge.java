package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.Table.Timestamp.Unit;

/** By what a row is told to be too old. */
sealed interface RowAge {

    /** The time of its insert, which the code writes already. */
    record Written(Unit unit) implements RowAge {}

    /** A column {@code expires_at} that the clean-up brings along; it counts milliseconds. */
    record Added() implements RowAge {}

    /**
     * A time until which it is good, which the code writes already.
     *
     * @param nullable whether a row may have none, and then stays for ever
     */
    record Lapses(Unit unit, boolean nullable) implements RowAge {}

    default Unit unit() {
        return switch (this) {
            case Written(Unit unit) -> unit;
            case Added() -> Unit.MILLISECONDS;
            case Lapses(Unit unit, boolean _) -> unit;
        };
    }
}
