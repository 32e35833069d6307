package dev.dopi.sql;

import java.util.List;
import java.util.OptionalLong;

/**
 * What indexes save and cost, counted on synthetic rows in steps of SQLite's virtual machine.
 *
 * <p>Steps are counted, not timed, so the same project gives the same figures. SQLite's driver does not count rows
 * read; a step is one instruction, of which a query spends a few on each row that it looks at.
 *
 * @param rows how many synthetic rows each table had
 * @param queries what each query took
 * @param writes what an insert takes
 * @param builds what it takes to build each index once
 * @param problems why nothing was counted for a table, in words
 */
public record IndexEffect(
        int rows, List<QuerySteps> queries, List<WriteSteps> writes, List<Build> builds, List<String> problems) {

    public IndexEffect {
        queries = List.copyOf(queries);
        writes = List.copyOf(writes);
        builds = List.copyOf(builds);
        problems = List.copyOf(problems);
    }

    /** A query's steps; empty where it took more than {@link IndexTrial#MOST_STEPS}. */
    public record QuerySteps(String query, OptionalLong before, OptionalLong after) {}

    /**
     * The steps of one more insert into a table.
     *
     * @param indexes how many of the proposed indexes it has to keep
     */
    public record WriteSteps(String table, int indexes, OptionalLong before, OptionalLong after) {}

    /**
     * The one-off build of an index.
     *
     * @param entries how many of the rows it holds
     * @param bytes what its pages take
     */
    public record Build(String index, String table, OptionalLong steps, long entries, long bytes) {}
}
