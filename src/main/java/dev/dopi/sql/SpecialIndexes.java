package dev.dopi.sql;

import dev.dopi.sql.Candidate.IndexPart;
import dev.dopi.sql.SqlToken.Lexeme;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Indexes on expressions, on another collation, and of some rows only, for queries that no plain index helps.
 *
 * <p>An expression is offered only where no value that a row can hold makes SQLite refuse it: such an index could not be
 * built on an object that holds the row. An index leaves out rows only where the project itself sets the value that the
 * query does not want, so that rows come to have it in time.
 */
final class SpecialIndexes {

    /** Functions that answer whatever they are given. */
    private static final Set<String> TOTAL =
            Set.of("lower", "upper", "trim", "ltrim", "rtrim", "length", "substr", "substring", "ifnull", "coalesce");

    /** Functions that refuse the text 'now', so only a number may stand in them. */
    private static final Set<String> OF_NUMBERS = Set.of("date", "datetime", "time", "strftime", "unixepoch");

    /** What makes a date function's answer depend on when or where it is asked. */
    private static final Set<String> OF_THE_MOMENT = Set.of("now", "localtime", "utc");

    private static final Set<String> COLLATIONS = Set.of("nocase", "rtrim");

    private final TableShape table;
    private final String query;
    private final List<SqlToken> tokens;
    private final List<String> updates;
    private final Set<Candidate> candidates = new LinkedHashSet<>();

    private SpecialIndexes(TableShape table, String query, List<String> updates) {
        this.table = table;
        this.query = query;
        this.tokens = Tokens.meaningful(query);
        this.updates = updates;
    }

    /**
     * Returns what might help {@code query} where no plain index does.
     *
     * @param updates the project's statements, among which those that change {@code table} are looked for
     */
    static List<Candidate> of(TableShape table, String query, QueryColumns columns, List<String> updates) {
        var indexes = new SpecialIndexes(table, query, updates);
        List<IndexPart> order = columns.mentions().stream()
                .filter(mention -> mention.use() == QueryColumns.Use.ORDER)
                .flatMap(mention -> table.column(mention.column()).stream()
                        .map(column -> new IndexPart(column.name(), mention.descending())))
                .distinct()
                .toList();
        indexes.collations(columns);
        indexes.expressions(order);
        if (indexes.isPlainFilter()) {
            indexes.partials(order);
        }
        return List.copyOf(indexes.candidates);
    }

    private void offer(List<IndexPart> keys, Optional<String> where) {
        if (!keys.isEmpty()) {
            candidates.add(new Candidate(table.name(), keys, where));
        }
    }

    private void collations(QueryColumns columns) {
        for (int i = 1; i < tokens.size(); i++) {
            if (!tokens.get(i - 1).is("COLLATE")
                    || !COLLATIONS.contains(tokens.get(i).key())) {
                continue;
            }
            String collation = tokens.get(i).text().toUpperCase(Locale.ROOT);
            for (QueryColumns.Mention mention : columns.mentions()) {
                table.column(mention.column())
                        .ifPresent(column -> offer(
                                List.of(IndexPart.expression(SqlName.written(column.name()) + " COLLATE " + collation)),
                                Optional.empty()));
            }
        }
    }

    private void expressions(List<IndexPart> order) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (!tokens.get(i + 1).is("(") || !tokens.get(i).isName()) {
                continue;
            }
            int close = closing(i + 1);
            String name = tokens.get(i).key();
            boolean total = TOTAL.contains(name);
            if (close > 0 && (total || OF_NUMBERS.contains(name)) && isOfTheTable(i + 2, close, !total)) {
                IndexPart part = IndexPart.expression(slice(i, close));
                offer(List.of(part), Optional.empty());
                order.forEach(key -> offer(List.of(part, key), Optional.empty()));
            }
        }
    }

    private int closing(int open) {
        for (int i = open + 1, depth = 1; i < tokens.size(); i++) {
            depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Whether only columns of the table and literals stand there, and one column at least. */
    private boolean isOfTheTable(int from, int to, boolean numbers) {
        boolean found = false;
        for (int i = from; i < to; i++) {
            SqlToken token = tokens.get(i);
            Optional<TableShape.Column> column = token.isName() ? table.column(token.name()) : Optional.empty();
            boolean plain = token.type() == Lexeme.NUMBER
                    || token.type() == Lexeme.STRING && !OF_THE_MOMENT.contains(token.key())
                    || token.is(",")
                    || numbers && (token.is("/") || token.is("*"));
            boolean fits = column.isPresent() && (!numbers || isNumber(column.get()));
            if (!plain && !fits) {
                return false;
            }
            found |= fits;
        }
        return found;
    }

    private static boolean isNumber(TableShape.Column column) {
        String type = column.type().toUpperCase(Locale.ROOT);
        return type.contains("INT") || type.contains("REAL") || type.contains("NUM");
    }

    /** A condition that stands beside others by AND alone holds of every row that is asked for. */
    private boolean isPlainFilter() {
        long selects = tokens.stream().filter(token -> token.is("SELECT")).count();
        return selects <= 1
                && tokens.stream().noneMatch(token -> token.is("OR") || token.is("JOIN") || token.is("CASE"));
    }

    private void partials(List<IndexPart> order) {
        for (int i = 1; i + 1 < tokens.size(); i++) {
            Optional<TableShape.Column> column =
                    tokens.get(i).isName() ? table.column(tokens.get(i).name()) : Optional.empty();
            boolean starts = tokens.get(i - 1).is("WHERE") || tokens.get(i - 1).is("AND");
            int literal = literalAfter(i);
            if (column.isEmpty() || !starts || literal < 0 || !isSet(column.get(), tokens.get(literal))) {
                continue;
            }
            Optional<String> where = Optional.of(slice(i, literal));
            offer(order, where);
            offer(List.of(new IndexPart(column.get().name(), false)), where);
        }
    }

    /** Returns the place of the literal that the column at {@code i} must not be, or -1. */
    private int literalAfter(int i) {
        int at = tokens.get(i + 1).is("<>") || tokens.get(i + 1).is("!=")
                ? i + 2
                : tokens.get(i + 1).is("IS")
                                && i + 2 < tokens.size()
                                && tokens.get(i + 2).is("NOT")
                        ? i + 3
                        : -1;
        boolean literal = at > 0
                && at < tokens.size()
                && (tokens.get(at).type() == Lexeme.STRING || tokens.get(at).type() == Lexeme.NUMBER);
        boolean ends = literal
                && (at + 1 == tokens.size()
                        || tokens.get(at + 1).is("AND")
                        || tokens.get(at + 1).is("ORDER")
                        || tokens.get(at + 1).is("LIMIT")
                        || tokens.get(at + 1).is(";"));
        return ends ? at : -1;
    }

    /** Whether some UPDATE of the table sets the column to that very literal. */
    private boolean isSet(TableShape.Column column, SqlToken literal) {
        for (String update : updates) {
            SqlShape shape = SqlShape.of(update);
            if (shape.kind() != SqlShape.Kind.UPDATE
                    || shape.target()
                            .filter(name -> name.equalsIgnoreCase(table.name()))
                            .isEmpty()) {
                continue;
            }
            List<SqlToken> words = Tokens.meaningful(update);
            for (int i = 0; i + 2 < words.size() && !words.get(i).is("WHERE"); i++) {
                if (words.get(i).isName()
                        && words.get(i).name().equalsIgnoreCase(column.name())
                        && words.get(i + 1).is("=")
                        && words.get(i + 2).text().equals(literal.text())) {
                    return true;
                }
            }
        }
        return false;
    }

    private String slice(int from, int to) {
        SqlToken last = tokens.get(to);
        return query.substring(
                tokens.get(from).start(), last.start() + last.text().length());
    }
}
