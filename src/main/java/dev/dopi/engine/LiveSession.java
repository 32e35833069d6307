package dev.dopi.engine;

import dev.dopi.analysis.Analyzer;
import dev.dopi.edit.Diff;
import dev.dopi.edit.FileChange;
import dev.dopi.edit.Hunk;
import dev.dopi.model.Model;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Ignoring;
import dev.dopi.pattern.Pattern;
import dev.dopi.pattern.Presets;
import dev.dopi.project.Diagnostic;
import dev.dopi.project.Preferences;
import dev.dopi.project.Project;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The session on a real folder. */
public final class LiveSession implements Session {

    private static final Comparator<Finding> MOST_URGENT_FIRST = Comparator.<Finding, Boolean>comparing(
                    finding -> !finding.status().recommended())
            .thenComparing(Finding::priority)
            .thenComparing(Finding::status);

    private final Path root;
    private final Planner planner;
    private final Consumer<Event> events;
    private Optional<Analysis> latest = Optional.empty();

    private LiveSession(Path root, Planner planner, Consumer<Event> events) {
        this.root = root;
        this.planner = planner;
        this.events = events;
    }

    /** Opens the project in {@code root}; reads nothing of it yet but its folder, and never writes to it. */
    public static LiveSession open(Path root, List<Pattern<?>> patterns, Consumer<Event> events)
            throws ProjectException {
        return new LiveSession(DiskTree.folder(root), new Planner(patterns, events), events);
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public Analysis analyse() throws ProjectException {
        long start = System.nanoTime();
        DiskTree files = DiskTree.open(root);
        events.accept(new Event.Reading("Source files", files.paths().size()));
        Project project = Project.of(files);
        events.accept(new Event.Reading(
                "Configurations: " + project.configs().size(), files.paths().size()));
        Analyzer.Result result = planner.analyse(project, found -> events.accept(new Event.ClassFound(found)));
        if (result.model().workers().isEmpty()) {
            throw nothingHere(project);
        }
        events.accept(new Event.Reading(
                "Scripts parsed: " + result.parsed(), files.paths().size()));
        Preferences preferences = Preferences.of(project);
        var presets = new Presets(preferences);
        List<Finding> found = planner.findings(project, result.model());
        Ignoring.Result kept = Ignoring.apply(
                project,
                result.model(),
                planner.ids(),
                preferences,
                found.stream().map(presets::on).toList());
        List<Finding> findings =
                kept.findings().stream().sorted(MOST_URGENT_FIRST).toList();
        var diagnostics = new ArrayList<>(project.diagnostics());
        diagnostics.addAll(result.diagnostics());
        diagnostics.addAll(preferences.diagnostics());
        diagnostics.addAll(presets.problems(found, planner.ids()));
        diagnostics.addAll(kept.diagnostics());
        var analysis = new Analysis(
                root,
                project,
                result.model(),
                findings,
                diagnostics.stream().distinct().toList(),
                Duration.ofNanos(System.nanoTime() - start),
                kept.ignored());
        latest = Optional.of(analysis);
        events.accept(new Event.Analysed(analysis));
        return analysis;
    }

    private ProjectException nothingHere(Project project) {
        String what = project.diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
                .findFirst()
                .map(diagnostic -> "%s: %s".formatted(diagnostic.place(), diagnostic.message()))
                .orElseGet(() ->
                        "%s holds no wrangler configuration and no Durable Object class; start dopi in the folder of a Workers project, or try dopi demo."
                                .formatted(root));
        return new ProjectException(ProjectException.Kind.USAGE, what);
    }

    @Override
    public List<Planned> plan(Analysis analysis, List<Choice> choices) {
        return planner.plan(analysis, choices);
    }

    @Override
    public Set<String> notInGit(Collection<String> paths) throws ProjectException {
        return GitIndex.changed(root, paths);
    }

    @Override
    public List<SessionReport.Applied> apply(List<Planned> planned) throws ProjectException {
        List<Planned> effective =
                planned.stream().filter(each -> !each.changes().isEmpty()).toList();
        StateFolder state = StateFolder.of(root);
        List<UndoEntry> entries = new Workspace(Journal.open(state))
                .apply(effective.stream().map(Transaction::of).toList());
        var applied = new ArrayList<SessionReport.Applied>();
        for (int i = 0; i < effective.size(); i++) {
            effective
                    .get(i)
                    .changes()
                    .forEach(change ->
                            events.accept(new Event.Written(change.path(), change instanceof FileChange.Create)));
            applied.add(applied(effective.get(i), entries.get(i)));
        }
        record(state, report -> report.and(applied));
        return applied;
    }

    private static SessionReport.Applied applied(Planned planned, UndoEntry entry) {
        Set<String> rejected = planned.plan().rejectedWith(planned.choice().rejected());
        List<String> hunks = planned.plan().hunks().stream()
                .filter(hunk -> !rejected.contains(hunk.id()))
                .map(Hunk::title)
                .toList();
        List<SessionReport.Changed> files = planned.changes().stream()
                .map(change -> {
                    Diff diff = Diff.between(change.textBefore(), change.after());
                    return new SessionReport.Changed(
                            change.path(), change instanceof FileChange.Create, diff.added(), diff.removed());
                })
                .toList();
        return new SessionReport.Applied(SessionReport.FindingSummary.of(planned.finding()), entry.id(), hunks, files);
    }

    @Override
    public List<Check> checks() {
        try {
            Project project = Project.of(DiskTree.open(root));
            Model model = Analyzer.analyse(project, _ -> {}).model();
            return Checks.of(root, project, model);
        } catch (ProjectException e) {
            // The folder went away or became unreadable: there is nothing to run, and each later step says why.
            return List.of();
        }
    }

    @Override
    public CheckResult run(Check check) throws InterruptedException {
        Optional<StateFolder> state = state();
        CheckResult result = validation(state).run(check, events);
        if (state.isPresent()) {
            try {
                record(state.get(), report -> report.with(result));
            } catch (ProjectException e) {
                // The result stands all the same; only the report of a later process will not have it.
                events.accept(new Event.NotRecorded(String.valueOf(e.getMessage())));
            }
        }
        return result;
    }

    @Override
    public Optional<Blame> blame(CheckResult result) throws InterruptedException {
        Optional<Blame> blame = validation(state()).blame(result, events);
        if (Thread.interrupted()) {
            throw new InterruptedException("while looking for the pattern that a check fails because of");
        }
        if (blame.isPresent() && blame.get().none()) {
            noted(blame.get());
        }
        return blame;
    }

    /** Has the report say with the check that no pattern is blamed for it, and why. */
    private void noted(Blame none) {
        CheckResult result = none.result();
        String why = CheckResult.sentence(result.reason()) + " " + none.reason();
        try {
            record(StateFolder.of(root), report -> report.with(result.because(why)));
        } catch (ProjectException e) {
            events.accept(new Event.NotRecorded(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void takeBack(Blame blame) throws ProjectException {
        workspace().undo(blame.entries()).forEach(events);
        record(StateFolder.of(root), report -> report.takenBack(blame));
    }

    private Validation validation(Optional<StateFolder> state) {
        // Without a state folder the logs last as long as the machine keeps its temporary files.
        Path logs = state.map(folder -> folder.path().resolve("logs"))
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "dopi-logs"));
        var validation = new Validation(root, logs);
        try {
            return state.isPresent() ? validation.since(applied(state.get())) : validation;
        } catch (ProjectException e) {
            events.accept(
                    new Event.NotRecorded("What dopi changed cannot be told from what was there: " + e.getMessage()));
            return validation;
        }
    }

    /** What the last session wrote, or this one where it wrote something, as far as it still stands. */
    private AppliedChange applied(StateFolder state) throws ProjectException {
        boolean fresh = latest.isPresent() && !begun;
        Set<String> ids = fresh
                ? Set.of()
                : new ReportStore(state)
                        .load().map(SessionReport::applied).orElse(List.of()).stream()
                                .map(SessionReport.Applied::journal)
                                .collect(Collectors.toSet());
        return AppliedChange.of(root, Journal.open(state), planner::again, ids);
    }

    private Optional<StateFolder> state() {
        try {
            return Optional.of(StateFolder.of(root));
        } catch (ProjectException e) {
            events.accept(new Event.NotRecorded(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    @Override
    public List<UndoEntry> undoable() throws ProjectException {
        return workspace().undoable();
    }

    @Override
    public void undo(List<UndoEntry> entries) throws ProjectException {
        workspace().undo(entries).forEach(events);
        Set<String> ids = entries.stream().map(UndoEntry::id).collect(Collectors.toSet());
        record(StateFolder.of(root), report -> report.without(ids));
    }

    @Override
    public Optional<SessionReport> lastReport() throws ProjectException {
        return new ReportStore(StateFolder.of(root)).load();
    }

    @Override
    public Optional<Interrupted> interrupted() throws ProjectException {
        return workspace().interrupted();
    }

    @Override
    public List<String> recover(Interrupted interrupted, Recovery how) throws ProjectException {
        return switch (how) {
            case FINISH -> workspace().finish(interrupted);
            case ROLL_BACK -> workspace().rollBack(interrupted);
        };
    }

    private Workspace workspace() throws ProjectException {
        return new Workspace(Journal.open(StateFolder.of(root)), planner::again);
    }

    private boolean begun;

    /** Changes the report of this session, or of the last one where this one has not written anything itself. */
    private void record(StateFolder state, java.util.function.UnaryOperator<SessionReport> change)
            throws ProjectException {
        var store = new ReportStore(state);
        boolean fresh = latest.isPresent() && !begun;
        SessionReport before = fresh
                ? SessionReport.of(latest.get())
                : store.load().or(() -> latest.map(SessionReport::of)).orElse(SessionReport.empty(root));
        begun = true;
        store.save(change.apply(before));
    }
}
