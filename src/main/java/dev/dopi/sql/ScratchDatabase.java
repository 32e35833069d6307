package dev.dopi.sql;

import dev.dopi.sql.SqlShape.Form;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An empty database in memory with a project's own schema, to ask SQLite what it makes of the project's statements.
 *
 * <p>The statements are hostile input: only those that build a schema are run, each within its time, none can reach a
 * file, and nothing that they do throws; what is refused is listed with SQLite's reason or ours. One thread at a time.
 */
public final class ScratchDatabase implements AutoCloseable {

    private static final Duration STATEMENT = Duration.ofMillis(200);
    private static final Duration SCHEMA = Duration.ofSeconds(5);

    private static final int MOST_ASKED = 1_000;

    /** CREATE TABLE … AS SELECT computes; in a longer one, a chain of costly functions could not be stopped. */
    private static final int LONGEST_COMPUTATION = 10_000;

    private final Sqlite sqlite = Sqlite.inMemory();
    private final Expansion expansion = new Expansion();
    private final List<Refusal> refusals = new ArrayList<>();
    private List<TableShape> tables = List.of();
    private List<String> readers = List.of();
    private final Set<String> partial = new HashSet<>();
    private final Map<String, Asked> asked = new HashMap<>();

    private ScratchDatabase() {}

    /**
     * Does what takes its time before the first database can be opened, so that another thread need not wait for it
     * later. Where it fails, opening one says why.
     */
    public static void prepare() {
        try {
            Sqlite.inMemory().close();
        } catch (SqliteUnavailableException _) {
            // Whoever needs a database meets the same, and can say what it was for.
        }
    }

    /** A statement that was not run, and why. */
    public record Refusal(String statement, String reason) {}

    /**
     * Builds the schema that {@code ddlStatements} make in this order.
     *
     * @throws SqliteUnavailableException if SQLite cannot be started at all
     */
    public static ScratchDatabase of(List<String> ddlStatements) {
        var database = new ScratchDatabase();
        long end = System.nanoTime() + SCHEMA.toNanos();
        for (String statement : ddlStatements) {
            if (System.nanoTime() - end > 0) {
                database.refusals.add(new Refusal(statement, "the statements before it took all the time there was"));
            } else {
                database.execute(statement);
            }
        }
        database.remember();
        return database;
    }

    private void execute(String statement) {
        PlatformRules.refusalOfDdl(statement)
                .or(() -> change(statement))
                .ifPresent(reason -> refusals.add(new Refusal(statement, reason)));
    }

    private Optional<String> change(String statement) {
        Form form = SqlShape.of(statement).form();
        boolean reads = form == Form.CREATE_VIEW || form == Form.CREATE_TRIGGER || form == Form.CREATE_TABLE_AS;
        if (reads && !expansion.admits(statement)) {
            return Optional.of("the views that it reads grow too large when they are put in place of their names");
        }
        boolean computes = form == Form.CREATE_TABLE_AS;
        if (computes && statement.length() > LONGEST_COMPUTATION) {
            return Optional.of("a CREATE TABLE … AS SELECT of more than 10,000 characters is not run");
        }
        try {
            if (computes) {
                sqlite.limitValues(2 * LONGEST_COMPUTATION);
            }
            sqlite.run(statement, List.of(), STATEMENT);
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(Sqlite.reason(e));
        } finally {
            if (computes) {
                sqlite.unlimitValues();
            }
        }
    }

    private void remember() {
        var reader = new SchemaReader(sqlite);
        tables = reader.tables();
        readers = reader.viewsAndTriggers();
        tables.stream()
                .flatMap(table -> table.indexes().stream())
                .filter(TableShape.Index::partial)
                .forEach(index -> partial.add(index.name()));
    }

    /** Returns the statements that were not run, in order. */
    public List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    /** Returns the tables that the statements left, in the order in which they were made. */
    public List<TableShape> tables() {
        return tables;
    }

    /** Returns the table of that name in any case. */
    public Optional<TableShape> table(String name) {
        return tables.stream()
                .filter(table -> SqlToken.key(table.name()).equals(SqlToken.key(name)))
                .findFirst();
    }

    /** Returns the names of everything in the schema: tables, indexes, views and triggers. */
    List<String> objectNames() {
        return new SchemaReader(sqlite).objectNames();
    }

    /** What of a statement's plan depends on the statement and the tables alone, so that it is worked out once. */
    private record Asked(Optional<String> refusal, Map<String, String> names, boolean firstOrLastRow) {}

    /** Returns how SQLite would run {@code statement}, every parameter NULL; the statement itself is never run. */
    public PlanResult plan(String statement) {
        if (asked.size() >= MOST_ASKED) {
            asked.clear();
        }
        Asked known = asked.computeIfAbsent(statement, this::ask);
        if (known.refusal().isPresent()) {
            return new PlanResult.Refused(known.refusal().get());
        }
        var reader = new PlanReader(known.names(), known.firstOrLastRow(), partial);
        try {
            return new PlanResult.Planned(
                    reader.read(sqlite.run("EXPLAIN QUERY PLAN " + statement, List.of(), STATEMENT)));
        } catch (SQLException e) {
            return new PlanResult.Refused(Sqlite.reason(e));
        }
    }

    private Asked ask(String statement) {
        Optional<String> refusal = PlatformRules.refusalOfQuery(statement);
        if (refusal.isEmpty() && !expansion.allows(statement)) {
            refusal = Optional.of("the views that it reads grow too large when they are put in place of their names");
        }
        if (refusal.isPresent()) {
            return new Asked(refusal, Map.of(), false);
        }
        Set<String> words = SqlShape.of(statement).names();
        List<String> named = tables.stream()
                .map(TableShape::name)
                .filter(table -> words.contains(SqlToken.key(table)))
                .toList();
        return new Asked(
                refusal,
                TableNames.in(statement, readers, tables),
                QueryColumns.of(statement).asksForFirstOrLast(column -> isRowid(column, named)));
    }

    /**
     * Returns whether an index of {@code table} can be of use to a statement that has {@code words}: where it does not
     * name the table, only a view or a trigger can read it.
     */
    boolean mayRead(String table, Set<String> words) {
        return !readers.isEmpty() || words.contains(SqlToken.key(table));
    }

    /** Returns whether {@code column} is the rowid of every table of the statement that has it. */
    private boolean isRowid(String column, Collection<String> named) {
        List<TableShape> having = tables.stream()
                .filter(table ->
                        named.contains(table.name()) && table.column(column).isPresent())
                .toList();
        return having.isEmpty()
                ? Set.of("rowid", "_rowid_", "oid").contains(column)
                : having.stream().allMatch(table -> table.rowidAlias()
                        .filter(alias -> SqlToken.key(alias).equals(column))
                        .isPresent());
    }

    /**
     * Returns what {@code question} answers while the indexes of {@code createIndexes} exist.
     *
     * @throws IllegalArgumentException if one is no CREATE INDEX that SQLite accepts, or is there already
     */
    public <T> T withIndexes(List<String> createIndexes, Supplier<T> question) {
        var made = new ArrayList<String>();
        var taken = new HashSet<String>();
        if (!createIndexes.isEmpty()) {
            objectNames().forEach(name -> taken.add(SqlToken.key(name)));
        }
        try {
            for (String create : createIndexes) {
                String name = createIndex(create, taken);
                made.add(name);
                taken.add(SqlToken.key(name));
            }
            return question.get();
        } finally {
            for (String name : made.reversed()) {
                sqlite.ask("DROP INDEX IF EXISTS " + SqlName.quoted(name));
                partial.remove(name);
            }
        }
    }

    private String createIndex(String create, Set<String> taken) {
        SqlShape shape = SqlShape.of(create);
        Optional<String> refusal = PlatformRules.refusalOfDdl(create);
        if (shape.form() != Form.CREATE_INDEX || refusal.isPresent()) {
            throw new IllegalArgumentException(refusal.orElse("no CREATE INDEX") + ": " + create);
        }
        String name = shape.object().orElseThrow();
        if (taken.contains(SqlToken.key(name))) {
            throw new IllegalArgumentException("the name is taken: " + create);
        }
        try {
            sqlite.run(create, List.of(), STATEMENT);
            if (Tokens.meaningful(create).stream().anyMatch(token -> token.is("WHERE"))) {
                partial.add(name);
            }
            return name;
        } catch (SQLException e) {
            throw new IllegalArgumentException(Sqlite.reason(e) + ": " + create, e);
        }
    }

    @Override
    public void close() {
        sqlite.close();
    }
}
