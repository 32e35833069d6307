package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.pattern.Measured;
import dev.dopi.sql.Rehearsal;
import dev.dopi.sql.RehearsalResult;
import dev.dopi.sql.RehearsalResult.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The new set-up, run on a database that the class's present set-up made and that holds rows, and then the class's
 * present inserts again, as old code would run them during a rollout or after a rollback.
 *
 * @param failure what went wrong, as a clause; empty where nothing did
 * @param measured what ran, with its figures
 */
record DataRehearsal(Optional<String> failure, Measured measured) {

    static DataRehearsal of(DurableObjectClass type, ExpiringTable table, CleanupProof proof) {
        List<String> old = SqlStatement.schema(type.statements());
        // What is there already is not run again: what old code runs at each start, or once, is no part of the change.
        var setUp = new ArrayList<String>();
        if (table.ownColumn()) {
            setUp.add(CleanupProof.addColumn(table));
        }
        proof.createIndex().ifPresent(setUp::add);
        List<String> inserts = table.inserts().stream().map(SqlStatement::sql).toList();
        RehearsalResult result = Rehearsal.run(old, setUp, inserts);
        Optional<TableChange> change = result.tables().stream()
                .filter(each -> each.name().equalsIgnoreCase(table.name()))
                .findFirst();
        boolean lost =
                change.filter(each -> each.rowsAfter() < each.rowsBefore()).isPresent();
        List<String> refused = Rehearsal.run(old, List.of(), inserts).failures().stream()
                .map(RehearsalResult.Run::statement)
                .toList();
        Optional<String> failure = result.failures().stream()
                .filter(run -> !refused.contains(run.statement()))
                .findFirst()
                .map(run -> "rehearsed on old data, %s fails: %s".formatted(oneLine(run.statement()), reason(run)));
        return new DataRehearsal(
                lost ? Optional.of("rehearsed on old data, rows are lost") : failure, measured(table, change, result));
    }

    private static String reason(RehearsalResult.Run run) {
        return switch (run.outcome()) {
            case RehearsalResult.Outcome.Failed(String reason) -> reason;
            case RehearsalResult.Outcome.NotTried(String reason) -> reason;
            case RehearsalResult.Outcome.Ran() -> "it ran";
        };
    }

    private static Measured measured(ExpiringTable table, Optional<TableChange> change, RehearsalResult result) {
        String before = change.map(each -> "%d rows of %s by the old set-up".formatted(each.rowsBefore(), table.name()))
                .orElse("no row of %s could be made up".formatted(table.name()));
        String untried = result.untried().isEmpty()
                ? "the old inserts still run"
                : "not tried: "
                        + result.untried().stream()
                                .map(run -> oneLine(run.statement()))
                                .distinct()
                                .collect(Collectors.joining("; "));
        String after = change.map(each -> "%d rows after the new set-up; %s".formatted(each.rowsAfter(), untried))
                .orElse(untried);
        return new Measured("The new set-up, rehearsed on a database with old data", before, after);
    }

    private static String oneLine(String sql) {
        return sql.strip().replaceAll("\\s+", " ");
    }
}
