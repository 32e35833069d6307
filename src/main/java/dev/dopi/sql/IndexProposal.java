package dev.dopi.sql;

import java.util.List;

/**
 * An index that is worth having, with the plans that say so.
 *
 * @param columns in their order, as they stand in the statement: quoted where needed, {@code DESC} where needed
 * @param name unique in the schema
 * @param createSql {@code CREATE INDEX IF NOT EXISTS …}
 * @param proofs the queries that use it, at least one
 */
public record IndexProposal(String table, List<String> columns, String name, String createSql, List<Proof> proofs) {

    public IndexProposal {
        columns = List.copyOf(columns);
        proofs = List.copyOf(proofs);
    }

    /** A query that gets better: its plan without and with all the indexes that are proposed together. */
    public record Proof(String query, Plan before, Plan after) {

        /** Returns whether it only spares sorting: it reads as many rows as before. */
        public boolean onlySorts() {
            return !QueryColumns.of(query).limited()
                    && before.cost().reads() == after.cost().reads();
        }
    }

    /** Returns whether none of its queries reads fewer rows. */
    public boolean onlySorts() {
        return proofs.stream().allMatch(Proof::onlySorts);
    }
}
