package dev.dopi.sql;

import dev.dopi.sql.SqlShape.Insert;
import dev.dopi.sql.SqlShape.Parameter;
import dev.dopi.sql.SqlToken.Lexeme;
import dev.dopi.sql.Sqlite.Cells;
import dev.dopi.sql.TableShape.Column;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Plausible values for a project's tables, and rows made of them.
 *
 * <p>A value has its column's type, is new each time, is one of the literals of the column's CHECK where there is one,
 * and is a value of the parent's where the column is a foreign key. Where that is not enough the table stays empty and
 * the reason is kept.
 */
final class SampleRows {

    private static final Duration STATEMENT = Duration.ofSeconds(1);

    private final Sqlite sqlite;
    private final List<TableShape> tables;
    private final Map<String, String> reasons = new HashMap<>();
    private int made;

    SampleRows(Sqlite sqlite, List<TableShape> tables) {
        this.sqlite = sqlite;
        this.tables = tables;
    }

    /** Puts rows into every table, parents first, and returns the tables that got none. */
    List<TableShape> fill(int rows) {
        var waiting = new ArrayList<>(tables);
        boolean progress = true;
        while (progress && !waiting.isEmpty()) {
            progress = waiting.removeIf(table -> IntStream.range(0, rows).allMatch(row -> insert(table)));
        }
        return List.copyOf(waiting);
    }

    String reasonFor(TableShape table) {
        return "no sample rows could be made for the table %s: %s"
                .formatted(table.name(), reasons.getOrDefault(table.name(), "its columns are not known"));
    }

    private boolean insert(TableShape table) {
        if (table.virtual()) {
            reasons.put(table.name(), "it is a virtual table");
            return false;
        }
        List<Column> columns = table.columns().stream()
                .filter(column -> !column.generated()
                        && !table.rowidAlias().filter(column.name()::equals).isPresent())
                .toList();
        String sql = columns.isEmpty()
                ? "INSERT INTO %s DEFAULT VALUES".formatted(SqlName.quoted(table.name()))
                : "INSERT INTO %s(%s) VALUES (%s)"
                        .formatted(
                                SqlName.quoted(table.name()),
                                columns.stream()
                                        .map(column -> SqlName.quoted(column.name()))
                                        .collect(Collectors.joining(", ")),
                                columns.stream().map(column -> "?").collect(Collectors.joining(", ")));
        made++;
        return tryInsert(table, sql, columns, "") || tryInsert(table, sql, columns, "{}");
    }

    private boolean tryInsert(TableShape table, String sql, List<Column> columns, String text) {
        var values = new ArrayList<@Nullable Object>();
        for (Column column : columns) {
            Object value = value(table, column);
            values.add(value instanceof String && !text.isEmpty() ? text : value);
        }
        try {
            sqlite.run(sql, values, STATEMENT);
            return true;
        } catch (SQLException e) {
            reasons.put(table.name(), Sqlite.reason(e));
            return false;
        }
    }

    /** Returns a value for each parameter of {@code statement}; where nothing tells which column it is for, a number. */
    List<?> valuesFor(String statement) {
        made++;
        SqlShape shape = SqlShape.of(statement);
        var values = new ArrayList<@Nullable Object>();
        for (Parameter parameter : shape.parameters()) {
            while (values.size() < Math.min(parameter.ordinal(), 100)) {
                values.add(1_000 + made);
            }
            if (parameter.ordinal() <= values.size()) {
                values.set(parameter.ordinal() - 1, valueFor(shape, parameter));
            }
        }
        return values;
    }

    private @Nullable Object valueFor(SqlShape shape, Parameter parameter) {
        Optional<TableShape> table = shape.target().flatMap(name -> tables.stream()
                .filter(candidate -> candidate.name().equalsIgnoreCase(name))
                .findFirst());
        if (table.isEmpty() || shape.insert().isEmpty()) {
            return 1_000 + made;
        }
        Optional<Column> column = columnOf(table.get(), shape.insert().get(), parameter);
        return column.isPresent() ? value(table.get(), column.get()) : Integer.valueOf(1_000 + made);
    }

    private static Optional<Column> columnOf(TableShape table, Insert insert, Parameter parameter) {
        for (SqlShape.Row row : insert.rows()) {
            for (int i = 0; i < row.values().size(); i++) {
                if (row.values().get(i).contains(parameter.span())) {
                    return column(table, insert, i);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Column> column(TableShape table, Insert insert, int i) {
        if (!insert.columns().isEmpty()) {
            return i < insert.columns().size()
                    ? table.column(insert.columns().get(i).name())
                    : Optional.empty();
        }
        List<Column> written =
                table.columns().stream().filter(column -> !column.generated()).toList();
        return i < written.size() ? Optional.of(written.get(i)) : Optional.empty();
    }

    private @Nullable Object value(TableShape table, Column column) {
        for (Cells key :
                sqlite.ask("SELECT \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?)", table.name())) {
            if (key.text(1).equalsIgnoreCase(column.name())) {
                return parentValue(table, column, key);
            }
        }
        List<SqlToken> choices = choices(table, column);
        if (!choices.isEmpty()) {
            SqlToken choice = choices.get(made % choices.size());
            return choice.type() == Lexeme.STRING ? choice.name() : number(choice.text());
        }
        String type = column.type().toUpperCase(Locale.ROOT);
        // The order of SQLite's own rules for a column's affinity.
        if (type.contains("INT")) {
            return 1_000 + made;
        }
        if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
            return column.name() + "-" + made;
        }
        if (type.contains("BLOB")) {
            return new byte[] {(byte) made, (byte) (made >> 8)};
        }
        return type.isEmpty() || type.equals("ANY") ? column.name() + "-" + made : (Object) (1_000 + made + 0.5);
    }

    private static Object number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private @Nullable Object parentValue(TableShape table, Column column, Cells key) {
        Optional<TableShape> parent = tables.stream()
                .filter(candidate -> candidate.name().equalsIgnoreCase(key.text(0)))
                .findFirst();
        boolean unknown = parent.isEmpty() || parent.get().name().equals(table.name());
        if (unknown) {
            return column.notNull() ? (Object) (1_000 + made) : null;
        }
        String to = key.isNull(2)
                ? parent.get().columns().stream()
                        .filter(candidate -> candidate.keyPart() > 0)
                        .map(Column::name)
                        .findFirst()
                        .orElse("rowid")
                : key.text(2);
        try {
            List<Cells> values = sqlite.run(
                    "SELECT %s FROM %s"
                            .formatted(
                                    SqlName.quoted(to),
                                    SqlName.quoted(parent.get().name())),
                    List.of(),
                    STATEMENT);
            return values.isEmpty()
                    ? null
                    : values.get(made % values.size()).values().getFirst();
        } catch (SQLException e) {
            return null;
        }
    }

    /** Returns the literals of the CHECK that names the column. */
    List<SqlToken> choices(TableShape table, Column column) {
        List<Cells> rows = sqlite.ask("SELECT sql FROM sqlite_schema WHERE name = ?", table.name());
        List<SqlToken> tokens =
                rows.isEmpty() ? List.of() : Tokens.meaningful(rows.getFirst().text(0));
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is("CHECK") && tokens.get(i + 1).is("(")) {
                List<SqlToken> check = bracket(tokens, i + 1);
                boolean named = check.stream()
                        .anyMatch(token -> token.isName() && token.name().equalsIgnoreCase(column.name()));
                if (named) {
                    return check.stream()
                            .filter(token -> token.type() == Lexeme.STRING || token.type() == Lexeme.NUMBER)
                            .toList();
                }
            }
        }
        return List.of();
    }

    private static List<SqlToken> bracket(List<SqlToken> tokens, int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            if (depth == 0) {
                return tokens.subList(open, i);
            }
        }
        return tokens.subList(open, tokens.size());
    }
}
