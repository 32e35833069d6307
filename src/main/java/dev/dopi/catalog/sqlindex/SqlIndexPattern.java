package dev.dopi.catalog.sqlindex;

import dev.dopi.edit.EditPlan;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.Model;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.model.Table.Growth;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Fix;
import dev.dopi.pattern.Measured;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Pattern;
import dev.dopi.pattern.PatternInfo;
import dev.dopi.pattern.Priority;
import dev.dopi.pattern.Status;
import dev.dopi.pattern.Subject;
import dev.dopi.pattern.Upkeep;
import dev.dopi.project.Project;
import dev.dopi.sql.IndexProposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts in the indexes without which a query reads its whole table, where SQLite's planner says that it does. */
public final class SqlIndexPattern implements Pattern<IndexNeed> {

    private static final PatternInfo INFO = new PatternInfo(
            "sql-index",
            "Index what queries look for",
            "Adds the indexes that turn a scan of a whole table into a search, each proved with SQLite's planner.");

    @Override
    public PatternInfo info() {
        return INFO;
    }

    @Override
    public List<IndexNeed> detect(Project project, Model model) {
        var needs = new ArrayList<IndexNeed>();
        model.workers().forEach(worker -> worker.durableObjects().stream()
                .filter(type -> !type.statements().isEmpty())
                .forEach(type -> needs.add(IndexNeed.of(worker, type))));
        return needs;
    }

    @Override
    public Finding describe(IndexNeed need) {
        DurableObjectClass type = need.type();
        Status status = status(need);
        return new Finding(
                INFO,
                new Subject(need.worker().id(), type.className()),
                status,
                priority(need),
                reason(need, status),
                status.recommended() ? benefit(need) : "",
                Fix.AUTOMATIC,
                keyValue(need) ? List.of() : evidence(need),
                List.of(),
                keyValue(need) ? List.of() : measured(need));
    }

    @Override
    public EditPlan plan(Project project, IndexNeed need, Options options) {
        return new IndexEditor(project, need, options).plan();
    }

    /** When migrations run is up to the project's own code, so no test can count on their indexes. */
    @Override
    public boolean isTested(IndexNeed need) {
        return need.proposals().stream().anyMatch(proposal -> need.type().tables().stream()
                .filter(table -> table.name().equalsIgnoreCase(proposal.table()))
                .anyMatch(table -> table.definition().call().isPresent()));
    }

    @Override
    public Upkeep upkeep(Project project, IndexNeed need, Options options, Set<String> made) {
        String indexes = need.proposals().stream()
                .filter(proposal -> made.contains("index-" + proposal.table()))
                .map(proposal -> Upkeep.code(proposal.createSql()))
                .collect(Collectors.joining(", "));
        return new Upkeep(
                "Each object makes these where it sets its tables up: %s. Queries that read every row, or sorted by hand, use them; each row that is written is entered in them, too."
                        .formatted(indexes),
                "When queries change, `dopi analyze` says which indexes SQLite's planner would use. An object keeps its indexes, also when the pattern is taken out, until a `DROP INDEX` of yours runs in it.");
    }

    private static boolean keyValue(IndexNeed need) {
        return need.type().sqlite().filter(sqlite -> !sqlite).isPresent();
    }

    private static Status status(IndexNeed need) {
        if (keyValue(need)) {
            return Status.NOT_APPLICABLE;
        }
        if (!need.proposals().isEmpty()) {
            return need.indexes() > 0 ? Status.PARTIAL : Status.MISSING;
        }
        return need.indexes() > 0 ? Status.PRESENT : Status.NOT_APPLICABLE;
    }

    private static Priority priority(IndexNeed need) {
        if (keyValue(need) || need.proposals().stream().allMatch(IndexProposal::onlySorts)) {
            return Priority.LOW;
        }
        boolean grows = need.proposals().stream()
                .filter(proposal -> !proposal.onlySorts())
                .flatMap(proposal -> need.type().tables().stream()
                        .filter(table -> table.name().equalsIgnoreCase(proposal.table())))
                .map(Table::growth)
                .anyMatch(growth -> growth == Growth.UNBOUNDED);
        return grows ? Priority.HIGH : need.proposals().isEmpty() ? Priority.LOW : Priority.MEDIUM;
    }

    private static String reason(IndexNeed need, Status status) {
        return switch (status) {
            case MISSING, PARTIAL -> {
                long queries = need.proposals().stream()
                        .flatMap(proposal -> proposal.proofs().stream())
                        .map(IndexProposal.Proof::query)
                        .distinct()
                        .count();
                String tables = need.proposals().stream()
                        .map(IndexProposal::table)
                        .distinct()
                        .collect(Collectors.joining(", "));
                boolean sorts = need.proposals().stream().allMatch(IndexProposal::onlySorts);
                yield sorts
                        ? "%d %s of %s %s every row and %s by hand, and the table only grows."
                                .formatted(
                                        queries,
                                        queries == 1 ? "query" : "queries",
                                        tables,
                                        queries == 1 ? "reads" : "read",
                                        queries == 1 ? "sorts" : "sort")
                        : "%d %s of %s %s every row or %s by hand."
                                .formatted(
                                        queries,
                                        queries == 1 ? "query" : "queries",
                                        tables,
                                        queries == 1 ? "reads" : "read",
                                        queries == 1 ? "sorts" : "sort");
            }
            case PRESENT ->
                need.left().isEmpty()
                        ? "SQLite's planner uses the keys and indexes there are; none would change a plan."
                        : noneNeeded(need);
            case NOT_APPLICABLE -> noneNeeded(need);
        };
    }

    private static String noneNeeded(IndexNeed need) {
        if (keyValue(need)) {
            return "%s is declared with the key-value backend, on which SQL does not run."
                    .formatted(need.type().className());
        }
        if (need.type().tables().isEmpty() && !need.type().doubts().isEmpty()) {
            return "Its tables are not known, so nothing can be said of its queries; this is not supported yet. "
                    + need.type().doubts().getFirst();
        }
        if (need.left().isEmpty()) {
            return "No query would be planned differently with an index.";
        }
        return "%s would be searched instead of scanned, but %s known not to grow."
                .formatted(String.join(", ", need.left()), need.left().size() == 1 ? "is" : "are");
    }

    private static String benefit(IndexNeed need) {
        int indexes = need.proposals().size();
        boolean sorts = need.proposals().stream().allMatch(IndexProposal::onlySorts);
        return "%s; costs %d more written %s per insert and one read of the table per object to build."
                .formatted(
                        sorts
                                ? "Reads the rows in their order, without holding and sorting them"
                                : "Reads only the rows it needs",
                        indexes,
                        indexes == 1 ? "row" : "rows");
    }

    private static List<Evidence> evidence(IndexNeed need) {
        var evidence = new ArrayList<Evidence>();
        for (IndexProposal proposal : need.proposals()) {
            for (IndexProposal.Proof proof : proposal.proofs()) {
                need.type().statements().stream()
                        .filter(statement -> statement.sql().equals(proof.query()))
                        .findFirst()
                        .ifPresent(statement -> evidence.add(at(statement, oneLine(statement.sql()))));
            }
            need.type().tables().stream()
                    .filter(table -> table.name().equalsIgnoreCase(proposal.table()))
                    .findFirst()
                    .ifPresent(table -> evidence.add(at(table.definition(), "proposed: " + proposal.createSql())));
        }
        need.refused()
                .forEach(refused ->
                        evidence.add(at(refused.statement(), "SQLite refuses this statement: " + refused.message())));
        return evidence;
    }

    private static Evidence at(SqlStatement statement, String message) {
        return new Evidence(statement.file(), statement.line(), 1, message);
    }

    private static List<Measured> measured(IndexNeed need) {
        var measured = new ArrayList<Measured>();
        for (IndexProposal proposal : need.proposals()) {
            for (IndexProposal.Proof proof : proposal.proofs()) {
                measured.add(new Measured(
                        oneLine(proof.query()),
                        String.join("; ", proof.before().lines()),
                        String.join("; ", proof.after().lines())));
            }
        }
        measured.addAll(IndexFigures.of(need.effect()));
        return measured;
    }

    static String oneLine(String sql) {
        return sql.strip().replaceAll("\\s+", " ");
    }
}
