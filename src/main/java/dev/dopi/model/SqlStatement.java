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
 */
public record SqlStatement(
        String sql,
        String file,
        Span literal,
        int line,
        Optional<Span> call,
        List<String> arguments,
        Optional<String> dynamic,
        Kind kind) {

    public SqlStatement {
        arguments = List.copyOf(arguments);
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
