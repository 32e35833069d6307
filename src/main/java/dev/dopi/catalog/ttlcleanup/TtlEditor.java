package dev.dopi.catalog.ttlcleanup;

import dev.dopi.catalog.alarmjobs.AlarmJobsModule;
import dev.dopi.catalog.alarmjobs.SharedAlarm;
import dev.dopi.catalog.alarmjobs.SharedAlarm.NotShareable;
import dev.dopi.edit.Applicability;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.edit.Statements;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.Access;
import dev.dopi.pattern.Durations;
import dev.dopi.pattern.Options;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans the clean-up of a class's growing tables, in the user's own style. */
final class TtlEditor {

    private static final String CONSTANTS = "constants";
    private static final String ALARM = "alarm";

    private final Project project;
    private final Expiry match;
    private final Options options;
    private final SyntaxTree tree;
    private final SyntaxNode classNode;
    private final CodeStyle style;
    private final List<Hunk> hunks = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    private TtlEditor(Project project, Expiry match, Options options, SyntaxTree tree, SyntaxNode classNode) {
        this.project = project;
        this.match = match;
        this.options = options;
        this.tree = tree;
        this.classNode = classNode;
        this.style = CodeStyle.of(tree.file(), tree.grammar().typed());
    }

    static EditPlan plan(Project project, Expiry match, Options options) {
        DurableObjectClass type = match.type();
        if (match.growing().isEmpty() && ExpiringKeys.in(match).isEmpty()) {
            return EditPlan.EMPTY;
        }
        Optional<String> obstacle = obstacle(type, !match.growing().isEmpty());
        Optional<SourceFile> file = project.read(type.file());
        Optional<Grammar> grammar = Grammar.of(type.file());
        if (obstacle.isPresent() || file.isEmpty() || grammar.isEmpty()) {
            return EditPlan.refused(obstacle.orElse("%s cannot be read.".formatted(type.file())));
        }
        try (SyntaxTree tree = SyntaxTree.parse(file.get(), grammar.get())) {
            Optional<SyntaxNode> node = tree.root()
                    .descendants(each -> each.span().contains(type.span()))
                    .filter(each -> each.span().equals(type.span())
                            && each.field("body").isPresent())
                    .findFirst();
            return node.isEmpty()
                    ? EditPlan.refused("The class could not be found again in %s.".formatted(type.file()))
                    : new TtlEditor(project, match, options, tree, node.get()).plan();
        } catch (NotShareable e) {
            return EditPlan.refused(String.valueOf(e.getMessage()));
        }
    }

    /** Returns why nothing can be done for {@code type} whatever the table. */
    private static Optional<String> obstacle(DurableObjectClass type, boolean tables) {
        if (tables && type.sqlite().filter(sqlite -> !sqlite).isPresent()) {
            return Optional.of("%s is declared with the key-value backend, on which SQL does not run."
                    .formatted(type.className()));
        }
        if (type.framework().isPresent()) {
            return Optional.of(
                    "The alarm belongs to %s, the base class's package, so dopi does not write the clean-up: %s."
                            .formatted(
                                    type.framework().get(),
                                    byFramework(type.framework().get())));
        }
        if (type.inheritsAlarm()) {
            return Optional.of("A base class handles the alarm, which is not supported yet.");
        }
        if (type.baseClass().filter(base -> base.contains("(")).isPresent()) {
            return Optional.of(
                    "The base class is made by the call %s, which may handle the alarm: that is not followed."
                            .formatted(type.baseClass().get()));
        }
        Access access = type.access();
        if (access.state().isEmpty()
                || access.storage().isEmpty()
                || tables && access.sql().isEmpty()) {
            return Optional.of("The class keeps no reference to its state that its methods could use.");
        }
        return type.alarmUses().stream()
                .filter(use -> use.method().equals("setAlarm"))
                .filter(use -> use.inConstructor() && !use.guarded()
                        || type.alarmHandler().isEmpty())
                .findFirst()
                .map(use -> type.alarmHandler().isEmpty()
                        ? "Line %d sets an alarm, but the class has no alarm() to receive it: mend or remove that first."
                                .formatted(use.place().line())
                        : "Line %d sets the alarm each time the object wakes, which cancels the very alarm that woke it: put it under if ((await getAlarm()) === null) first."
                                .formatted(use.place().line()));
    }

    /** How a clean-up is scheduled beside what the framework does with the one alarm. */
    private static String byFramework(String framework) {
        return switch (framework) {
            case "partyserver", "partysync", "y-partyserver" ->
                "delete old rows in onAlarm(), and in onStart() set the alarm where getAlarm() is null";
            case "agents", "agents-sdk", "@cloudflare/ai-chat" ->
                "write a method that deletes old rows, and in onStart() call this.schedule(\"0 * * * *\", \"thatMethod\") once,"
                        + " which this.getSchedules() or the option idempotent sees to";
            case "@cloudflare/actors" ->
                "write a method that deletes old rows and schedule it with this.alarms.schedule()";
            case "@cloudflare/containers", "@cloudflare/sandbox" ->
                "write a method that deletes old rows and schedule it with this.schedule()";
            default -> "schedule one with what the package offers";
        };
    }

    private EditPlan plan() throws NotShareable {
        List<ExpiringTable> tables = tables();
        Optional<SharedAlarm> shared = match.type().alarmHandler().isPresent()
                ? Optional.of(SharedAlarm.of(classNode, match.type()))
                : Optional.empty();
        List<ExpiringTable> done = new ArrayList<>();
        for (ExpiringTable table : tables) {
            new TableHunks(tree, style, match.type(), options, table, this::sqlLiteral)
                    .plan(hunks, refusals)
                    .ifPresent(done::add);
        }
        List<ExpiringKeys> keys = keys(shared.isPresent());
        if (done.isEmpty() && keys.isEmpty()) {
            return new EditPlan(List.of(), refusals);
        }
        String constants = Stream.concat(
                        done.stream().map(this::constants), keys.stream().map(this::constants))
                .collect(Collectors.joining(style.lineEnd() + style.lineEnd()));
        hunks.addFirst(hunk(
                CONSTANTS,
                List.of(beforeClass(constants)),
                done.isEmpty() ? "Say how long keys stay" : "Say how long rows stay",
                "The values that you chose, in one place.",
                Set.of()));
        addAlarm(done, keys, shared);
        String ttl = Durations.milliseconds(duration(options.of(TtlCleanupPattern.KEEP)));
        return new TtlTests(project, match, options, ttl, style).addTo(new EditPlan(hunks, refusals), done, keys);
    }

    /** Plans what each form of key needs and returns those for which it can be done. */
    private List<ExpiringKeys> keys(boolean shared) {
        var done = new ArrayList<ExpiringKeys>();
        boolean sqlite = match.type().sqlite().orElse(true);
        for (ExpiringKeys keys : ExpiringKeys.in(match)) {
            Optional<String> obstacle = shared && !sqlite
                    ? Optional.of(
                            "the class has an alarm() already, and sharing it needs SQLite, which its backend lacks")
                    : new KeyHunks(tree, classNode, style, match.type(), keys).plan(hunks);
            obstacle.ifPresentOrElse(
                    why -> refusals.add("Keys %s: %s.".formatted(keys.series().key(), why)), () -> done.add(keys));
        }
        return done;
    }

    private String constants(ExpiringKeys keys) {
        Duration keep = duration(options.of(TtlCleanupPattern.KEEP));
        Duration interval = duration(options.of(TtlCleanupPattern.INTERVAL));
        return template(
                "constants-keys.ts.txt",
                "",
                Map.of(
                        "KEY", keys.series().key(),
                        "CONSTANT", keys.constant(),
                        "KEEP", Durations.words(keep),
                        "TTL", Durations.milliseconds(keep),
                        "INTERVAL", Durations.milliseconds(interval)));
    }

    private List<ExpiringTable> tables() {
        if (match.growing().isEmpty()
                || match.type().sqlite().filter(sqlite -> !sqlite).isPresent()) {
            return List.of();
        }
        boolean byTimestamp = options.of(TtlCleanupPattern.strategy(match)).equals(TtlCleanupPattern.TIMESTAMP_COLUMN);
        String wanted = match.growing().size() > 1 ? options.of(TtlCleanupPattern.table(match)) : "all";
        return match.growing().stream()
                .filter(growing ->
                        wanted.equals("all") || growing.table().name().equals(wanted))
                .map(growing -> ExpiringTable.of(growing, byTimestamp))
                .toList();
    }

    private String constants(ExpiringTable table) {
        Duration keep = duration(options.of(TtlCleanupPattern.KEEP));
        Duration interval = duration(options.of(TtlCleanupPattern.INTERVAL));
        return CodeTemplate.beside(TtlEditor.class, "constants.ts.txt")
                .render(
                        style,
                        "",
                        Map.of(
                                "TABLE", table.name(),
                                "CONSTANT", table.constant(),
                                "KEEP", Durations.words(keep),
                                "TTL", Durations.milliseconds(keep),
                                "INTERVAL", Durations.milliseconds(interval)));
    }

    private static Duration duration(String text) {
        return Durations.parse(text).orElseThrow(() -> new IllegalArgumentException("not a duration: " + text));
    }

    private void addAlarm(List<ExpiringTable> tables, List<ExpiringKeys> keys, Optional<SharedAlarm> shared) {
        var code = new ArrayList<String>();
        String margin = memberMargin();
        Optional<TextEdit> added = shared.flatMap(each -> each.adding(style, jobs(tables, keys)));
        if (added.isEmpty()) {
            code.add(alarm(tables, keys, shared, margin));
        }
        for (ExpiringTable table : tables) {
            Map<String, String> values = values(table);
            code.add(template(shared.isPresent() ? "schedule-shared.ts.txt" : "schedule.ts.txt", margin, values));
            code.add(template(
                    table.ownColumn() ? "methods-expires.ts.txt" : "methods-timestamp.ts.txt", margin, values));
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
        added.ifPresentOrElse(edits::add, () -> shared.ifPresent(sharing -> addSharing(sharing, margin, edits)));
        var needed = new TreeSet<String>(Set.of(CONSTANTS));
        if (shared.isPresent() && added.isEmpty()) {
            needed.add("jobs");
        }
        hunks.add(hunk(
                ALARM,
                edits,
                shared.isPresent() ? "Share the one alarm" : "Clean up in alarm()",
                shared.isPresent()
                        ? "An object has one alarm; yours keeps its time and its retries, and the clean-up waits beside it."
                        : tables.isEmpty()
                                ? "Deletes in batches of 128, sets the alarm for the next expiry and none when nothing is left."
                                : "Deletes in batches of 500, sets the alarm for the next expiry and none when nothing is left.",
                needed));
    }

    private String alarm(
            List<ExpiringTable> tables, List<ExpiringKeys> keys, Optional<SharedAlarm> shared, String margin) {
        String end = style.semicolons() ? ";" : "";
        String override = overrides() ? "override " : "";
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

    /** Whether the compiler asks for the word {@code override}: the class's own members or a tsconfig say so. */
    private boolean overrides() {
        if (!style.typed() || match.type().baseClass().isEmpty()) {
            return false;
        }
        boolean used = classNode.field("body").stream()
                .flatMap(body -> body.children().stream())
                .anyMatch(member -> member.child("override_modifier").isPresent());
        return used
                || project.read(tsconfig())
                        .filter(file -> file.text().matches("(?s).*\"noImplicitOverride\"\\s*:\\s*true.*"))
                        .isPresent();
    }

    private String tsconfig() {
        String folder = match.worker().folder();
        return folder.isEmpty() ? "tsconfig.json" : folder + "/tsconfig.json";
    }

    private void addSharing(SharedAlarm sharing, String margin, List<TextEdit> edits) {
        edits.addAll(sharing.edits());
        SyntaxNode first = classNode.field("body").orElseThrow().children().getFirst();
        edits.add(Statements.beforeLine(tree.file(), firstLineOf(first), SharedAlarm.field(style, margin)));
        edits.add(AlarmJobsModule.imported(tree, style, Map.of(AlarmJobsModule.ALARM_JOBS, "AlarmJobs")));
        AlarmJobsModule.ALARM_JOBS.hunk("jobs", project, tree, style).ifPresent(hunks::add);
    }

    /** A comment or decorator right above a member belongs to it. */
    private int firstLineOf(SyntaxNode member) {
        int start = member.span().start();
        for (SyntaxNode each : classNode.field("body").orElseThrow().all()) {
            if (each.is("comment", "decorator")) {
                start = Math.min(start, each.span().start());
            }
        }
        return start;
    }

    private Optional<SyntaxNode> imports() {
        return tree.root().children().stream()
                .filter(node -> node.is("import_statement"))
                .reduce((_, later) -> later);
    }

    /** Puts {@code code} behind the imports, or before the class and its comment where there are none. */
    private TextEdit beforeClass(String code) {
        List<SyntaxNode> all = tree.root().all();
        Optional<SyntaxNode> last =
                imports().filter(it -> it.span().end() < classNode.span().start());
        if (last.isPresent()) {
            int line = last.get().line();
            Optional<SyntaxNode> next = all.stream()
                    .filter(node -> node.span().start() > last.get().span().end() && node.line() > line)
                    .findFirst();
            if (next.isPresent()) {
                boolean apart = next.get().line() > line + 1;
                String margin = apart ? "" : style.lineEnd();
                return Statements.beforeLine(tree.file(), next.get().span().start(), margin + code + style.lineEnd());
            }
        }
        SyntaxNode statement = classNode;
        while (statement.parent().filter(up -> !up.is("program")).isPresent()) {
            statement = statement.parent().orElseThrow();
        }
        int start = statement.span().start();
        for (int i = all.indexOf(statement) - 1; i >= 0 && all.get(i).is("comment"); i--) {
            start = all.get(i).span().start();
        }
        return Statements.beforeLine(tree.file(), start, code + style.lineEnd());
    }

    private String memberMargin() {
        SyntaxNode last = classNode.field("body").orElseThrow().children().getLast();
        return tree.file().indentAt(last.span().start());
    }

    private String template(String name, String margin, Map<String, String> values) {
        return CodeTemplate.beside(TtlEditor.class, name).render(style, margin, values);
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
        values.put("OLDEST_MS", table.oldestInMilliseconds());
        values.put("OLDEST_TYPE", table.oldestType());
        values.put("SQL", access.sql().orElseThrow());
        values.put("STORAGE", access.storage().orElseThrow());
        return values;
    }

    private Map<String, String> values(ExpiringKeys keys) {
        return Map.of(
                "NAME", keys.pascal(),
                "KEY", keys.series().key(),
                "JOB", keys.job(),
                "PREFIX", "\"" + keys.prefix() + "\"",
                "CONSTANT", keys.constant(),
                "CUTOFF", keys.cutoff(),
                "OLDEST_MS", keys.oldestInMilliseconds(),
                "STORAGE", match.type().access().storage().orElseThrow());
    }

    private String sqlLiteral(String sql) {
        char quote = style.quote() == '\'' && sql.indexOf('\'') >= 0 ? '"' : style.quote();
        return quote + sql + quote;
    }

    private Hunk hunk(String id, List<TextEdit> edits, String title, String reason, Set<String> requires) {
        return new Hunk(
                id, tree.file().path(), false, new TextEdits(edits), Applicability.REVIEW, title, reason, requires);
    }
}
