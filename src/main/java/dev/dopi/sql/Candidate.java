package dev.dopi.sql;

import java.util.List;
import java.util.stream.Collectors;

/** An index that could be made; two of the same table and columns are the same. */
record Candidate(String table, List<IndexPart> keys) {

    Candidate {
        keys = List.copyOf(keys);
    }

    /** A column of an index, by its own name. */
    record IndexPart(String column, boolean descending) {

        String written() {
            return SqlName.written(column) + (descending ? " DESC" : "");
        }
    }

    List<String> columns() {
        return keys.stream().map(IndexPart::written).toList();
    }

    String createSql(String name) {
        return "CREATE INDEX IF NOT EXISTS %s ON %s(%s)"
                .formatted(SqlName.written(name), SqlName.written(table), String.join(", ", columns()));
    }

    /** Returns the name that says what the index holds, before it is made unique. */
    String plainName() {
        String name = keys.stream().map(IndexPart::column).collect(Collectors.joining("_", "idx_" + table + "_", ""));
        return name.replaceAll("[^A-Za-z0-9_]+", "_");
    }
}
