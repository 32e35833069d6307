package dev.dopi.sql;

import dev.dopi.sql.RehearsalResult.Outcome;
import dev.dopi.sql.RehearsalResult.Phase;
import dev.dopi.sql.RehearsalResult.Run;
import dev.dopi.sql.RehearsalResult.TableChange;
import dev.dopi.sql.SqlShape.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs new set-up statements on an old schema that holds rows, and then the old code's inserts on what came of it.
 *
 * <p>That is what an existing object goes through at a deployment, and at a rollback. Everything runs in memory, each
 * statement within its time; statements of more than 10,000 characters are not tried.
 */
public final class Rehearsal implements AutoCloseable {

    private static final Duration STATEMENT = Duration.ofSeconds(1);
    private static final int LONGEST = 10_000;
    private static final int ROWS = 3;

    private final Sqlite sqlite = Sqlite.inMemory();
    private final Expansion expansion = new Expansion();
    private final SchemaReader schema = new SchemaReader(sqlite);
    private final List<Run> runs = new ArrayList<>();

    private Rehearsal() {
        sqlite.limitValues(2 * LONGEST);
    }

    /**
     * Rehearses a change of schema.
     *
     * @param oldDdl what the old code makes
     * @param setUp what the new code runs on the old schema, in order; parameters get plausible values
     * @param oldInserts the INSERT statements of the old code, each run once more after the set-up
     * @throws SqliteUnavailableException if SQLite cannot be started at all
     */
    public static RehearsalResult run(List<String> oldDdl, List<String> setUp, List<String> oldInserts) {
        try (var rehearsal = new Rehearsal()) {
            return rehearsal.perform(oldDdl, setUp, oldInserts);
        }
    }

    private RehearsalResult perform(List<String> oldDdl, List<String> setUp, List<String> oldInserts) {
        oldDdl.forEach(statement -> runs.add(new Run(Phase.OLD_SCHEMA, statement, setUp(statement, List.of()))));
        List<TableShape> before = schema.tables();
        var samples = new SampleRows(sqlite, before);
        for (TableShape table : samples.fill(ROWS)) {
            runs.add(new Run(Phase.SAMPLE_ROWS, table.name(), new Outcome.NotTried(samples.reasonFor(table))));
        }
        List<Integer> rowsBefore =
                before.stream().map(table -> rows(table.name())).toList();
        for (String statement : setUp) {
            runs.add(new Run(Phase.SET_UP, statement, setUp(statement, samples.valuesFor(statement))));
        }
        var tables = new ArrayList<TableChange>();
        for (int i = 0; i < before.size(); i++) {
            tables.add(change(before.get(i), rowsBefore.get(i)));
        }
        for (String statement : oldInserts) {
            runs.add(new Run(Phase.OLD_INSERT, statement, oldInsert(statement, samples)));
        }
        return new RehearsalResult(runs, tables);
    }

    private Outcome setUp(String statement, List<?> values) {
        Kind kind = SqlShape.of(statement).kind();
        if (kind == Kind.OTHER) {
            return new Outcome.NotTried("only statements that build a schema, read or write rows are rehearsed");
        }
        Optional<String> refusal =
                kind == Kind.DDL ? PlatformRules.refusalOfDdl(statement) : PlatformRules.refusalOfQuery(statement);
        return refusal.<Outcome>map(Outcome.Failed::new).orElseGet(() -> execute(statement, values));
    }

    private Outcome execute(String statement, List<?> values) {
        if (statement.length() > LONGEST) {
            return new Outcome.NotTried("it is longer than 10,000 characters");
        }
        if (!expansion.admits(statement)) {
            return new Outcome.NotTried("the views that it reads grow too large when they are put in place");
        }
        try {
            sqlite.run(statement, values, STATEMENT);
            return new Outcome.Ran();
        } catch (SQLException e) {
            return new Outcome.Failed(Sqlite.reason(e));
        }
    }

    /** A CHECK that our values break says nothing about the code; every other refusal does. */
    private Outcome oldInsert(String statement, SampleRows samples) {
        if (SqlShape.of(statement).kind() != Kind.INSERT) {
            return new Outcome.NotTried("it is no INSERT");
        }
        Outcome outcome = setUp(statement, samples.valuesFor(statement));
        boolean ours = outcome instanceof Outcome.Failed(String reason)
                && (reason.startsWith("CHECK constraint failed")
                        || reason.startsWith("FOREIGN KEY constraint failed")
                        || reason.startsWith("UNIQUE constraint failed")
                        || reason.startsWith("datatype mismatch")
                        || reason.startsWith("cannot store "));
        return ours && outcome instanceof Outcome.Failed(String reason)
                ? new Outcome.NotTried("no plausible values were found: " + reason)
                : outcome;
    }

    private int rows(String table) {
        try {
            return sqlite.run("SELECT count(*) FROM " + SqlName.quoted(table), List.of(), STATEMENT)
                    .getFirst()
                    .number(0);
        } catch (SQLException e) {
            return -1;
        }
    }

    private TableChange change(TableShape before, int rowsBefore) {
        List<String> after = schema.tables().stream()
                .filter(table -> table.name().equalsIgnoreCase(before.name()))
                .flatMap(table -> table.columns().stream())
                .map(TableShape.Column::name)
                .toList();
        List<String> columns =
                before.columns().stream().map(TableShape.Column::name).toList();
        return new TableChange(before.name(), rowsBefore, rows(before.name()), columns, after);
    }

    @Override
    public void close() {
        sqlite.close();
    }
}
