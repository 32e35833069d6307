package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.sql.Plan;
import dev.dopi.sql.PlanResult;
import dev.dopi.sql.ScratchDatabase;
import dev.dopi.sql.SqlShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What SQLite says of the clean-up's own statements on the class's schema.
 *
 * @param createIndex the index that lets them search instead of scan; empty where there is one already
 * @param problem why they would not work, as a clause
 */
record CleanupProof(Optional<String> createIndex, Optional<String> problem) {

    static CleanupProof of(DurableObjectClass type, ExpiringTable table) {
        var definitions = new ArrayList<>(SqlStatement.schema(type.statements()));
        Optional<String> parent = strictChild(definitions, table);
        if (parent.isPresent()) {
            return new CleanupProof(
                    Optional.empty(),
                    Optional.of("rows of %s refer to it without ON DELETE CASCADE, so deleting would fail"
                            .formatted(parent.get())));
        }
        if (table.ownColumn()) {
            definitions.add(addColumn(table));
        }
        String column = table.column();
        String old = table.lapses() ? "%s > 0 AND %s < ?".formatted(column, column) : column + " <= ?";
        String find = "SELECT rowid FROM %s WHERE %s LIMIT ?".formatted(table.name(), old);
        String oldest = "SELECT MIN(%s) FROM %s%s"
                .formatted(column, table.name(), table.lapses() ? " WHERE %s > 0".formatted(column) : "");
        if (searches(definitions, List.of(find, oldest)).isEmpty()) {
            return new CleanupProof(Optional.empty(), Optional.empty());
        }
        // Rows that never expire need no place in the index.
        String create = "CREATE INDEX IF NOT EXISTS %s ON %s(%s)%s"
                .formatted(
                        indexName(definitions, table),
                        table.name(),
                        column,
                        table.keepsUndated() ? " WHERE %s IS NOT NULL".formatted(column) : "");
        definitions.add(create);
        return new CleanupProof(Optional.of(create), searches(definitions, List.of(find, oldest)));
    }

    static String addColumn(ExpiringTable table) {
        return "ALTER TABLE %s ADD COLUMN expires_at INTEGER".formatted(table.name());
    }

    /** Returns a table whose rows keep rows of {@code table} from being deleted, where there is one. */
    private static Optional<String> strictChild(List<String> definitions, ExpiringTable table) {
        Pattern reference = Pattern.compile("(?is)\\bREFERENCES\\s+[\"`\\[]?" + Pattern.quote(table.name())
                + "\\b(?!.{0,60}ON\\s+DELETE\\s+(CASCADE|SET))");
        return definitions.stream()
                .filter(sql -> reference.matcher(sql).find())
                .map(sql -> SqlShape.of(sql).target().orElse("another table"))
                .findFirst();
    }

    private static String indexName(List<String> definitions, ExpiringTable table) {
        String name = "idx_%s_%s".formatted(table.name(), table.column());
        boolean taken = definitions.stream().anyMatch(sql -> sql.toLowerCase(java.util.Locale.ROOT)
                .contains(name.toLowerCase(java.util.Locale.ROOT)));
        return taken ? name + "_ttl" : name;
    }

    /** Returns what keeps one of {@code statements} from searching by an index; empty where all do. */
    private static Optional<String> searches(List<String> definitions, List<String> statements) {
        try (ScratchDatabase database = ScratchDatabase.of(definitions)) {
            for (String statement : statements) {
                switch (database.plan(statement)) {
                    case PlanResult.Refused(String message) -> {
                        return Optional.of("SQLite refuses %s: %s".formatted(statement, message));
                    }
                    case PlanResult.Planned(Plan plan) -> {
                        if (plan.lines().stream().noneMatch(line -> line.contains("USING"))) {
                            return Optional.of("SQLite would scan for %s".formatted(statement));
                        }
                    }
                }
            }
            return Optional.empty();
        }
    }
}
