package dev.dopi.analysis;

import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.project.Diagnostic;
import dev.dopi.sql.Plan;
import dev.dopi.sql.PlanResult;
import dev.dopi.sql.ScratchDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Reads a class's database: the tables that its statements make, and what SQLite says of the others on those.
 *
 * @param doubtful whether more may happen to the tables than is seen
 * @param certain whether a statement that SQLite refuses is surely wrong
 */
record DatabaseReader(
        String className,
        StorageCode code,
        Entries entries,
        List<SqlReader.Run> runs,
        boolean doubtful,
        boolean certain) {

    /** A class's tables, its statements with the plans that SQLite makes for them, and what is wrong with them. */
    record Database(List<Table> tables, List<SqlStatement> statements, List<Diagnostic> diagnostics) {}

    Database read() {
        List<SqlStatement> statements =
                runs.stream().map(SqlReader.Run::statement).toList();
        List<String> definitions = SqlStatement.schema(statements);
        if (definitions.isEmpty()) {
            return new Database(List.of(), statements, List.of());
        }
        try (ScratchDatabase database = ScratchDatabase.of(definitions)) {
            List<Table> tables = new TableReader(runs, code, entries, new TimeValues(), !doubtful).read(database);
            var planned = new ArrayList<SqlStatement>();
            var refused = new LinkedHashMap<SqlStatement, String>();
            for (SqlStatement statement : statements) {
                Optional<PlanResult> result =
                        Optional.of(statement).filter(SqlStatement::isPlannable).map(each -> database.plan(each.sql()));
                planned.add(
                        result.orElse(null) instanceof PlanResult.Planned(Plan plan)
                                ? statement.planned(plan.lines())
                                : statement);
                if (result.orElse(null) instanceof PlanResult.Refused(String message)) {
                    refused.put(statement, message);
                }
            }
            return new Database(
                    tables, planned, certain ? SqlDiagnostics.of(className, statements, refused, database) : List.of());
        }
    }
}
