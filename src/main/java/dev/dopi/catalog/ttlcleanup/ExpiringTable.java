package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.model.Table.Timestamp.Unit;
import java.util.List;

/**
 * A table whose rows shall expire, with every name that the code for it uses.
 *
 * @param column what tells a row's age: its own time, or {@code expires_at}
 * @param age how {@code column} tells it
 */
record ExpiringTable(Table table, List<SqlStatement> inserts, String column, RowAge age) {

    static ExpiringTable of(Expiry.Growing growing, boolean byTimestamp) {
        Table table = growing.table();
        return table.timestamp()
                .filter(_ -> byTimestamp)
                .map(time ->
                        new ExpiringTable(table, growing.inserts(), time.column(), new RowAge.Written(time.unit())))
                .orElseGet(() -> new ExpiringTable(table, growing.inserts(), "expires_at", new RowAge.Added()));
    }

    static ExpiringTable of(Expiry.Lapsing lapsing, AfterExpiry.Dead dead) {
        boolean nullable = lapsing.table().columns().stream()
                .anyMatch(column -> column.name().equals(lapsing.column()) && !column.notNull());
        return new ExpiringTable(
                lapsing.table(), lapsing.inserts(), lapsing.column(), new RowAge.Lapses(dead.unit(), nullable));
    }

    String name() {
        return table.name();
    }

    /** Whether the column is one that the clean-up adds. */
    boolean ownColumn() {
        return age instanceof RowAge.Added;
    }

    /** Whether rows say themselves until when they are good. */
    boolean lapses() {
        return age instanceof RowAge.Lapses;
    }

    /** Whether a row may have no time, and then never expires. */
    boolean keepsUndated() {
        return age instanceof RowAge.Lapses(Unit _, boolean nullable) && nullable;
    }

    String constant() {
        return CodeName.of(name()).constant();
    }

    String pascal() {
        return CodeName.of(name()).pascal();
    }

    /** Returns the expression of the latest time at which a row has expired; of rows that lapse, the first at which it has not. */
    String cutoff() {
        String now = age instanceof RowAge.Written ? "Date.now() - " + constant() + "_TTL_MS" : "Date.now()";
        String whole = now.contains(" ") ? "(" + now + ")" : now;
        String given = now.contains(" ") ? now : "";
        return switch (age.unit()) {
            case MILLISECONDS -> now;
            case SECONDS -> "Math.floor(%s / 1000)".formatted(whole);
            case ISO_TEXT -> "new Date(%s).toISOString()".formatted(given);
            case SQLITE_TEXT -> "new Date(%s).toISOString().slice(0, 19).replace(\"T\", \" \")".formatted(given);
        };
    }

    /** Returns the expression that turns the value {@code name} of the column into milliseconds. */
    String inMilliseconds(String name) {
        return switch (age.unit()) {
            case MILLISECONDS -> name;
            case SECONDS -> name + " * 1000";
            case ISO_TEXT -> "Date.parse(%s)".formatted(name);
            case SQLITE_TEXT -> "Date.parse(`${%s.replace(\" \", \"T\")}Z`)".formatted(name);
        };
    }

    /** Returns how long a row is still good once its time is there: as long as the unit is coarse. */
    String grain() {
        return switch (age.unit()) {
            case MILLISECONDS, ISO_TEXT -> "1";
            case SECONDS, SQLITE_TEXT -> "1000";
        };
    }

    /** Returns the type of the column's values in TypeScript. */
    String valueType() {
        return switch (age.unit()) {
            case MILLISECONDS, SECONDS -> "number";
            case ISO_TEXT, SQLITE_TEXT -> "string";
        };
    }
}
