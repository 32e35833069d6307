package dev.dopi.catalog.sqlindex;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.model.Table.Growth;
import dev.dopi.model.Worker;
import dev.dopi.sql.IndexAdvisor;
import dev.dopi.sql.IndexEffect;
import dev.dopi.sql.IndexProposal;
import dev.dopi.sql.IndexTrial;
import dev.dopi.sql.ScratchDatabase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What SQLite's planner makes of a class's statements.
 *
 * @param proposals the indexes that change a plan for the better
 * @param indexes how many indexes the class's own set-up makes
 * @param refused statements that SQLite does not accept on the class's own schema, with its message
 * @param left tables that would gain, but are known not to grow
 * @param effect what the proposals save and cost on synthetic rows
 */
record IndexNeed(
        Worker worker,
        DurableObjectClass type,
        List<IndexProposal> proposals,
        long indexes,
        List<Refused> refused,
        List<String> left,
        IndexEffect effect) {

    /** A statement that SQLite refuses. */
    record Refused(SqlStatement statement, String message) {}

    static IndexNeed of(Worker worker, DurableObjectClass type) {
        List<String> definitions = SqlStatement.schema(type.statements());
        try (ScratchDatabase database = ScratchDatabase.of(definitions)) {
            List<String> queries =
                    queries(type).map(SqlStatement::sql).distinct().toList();
            List<IndexProposal> all =
                    IndexAdvisor.advise(database, queries, growing(type)).proposals();
            List<IndexProposal> wanted = all.stream()
                    .filter(proposal -> grows(type, proposal.table()))
                    .toList();
            List<String> left = all.stream()
                    .map(IndexProposal::table)
                    .filter(table -> !grows(type, table))
                    .distinct()
                    .toList();
            long indexes = database.tables().stream()
                    .flatMap(table -> table.indexes().stream())
                    .filter(index -> !index.constraint())
                    .count();
            return new IndexNeed(
                    worker,
                    type,
                    wanted,
                    indexes,
                    refused(type, database),
                    left,
                    IndexTrial.measure(definitions, wanted));
        }
    }

    /** Tables that are known to get larger and larger. */
    private static Set<String> growing(DurableObjectClass type) {
        return type.tables().stream()
                .filter(table -> table.growth() == Growth.UNBOUNDED)
                .map(Table::name)
                .collect(Collectors.toSet());
    }

    /** Returns the statements that the planner can be asked about. */
    static java.util.stream.Stream<SqlStatement> queries(DurableObjectClass type) {
        return type.statements().stream().filter(SqlStatement::isPlannable);
    }

    private static boolean grows(DurableObjectClass type, String table) {
        Optional<Table> known = type.tables().stream()
                .filter(each -> each.name().equalsIgnoreCase(table))
                .findFirst();
        return known.isEmpty() || known.get().growth() != Growth.BOUNDED;
    }

    private static List<Refused> refused(DurableObjectClass type, ScratchDatabase database) {
        if (!type.doubts().isEmpty()) {
            // Tables may be made where it is not seen: what looks like an unknown table need not be one.
            return List.of();
        }
        return queries(type)
                .flatMap(statement -> switch (database.plan(statement.sql())) {
                    case dev.dopi.sql.PlanResult.Refused(String message) ->
                        java.util.stream.Stream.of(new Refused(statement, message));
                    case dev.dopi.sql.PlanResult.Planned _ -> java.util.stream.Stream.<Refused>empty();
                })
                .toList();
    }
}
