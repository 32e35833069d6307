package dev.dopi.catalog.ttlcleanup;

import dev.dopi.edit.GeneratedTest;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table.Timestamp;
import dev.dopi.model.Table.Timestamp.Unit;
import dev.dopi.sql.Rehearsal;
import dev.dopi.sql.RehearsalResult;
import dev.dopi.sql.RehearsalResult.Outcome;
import dev.dopi.sql.ScratchDatabase;
import dev.dopi.sql.SqlName;
import dev.dopi.sql.TableShape;
import dev.dopi.sql.TableShape.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A row that a test writes: what the table demands, and the time that tells its age.
 *
 * <p>SQLite took two such rows, one after the other, on the class's own schema.
 *
 * @param columns the columns that are written, in the table's order
 */
record SampleRow(String table, List<Cell> columns) {

    private static final Pattern CHOICE = Pattern.compile("(?is)\\bIN\\s*\\(\\s*('[^']*'|-?\\d+(?:\\.\\d+)?)\\s*[,)]");

    /**
     * A column with its value.
     *
     * @param code as TypeScript, of {@code n}, which differs from row to row, and {@code time}
     * @param sql as SQL, for row {@code n}
     */
    private record Cell(String column, String code, String sql) {}

    /** A row, or why none can be made up, as a sentence. */
    sealed interface Answer {

        record Made(SampleRow row) implements Answer {}

        record Impossible(String reason) implements Answer {}
    }

    /** Makes up a row of {@code table} in the schema of {@code type}, without the column that is to be added. */
    static Answer of(DurableObjectClass type, ExpiringTable table) {
        List<String> definitions = SqlStatement.schema(type.statements());
        Optional<TableShape> shape;
        try (ScratchDatabase database = ScratchDatabase.of(definitions)) {
            shape = database.table(table.name());
        }
        if (shape.isEmpty()) {
            return impossible(table, "SQLite does not accept its definition");
        }
        List<String> clauses = clauses(table.table().definition().sql());
        var cells = new ArrayList<Cell>();
        for (Column column : shape.get().columns()) {
            if (!isWritten(shape.get(), column, table)) {
                continue;
            }
            Optional<String> key = clause(clauses, column, "REFERENCES");
            if (key.isPresent()) {
                return impossible(table, "%s must refer to a row of another table".formatted(column.name()));
            }
            cells.add(cell(column, table, clause(clauses, column, "CHECK")));
        }
        var row = new SampleRow(table.name(), List.copyOf(cells));
        return row.refusal(definitions)
                .map(reason -> impossible(table, "SQLite refuses one (%s)".formatted(reason)))
                .orElseGet(() -> new Answer.Made(row));
    }

    private static Answer impossible(ExpiringTable table, String why) {
        return new Answer.Impossible(
                "No test is generated for %s, as no row of it can be made up: %s.".formatted(table.name(), why));
    }

    private static boolean isWritten(TableShape shape, Column column, ExpiringTable table) {
        boolean alias = shape.rowidAlias().filter(column.name()::equals).isPresent();
        boolean age = !table.ownColumn() && column.name().equals(table.column());
        return !column.generated()
                && !alias
                && (age || (column.notNull() || column.keyPart() > 0) && !column.hasDefault());
    }

    private static Cell cell(Column column, ExpiringTable table, Optional<String> check) {
        if (!table.ownColumn() && column.name().equals(table.column())) {
            return new Cell(column.name(), time(table.age().unit()), "1700000000000");
        }
        Optional<Timestamp> time =
                table.table().timestamp().filter(it -> it.column().equals(column.name()));
        if (time.isPresent()) {
            return new Cell(column.name(), time(time.get().unit()), "1700000000000");
        }
        Matcher choice = CHOICE.matcher(check.orElse(""));
        if (choice.find()) {
            String value = choice.group(1);
            return new Cell(
                    column.name(),
                    value.startsWith("'") ? "\"" + value.substring(1, value.length() - 1) + "\"" : value,
                    value);
        }
        String type = column.type().toUpperCase(Locale.ROOT);
        // The order of SQLite's own rules for a column's affinity.
        if (type.contains("INT")) {
            return new Cell(column.name(), "n", "%d");
        }
        if (type.contains("BLOB")) {
            return new Cell(column.name(), "new ArrayBuffer(n)", "zeroblob(%d)");
        }
        boolean text = type.isEmpty()
                || type.contains("CHAR")
                || type.contains("CLOB")
                || type.contains("TEXT")
                || type.equals("ANY");
        boolean json = check.filter(it -> it.toLowerCase(Locale.ROOT).contains("json_valid"))
                .isPresent();
        if (json) {
            return new Cell(column.name(), "JSON.stringify(n)", "'%d'");
        }
        return text
                ? new Cell(column.name(), "`" + column.name().replaceAll("\\W", "") + " ${n}`", "'text %d'")
                : new Cell(column.name(), "n", "%d");
    }

    /** Returns the expression that writes {@code time}, in milliseconds, as the column counts. */
    private static String time(Unit unit) {
        return switch (unit) {
            case MILLISECONDS -> "time";
            case SECONDS -> "Math.floor(time / 1000)";
            case ISO_TEXT -> "new Date(time).toISOString()";
            case SQLITE_TEXT -> "new Date(time).toISOString().slice(0, 19).replace(\"T\", \" \")";
        };
    }

    /** Returns SQLite's reason against two such rows, where it has one. */
    private Optional<String> refusal(List<String> definitions) {
        List<String> inserts = List.of(insertOf(1), insertOf(2));
        return Rehearsal.run(definitions, inserts, List.of()).failures().stream()
                .filter(run -> inserts.contains(run.statement()))
                .map(RehearsalResult.Run::outcome)
                .flatMap(outcome -> outcome instanceof Outcome.Failed(String reason)
                        ? java.util.stream.Stream.of(reason)
                        : java.util.stream.Stream.empty())
                .findFirst();
    }

    private String insertOf(int n) {
        return insert(List.of())
                .replaceFirst(
                        "VALUES \\(.*\\)$",
                        Matcher.quoteReplacement("VALUES (%s)"
                                .formatted(columns.stream()
                                        .map(cell -> cell.sql().replace("%d", String.valueOf(700 + n)))
                                        .collect(Collectors.joining(", ")))));
    }

    private String insert(List<String> more) {
        var names = new ArrayList<>(
                columns.stream().map(cell -> SqlName.written(cell.column())).toList());
        names.addAll(more);
        return names.isEmpty()
                ? "INSERT INTO %s DEFAULT VALUES".formatted(SqlName.written(table))
                : "INSERT INTO %s (%s) VALUES (%s)"
                        .formatted(
                                SqlName.written(table),
                                String.join(", ", names),
                                names.stream().map(_ -> "?").collect(Collectors.joining(", ")));
    }

    /** Returns the INSERT as a literal, which {@code more} columns extend. */
    String statement(String... more) {
        return GeneratedTest.literal(insert(List.of(more)));
    }

    /** Returns the values as arguments behind the statement, each after a comma. */
    String values(String... more) {
        var all = new ArrayList<>(columns.stream().map(Cell::code).toList());
        all.addAll(List.of(more));
        return all.stream().map(value -> ", " + value).collect(Collectors.joining());
    }

    boolean numbered() {
        return values().matches("(?s).*\\bn\\b.*");
    }

    boolean timed() {
        return values().contains("time");
    }

    private static Optional<String> clause(List<String> clauses, Column column, String word) {
        Pattern name = Pattern.compile("(?is).*\\b" + Pattern.quote(column.name()) + "\\b.*\\b" + word + "\\b.*"
                + "|(?is).*\\b" + word + "\\b.*\\b" + Pattern.quote(column.name()) + "\\b.*");
        return clauses.stream()
                .filter(clause -> name.matcher(clause).matches())
                .filter(clause -> !word.equals("REFERENCES") || isKeyOf(clause, column))
                .findFirst();
    }

    /** Whether it is the column that refers, rather than the one referred to. */
    private static boolean isKeyOf(String clause, Column column) {
        int at = clause.toUpperCase(Locale.ROOT).indexOf("REFERENCES");
        return Pattern.compile("\\b" + Pattern.quote(column.name()) + "\\b", Pattern.CASE_INSENSITIVE)
                .matcher(clause.substring(0, at))
                .find();
    }

    /** Returns the definitions of the columns and the constraints in {@code createTable}, each for itself. */
    private static List<String> clauses(String createTable) {
        var clauses = new ArrayList<String>();
        int depth = 0;
        boolean quoted = false;
        int start = createTable.indexOf('(') + 1;
        for (int i = start - 1; i >= 0 && i < createTable.length(); i++) {
            char c = createTable.charAt(i);
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            boolean ends = !quoted && (c == ',' && depth == 1 || c == ')' && depth == 0);
            if (ends) {
                clauses.add(createTable.substring(start, i));
                start = i + 1;
            }
            if (depth == 0) {
                break;
            }
        }
        return clauses;
    }
}
