package dev.dopi.sql;

import java.util.List;

/**
 * What {@link IndexAdvisor} found.
 *
 * @param proposals the smallest set of indexes found that gives every query its best plan
 * @param unexamined queries that were not looked at, because SQLite refused them or the time was up
 */
public record IndexAdvice(List<IndexProposal> proposals, List<Unexamined> unexamined) {

    public IndexAdvice {
        proposals = List.copyOf(proposals);
        unexamined = List.copyOf(unexamined);
    }

    /** A query that was not looked at, and why. */
    public record Unexamined(String query, String reason) {}
}
