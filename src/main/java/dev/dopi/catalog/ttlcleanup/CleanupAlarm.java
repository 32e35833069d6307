package dev.dopi.catalog.ttlcleanup;

import dev.dopi.catalog.alarmjobs.AlarmFields;
import dev.dopi.catalog.alarmjobs.AlarmJobsModule;
import dev.dopi.catalog.alarmjobs.Overrides;
import dev.dopi.catalog.alarmjobs.SharedAlarm;
import dev.dopi.edit.Applicability;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.edit.Hunk;
import dev.dopi.edit.Statements;
import dev.dopi.model.DurableObjectClass.Access;
import dev.dopi.project.Project;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The methods that clean up, and the one alarm that runs them: of the class's own, or shared with what it has. */
record CleanupAlarm(
        Project project,
        Expiry match,
        SyntaxTree tree,
        SyntaxNode classNode,
        CodeStyle style,
        Optional<SharedAlarm> shared) {

    static final String HUNK = "alarm";

    /** Adds the hunks to {@code hunks}. */
    void plan(List<ExpiringTable> tables, List<ExpiringKeys> keys, List<Hunk> hunks) {
        var code = new ArrayList<String>();
        String margin = memberMargin();
        Optional<TextEdit> added = shared.flatMap(each -> each.adding(style, jobs(tables, keys)));
        if (added.isEmpty()) {
            code.add(alarm(tables, keys, margin));
        }
        for (ExpiringTable table : tables) {
            Map<String, String> values = values(table);
            code.add(template(shared.isPresent() ? "schedule-shared.ts.txt" : "schedule.ts.txt", margin, values));
            code.add(template(
                    switch (table.age()) {
                        case RowAge.Written _ -> "methods-timestamp.ts.txt";
                        case RowAge.Added _ -> "methods-expires.ts.txt";
                        case RowAge.Lapses _ -> "methods-lapsing.ts.txt";
                    },
                    margin,
                    values));
        }
        for (ExpiringKeys each : keys) {
            Map<String, String> values = values(each);
            code.add(template(
                    shared.isPresent() ? "schedule-keys-shared.ts.txt" : "schedule-keys.ts.txt", margin, values));
            code.add(template("methods-keys.ts.txt", margin, values));
        }
        String blank = style.lineEnd() + style.lineEnd();
        SyntaxNode last = classNode.field("body").orElseThrow().children().getLast();
        var edits = new ArrayList<TextEdit>();
        edits.add(Statements.after(tree.file(), last.span(), style.lineEnd() + String.join(blank, code)));
        added.ifPresentOrElse(edits::add, () -> shared.ifPresent(sharing -> addSharing(sharing, edits, hunks)));
        var needed = new TreeSet<String>(Set.of(CleanupConstants.HUNK));
        if (shared.isPresent() && added.isEmpty()) {
            needed.add("jobs");
        }
        hunks.add(new Hunk(
                HUNK,
                tree.file().path(),
                false,
                new TextEdits(edits),
                Applicability.REVIEW,
                shared.isPresent() ? "Share the one alarm" : "Clean up in alarm()",
                shared.isPresent()
                        ? "An object has one alarm; yours keeps its time and its retries, and the clean-up waits beside it."
                        : tables.isEmpty()
                                ? "Deletes in batches of 128, sets the alarm for the next expiry and none when nothing is left."
                                : "Deletes in batches of 500, sets the alarm for the next expiry and none when nothing is left.",
                needed));
    }

    private String alarm(List<ExpiringTable> tables, List<ExpiringKeys> keys, String margin) {
        String end = style.semicolons() ? ";" : "";
        String override = Overrides.word(project, match.worker(), match.type(), classNode, style);
        String names = Stream.concat(
                        tables.stream().map(ExpiringTable::name),
                        keys.stream().map(each -> "keys " + each.series().key()))
                .collect(Collectors.joining(" and "));
        if (shared.isEmpty()) {
            String cleanUps = Stream.concat(
                            tables.stream().map(ExpiringTable::pascal),
                            keys.stream().map(ExpiringKeys::pascal))
                    .map(name -> "await this.#schedule%sCleanup(this.#cleanUp%s())%s".formatted(name, name, end))
                    .collect(Collectors.joining("\n"));
            return template(
                    "alarm.ts.txt", margin, Map.of("TABLES", names, "CLEAN_UPS", cleanUps, "OVERRIDE", override));
        }
        String jobs = String.join(", ", jobs(tables, keys));
        return template(
                "alarm-shared.ts.txt",
                margin,
                Map.of(
                        "TABLES", names,
                        "JOBS", jobs,
                        "INFO", shared.get().handlerArguments(),
                        "OVERRIDE", override));
    }

    private static List<String> jobs(List<ExpiringTable> tables, List<ExpiringKeys> keys) {
        return Stream.concat(
                        tables.stream().map(table -> job(table.name(), table.pascal())),
                        keys.stream().map(each -> job(each.job(), each.pascal())))
                .toList();
    }

    private static String job(String what, String name) {
        return "\"clean up %s\": () => this.#cleanUp%s()".formatted(what, name);
    }

    private void addSharing(SharedAlarm sharing, List<TextEdit> edits, List<Hunk> hunks) {
        edits.addAll(sharing.edits());
        edits.addAll(new AlarmFields(tree.file(), classNode, match.type(), style).first(List.of(AlarmFields.ALARMS)));
        edits.add(AlarmJobsModule.imported(tree, style, Map.of(AlarmJobsModule.ALARM_JOBS, "AlarmJobs")));
        AlarmJobsModule.ALARM_JOBS.hunk("jobs", project, tree, style).ifPresent(hunks::add);
    }

    private String memberMargin() {
        SyntaxNode last = classNode.field("body").orElseThrow().children().getLast();
        return tree.file().indentAt(last.span().start());
    }

    private String template(String name, String margin, Map<String, String> values) {
        return CodeTemplate.beside(CleanupAlarm.class, name).render(style, margin, values);
    }

    private Map<String, String> values(ExpiringTable table) {
        Access access = match.type().access();
        var values = new HashMap<String, String>();
        values.put("NAME", table.pascal());
        values.put("TABLE", table.name());
        values.put("TABLE_TEXT", table.name());
        values.put("COLUMN", table.column());
        values.put("CONSTANT", table.constant());
        values.put("CUTOFF", table.cutoff());
        values.put("OLDEST_MS", table.inMilliseconds("oldest"));
        values.put("NEXT_MS", table.inMilliseconds("next"));
        values.put("GRAIN", table.grain());
        values.put("VALUE_TYPE", table.valueType());
        values.put("SQL", access.sql().orElseThrow());
        values.put("STORAGE", access.storage().orElseThrow());
        return values;
    }

    private Map<String, String> values(ExpiringKeys keys) {
        return Map.of(
                "NAME", keys.pascal(),
                "KEY", keys.series().key(),
                "JOB", keys.job(),
                "ALL", keys.all(),
                "UNTIL", keys.until(),
                "EXPIRED", keys.expired(),
                "CONSTANT", keys.constant(),
                "CUTOFF", keys.cutoff(),
                "OLDEST_MS", keys.oldestInMilliseconds(),
                "STORAGE", match.type().access().storage().orElseThrow());
    }
}
