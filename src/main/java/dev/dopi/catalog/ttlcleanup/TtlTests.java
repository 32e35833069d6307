package dev.dopi.catalog.ttlcleanup;

import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.GeneratedTest;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.TestSetUp;
import dev.dopi.project.Project;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The tests that come with the clean-up, one file a table. */
record TtlTests(Project project, Expiry match, Options options, String ttl, CodeStyle style) {

    /** Returns {@code plan} with the tests, or with the reasons why there are none. */
    EditPlan addTo(EditPlan plan, List<ExpiringTable> tables, List<ExpiringKeys> keys) {
        DurableObjectClass type = match.type();
        return TestSetUp.test(project, match.worker(), type, options).addTo(plan, test -> {
            EditPlan all = plan;
            for (ExpiringTable table : tables) {
                String suffix =
                        tables.size() == 1 ? "ttl-cleanup" : table.name().replace('_', '-') + ".ttl-cleanup";
                all = addTo(all, test, table, suffix);
            }
            for (ExpiringKeys each : keys) {
                all = addTo(all, test, each, tables.isEmpty() && keys.size() == 1);
            }
            return all;
        });
    }

    private EditPlan addTo(EditPlan plan, GeneratedTest test, ExpiringKeys keys, boolean alone) {
        String tail = keys.tail().replaceAll("<[^>]*>", "x").replaceAll("[^\\w./:#|-]", "x");
        String time = keys.iso() ? "new Date(time).toISOString()" : "time";
        return test.addTo(
                plan,
                project,
                CodeTemplate.beside(TtlTests.class, "ttl-keys.test.ts.txt"),
                alone ? "ttl-cleanup" : keys.constant().toLowerCase(Locale.ROOT).replace('_', '-') + ".ttl-cleanup",
                Map.of(
                        "KEYS",
                        keys.label(),
                        "ALL",
                        keys.all(),
                        "KEY",
                        keys.prefix().isEmpty() ? time : "`%s${%s}%s`".formatted(keys.prefix(), time, tail),
                        "TTL",
                        ttl),
                match.type().alarmHandler().isEmpty() ? Set.of("SLEEPS") : Set.of(),
                style);
    }

    private EditPlan addTo(EditPlan plan, GeneratedTest test, ExpiringTable table, String suffix) {
        return switch (SampleRow.of(match.type(), table)) {
            case SampleRow.Answer.Impossible(String reason) -> plan.noting(reason);
            case SampleRow.Answer.Made(SampleRow row) ->
                test.addTo(
                        plan,
                        project,
                        CodeTemplate.beside(TtlTests.class, "ttl-cleanup.test.ts.txt"),
                        suffix,
                        values(table, row),
                        flags(table, row),
                        style);
        };
    }

    private HashMap<String, String> values(ExpiringTable table, SampleRow row) {
        var values = new HashMap<String, String>();
        values.put("TABLE", table.name());
        values.put("TABLE_SQL", table.name());
        values.put("TTL", table.lapses() ? "24 * 60 * 60 * 1000" : ttl);
        values.put("INSERT", table.ownColumn() ? row.statement(table.column()) : row.statement());
        values.put("VALUES", table.ownColumn() ? row.values("time + TTL_MS") : row.values());
        values.put("OLD_TABLE", GeneratedTest.literal(table.table().definition().sql()));
        values.put("OLD_INSERT", row.statement());
        values.put("OLD_VALUES", row.values());
        values.put("COLUMN_SQL", table.column());
        return values;
    }

    private Set<String> flags(ExpiringTable table, SampleRow row) {
        var flags = new HashSet<String>();
        if (match.type().alarmHandler().isEmpty()) {
            flags.add("SLEEPS");
        }
        if (row.numbered()) {
            flags.add("NUMBERED");
        }
        if (table.lapses()) {
            flags.add("LAPSES");
        }
        if (table.keepsUndated()) {
            flags.add("UNDATED");
        }
        if (table.ownColumn()) {
            flags.add("ADDED_COLUMN");
            if (row.numbered()) {
                flags.add("OLD_NUMBERED");
            }
            if (row.timed()) {
                flags.add("OLD_TIMED");
            }
        }
        return flags;
    }
}
