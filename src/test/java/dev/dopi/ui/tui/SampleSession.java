package dev.dopi.ui.tui;

import dev.dopi.edit.EditPlan;
import dev.dopi.edit.FileChange;
import dev.dopi.edit.Hunk;
import dev.dopi.engine.Analysis;
import dev.dopi.engine.Blame;
import dev.dopi.engine.Check;
import dev.dopi.engine.CheckResult;
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
import dev.dopi.project.Diagnostic;
import dev.dopi.project.Project;
import dev.dopi.ui.view.Lines;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A session on the sample project that keeps what it wrote in memory, at the pace that it is given. */
final class SampleSession implements Session {

    private final Consumer<Event> events;
    private final Pace pace;
    private final Set<String> failing;
    private final int lines;
    private final Optional<Path> log;
    private final List<UndoEntry> journal = new ArrayList<>();

    /** Whether a check that fails is nobody's fault. */
    boolean blameless;

    /** Files of which git does not have everything. */
    Set<String> notInGit = Set.of();

    /** How long things take. */
    interface Pace {

        void pause(long millis) throws InterruptedException;
    }

    /** Checks whose ids are in {@code failing} fail; each prints {@code lines}, which {@code log} is said to hold. */
    SampleSession(Consumer<Event> events, Pace pace, Set<String> failing, int lines, Optional<Path> log) {
        this.lines = lines;
        this.log = log;
        this.events = events;
        this.pace = pace;
        this.failing = failing;
    }

    @Override
    public Path root() {
        return Path.of("/projects/chat-app");
    }

    @Override
    public Analysis analyse() {
        try {
            events.accept(new Event.Reading("wrangler.jsonc", 412));
            pace.pause(300);
            events.accept(new Event.Reading("src/room.ts", 412));
            events.accept(new Event.ClassFound(SampleProject.room()));
            pace.pause(300);
            events.accept(new Event.ClassFound(SampleProject.presence()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        var analysis = new Analysis(
                root(),
                SampleProject.project(),
                SampleProject.model(),
                SampleFindings.all(),
                List.of(Diagnostic.warning("src/legacy.js", 40, "It could not be parsed and was left out.")),
                Duration.ofMillis(640));
        events.accept(new Event.Analysed(analysis));
        return analysis;
    }

    @Override
    public List<Planned> plan(Analysis analysis, List<Choice> choices) {
        var planned = new ArrayList<Planned>();
        Project project = analysis.project();
        for (Choice choice : choices) {
            Finding finding = analysis.findings().stream()
                    .filter(each -> each.pattern().id().equals(choice.pattern())
                            && each.subject().equals(choice.subject()))
                    .findFirst()
                    .orElseThrow();
            EditPlan plan = SampleFindings.plan(project, finding, choice.options());
            List<FileChange> changes = choice.on(plan).changes(project, choice.rejected());
            planned.add(new Planned(choice, finding, plan, changes));
            project = project.with(changes.stream().map(FileChange::file).toList());
        }
        return planned;
    }

    @Override
    public Set<String> notInGit(Collection<String> paths) {
        return notInGit.stream().filter(paths::contains).collect(Collectors.toSet());
    }

    @Override
    public List<SessionReport.Applied> apply(List<Planned> planned) {
        var applied = new ArrayList<SessionReport.Applied>();
        for (Planned each : planned) {
            String id = "2026-11-23-" + (journal.size() + 1);
            var changed = new ArrayList<SessionReport.Changed>();
            for (FileChange change : each.changes()) {
                Lines lines = Lines.of(change);
                boolean created = change instanceof FileChange.Create;
                events.accept(new Event.Written(change.path(), created));
                changed.add(new SessionReport.Changed(change.path(), created, lines.added(), lines.removed()));
            }
            Set<String> rejected = each.plan().rejectedWith(each.choice().rejected());
            applied.add(new SessionReport.Applied(
                    SessionReport.FindingSummary.of(each.finding()), id,
                    each.plan().hunks().stream()
                                    .map(Hunk::id)
                                    .filter(hunk -> !rejected.contains(hunk))
                                    .toList(),
                            changed));
            journal.addFirst(new UndoEntry(
                    id,
                    each.choice().pattern(),
                    each.choice().subject().label(),
                    Instant.EPOCH,
                    each.changes().stream().map(FileChange::path).toList()));
        }
        return applied;
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check(
                        "tsc",
                        "Type check",
                        List.of("npx", "tsc", "--noEmit"),
                        root(),
                        Duration.ofMinutes(5),
                        Optional.empty()),
                new Check("test", "Tests", List.of("npm", "test"), root(), Duration.ofMinutes(10), Optional.empty()),
                new Check(
                        "dry-run",
                        "Deploy dry run",
                        List.of("npx", "wrangler", "deploy", "--dry-run"),
                        root(),
                        Duration.ofMinutes(5),
                        Optional.of(new Check.Obstacle("wrangler is not installed: run npm install.", true))));
    }

    @Override
    public CheckResult run(Check check) throws InterruptedException {
        if (check.cannotRun().isPresent()) {
            return ended(
                    check,
                    CheckResult.Outcome.MISSING_PROGRAM,
                    Optional.empty(),
                    check.cannotRun().get().reason());
        }
        events.accept(new Event.CheckStarted(check));
        for (int i = 1; i <= lines; i++) {
            String text = i % 10 == 0
                    ? "\u001b[31mwarn\u001b[0m  \u001b]0;title\u0007line " + i + " of " + check.id()
                    : " \u001b[32m✓\u001b[39m " + check.id() + "/case-" + i + ".test.ts (" + i + " tests)";
            events.accept(new Event.CheckPrinted(check, new OutputLine(OutputLine.Channel.OUT, text)));
            pace.pause(50);
        }
        boolean fails = failing.contains(check.id());
        return ended(
                check,
                fails ? CheckResult.Outcome.FAILED : CheckResult.Outcome.PASSED,
                Optional.of(fails ? 1 : 0),
                fails ? "npm test ended with exit code 1." : "");
    }

    private CheckResult ended(Check check, CheckResult.Outcome outcome, Optional<Integer> exit, String reason) {
        var result = new CheckResult(
                check,
                outcome,
                exit,
                Duration.ofMillis(exit.isPresent() ? 2_100 : 0),
                reason,
                exit.isPresent() ? log : Optional.empty());
        events.accept(new Event.CheckEnded(result));
        return result;
    }

    @Override
    public Optional<Blame> blame(CheckResult result) {
        if (blameless) {
            return Optional.of(
                    new Blame(List.of(), result, "No pattern is blamed, for without them it fails as well."));
        }
        return journal.isEmpty() || !result.broken()
                ? Optional.empty()
                : Optional.of(new Blame(
                        List.of(journal.getFirst()),
                        result,
                        result.check().title() + " failed because of "
                                + journal.getFirst().pattern() + "."));
    }

    @Override
    public void takeBack(Blame blame) throws ProjectException {
        undo(blame.entries());
    }

    @Override
    public List<UndoEntry> undoable() {
        return List.copyOf(journal);
    }

    @Override
    public void undo(List<UndoEntry> entries) throws ProjectException {
        if (!journal.containsAll(entries)) {
            throw new ProjectException(ProjectException.Kind.REFUSED, "It is not in the journal.");
        }
        Set<String> files = entries.stream()
                .flatMap(entry -> entry.files().stream())
                .collect(Collectors.toCollection(java.util.TreeSet::new));
        files.forEach(file -> events.accept(new Event.Restored(file, file.startsWith("test/"))));
        journal.removeAll(entries);
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
        return Optional.empty();
    }
}
