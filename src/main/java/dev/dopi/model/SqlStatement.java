package dev.dopi.model;

import dev.dopi.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * One SQL statement in a class's code.
 *
 * @param sql the statement as SQLite gets it; a substitution in the place of a value stands as {@code ?}
 * @param file where the text stands, relative to the root
 * @param literal the whole string or template literal that holds it, quotes included; other statements may share it
 * @param line where the literal begins, counted from one
 * @param call the whole call that runs it, where it is one on the object's own storage
 * @param arguments the source text of each binding that the call passes after the SQL
 * @param dynamic why the text is not fully known, where it is not: nothing is guessed about such a statement
 * @param kind by its first word
 * @param plan how SQLite would run it on the class's own schema, a line a step; empty where that is not known
 */
public record SqlStatement(
        String sql,
        String file,
        Span literal,
        int line,
        Optional<Span> call,
        List<String> arguments,
        Optional<String> dynamic,
        Kind kind,
        List<String> plan) {

    public SqlStatement {
        arguments = List.copyOf(arguments);
        plan = List.copyOf(plan);
    }

    public SqlStatement(
            String sql,
            String file,
            Span literal,
            int line,
            Optional<Span> call,
            List<String> arguments,
            Optional<String> dynamic,
            Kind kind) {
        this(sql, file, literal, line, call, arguments, dynamic, kind, List.of());
    }

    /** Returns the SQL of those of {@code statements} that set the schema up and whose text is known, in their order. */
    public static List<String> schema(List<SqlStatement> statements) {
        return statements.stream()
                .filter(statement -> statement.kind == Kind.DDL && statement.dynamic.isEmpty())
                .map(SqlStatement::sql)
                .toList();
    }

    /** Returns whether it reads or writes rows and its text is known, so that SQLite can be asked how it would run. */
    public boolean isPlannable() {
        return dynamic.isEmpty()
                && switch (kind) {
                    case SELECT, INSERT, UPDATE, DELETE -> true;
                    case DDL, OTHER -> false;
                };
    }

    /** Returns this statement with the plan that SQLite made for it. */
    public SqlStatement planned(List<String> steps) {
        return new SqlStatement(sql, file, literal, line, call, arguments, dynamic, kind, steps);
    }

    /** What a statement does. */
    public enum Kind {
        SELECT,
        INSERT,
        UPDATE,
        DELETE,
        DDL,
        OTHER
    }
}
