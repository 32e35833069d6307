package dev.dopi.cli;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.Diff;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.FileChange;
import dev.dopi.edit.Hunk;
import dev.dopi.engine.Analysis;
import dev.dopi.engine.Blame;
import dev.dopi.engine.Check;
import dev.dopi.engine.CheckResult;
import dev.dopi.engine.CheckResult.Outcome;
import dev.dopi.engine.Choice;
import dev.dopi.engine.Event;
import dev.dopi.engine.Interrupted;
import dev.dopi.engine.Planned;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.engine.SessionReport;
import dev.dopi.engine.UndoEntry;
import dev.dopi.pattern.Finding;
import dev.dopi.process.OutputLine;
import dev.dopi.project.Project;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A session on a project in memory: it plans, writes and takes back for real, but runs no program. */
public final class FakeSession implements Session {

    private static final Instant START = Instant.parse("2026-02-03T04:05:06Z");

    private final Path root;
    private final Map<String, String> disk = ChatProject.files();
    private final Map<String, Map<String, String>> copies = new LinkedHashMap<>();
    private final List<UndoEntry> journal = new ArrayList<>();
    private final List<SessionReport.Applied> applied = new ArrayList<>();
    private final List<SessionReport.CheckSummary> checked = new ArrayList<>();
    private Consumer<Event> events = _ -> {};

    /** A second statement in the hunk that makes the index; empty for none. */
    public String besideTheIndex = "";

    /** What the checks come to, by id. */
    public final Map<String, Outcome> outcomes =
            new TreeMap<>(Map.of("tsc", Outcome.PASSED, "test", Outcome.PASSED, "dry-run", Outcome.SKIPPED));

    public Applicability applicability = Applicability.REVIEW;
    public boolean changedMeanwhile;
    public boolean interrupted;
    public Optional<RuntimeException> bug = Optional.empty();
    public Optional<Analysis> analysis = Optional.empty();
    public List<String> refusals = List.of();

    public FakeSession(Path root) {
        this.root = root;
    }

    public Session open(Consumer<Event> listener) {
        events = listener;
        return this;
    }

    public Map<String, String> disk() {
        return disk;
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public Analysis analyse() {
        if (bug.isPresent()) {
            throw bug.get();
        }
        events.accept(new Event.Reading("src/room.ts", 1));
        events.accept(new Event.Reading("wrangler.jsonc", 2));
        Analysis result = analysis.orElseGet(() -> ChatProject.analysis(root, Map.copyOf(disk)));
        result.model().durableObjects().forEach(each -> events.accept(new Event.ClassFound(each)));
        events.accept(new Event.Analysed(result));
        return result;
    }

    @Override
    public List<Planned> plan(Analysis from, List<Choice> choices) {
        var planned = new ArrayList<Planned>();
        Project project = from.project();
        for (Choice choice : choices) {
            Finding finding = from.findings().stream()
                    .filter(each -> each.pattern().id().equals(choice.pattern())
                            && each.subject().equals(choice.subject()))
                    .findFirst()
                    .orElseThrow();
            EditPlan plan = plan(project, choice);
            List<FileChange> changes = choice.on(plan).changes(project, choice.rejected());
            planned.add(new Planned(choice, finding, plan, changes));
            project = project.with(changes.stream().map(FileChange::file).toList());
        }
        return planned;
    }

    private EditPlan plan(Project project, Choice choice) {
        String room = project.read("src/room.ts").orElseThrow().text();
        List<Hunk> hunks =
                switch (choice.pattern()) {
                    case "ttl-cleanup" -> {
                        String keep = choice.options().values().getOrDefault("keep", "30d");
                        yield List.of(
                                hunk(
                                        "retention",
                                        insert(room, "  constructor", "  static KEEP = \"" + keep + "\";\n"),
                                        "Say how long rows are kept",
                                        Set.of()),
                                hunk(
                                        "alarm",
                                        insert(
                                                room,
                                                "  list(",
                                                "  async alarm() {\n\tthis.clean(ChatRoom.KEEP);\n  }\n"),
                                        "Delete old rows in the alarm",
                                        Set.of("retention")),
                                new Hunk(
                                        "test",
                                        "test/room.test.ts",
                                        true,
                                        TextEdits.of(TextEdit.insert(0, "test(\"old rows go\");\n")),
                                        Applicability.SAFE,
                                        "Prove it",
                                        "The test fails without the alarm.",
                                        Set.of("alarm")));
                    }
                    case "sql-index" ->
                        List.of(hunk(
                                "index",
                                insert(
                                        room,
                                        "  }\n  list",
                                        "    this.sql.exec(\"CREATE INDEX messages_room\");\n" + besideTheIndex,
                                        "  }\n"),
                                "Make the index",
                                Set.of()));
                    default ->
                        List.of(new Hunk(
                                "how",
                                "wrangler.jsonc",
                                false,
                                new TextEdits(List.of()),
                                Applicability.ADVICE,
                                "Deploy by hand",
                                "It is outside the project.",
                                Set.of()));
                };
        return new EditPlan(hunks, refusals);
    }

    private Hunk hunk(String id, TextEdit edit, String title, Set<String> requires) {
        return new Hunk(
                id,
                "src/room.ts",
                false,
                TextEdits.of(edit),
                applicability,
                title,
                "Old rows stay readable.",
                requires);
    }

    private static TextEdit insert(String text, String before, String inserted) {
        return TextEdit.insert(text.indexOf(before), inserted);
    }

    // Where the alarm was put in between, the constructor still ends at its own brace.
    private static TextEdit insert(String text, String before, String inserted, String otherwise) {
        int place = text.indexOf(before);
        return TextEdit.insert(place >= 0 ? place : text.indexOf(otherwise), inserted);
    }

    @Override
    public Set<String> notInGit(Collection<String> paths) {
        return Set.of();
    }

    @Override
    public List<SessionReport.Applied> apply(List<Planned> planned) throws ProjectException {
        if (changedMeanwhile) {
            throw new ProjectException(
                    ProjectException.Kind.REFUSED,
                    "src/room.ts was changed since it was shown; nothing was written. Run dopi again.");
        }
        var now = new ArrayList<SessionReport.Applied>();
        for (Planned each : planned) {
            String id = "entry-" + (journal.size() + 1);
            copies.put(id, Map.copyOf(disk));
            var files = new ArrayList<SessionReport.Changed>();
            for (FileChange change : each.changes()) {
                boolean created = change instanceof FileChange.Create;
                Diff diff = Diff.between(change.textBefore(), change.after());
                disk.put(change.path(), change.after());
                files.add(new SessionReport.Changed(change.path(), created, diff.added(), diff.removed()));
                events.accept(new Event.Written(change.path(), created));
            }
            Set<String> fallen = each.plan().rejectedWith(each.choice().rejected());
            List<String> titles = each.plan().hunks().stream()
                    .filter(hunk -> !fallen.contains(hunk.id()))
                    .map(Hunk::title)
                    .toList();
            now.add(new SessionReport.Applied(
                    SessionReport.FindingSummary.of(each.finding()), id, titles, List.copyOf(files)));
            journal.addFirst(new UndoEntry(
                    id,
                    each.choice().pattern(),
                    each.choice().subject().label(),
                    START.plusSeconds(journal.size()),
                    files.stream().map(SessionReport.Changed::path).toList()));
        }
        applied.addAll(now);
        return now;
    }

    @Override
    public List<Check> checks() {
        return List.of(
                check("tsc", "Type check", List.of("npx", "tsc", "--noEmit")),
                check("test", "Project tests", List.of("npm", "test")),
                check("dry-run", "Wrangler dry run", List.of()));
    }

    private Check check(String id, String title, List<String> command) {
        Optional<Check.Obstacle> obstacle =
                switch (outcomes.getOrDefault(id, Outcome.SKIPPED)) {
                    case SKIPPED -> Optional.of(new Check.Obstacle("wrangler is not among the dependencies", false));
                    case MISSING_PROGRAM -> Optional.of(new Check.Obstacle("node is not installed", true));
                    default -> Optional.empty();
                };
        return new Check(id, title, command, root, Duration.ofMinutes(2), obstacle);
    }

    @Override
    public CheckResult run(Check check) throws InterruptedException {
        if (interrupted) {
            throw new InterruptedException("the user pressed Ctrl-C");
        }
        Outcome outcome = outcomes.getOrDefault(check.id(), Outcome.SKIPPED);
        Optional<Integer> code =
                switch (outcome) {
                    case PASSED -> Optional.of(0);
                    case FAILED -> Optional.of(2);
                    default -> Optional.empty();
                };
        String reason = check.cannotRun()
                .map(Check.Obstacle::reason)
                .orElse(outcome == Outcome.FAILED ? "the program failed" : "");
        var result = new CheckResult(check, outcome, code, Duration.ofMillis(1234), reason, Optional.empty());
        if (check.cannotRun().isEmpty()) {
            events.accept(new Event.CheckStarted(check));
            events.accept(new Event.CheckPrinted(
                    check,
                    new OutputLine(
                            OutputLine.Channel.OUT, "\u001b[32mok\u001b[0m \u001b]52;c;aGk=\u0007" + check.id())));
            events.accept(new Event.CheckEnded(result));
        }
        checked.add(new SessionReport.CheckSummary(
                check.title(),
                String.join(" ", check.command()),
                outcome.name(),
                code.orElse(null),
                1234,
                reason,
                List.of(),
                code.isPresent() ? Instant.parse("2026-02-03T04:05:30.125Z") : null,
                code.isPresent() ? "/state/logs/" + check.id() + ".log" : null));
        return result;
    }

    /** Which patterns a check that fails is to be blamed on, by the check's id: their ids with a space between; blank for none. */
    public final Map<String, String> culprits = new TreeMap<>();

    @Override
    public Optional<Blame> blame(CheckResult result) {
        Optional<String> named = Optional.ofNullable(culprits.get(result.check().id()));
        return named.map(names -> names.isBlank()
                ? new Blame(List.of(), result, "No pattern is blamed: it fails without them as well.")
                : new Blame(
                        journal.stream()
                                .filter(entry -> List.of(names.split(" ")).contains(entry.pattern()))
                                .toList()
                                .reversed(),
                        result,
                        result.check().title() + " failed because of " + names + "."));
    }

    @Override
    public void takeBack(Blame blame) throws ProjectException {
        undo(blame.entries());
        applied.removeIf(each -> blame.ids().contains(each.journal()));
        outcomes.put(blame.result().check().id(), Outcome.PASSED);
    }

    @Override
    public List<UndoEntry> undoable() {
        return List.copyOf(journal);
    }

    @Override
    public void undo(List<UndoEntry> entries) throws ProjectException {
        if (changedMeanwhile) {
            throw new ProjectException(
                    ProjectException.Kind.REFUSED, "src/room.ts was changed since; nothing was taken back.");
        }
        // The newest first, whatever the order in which they are named.
        for (UndoEntry entry : journal.stream().filter(entries::contains).toList()) {
            disk.clear();
            disk.putAll(copies.getOrDefault(entry.id(), Map.of()));
            journal.remove(entry);
            entry.files().forEach(path -> events.accept(new Event.Restored(path, !disk.containsKey(path))));
        }
    }

    @Override
    public Optional<Interrupted> interrupted() {
        return Optional.empty();
    }

    @Override
    public List<String> recover(Interrupted interrupted, Recovery how) {
        return List.of();
    }

    @Override
    public Optional<SessionReport> lastReport() {
        if (applied.isEmpty() && checked.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(report(root.toString()));
    }

    /** Returns what was recorded, with another name for the root. */
    public SessionReport report(String named) {
        return new SessionReport(
                named,
                START,
                252_345,
                SessionReport.ClassSummary.of(ChatProject.model()),
                ChatProject.findings().stream()
                        .map(SessionReport.FindingSummary::of)
                        .toList(),
                applied,
                checked);
    }
}
