package dev.dopi.analysis;

import dev.dopi.model.SqlStatement;
import dev.dopi.project.Diagnostic;
import dev.dopi.sql.ScratchDatabase;
import dev.dopi.sql.SqlShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Statements of a class that SQLite refuses on the class's own schema: such code fails whenever it runs.
 *
 * <p>Only what is certain is told: never a statement with unknown parts, never one about a table or column that may be
 * made or added where it is not seen, and nothing where the schema is rebuilt on its way. Not to be asked of a class
 * about which there is a doubt.
 */
final class SqlDiagnostics {

    private SqlDiagnostics() {}

    /**
     * Returns what SQLite refuses of {@code statements}.
     *
     * @param refused the queries for which SQLite makes no plan, with what it says
     * @param database the class's schema, as its own statements make it
     */
    static List<Diagnostic> of(
            String className,
            List<SqlStatement> statements,
            Map<SqlStatement, String> refused,
            ScratchDatabase database) {
        boolean unknown = statements.stream()
                .anyMatch(each -> each.dynamic().isPresent()
                        && (each.kind() == SqlStatement.Kind.DDL || each.kind() == SqlStatement.Kind.OTHER));
        if (unknown || isRebuilt(SqlStatement.schema(statements))) {
            return List.of();
        }
        var found = new ArrayList<Diagnostic>();
        var told = new HashSet<Integer>();
        for (ScratchDatabase.Refusal refusal : database.refusals()) {
            statements.stream()
                    .filter(statement -> statement.sql().equals(refusal.statement()))
                    .filter(statement -> isError(refusal.reason(), database, statement.sql()))
                    .filter(statement -> told.add(statement.literal().start()))
                    .forEach(statement -> found.add(warning(className, statement, refusal.reason())));
        }
        refused.forEach((statement, message) -> {
            if (areKnown(statement.sql(), database)
                    && isError(message, database, statement.sql())
                    && told.add(statement.literal().start())) {
                found.add(warning(className, statement, message));
            }
        });
        return List.copyOf(found);
    }

    private static Diagnostic warning(String className, SqlStatement statement, String message) {
        return Diagnostic.warning(
                statement.file(),
                statement.line(),
                "SQLite refuses a statement of %s (%s:%d) on the schema that the class itself makes: %s."
                        .formatted(className, statement.file(), statement.line(), message));
    }

    /** Whether every table that a statement names is one of the schema. */
    private static boolean areKnown(String sql, ScratchDatabase database) {
        SqlShape shape = SqlShape.of(sql);
        Set<String> words = shape.names();
        boolean names = database.tables().stream()
                .anyMatch(table -> words.contains(table.name().toLowerCase(java.util.Locale.ROOT)));
        return names
                && shape.target().filter(name -> database.table(name).isEmpty()).isEmpty();
    }

    /** Whether the message tells of a mistake in the text itself, rather than of an order of statements not seen. */
    private static boolean isError(String message, ScratchDatabase database, String sql) {
        boolean syntax = message.contains("syntax error") || message.contains("incomplete input");
        boolean column = message.startsWith("no such column") || message.contains(" has no column named ");
        boolean count = message.matches(".*(values for \\d+ columns|has \\d+ columns but \\d+ values).*");
        boolean function = message.startsWith("no such function") || message.contains("wrong number of arguments");
        boolean otherTable = (column || count) && isChangedElsewhere(database, sql);
        return (syntax || column || count || function) && !otherTable;
    }

    /** Whether the schema loses tables or columns on its way, so that a statement may be right before that. */
    private static boolean isRebuilt(List<String> definitions) {
        return definitions.stream()
                .map(SqlShape::of)
                .anyMatch(shape -> shape.form() == SqlShape.Form.DROP_TABLE
                        || shape.form() == SqlShape.Form.ALTER_TABLE
                                && shape.addedColumn().isEmpty());
    }

    /** Whether a statement that would have changed a table it names did not run here, so that columns may be missing. */
    private static boolean isChangedElsewhere(ScratchDatabase database, String sql) {
        Set<String> words = SqlShape.of(sql).names();
        return database.refusals().stream()
                .map(refusal -> SqlShape.of(refusal.statement()))
                .filter(shape ->
                        shape.form() == SqlShape.Form.ALTER_TABLE || shape.form() == SqlShape.Form.CREATE_TABLE)
                .flatMap(shape -> shape.target().stream())
                .anyMatch(table -> words.contains(table.toLowerCase(java.util.Locale.ROOT)));
    }
}
