package dev.dopi.sql;

import dev.dopi.sql.Sqlite.Cells;
import dev.dopi.sql.TableShape.Column;
import dev.dopi.sql.TableShape.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks SQLite what its tables look like. */
final class SchemaReader {

    private final Sqlite sqlite;

    SchemaReader(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** Returns the tables in the order in which they were made; SQLite's own and those behind virtual ones are left out. */
    List<TableShape> tables() {
        var tables = new ArrayList<TableShape>();
        for (Cells row : sqlite.ask("SELECT l.name, l.type, l.wr, l.strict FROM pragma_table_list AS l"
                + " JOIN sqlite_schema AS s ON s.name = l.name AND s.type = 'table'"
                + " WHERE l.schema = 'main' AND l.type IN ('table', 'virtual') AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                + " ORDER BY s.rowid")) {
            tables.add(table(row.text(0), row.text(1).equals("virtual"), row.number(2) == 1, row.number(3) == 1));
        }
        return List.copyOf(tables);
    }

    private TableShape table(String name, boolean virtual, boolean withoutRowId, boolean strict) {
        var columns = new ArrayList<Column>();
        for (Cells row :
                sqlite.ask("SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?)", name)) {
            if (row.number(5) != 1) {
                columns.add(new Column(
                        row.text(0),
                        row.text(1),
                        row.number(2) == 1,
                        !row.isNull(3),
                        row.isNull(3) ? Optional.empty() : Optional.of(row.text(3)),
                        row.number(4),
                        row.number(5) > 1));
            }
        }
        var indexes = new ArrayList<Index>();
        boolean keyIndex = false;
        for (Cells row : sqlite.ask(
                "SELECT name, \"unique\", origin, partial FROM pragma_index_list(?) ORDER BY seq DESC", name)) {
            boolean created = row.text(2).equals("c");
            keyIndex |= row.text(2).equals("pk");
            indexes.add(new Index(
                    row.text(0), row.number(1) == 1, indexColumns(row.text(0)), row.number(3) == 1, !created));
        }
        Optional<String> alias = withoutRowId || virtual || keyIndex ? Optional.empty() : rowidAlias(columns);
        return new TableShape(name, columns, indexes, withoutRowId, virtual, strict, alias);
    }

    private List<String> indexColumns(String index) {
        return sqlite.ask("SELECT name FROM pragma_index_info(?) ORDER BY seqno", index).stream()
                .map(row -> row.text(0))
                .toList();
    }

    private static Optional<String> rowidAlias(List<Column> columns) {
        List<Column> key =
                columns.stream().filter(column -> column.keyPart() > 0).toList();
        return key.size() == 1 && key.getFirst().type().equalsIgnoreCase("INTEGER")
                ? Optional.of(key.getFirst().name())
                : Optional.empty();
    }

    /** Returns the names of everything in the schema: tables, indexes, views and triggers. */
    List<String> objectNames() {
        return sqlite.ask("SELECT name FROM sqlite_schema").stream()
                .map(row -> row.text(0))
                .toList();
    }

    /** Returns the statements that made the views and triggers. */
    List<String> viewsAndTriggers() {
        return sqlite.ask("SELECT sql FROM sqlite_schema WHERE type IN ('view', 'trigger')").stream()
                .map(row -> row.text(0))
                .toList();
    }
}
