package dev.dopi.sql;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How SQLite would run a statement, as EXPLAIN QUERY PLAN tells it.
 *
 * <p>SQLite plans here without data and without statistics, so the plan says what it would look at, never how many rows.
 */
public record Plan(List<Step> steps) {

    public Plan {
        steps = List.copyOf(steps);
    }

    /** Returns the plan as SQLite prints it, a line a step, without the tree's indentation. */
    public List<String> lines() {
        return steps.stream().map(Step::detail).toList();
    }

    /** Returns the steps that read a whole table: no index helps them, or one is built for each run. */
    public List<Step> scans() {
        return steps.stream()
                .filter(step -> switch (step.access()) {
                    case TABLE_SCAN, TRANSIENT_INDEX -> true;
                    case INDEX_SCAN, PARTIAL_SCAN, SEARCH, VIRTUAL, SORT, OTHER -> false;
                })
                .toList();
    }

    /** Returns the steps that sort: ORDER BY, GROUP BY and DISTINCT that no index gives. */
    public List<Step> sorts() {
        return steps.stream().filter(step -> step.access() == Access.SORT).toList();
    }

    public Cost cost() {
        int reads = 0;
        int sorts = 0;
        int equalities = 0;
        int ranges = 0;
        for (Step step : steps) {
            switch (step.access()) {
                case TABLE_SCAN, TRANSIENT_INDEX, INDEX_SCAN -> reads++;
                // What is left to sort within equal leading terms is small.
                case SORT ->
                    sorts += step.detail().contains("LAST") || step.detail().contains("RIGHT PART") ? 1 : 2;
                case SEARCH -> {
                    equalities += step.equalities();
                    ranges += step.ranges();
                }
                case PARTIAL_SCAN, VIRTUAL, OTHER -> {}
            }
        }
        return new Cost(reads, sorts, equalities, ranges);
    }

    /** Returns whether this plan reads fewer whole tables or indexes than {@code other}, or else sorts less, or else searches more closely. */
    public boolean betterThan(Plan other) {
        return cost().compareTo(other.cost()) < 0;
    }

    /**
     * One line of the plan.
     *
     * @param detail as SQLite prints it
     * @param table the table's own name where the step reads one, also where the statement calls it by an alias
     * @param index the index that it uses, where that has a name
     * @param equalities how many terms of the index are given by equality
     * @param ranges how many are given by a range
     */
    public record Step(
            String detail, Access access, Optional<String> table, Optional<String> index, int equalities, int ranges) {}

    /** How a step gets at its rows. */
    public enum Access {
        /** Every row of a table, also where SQLite says SEARCH but names no index. */
        TABLE_SCAN,
        /** Every entry of an index, for its order or because it holds all that is asked for. */
        INDEX_SCAN,
        /** Every entry of an index that holds only some rows, those that the statement asks for among them. */
        PARTIAL_SCAN,
        /** An index that SQLite builds from the whole table each time the statement runs. */
        TRANSIENT_INDEX,
        /** Some entries of an index or key. */
        SEARCH,
        /** A virtual table's own way. */
        VIRTUAL,
        SORT,
        /** Anything that reads no table: a constant row, a subquery's result, a heading. */
        OTHER
    }

    /**
     * What two plans of one statement are compared by; less is better.
     *
     * @param reads how many steps read a whole table or index
     * @param sorts two for each sort, one where only the last terms are sorted
     */
    public record Cost(int reads, int sorts, int equalities, int ranges) implements Comparable<Cost> {

        private static final Comparator<Cost> ORDER = Comparator.comparingInt(Cost::reads)
                .thenComparingInt(Cost::sorts)
                .thenComparingInt(cost -> -cost.equalities)
                .thenComparingInt(cost -> -cost.ranges);

        @Override
        public int compareTo(Cost other) {
            return ORDER.compare(this, other);
        }
    }
}
