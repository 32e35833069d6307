package dev.dopi.sql;

import java.util.List;

/**
 * What happened when a new schema met an object that already holds data.
 *
 * @param runs every statement that was tried, in order
 * @param tables the tables of the old schema
 */
public record RehearsalResult(List<Run> runs, List<TableChange> tables) {

    public RehearsalResult {
        runs = List.copyOf(runs);
        tables = List.copyOf(tables);
    }

    /** Returns whether nothing failed; what could not be tried is in {@link #untried} and is no success. */
    public boolean ok() {
        return failures().isEmpty();
    }

    /** Returns what failed of the new set-up and of the old code's inserts. */
    public List<Run> failures() {
        return runs.stream()
                .filter(run -> run.outcome() instanceof Outcome.Failed)
                .toList();
    }

    /** Returns what could not be tried, a table that got no sample rows among it. */
    public List<Run> untried() {
        return runs.stream()
                .filter(run -> run.outcome() instanceof Outcome.NotTried)
                .toList();
    }

    /** When a statement ran. */
    public enum Phase {
        OLD_SCHEMA,
        SAMPLE_ROWS,
        SET_UP,
        OLD_INSERT
    }

    /** A statement and what became of it. */
    public record Run(Phase phase, String statement, Outcome outcome) {}

    /** What became of a statement. */
    public sealed interface Outcome {

        /** It ran. */
        record Ran() implements Outcome {}

        /** SQLite refused it: a Durable Object's code would have thrown here. */
        record Failed(String reason) implements Outcome {}

        /** It was not tried, or failed for want of a plausible value, which says nothing about the code. */
        record NotTried(String reason) implements Outcome {}
    }

    /**
     * A table before and after the set-up.
     *
     * @param rowsBefore the sample rows
     * @param rowsAfter the rows after the set-up, before the old inserts; -1 where the table is gone
     */
    public record TableChange(
            String name, int rowsBefore, int rowsAfter, List<String> columnsBefore, List<String> columnsAfter) {

        public TableChange {
            columnsBefore = List.copyOf(columnsBefore);
            columnsAfter = List.copyOf(columnsAfter);
        }
    }
}
