package dev.dopi.sql;

import java.util.List;
import java.util.Optional;

/**
 * A table as SQLite itself describes it after the project's statements ran.
 *
 * @param columns in their order; the hidden columns of a virtual table are left out
 * @param indexes all of them, those of PRIMARY KEY and UNIQUE among them
 * @param rowidAlias the column that is the rowid itself, where there is one
 */
public record TableShape(
        String name,
        List<Column> columns,
        List<Index> indexes,
        boolean withoutRowId,
        boolean virtual,
        boolean strict,
        Optional<String> rowidAlias) {

    public TableShape {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
    }

    /** Returns the column of that name in any case. */
    public Optional<Column> column(String name) {
        return columns.stream()
                .filter(column -> SqlToken.key(column.name()).equals(SqlToken.key(name)))
                .findFirst();
    }

    /** Returns whether the column alone is a key, so that no two rows share its value. */
    boolean keyed(String column) {
        return indexes.stream()
                .anyMatch(index -> index.unique() && index.columns().equals(List.of(column)));
    }

    /**
     * A column.
     *
     * @param defaultText the default as written, where {@code hasDefault}
     * @param keyPart its place in the primary key from one, or 0
     * @param generated whether its value is computed, so that no statement can write it
     */
    public record Column(
            String name,
            String type,
            boolean notNull,
            boolean hasDefault,
            Optional<String> defaultText,
            int keyPart,
            boolean generated) {}

    /**
     * An index.
     *
     * @param columns the columns in their order; an expression stands as the empty string
     * @param partial whether it has a WHERE
     * @param constraint whether a PRIMARY KEY or UNIQUE made it, so that it has no name of its own
     */
    public record Index(String name, boolean unique, List<String> columns, boolean partial, boolean constraint) {

        public Index {
            columns = List.copyOf(columns);
        }
    }
}
