package dev.dopi.sql;

import dev.dopi.sql.IndexEffect.Build;
import dev.dopi.sql.IndexEffect.QuerySteps;
import dev.dopi.sql.IndexEffect.WriteSteps;
import dev.dopi.sql.IndexProposal.Proof;
import dev.dopi.sql.Sqlite.Cells;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Runs the queries of index proposals on synthetic rows, without the indexes and with them, and counts.
 *
 * <p>Every compared column holds twenty values, or the literals that the project itself compares it with; a range asks
 * for a twentieth. Nothing is timed, and triggers are left out. One that takes too many steps is stopped.
 */
public final class IndexTrial implements AutoCloseable {

    /** How many rows each table gets. */
    public static final int ROWS = 1_000;

    /** How many steps a statement may take. */
    public static final long MOST_STEPS = 200_000;

    private static final Duration STATEMENT = Duration.ofSeconds(1);
    private static final Duration TIME = Duration.ofSeconds(2);
    private static final int MOST_QUERIES = 20;

    private final Sqlite sqlite = Sqlite.inMemory();
    private final List<IndexProposal> proposals;
    private final TrialRows rows;
    private final long end = System.nanoTime() + TIME.toNanos();

    private IndexTrial(List<String> ddl, List<IndexProposal> proposals) {
        this.proposals = proposals;
        var expansion = new Expansion();
        for (String statement : ddl) {
            SqlShape.Form form = SqlShape.of(statement).form();
            boolean wanted = form != SqlShape.Form.CREATE_TRIGGER && form != SqlShape.Form.CREATE_TABLE_AS;
            if (wanted && PlatformRules.refusalOfDdl(statement).isEmpty() && expansion.admits(statement)) {
                attempt(statement);
            }
        }
        sqlite.ask("PRAGMA foreign_keys=OFF");
        this.rows = new TrialRows(new SchemaReader(sqlite).tables(), sqlite, queries());
    }

    /** Counts for {@code proposals} on the schema of {@code ddl}; it takes two seconds at most. */
    public static IndexEffect measure(List<String> ddl, List<IndexProposal> proposals) {
        if (proposals.isEmpty()) {
            return new IndexEffect(ROWS, List.of(), List.of(), List.of(), List.of());
        }
        try (var trial = new IndexTrial(ddl, proposals)) {
            return trial.measure();
        }
    }

    private Set<String> queries() {
        var queries = new LinkedHashSet<String>();
        proposals.forEach(
                proposal -> proposal.proofs().stream().map(Proof::query).forEach(queries::add));
        return queries;
    }

    private IndexEffect measure() {
        var problems = new ArrayList<String>();
        Set<String> filled = rows.fill(ROWS, problems);
        var before = new LinkedHashMap<String, OptionalLong>();
        for (IndexProposal proposal : proposals) {
            if (filled.contains(SqlToken.key(proposal.table()))) {
                proposal.proofs().stream()
                        .map(Proof::query)
                        .filter(query -> before.size() < MOST_QUERIES)
                        .forEach(query -> before.computeIfAbsent(query, this::steps));
            }
        }
        Map<String, Integer> indexes = new LinkedHashMap<>();
        for (IndexProposal proposal : proposals) {
            if (filled.contains(SqlToken.key(proposal.table()))) {
                indexes.merge(proposal.table(), 1, Integer::sum);
            }
        }
        var inserts = new LinkedHashMap<String, OptionalLong>();
        indexes.keySet().forEach(table -> inserts.put(table, insertSteps(table)));
        List<Build> builds = proposals.stream()
                .filter(proposal -> indexes.containsKey(proposal.table()))
                .map(this::build)
                .toList();
        List<QuerySteps> queries = before.entrySet().stream()
                .map(each -> new QuerySteps(each.getKey(), each.getValue(), steps(each.getKey())))
                .toList();
        List<WriteSteps> writes = indexes.entrySet().stream()
                .map(each -> new WriteSteps(
                        each.getKey(),
                        each.getValue(),
                        inserts.getOrDefault(each.getKey(), OptionalLong.empty()),
                        insertSteps(each.getKey())))
                .toList();
        return new IndexEffect(ROWS, queries, writes, builds, problems);
    }

    private OptionalLong steps(String query) {
        return undone(query, rows.valuesFor(query));
    }

    private OptionalLong insertSteps(String table) {
        return undone(rows.insertOne(table, ROWS + 1), List.of());
    }

    /** Runs a statement and takes back what it changed, so that each sees the same rows. */
    private OptionalLong undone(String statement, List<?> values) {
        sqlite.ask("SAVEPOINT trial");
        try {
            return count(statement, values);
        } finally {
            sqlite.ask("ROLLBACK TO trial");
            sqlite.ask("RELEASE trial");
        }
    }

    private OptionalLong count(String statement, List<?> values) {
        if (System.nanoTime() - end > 0) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(sqlite.steps(statement, values, MOST_STEPS, STATEMENT));
        } catch (SQLException e) {
            return OptionalLong.empty();
        }
    }

    private Build build(IndexProposal proposal) {
        OptionalLong steps = count(proposal.createSql(), List.of());
        Cells size = sqlite.ask(
                        "SELECT coalesce(sum(ncell), 0), coalesce(sum(pgsize), 0) FROM dbstat WHERE name = ?",
                        proposal.name())
                .getFirst();
        return new Build(proposal.name(), proposal.table(), steps, size.number(0), size.number(1));
    }

    private void attempt(String statement) {
        try {
            sqlite.run(statement, List.of(), STATEMENT);
        } catch (SQLException e) {
            // The advisor's own database refused it too; what it would have made is missing in both.
            return;
        }
    }

    @Override
    public void close() {
        sqlite.close();
    }
}
