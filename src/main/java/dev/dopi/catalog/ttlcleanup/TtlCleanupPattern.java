package dev.dopi.catalog.ttlcleanup;

import dev.dopi.edit.EditPlan;
import dev.dopi.model.Model;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Fix;
import dev.dopi.pattern.Measured;
import dev.dopi.pattern.Option;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Pattern;
import dev.dopi.pattern.PatternInfo;
import dev.dopi.pattern.Priority;
import dev.dopi.pattern.Status;
import dev.dopi.pattern.Subject;
import dev.dopi.pattern.Upkeep;
import dev.dopi.project.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Deletes rows once they are old enough, by the object's one alarm, on objects that already hold data too. */
public final class TtlCleanupPattern implements Pattern<Expiry> {

    static final Option KEEP = new Option(
            "keep", "Keep rows for", "How long a row stays: s, m, h, d or w.", Option.Kind.DURATION, "30d", List.of());
    static final Option INTERVAL = new Option(
            "interval",
            "Clean up every",
            "The least time between two clean-ups: s, m, h, d or w.",
            Option.Kind.DURATION,
            "1h",
            List.of());
    static final String TIMESTAMP_COLUMN = "timestamp-column";
    static final String EXPIRES_COLUMN = "expires-column";

    private static final PatternInfo INFO = new PatternInfo(
            "ttl-cleanup",
            "Delete rows by their age",
            "Deletes rows of a growing table once they are old, in batches, by the object's one alarm.");

    @Override
    public PatternInfo info() {
        return INFO;
    }

    @Override
    public List<Expiry> detect(Project project, Model model) {
        var matches = new ArrayList<Expiry>();
        model.workers().forEach(worker -> worker.durableObjects().stream()
                .filter(type -> !type.tables().isEmpty() || !type.series().isEmpty())
                .forEach(type -> matches.add(Expiry.of(project, worker, type))));
        return matches;
    }

    @Override
    public Finding describe(Expiry match) {
        Status status = status(match);
        return new Finding(
                INFO,
                new Subject(match.worker().id(), match.type().className()),
                status,
                priority(match),
                reason(match, status),
                status.recommended()
                        ? "Bounds what each object stores (10 GB at most) and what its scans and backups cost."
                        : "",
                tablesFixable(match) || keysFixable(match) ? Fix.GUIDED : Fix.ADVICE,
                evidence(match),
                tablesFixable(match) || keysFixable(match) ? options(match) : List.of(),
                tablesFixable(match) ? measured(match) : List.of());
    }

    @Override
    public EditPlan plan(Project project, Expiry match, Options options) {
        return TtlEditor.plan(project, match, options);
    }

    @Override
    public Upkeep upkeep(Project project, Expiry match, Options options, Set<String> made) {
        return TtlUpkeep.of(match, options, made);
    }

    /** Rehearses the default strategy on old data, for each table. */
    private static List<Measured> measured(Expiry match) {
        boolean byTimestamp = strategy(match).value().equals(TIMESTAMP_COLUMN);
        return match.expirable(byTimestamp)
                .map(table -> DataRehearsal.of(match.type(), table, CleanupProof.of(match.type(), table))
                        .measured())
                .toList();
    }

    /** Whether there are keys that dopi could delete itself. */
    private static boolean keysFixable(Expiry match) {
        return match.type().framework().isEmpty() && !ExpiringKeys.in(match).isEmpty();
    }

    /** Whether there are rows that dopi could delete itself. */
    private static boolean tablesFixable(Expiry match) {
        return !keyValue(match)
                && match.expirable(true).findAny().isPresent()
                && match.growing().stream().noneMatch(growing -> FrameworkTables.isFramework(growing.table()));
    }

    private static boolean keyValue(Expiry match) {
        return match.type().sqlite().filter(sqlite -> !sqlite).isPresent();
    }

    /** A reason of its own as a clause behind a colon. */
    private static String clause(String reason) {
        return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
    }

    private static Status status(Expiry match) {
        if (!tables(match).isEmpty()
                || !match.series().isEmpty()
                || !match.lapsing().isEmpty()) {
            return match.expiring().isEmpty() ? Status.MISSING : Status.PARTIAL;
        }
        return match.expiring().isEmpty() ? Status.NOT_APPLICABLE : Status.PRESENT;
    }

    /** The growing tables, where the object has a database at all. */
    private static List<Expiry.Growing> tables(Expiry match) {
        return keyValue(match) ? List.of() : match.growing();
    }

    /** Certain only where both the name and the rows say that they are events. */
    private static Priority priority(Expiry match) {
        var priority = Priority.LOW;
        for (Expiry.Growing growing : tables(match)) {
            Table table = growing.table();
            Priority own = growing.byHand() || FrameworkTables.isFramework(table)
                    ? Priority.LOW
                    : table.growth() != Table.Growth.UNBOUNDED
                            ? Priority.MEDIUM
                            : !Expiry.isLog(table.name())
                                    ? Priority.MEDIUM
                                    : table.timestamp().isPresent() ? Priority.CRITICAL : Priority.HIGH;
            priority = own.compareTo(priority) < 0 ? own : priority;
        }
        if (!match.lapsing().isEmpty()) {
            priority = Priority.MEDIUM.compareTo(priority) < 0 ? Priority.MEDIUM : priority;
        }
        for (Expiry.GrowingKeys keys : match.series()) {
            Priority own = keys.certain() ? Priority.MEDIUM : Priority.LOW;
            priority = own.compareTo(priority) < 0 ? own : priority;
        }
        return priority;
    }

    private static String reason(Expiry match, Status status) {
        return switch (status) {
            case MISSING, PARTIAL ->
                Stream.of(ofTables(match), ofLapsing(match), KeysAdvice.of(match))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(" "));
            case PRESENT ->
                "Old data is deleted already: "
                        + match.expiring().stream()
                                .map(kept -> kept.name() + ", " + clause(kept.why()))
                                .collect(Collectors.joining(" "));
            case NOT_APPLICABLE -> notNeeded(match);
        };
    }

    private static String ofTables(Expiry match) {
        List<Expiry.Growing> tables = tables(match);
        if (tables.isEmpty()) {
            return "";
        }
        Expiry.Growing first = tables.getFirst();
        Table surest = first.table();
        if (FrameworkTables.isFramework(surest)) {
            return surest.growthReason();
        }
        if (first.byHand()) {
            return "%s is named like a log, and its rows are deleted only when somebody asks for it. %s"
                    .formatted(surest.name(), surest.growthReason());
        }
        return surest.growth() == Table.Growth.UNBOUNDED
                ? "%s only ever %s: %s"
                        .formatted(
                                names(tables.stream().map(Expiry.Growing::table)),
                                tables.size() == 1 ? "grows" : "grow",
                                clause(surest.growthReason()))
                : "%s is named like a log and no statement deletes from it. %s"
                        .formatted(surest.name(), surest.growthReason());
    }

    /** What is to be done about rows that say themselves when they are over, and why dopi does it or leaves it. */
    private static String ofLapsing(Expiry match) {
        return match.lapsing().stream().map(TtlCleanupPattern::of).collect(Collectors.joining(" "));
    }

    private static String of(Expiry.Lapsing each) {
        String told = "The rows of %s say in %s until when they are good, "
                .formatted(each.table().name(), each.column());
        return switch (each.after()) {
            case AfterExpiry.Dead(var _, SqlStatement read) ->
                told
                        + "line %d passes over those whose time has passed, and nothing deletes them by it."
                                .formatted(read.line());
            case AfterExpiry.Unclear(String reason) ->
                told
                        + ("and nothing deletes them by it. Whether they may go is not certain, as %2$s; if they may, let alarm()"
                                        + " delete those whose %1$s has passed, in batches, and set itself for the next, which needs no change to the table.")
                                .formatted(each.column(), reason);
        };
    }

    private static String notNeeded(Expiry match) {
        if (!match.records().isEmpty()) {
            return match.records().stream()
                    .map(kept -> "%s is left alone: %s".formatted(kept.name(), kept.why()))
                    .collect(Collectors.joining("; ", "", "."));
        }
        return keyValue(match) && match.type().series().isEmpty()
                ? "%s is declared with the key-value backend, on which SQL does not run."
                        .formatted(match.type().className())
                : "Nothing is known to grow for ever.";
    }

    private static String names(Stream<Table> tables) {
        return tables.map(Table::name).collect(Collectors.joining(" and "));
    }

    private static List<Evidence> evidence(Expiry match) {
        var evidence = new ArrayList<Evidence>();
        for (Expiry.Growing growing : match.growing()) {
            growing.inserts().forEach(insert -> evidence.add(at(insert)));
        }
        for (Expiry.Lapsing each : match.lapsing()) {
            each.inserts().forEach(insert -> evidence.add(at(insert)));
            if (each.after() instanceof AfterExpiry.Dead dead) {
                evidence.add(at(dead.read()));
            }
        }
        match.series().forEach(keys -> keys.series()
                .puts()
                .forEach(put -> evidence.add(new Evidence(
                        match.type().file(),
                        put.line(),
                        1,
                        "writes kv:" + keys.series().key()))));
        match.type().alarmUses().stream()
                .filter(use -> use.method().equals("setAlarm") && use.inConstructor() && !use.guarded())
                .forEach(use -> evidence.add(new Evidence(
                        match.type().file(),
                        use.place().line(),
                        1,
                        "sets the alarm each time the object wakes, and so cancels the alarm that woke it")));
        return evidence;
    }

    private static Evidence at(SqlStatement statement) {
        return new Evidence(
                statement.file(), statement.line(), 1, statement.sql().strip().replaceAll("\\s+", " "));
    }

    private static List<Option> options(Expiry match) {
        var options = new ArrayList<Option>();
        if (!match.growing().isEmpty() || keysFixable(match)) {
            options.add(KEEP);
        }
        options.add(INTERVAL);
        if (tablesFixable(match) && !match.growing().isEmpty()) {
            options.add(strategy(match));
        }
        if (tablesFixable(match) && match.expirable(true).count() > 1) {
            options.add(table(match));
        }
        return options;
    }

    static Option strategy(Expiry match) {
        boolean dated = match.growing().stream()
                .allMatch(growing -> growing.table().timestamp().isPresent());
        return new Option(
                "strategy",
                "Tell the age by",
                "timestamp-column uses the time that rows hold already; expires-column adds a column of its own, and rows"
                        + " that are there count from now.",
                Option.Kind.CHOICE,
                dated ? TIMESTAMP_COLUMN : EXPIRES_COLUMN,
                dated ? List.of(TIMESTAMP_COLUMN, EXPIRES_COLUMN) : List.of(EXPIRES_COLUMN));
    }

    static Option table(Expiry match) {
        var choices = new ArrayList<String>(List.of("all"));
        match.expirable(true).forEach(table -> choices.add(table.name()));
        return new Option(
                "table", "Clean up", "Which of the growing tables, or all.", Option.Kind.CHOICE, "all", choices);
    }
}
