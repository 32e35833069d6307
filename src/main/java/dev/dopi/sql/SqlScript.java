package dev.dopi.sql;

import dev.dopi.sql.SqlToken.Lexeme;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text of several statements into its statements.
 *
 * <p>A semicolon ends a statement, except inside the body of {@code CREATE TRIGGER}, which ends where {@code END}
 * follows a semicolon: the {@code END} of a {@code CASE} never does.
 */
public final class SqlScript {

    private SqlScript() {}

    /**
     * One statement of a script.
     *
     * @param text from its first token to its last, without the semicolon; comments between them are kept
     * @param offset where the text begins in the script
     */
    public record Part(String text, int offset) {}

    /** Returns the statements of {@code script}; what holds only comments and semicolons is no statement. */
    public static List<Part> split(String script) {
        var parts = new ArrayList<Part>();
        var statement = new ArrayList<SqlToken>();
        for (SqlToken token : SqlLexer.tokens(script)) {
            if (token.type() == Lexeme.COMMENT) {
                continue;
            }
            if (token.is(";") && !(isTrigger(statement) && !isClosedTrigger(statement))) {
                add(parts, script, statement);
                statement.clear();
            } else {
                statement.add(token);
            }
        }
        add(parts, script, statement);
        return List.copyOf(parts);
    }

    private static boolean isTrigger(List<SqlToken> statement) {
        int word = !statement.isEmpty() && statement.getFirst().is("EXPLAIN") ? skipExplain(statement) : 0;
        if (statement.size() < word + 2 || !statement.get(word).is("CREATE")) {
            return false;
        }
        SqlToken second = statement.get(word + 1);
        return second.is("TRIGGER")
                || ((second.is("TEMP") || second.is("TEMPORARY"))
                        && statement.size() > word + 2
                        && statement.get(word + 2).is("TRIGGER"));
    }

    private static int skipExplain(List<SqlToken> statement) {
        return statement.size() > 3 && statement.get(1).is("QUERY") ? 3 : 1;
    }

    private static boolean isClosedTrigger(List<SqlToken> statement) {
        int size = statement.size();
        return statement.get(size - 1).is("END") && statement.get(size - 2).is(";");
    }

    private static void add(List<Part> parts, String script, List<SqlToken> statement) {
        if (!statement.isEmpty()) {
            int start = statement.getFirst().start();
            parts.add(new Part(script.substring(start, statement.getLast().end()), start));
        }
    }
}
