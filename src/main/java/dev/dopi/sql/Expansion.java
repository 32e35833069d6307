package dev.dopi.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much a statement grows when SQLite puts the views and WITH tables that it names in place.
 *
 * <p>Views that name each other twice double at every level: fourteen of them keep SQLite busy for 18 seconds while it
 * prepares one SELECT, where no progress handler is asked. So the size is counted first, from above.
 */
final class Expansion {

    /** More than any statement that SQLite would take: it refuses a FROM of more than 200 terms. */
    static final int MOST = 400;

    private static final int CAP = 1_000_000;

    private final Map<String, Integer> views = new HashMap<>();
    private int schema;

    /** Returns whether {@code statement}, and the schema's triggers with it, stay small enough. */
    boolean allows(String statement) {
        return size(statement) <= MOST;
    }

    /** Returns whether there is room for the view or trigger {@code statement} beside the others; then it is counted. */
    boolean admits(String statement) {
        int size = size(statement);
        if (size > MOST || schema + size > 10 * MOST) {
            return false;
        }
        schema += size;
        SqlShape shape = SqlShape.of(statement);
        if (shape.form() == SqlShape.Form.CREATE_VIEW) {
            shape.object().ifPresent(name -> views.merge(SqlToken.key(name), size + 1, Math::max));
        }
        return true;
    }

    private int size(String statement) {
        List<SqlToken> tokens = Tokens.meaningful(statement);
        Map<String, Integer> known = new HashMap<>(views);
        Deque<Frame> open = new ArrayDeque<>();
        open.push(new Frame(""));
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.is("(")) {
                open.push(new Frame(tableBefore(tokens, i)));
            } else if (token.is(")") && open.size() > 1) {
                Frame closed = open.pop();
                if (!closed.table.isEmpty()) {
                    known.merge(closed.table, Math.min(CAP, closed.size + 1), Math::max);
                }
                open.element().add(closed.size);
            } else if (token.is("SELECT") || token.is("JOIN")) {
                open.element().add(1);
            } else {
                open.element().add(known.getOrDefault(token.key(), 0));
            }
        }
        return open.stream().mapToInt(frame -> frame.size).reduce(0, (a, b) -> Math.min(CAP, a + b));
    }

    /** Returns the table that the bracket at {@code i} defines, as in {@code name (columns) AS MATERIALIZED (}, or "". */
    private static String tableBefore(List<SqlToken> tokens, int i) {
        int at = i - 1;
        if (at >= 0 && tokens.get(at).is("MATERIALIZED")) {
            at--;
            at -= at >= 0 && tokens.get(at).is("NOT") ? 1 : 0;
        }
        if (at < 1 || !tokens.get(at).is("AS")) {
            return "";
        }
        at--;
        if (tokens.get(at).is(")")) {
            while (at > 0 && !tokens.get(at).is("(")) {
                at--;
            }
            at--;
        }
        return at >= 0 ? tokens.get(at).key() : "";
    }

    private static final class Frame {

        private final String table;
        private int size;

        Frame(String table) {
            this.table = table;
        }

        void add(int more) {
            size = Math.min(CAP, size + more);
        }
    }
}
