package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.sql.SqlShape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the statements of a class tell of the rows of one table, whatever its name says.
 *
 * @param inserts what adds rows
 * @param queries what reads them
 */
record RowUse(DurableObjectClass type, Table table, List<SqlStatement> inserts, List<SqlStatement> queries) {

    private static final Pattern AGGREGATE = Pattern.compile("(?i)\\b(count|sum|avg|total|min|max)\\s*\\(");
    private static final Pattern STATISTIC = Pattern.compile("(?i)\\b(count|sum|avg|total)\\s*\\(");

    /** Adds to what the row holds already: {@code n = n + 1}, {@code n = t.n + excluded.n}. */
    private static final Pattern COUNTER = Pattern.compile(
            "(?is)\\bDO\\s+UPDATE\\s+SET\\b.*?[\"`\\[]?\\b(\\w+)\\b[\"`\\]]?\\s*=\\s*(?:\\w+\\.)?[\"`\\[]?\\1\\b[\"`\\]]?\\s*\\+");

    /** Names of a key that is another one as time goes by. */
    private static final Pattern PERIOD = Pattern.compile(
            "(?i)(^|_)(date|day|hour|minute|second|week|month|year|bucket|window|slot|period|interval|time|timestamp|ts|at)($|_)");

    static RowUse of(DurableObjectClass type, Table table) {
        String name = table.name().toLowerCase(Locale.ROOT);
        return new RowUse(
                type,
                table,
                Expiry.about(type, table, SqlShape.Kind.INSERT),
                type.statements().stream()
                        .filter(statement -> statement.kind() == SqlStatement.Kind.SELECT)
                        .filter(statement ->
                                SqlShape.of(statement.sql()).names().contains(name))
                        .toList());
    }

    /**
     * Whether its rows are events by what is done with them: each is added once with the time, none is changed or looked
     * up, and they are read as figures and by their time.
     */
    boolean isEventLog() {
        Optional<String> time = table.timestamp().map(Table.Timestamp::column);
        if (time.isEmpty()
                || inserts.isEmpty()
                || !type.doubts().isEmpty()
                || !inserts.stream().allMatch(RowUse::onlyAdds)
                || !Expiry.about(type, table, SqlShape.Kind.UPDATE).isEmpty()
                || type.statements().stream()
                        .anyMatch(statement -> statement.dynamic().isPresent())) {
            return false;
        }
        Predicate<SqlStatement> byTime = query -> isByTime(query.sql(), time.get());
        return queries.stream().allMatch(byTime.or(this::isFigure))
                && queries.stream().anyMatch(byTime)
                && queries.stream()
                        .anyMatch(query -> isFigure(query)
                                && STATISTIC.matcher(query.sql()).find());
    }

    private static boolean onlyAdds(SqlStatement insert) {
        return SqlShape.of(insert.sql())
                .insert()
                .filter(parts -> !parts.upsert() && parts.conflict().isEmpty())
                .isPresent();
    }

    /** Asks for figures of many rows. */
    private boolean isFigure(SqlStatement query) {
        return AGGREGATE.matcher(query.sql()).find() && !picksByKey(query.sql());
    }

    /** Asks for the newest rows, or for those of a time. */
    private boolean isByTime(String sql, String time) {
        String column = "[\"`\\[]?\\b" + Pattern.quote(time) + "\\b[\"`\\]]?";
        boolean newest = find(sql, "\\border\\s+by\\s+(\\w+\\.)?" + column + ".*\\blimit\\b");
        boolean range = find(sql, "\\bwhere\\b.*" + column + "\\s*([<>]|between\\b)");
        return (newest || range) && !picksByKey(sql) && !find(sql, "\\bjoin\\b");
    }

    /** Whether a query takes only rows whose time in {@code column} is still to come: nobody wants the others. */
    boolean passesOver(String column) {
        String name = "(\\w+\\.)?[\"`\\[]?\\b" + Pattern.quote(column) + "\\b[\"`\\]]?";
        return queries.stream()
                .anyMatch(query -> find(query.sql(), "\\bwhere\\b.*(" + name + "\\s*>|<=?\\s*" + name + ")"));
    }

    private boolean picksByKey(String sql) {
        return table.columns().stream()
                .filter(column -> column.keyPart() > 0 || column.name().equalsIgnoreCase("id"))
                .anyMatch(key -> find(
                        sql, "\\bwhere\\b.*\\b" + Pattern.quote(key.name()) + "\\b[\"`\\]]?\\s*(={1,2}|in\\b|is\\b)"));
    }

    /**
     * Returns the query by which all its rows are read again in the order in which the program numbered them: what they
     * tell together cannot do without the first ones.
     */
    Optional<SqlStatement> replay() {
        List<Table.Column> keys =
                table.columns().stream().filter(column -> column.keyPart() > 0).toList();
        if (keys.size() != 1
                || inserts.isEmpty()
                || !inserts.stream().allMatch(insert -> gives(insert, keys.getFirst()))) {
            return Optional.empty();
        }
        String all = "^\\s*select\\b(?!.*\\b(where|limit|group|join|having|union)\\b).*\\border\\s+by\\s+[\"`\\[]?"
                + Pattern.quote(keys.getFirst().name()) + "\\b[\"`\\]]?(\\s+asc)?\\s*;?\\s*$";
        return keys.getFirst().type().toUpperCase(Locale.ROOT).contains("INT")
                ? queries.stream().filter(query -> find(query.sql(), all)).findFirst()
                : Optional.empty();
    }

    /** Whether the program counts on its own, rather than leaving the number to the database. */
    private static boolean gives(SqlStatement insert, Table.Column key) {
        return SqlShape.of(insert.sql()).insert().stream()
                .flatMap(parts -> parts.columns().stream())
                .anyMatch(column -> column.name().equalsIgnoreCase(key.name()));
    }

    /** Whether its rows are counters, one for each key, of which time alone makes no new ones. */
    boolean isCounters() {
        return !inserts.isEmpty()
                && inserts.stream()
                        .allMatch(insert -> COUNTER.matcher(insert.sql()).find())
                && table.columns().stream()
                        .filter(column -> column.keyPart() > 0)
                        .noneMatch(key ->
                                PERIOD.matcher(Expiry.snakeCase(key.name())).find());
    }

    private static boolean find(String sql, String pattern) {
        return Pattern.compile("(?is)" + pattern).matcher(sql).find();
    }
}
