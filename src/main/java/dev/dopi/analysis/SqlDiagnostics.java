package dev.dopi.analysis;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.project.Diagnostic;
import dev.dopi.sql.PlanResult;
import dev.dopi.sql.ScratchDatabase;
import dev.dopi.sql.SqlShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Statements of a class that SQLite refuses on the class's own schema: such code fails whenever it runs.
 *
 * <p>Only what is certain is told: never a statement with unknown parts, never one about a table or column that may be
 * made or added where it is not seen, nothing where the schema is
 * rebuilt on its way, and nothing of a class about which there is a doubt.
 */
final class SqlDiagnostics {

    private SqlDiagnostics() {}

    static List<Diagnostic> of(DurableObjectClass type) {
        boolean known = type.doubts().isEmpty()
                && type.framework().isEmpty()
                && type.sqlite().orElse(true)
                && type.statements().stream()
                        .noneMatch(each -> each.dynamic().isPresent()
                                && (each.kind() == SqlStatement.Kind.DDL || each.kind() == SqlStatement.Kind.OTHER));
        List<String> definitions = SqlStatement.schema(type.statements());
        if (!known || definitions.isEmpty() || isRebuilt(definitions)) {
            return List.of();
        }
        try (ScratchDatabase database = ScratchDatabase.of(definitions)) {
            var found = new ArrayList<Diagnostic>();
            var told = new HashSet<Integer>();
            for (ScratchDatabase.Refusal refusal : database.refusals()) {
                type.statements().stream()
                        .filter(statement -> statement.sql().equals(refusal.statement()))
                        .filter(statement -> isError(refusal.reason(), database, statement.sql()))
                        .filter(statement -> told.add(statement.literal().start()))
                        .forEach(statement -> found.add(warning(type, statement, refusal.reason())));
            }
            type.statements().stream()
                    .filter(statement -> statement.isPlannable() && areKnown(statement.sql(), database))
                    .forEach(statement -> {
                        if (database.plan(statement.sql()) instanceof PlanResult.Refused(String message)
                                && isError(message, database, statement.sql())
                                && told.add(statement.literal().start())) {
                            found.add(warning(type, statement, message));
                        }
                    });
            return List.copyOf(found);
        }
    }

    private static Diagnostic warning(DurableObjectClass type, SqlStatement statement, String message) {
        return Diagnostic.warning(
                statement.file(),
                statement.line(),
                "SQLite refuses a statement of %s (%s:%d) on the schema that the class itself makes: %s."
                        .formatted(type.className(), statement.file(), statement.line(), message));
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
