package dev.dopi.model;

import java.util.List;
import java.util.Optional;

/**
 * A table of an object's database.
 *
 * @param definition the statement that makes it
 * @param growthReason why the growth is what it is said to be, as a sentence
 * @param timestamp the column that says when a row was made, where there is one
 */
public record Table(
        String name,
        List<Column> columns,
        SqlStatement definition,
        Growth growth,
        String growthReason,
        Optional<Timestamp> timestamp) {

    public Table {
        columns = List.copyOf(columns);
    }

    /** A column as SQLite describes it; {@code keyPart} is its place in the primary key from one, or 0. */
    public record Column(String name, String type, boolean notNull, boolean hasDefault, int keyPart) {}

    /** What happens to the number of rows as time goes by. */
    public enum Growth {
        UNBOUNDED,
        BOUNDED,
        EXPIRING,
        UNKNOWN
    }

    /** A column that is filled with the time of the insert, and how it counts. */
    public record Timestamp(String column, Unit unit) {

        /** How a time is written in a column. */
        public enum Unit {
            MILLISECONDS,
            SECONDS,
            /** {@code 2026-11-23T12:00:00.000Z}. */
            ISO_TEXT,
            /** {@code 2026-11-23 12:00:00}, as {@code CURRENT_TIMESTAMP} writes it. */
            SQLITE_TEXT
        }
    }
}
