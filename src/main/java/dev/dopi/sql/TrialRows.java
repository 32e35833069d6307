package dev.dopi.sql;

import dev.dopi.sql.SqlToken.Lexeme;
import dev.dopi.sql.TableShape.Column;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Synthetic rows for a trial, and values that ask for some of them.
 *
 * <p>A column that a query compares for equality holds twenty values, those that the queries name first; one that must
 * not be a certain value is that value in nineteen rows of twenty; all others rise from row to row.
 */
final class TrialRows {

    /** How many values a compared column holds: one of them is asked for, so a twentieth of the rows. */
    private static final int VALUES = 20;

    private static final int ASKED = 3;
    private static final Duration STATEMENT = Duration.ofSeconds(1);

    private final List<TableShape> tables;
    private final Sqlite sqlite;
    private final SampleRows samples;
    private final Map<String, LinkedHashSet<String>> literals = new HashMap<>();
    private final Set<String> equal = new LinkedHashSet<>();
    private final Map<String, String> unwanted = new HashMap<>();

    TrialRows(List<TableShape> tables, Sqlite sqlite, Set<String> queries) {
        this.tables = tables;
        this.sqlite = sqlite;
        this.samples = new SampleRows(sqlite, tables);
        queries.forEach(this::learn);
    }

    /** Remembers which columns are compared for equality, and with which literals. */
    private void learn(String query) {
        QueryColumns.of(query).mentions().stream()
                .filter(mention -> mention.use() == QueryColumns.Use.EQUAL)
                .forEach(mention -> equal.add(mention.column()));
        List<SqlToken> tokens = Tokens.meaningful(query);
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.type() == Lexeme.STRING || token.type() == Lexeme.NUMBER) {
                int start = i;
                comparison(tokens, i)
                        .filter(_ -> isUnwanted(tokens, start))
                        .ifPresent(comparison -> unwanted.put(comparison.column(), token.text()));
                comparison(tokens, i).ifPresent(comparison -> literals.computeIfAbsent(
                                comparison.column(), _ -> new LinkedHashSet<>())
                        .add(token.text()));
            }
        }
    }

    private static boolean isUnwanted(List<SqlToken> tokens, int literal) {
        return literal > 1
                && (tokens.get(literal - 1).is("<>")
                        || tokens.get(literal - 1).is("!=")
                        || tokens.get(literal - 1).is("NOT")
                                && tokens.get(literal - 2).is("IS"));
    }

    /** A column and the operator by which the token behind it is compared with it. */
    private record Comparison(String column, String operator) {}

    private Optional<Comparison> comparison(List<SqlToken> tokens, int at) {
        String operator = "=";
        for (int i = at - 1; i >= Math.max(0, at - 12); i--) {
            SqlToken token = tokens.get(i);
            if (token.is("LIMIT") || token.is("OFFSET")) {
                return Optional.of(new Comparison("", token.text().toUpperCase(Locale.ROOT)));
            }
            if (token.type() == Lexeme.SYMBOL
                    && (token.text().startsWith("<") || token.text().startsWith(">"))) {
                operator = token.text().substring(0, 1);
            }
            boolean column = token.isName()
                    && tables.stream()
                            .anyMatch(table -> table.column(token.name()).isPresent());
            if (column) {
                return Optional.of(new Comparison(token.key(), operator));
            }
        }
        return Optional.empty();
    }

    /** Fills every table and returns the names of those that got rows. */
    Set<String> fill(int rows, List<String> problems) {
        var filled = new HashSet<String>();
        for (TableShape table : tables) {
            if (table.virtual()) {
                continue;
            }
            try {
                sqlite.run(insert(table, 1, rows), List.of(), STATEMENT);
                int made = sqlite.ask("SELECT count(*) FROM " + SqlName.quoted(table.name()))
                        .getFirst()
                        .number(0);
                if (made == rows) {
                    filled.add(SqlToken.key(table.name()));
                } else {
                    problems.add("%s: its constraints take only %d of %d synthetic rows"
                            .formatted(table.name(), made, rows));
                }
            } catch (SQLException e) {
                problems.add("%s: no synthetic rows could be made, %s".formatted(table.name(), Sqlite.reason(e)));
            }
        }
        return filled;
    }

    String insertOne(String table, int row) {
        TableShape shape = tables.stream()
                .filter(each -> each.name().equals(table))
                .findFirst()
                .orElseThrow();
        return insert(shape, row, row);
    }

    private String insert(TableShape table, int first, int last) {
        List<Column> columns =
                table.columns().stream().filter(column -> !column.generated()).toList();
        return "WITH RECURSIVE n(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT OR IGNORE INTO %s(%s) SELECT %s FROM n"
                .formatted(
                        first,
                        last,
                        SqlName.quoted(table.name()),
                        columns.stream()
                                .map(column -> SqlName.quoted(column.name()))
                                .collect(Collectors.joining(", ")),
                        columns.stream().map(column -> value(table, column)).collect(Collectors.joining(", ")));
    }

    /** Returns an expression of {@code i} for the column. */
    private String value(TableShape table, Column column) {
        if (table.rowidAlias().filter(column.name()::equals).isPresent()) {
            return "i";
        }
        String settled = unwanted.get(SqlToken.key(column.name()));
        if (settled != null) {
            return "CASE i %% %d WHEN %d THEN %s ELSE %s END".formatted(VALUES, ASKED, rising(column, "i"), settled);
        }
        int divisor = 1;
        for (String name : equal) {
            if (name.equals(SqlToken.key(column.name()))) {
                return compared(table, column, divisor);
            }
            divisor = table.column(name).isPresent() ? divisor * VALUES : divisor;
        }
        List<String> choices = choices(table, column);
        return choices.isEmpty() ? rising(column, "i") : oneOf(choices, "i %% %d".formatted(choices.size()));
    }

    private String compared(TableShape table, Column column, int divisor) {
        boolean key = table.keyed(column.name());
        List<String> choices = choices(table, column);
        if (key && choices.isEmpty()) {
            return rising(column, "i");
        }
        String slot = "(i / %d) %% %d".formatted(divisor, choices.isEmpty() ? VALUES : choices.size());
        if (!choices.isEmpty()) {
            return oneOf(choices, slot);
        }
        var named = new ArrayList<>(literals.getOrDefault(SqlToken.key(column.name()), new LinkedHashSet<>()));
        String rest = rising(column, "(" + slot + ")");
        return named.isEmpty() ? rest : oneOf(named.subList(0, Math.min(VALUES / 2, named.size())), slot, rest);
    }

    private List<String> choices(TableShape table, Column column) {
        return samples.choices(table, column).stream().map(SqlToken::text).toList();
    }

    private static String oneOf(List<String> values, String slot) {
        return oneOf(values, slot, "NULL");
    }

    private static String oneOf(List<String> values, String slot, String otherwise) {
        var code = new StringBuilder("CASE ").append(slot);
        for (int i = 0; i < values.size(); i++) {
            code.append(" WHEN ").append(i).append(" THEN ").append(values.get(i));
        }
        return code.append(" ELSE ").append(otherwise).append(" END").toString();
    }

    private static String rising(Column column, String number) {
        return switch (affinity(column)) {
            case "TEXT" -> "printf('%s%%06d', %s)".formatted(column.name().replaceAll("[^A-Za-z_]", ""), number);
            case "BLOB" -> "CAST(printf('%%06d', %s) AS BLOB)".formatted(number);
            default -> number;
        };
    }

    private static String affinity(Column column) {
        String type = column.type().toUpperCase(Locale.ROOT);
        if (type.contains("INT")) {
            return "NUMBER";
        }
        boolean text = type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT") || type.equals("ANY");
        return text || type.isEmpty() ? "TEXT" : type.contains("BLOB") ? "BLOB" : "NUMBER";
    }

    /** Returns values for the parameters of {@code query} that ask for about a twentieth of the rows. */
    List<?> valuesFor(String query) {
        List<SqlToken> tokens = Tokens.meaningful(query);
        var values = new ArrayList<Object>();
        for (SqlShape.Parameter parameter : SqlShape.of(query).parameters()) {
            while (values.size() < Math.min(parameter.ordinal(), 100)) {
                values.add(VALUES);
            }
            for (int i = 0; i < tokens.size(); i++) {
                if (tokens.get(i).start() == parameter.span().start() && parameter.ordinal() <= values.size()) {
                    comparison(tokens, i).ifPresent(it -> values.set(parameter.ordinal() - 1, asked(it)));
                }
            }
        }
        return values;
    }

    private Object asked(Comparison comparison) {
        if (comparison.column().isEmpty()) {
            return comparison.operator().equals("OFFSET") ? 0 : VALUES;
        }
        for (TableShape table : tables) {
            Optional<Column> column = table.column(comparison.column());
            if (column.isPresent()) {
                int row =
                        switch (comparison.operator()) {
                            case "<" -> IndexTrial.ROWS / VALUES;
                            case ">" -> IndexTrial.ROWS - IndexTrial.ROWS / VALUES;
                            default -> ASKED;
                        };
                var value = sqlite.ask("SELECT %s FROM (SELECT %d AS i)".formatted(value(table, column.get()), row))
                        .getFirst();
                return typed(column.get(), value.text(0));
            }
        }
        return VALUES;
    }

    private static Object typed(Column column, String text) {
        return affinity(column).equals("NUMBER") && text.matches("-?\\d{1,9}") ? (Object) Integer.valueOf(text) : text;
    }
}
