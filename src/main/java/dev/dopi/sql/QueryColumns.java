package dev.dopi.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The columns by which a statement chooses or orders its rows, told by its tokens alone.
 *
 * <p>It is only a list of candidates: SQLite's planner decides what they are worth.
 *
 * @param mentions in the order of the text
 * @param limited whether there is a LIMIT, so that an order given by an index spares rows
 */
record QueryColumns(List<Mention> mentions, boolean limited) {

    /** What part of a statement a token stands in. */
    private enum Clause {
        NONE,
        FILTER,
        USING,
        ORDER,
        EXTREME
    }

    /** How a statement uses a column. */
    enum Use {
        EQUAL,
        FILTER,
        ORDER,
        /** The only argument of min() or max(). */
        EXTREME
    }

    /**
     * A column that is named in a clause; names are in lower case.
     *
     * @param qualifier the table or alias before the dot
     */
    record Mention(Optional<String> qualifier, String column, Use use, boolean descending) {}

    static QueryColumns of(String statement) {
        return new Reader(Tokens.meaningful(statement)).read();
    }

    /** Returns whether any row is left out or the reading stops early: a statement that wants all rows needs no index. */
    boolean choosesRows() {
        boolean filters = mentions.stream().anyMatch(mention -> mention.use() != Use.ORDER);
        return filters || (limited && !mentions.isEmpty());
    }

    /** Returns whether all it asks for is the lowest or highest value of a column for which {@code isRowid} holds. */
    boolean asksForFirstOrLast(Predicate<String> isRowid) {
        return !mentions.isEmpty()
                && mentions.stream()
                        .allMatch(mention -> mention.use() == Use.EXTREME && isRowid.test(mention.column()));
    }

    private static final class Reader {

        private final List<SqlToken> tokens;
        private final List<Mention> mentions = new ArrayList<>();
        private final Deque<Clause> outer = new ArrayDeque<>();
        private Clause clause = Clause.NONE;
        private boolean limited;

        Reader(List<SqlToken> tokens) {
            this.tokens = tokens;
        }

        QueryColumns read() {
            for (int i = 0; i < tokens.size(); i++) {
                SqlToken token = tokens.get(i);
                if (token.is("(")) {
                    outer.push(clause);
                    clause = clauseInBracket(i);
                } else if (token.is(")")) {
                    clause = outer.isEmpty() ? Clause.NONE : outer.pop();
                } else if (!turn(i)) {
                    mention(i);
                }
            }
            return new QueryColumns(List.copyOf(mentions), limited);
        }

        private Clause clauseInBracket(int i) {
            boolean extreme =
                    i > 0 && (tokens.get(i - 1).is("MIN") || tokens.get(i - 1).is("MAX"));
            return extreme && clause == Clause.NONE ? Clause.EXTREME : clause;
        }

        /** Turns to the clause that the word at {@code i} begins and returns whether it begins one. */
        private boolean turn(int i) {
            SqlToken token = tokens.get(i);
            if (token.is("WHERE") || token.is("HAVING") || token.is("ON")) {
                clause = token.is("ON") && at(i + 1).is("CONFLICT") ? Clause.NONE : Clause.FILTER;
            } else if (token.is("USING") && at(i + 1).is("(")) {
                clause = Clause.USING;
            } else if ((token.is("ORDER") || token.is("GROUP") || token.is("PARTITION"))
                    && at(i + 1).is("BY")) {
                clause = Clause.ORDER;
            } else if (token.is("LIMIT")) {
                limited = true;
                clause = Clause.NONE;
            } else if (startsOther(token)) {
                clause = Clause.NONE;
            } else {
                return false;
            }
            return true;
        }

        private static boolean startsOther(SqlToken token) {
            return token.is("SELECT")
                    || token.is("FROM")
                    || token.is("JOIN")
                    || token.is("SET")
                    || token.is("VALUES")
                    || token.is("RETURNING")
                    || token.is("UNION")
                    || token.is("EXCEPT")
                    || token.is("INTERSECT");
        }

        private void mention(int i) {
            SqlToken token = tokens.get(i);
            boolean name =
                    token.isName() && !(token.type() == SqlToken.Lexeme.WORD && SqlName.isReserved(token.text()));
            if (clause == Clause.NONE || !name || at(i + 1).is(".") || at(i + 1).is("(")) {
                return;
            }
            boolean qualified = at(i - 1).is(".");
            int after = at(i + 1).is("COLLATE") ? i + 3 : i + 1;
            int before = qualified ? i - 3 : i - 1;
            Use use =
                    switch (clause) {
                        case FILTER -> isEqual(at(after)) || isEqual(at(before)) ? Use.EQUAL : Use.FILTER;
                        case USING -> Use.EQUAL;
                        case EXTREME -> at(i + 1).is(")") ? Use.EXTREME : Use.FILTER;
                        case ORDER, NONE -> Use.ORDER;
                    };
            mentions.add(new Mention(
                    qualified ? Optional.of(at(i - 2).key()) : Optional.empty(),
                    token.key(),
                    use,
                    use == Use.ORDER && at(after).is("DESC")));
        }

        private static boolean isEqual(SqlToken token) {
            return token.is("=") || token.is("==") || token.is("IS") || token.is("IN") || token.is("ISNULL");
        }

        private SqlToken at(int i) {
            return i >= 0 && i < tokens.size() ? tokens.get(i) : new SqlToken(SqlToken.Lexeme.COMMENT, "", 0);
        }
    }
}
