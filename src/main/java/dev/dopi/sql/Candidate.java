package dev.dopi.sql;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An index that could be made; two of the same table, columns and rows are the same.
 *
 * @param where the condition of the rows that it holds, where it does not hold all
 */
record Candidate(String table, List<IndexPart> keys, Optional<String> where) {

    Candidate(String table, List<IndexPart> keys) {
        this(table, keys, Optional.empty());
    }

    Candidate {
        keys = List.copyOf(keys);
    }

    /**
     * A column of an index by its own name, or an expression as it is written.
     *
     * @param isExpression whether it is no plain column
     */
    record IndexPart(String column, boolean descending, boolean isExpression) {

        IndexPart(String column, boolean descending) {
            this(column, descending, false);
        }

        static IndexPart expression(String text) {
            return new IndexPart(text, false, true);
        }

        String written() {
            return (isExpression ? column : SqlName.written(column)) + (descending ? " DESC" : "");
        }
    }

    List<String> columns() {
        return keys.stream().map(IndexPart::written).toList();
    }

    String createSql(String name) {
        return "CREATE INDEX IF NOT EXISTS %s ON %s(%s)%s"
                .formatted(
                        SqlName.written(name),
                        SqlName.written(table),
                        String.join(", ", columns()),
                        where.map(condition -> " WHERE " + condition).orElse(""));
    }

    /** Returns the name that says what the index holds, before it is made unique. */
    String plainName() {
        String name = keys.stream().map(IndexPart::column).collect(Collectors.joining("_", "idx_" + table + "_", ""));
        String rows = where.map(condition -> "_where_" + condition.replaceAll("[^A-Za-z0-9_].*$", ""))
                .orElse("");
        return (name + rows).replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("_+$", "");
    }
}
