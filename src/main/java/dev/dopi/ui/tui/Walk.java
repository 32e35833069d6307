package dev.dopi.ui.tui;

import dev.dopi.edit.FileChange;
import dev.dopi.engine.Analysis;
import dev.dopi.engine.Blame;
import dev.dopi.engine.CheckResult;
import dev.dopi.engine.Choice;
import dev.dopi.engine.Event;
import dev.dopi.engine.Planned;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.engine.SessionReport;
import dev.dopi.pattern.Finding;
import dev.dopi.source.SourceFile;
import dev.dopi.ui.view.CheckView;
import dev.dopi.ui.view.Decisions;
import dev.dopi.ui.view.HunkPages;
import dev.dopi.ui.view.Keeper;
import dev.dopi.ui.view.RunView;
import dev.dopi.ui.view.Unfinished;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Where the user stands in one walk through one project: what was told, decided, planned, written and checked.
 *
 * <p>Only the screen's thread touches it. What the engine does for it runs elsewhere and comes back as a call.
 */
final class Walk implements HunkPages.Deciding {

    private final Session session;
    private final Work work;
    private final LongSupplier clock;
    private final long begun;
    private final Map<Decisions.About, Planned> previews = new HashMap<>();
    private final CheckQueue checking;
    private RunView run = RunView.EMPTY;
    private Decisions decisions = Decisions.NONE;
    private boolean touched;
    private List<Planned> planned = List.of();
    private int plansUnderWay;
    private boolean planning;
    private List<SessionReport.Applied> applied = List.of();
    private boolean takenBack;
    private final List<SessionReport.TakenBack> backs = new ArrayList<>();
    private boolean refusedOnce;
    private Optional<String> problem = Optional.empty();
    private Consumer<String> say = _ -> {};
    private final Kept kept;

    /** {@code clock} counts milliseconds since 1970. */
    Walk(Session session, Work work, LongSupplier clock) {
        this(session, work, clock, Keeper.NONE);
    }

    /** As above; {@code keeper} gets every decision. */
    Walk(Session session, Work work, LongSupplier clock, Keeper keeper) {
        this.kept = new Kept(keeper);
        this.session = session;
        this.work = work;
        this.clock = clock;
        this.begun = clock.getAsLong();
        this.checking = new CheckQueue(session, work, this::run, this::event, this::refused, clock);
    }

    /** Sets who shows a sentence to the user. */
    void tell(Consumer<String> listener) {
        say = listener;
    }

    void event(Event event) {
        run = run.after(event, now());
    }

    long now() {
        return clock.getAsLong();
    }

    long begun() {
        return begun;
    }

    RunView run() {
        return run;
    }

    Optional<Analysis> analysis() {
        return run.analysis();
    }

    List<Finding> findings() {
        return analysis().map(Analysis::findings).orElse(List.of());
    }

    /** Returns why the last thing that was asked of the engine was refused, as a sentence. */
    Optional<String> problem() {
        return problem;
    }

    boolean busy() {
        return work.busy();
    }

    // Analyse

    void analyse(Runnable then) {
        problem = Optional.empty();
        run = run.beforeReading();
        planned = List.of();
        work.start(
                false,
                session::analyse,
                analysis -> {
                    kept.readAnew();
                    if (run.analysis().isEmpty()) {
                        event(new Event.Analysed(analysis));
                    }
                    if (!touched) {
                        decisions = Decisions.suggested(analysis.findings());
                    }
                    preview(analysis);
                    then.run();
                },
                this::refused,
                () -> problem = Optional.of("The analysis was stopped; r starts it again."));
    }

    private void preview(Analysis analysis) {
        previews.clear();
        analysis.recommendations().forEach(finding -> {
            Choice choice = Choice.of(finding).with(decisions.options(Decisions.About.of(finding)));
            work.start(
                    false,
                    () -> session.plan(analysis, List.of(choice)),
                    plans -> plans.forEach(plan -> previews.put(Decisions.About.of(finding), plan)),
                    this::refused,
                    () -> {});
        });
    }

    /** Returns what {@code finding} alone would change, once that is worked out. */
    Optional<Planned> preview(Finding finding) {
        return Optional.ofNullable(previews.get(Decisions.About.of(finding)));
    }

    // Decide

    @Override
    public Decisions decisions() {
        return decisions;
    }

    @Override
    public void decide(Decisions next) {
        boolean changed = !next.equals(decisions);
        touched |= changed;
        decisions = next;
        if (changed) {
            keep();
        }
    }

    // Keep

    /** Says that the user is at {@code step} now. */
    void reached(Step step) {
        switch (step) {
            case ANALYSE -> {}
            case CHOOSE -> reached(Unfinished.Stage.CHOOSE);
            case OPTIONS -> reached(Unfinished.Stage.OPTIONS);
            case REVIEW -> reached(Unfinished.Stage.REVIEW);
            case APPLY -> reached(Unfinished.Stage.APPLY);
            case VALIDATE -> {
                kept.at(Unfinished.Stage.VALIDATE);
                keep();
            }
            case REPORT -> kept.drop();
        }
    }

    private void reached(Unfinished.Stage next) {
        kept.at(next);
        if (undecidedOnDisk()) {
            keep();
        }
    }

    /** Says which hunk the user looks at. */
    void looksAt(Decisions.About about, String hunk) {
        if (kept.at(new Unfinished.Position(about, hunk)) && touched) {
            keep();
        }
    }

    @Override
    public Optional<Unfinished.Position> position() {
        return kept.position();
    }

    private void keep() {
        analysis().ifPresent(analysis -> kept.keep(now(), decisions, analysis));
    }

    /** Returns what of this walk outlives the program. */
    Kept kept() {
        return kept;
    }

    /** Goes on with {@code before}, and returns whether its hunks have to be looked at again. */
    boolean takeUp(Unfinished before) {
        Unfinished now = analysis().map(before::on).orElse(before);
        kept.takeUp(now);
        touched = true;
        decisions = now.decisions();
        return before.hunks() > 0 && now.hunks() == 0;
    }

    /** Works out anew what each recommendation alone would change. */
    void previewAgain() {
        analysis().ifPresent(this::preview);
    }

    /** Goes on behind the writing: what the last session wrote is what this one has written. */
    void takeUpWritten(Runnable then) {
        kept.takenUp();
        work.start(
                false,
                () -> session.lastReport().map(SessionReport::applied).orElse(List.of()),
                written -> {
                    applied = written;
                    then.run();
                },
                this::refused,
                () -> {});
    }

    /** Returns whether the user decided anything that is not written yet. */
    boolean undecidedOnDisk() {
        return touched && applied.isEmpty();
    }

    List<Choice> choices() {
        return decisions.choices(findings());
    }

    /** Works out what is chosen, again after every decision; the newest answer counts. */
    void plan(Runnable then) {
        analysis().ifPresent(analysis -> {
            List<Choice> choices = choices();
            int number = ++plansUnderWay;
            planning = true;
            work.start(
                    false,
                    () -> session.plan(analysis, choices),
                    plans -> {
                        if (number == plansUnderWay) {
                            planned = List.copyOf(plans);
                            planning = false;
                            then.run();
                        }
                    },
                    this::refused,
                    () -> {});
        });
    }

    /** Returns whether what is planned is older than what was decided. */
    boolean planning() {
        return planning;
    }

    @Override
    public List<Planned> planned() {
        return planned;
    }

    @Override
    public String before(int index, String path) {
        for (int i = Math.min(index, planned.size()) - 1; i >= 0; i--) {
            for (FileChange change : planned.get(i).changes()) {
                if (change.path().equals(path)) {
                    return change.after();
                }
            }
        }
        return analysis()
                .flatMap(analysis -> analysis.project().read(path))
                .map(SourceFile::text)
                .orElse("");
    }

    // Write

    /** Tells {@code then} which of {@code paths} hold changes that git does not have. */
    void notInGit(Collection<String> paths, Consumer<Set<String>> then) {
        work.start(false, () -> session.notInGit(paths), then, _ -> {}, () -> {});
    }

    void apply(Runnable then) {
        problem = Optional.empty();
        run = run.beforeWriting();
        List<Planned> wanted =
                planned.stream().filter(each -> !each.changes().isEmpty()).toList();
        work.start(
                true,
                () -> session.apply(wanted),
                done -> {
                    var all = new ArrayList<>(takenBack ? List.<SessionReport.Applied>of() : applied);
                    all.addAll(done);
                    applied = List.copyOf(all);
                    takenBack = false;
                    kept.at(Unfinished.Stage.VALIDATE);
                    keep();
                    then.run();
                },
                this::refused,
                () -> {});
    }

    List<SessionReport.Applied> applied() {
        return applied;
    }

    boolean takenBack() {
        return takenBack;
    }

    /** Takes back what this session wrote. */
    void undo(Runnable then) {
        problem = Optional.empty();
        run = run.beforeWriting();
        List<String> ours = applied.stream().map(SessionReport.Applied::journal).toList();
        work.start(
                true,
                () -> {
                    session.undo(session.undoable().stream()
                            .filter(entry -> ours.contains(entry.id()))
                            .toList());
                    return true;
                },
                _ -> {
                    takenBack = true;
                    kept.drop();
                    then.run();
                },
                this::refused,
                () -> {});
    }

    /**
     * Takes back what a check fails because of and runs the checks again; {@code then} gets a sentence
     * about it.
     */
    void takeBackBroken(Consumer<String> then) {
        problem = Optional.empty();
        run.checks().stream()
                .filter(CheckView::broken)
                .flatMap(view -> view.result().stream())
                .findFirst()
                .ifPresent(result -> work.start(
                        false,
                        () -> session.blame(result),
                        blame -> blame.filter(found -> !found.none())
                                .ifPresentOrElse(
                                        found -> takeBack(found, then),
                                        () -> then.accept(
                                                blame.map(Blame::reason)
                                                        .orElse(
                                                                "It is not known that a pattern is the reason: nothing was taken back."))),
                        this::refused,
                        () -> then.accept("That was stopped; nothing was taken back.")));
    }

    private void takeBack(Blame blame, Consumer<String> then) {
        work.start(
                true,
                () -> {
                    session.takeBack(blame);
                    return blame;
                },
                _ -> {
                    tookBack(blame);
                    then.accept("Took back %s; the rest stays.".formatted(blame.names()));
                    if (!applied.isEmpty()) {
                        // What the checks found out before is about files that are not so any more.
                        validate();
                    }
                },
                this::refused,
                () -> {});
    }

    private void tookBack(Blame blame) {
        var left = new ArrayList<SessionReport.Applied>();
        for (SessionReport.Applied each : applied) {
            if (blame.ids().contains(each.journal())) {
                backs.add(new SessionReport.TakenBack(
                        each, SessionReport.CheckSummary.of(blame.result()), blame.reason()));
            } else {
                left.add(each);
            }
        }
        applied = List.copyOf(left);
        takenBack = applied.isEmpty();
    }

    // Validate

    void validate() {
        problem = Optional.empty();
        checking.start(checks -> run = run.expecting(checks));
    }

    CheckQueue checking() {
        return checking;
    }

    /** Returns whether every check has ended. */
    boolean validated() {
        return !run.checks().isEmpty()
                && checking.isEmpty()
                && run.checks().stream().noneMatch(CheckView::running);
    }

    boolean broken() {
        return run.checks().stream().anyMatch(CheckView::broken);
    }

    // Report

    SessionReport report() {
        List<SessionReport.CheckSummary> checks = run.checks().stream()
                .flatMap(view -> view.result().stream())
                .map(SessionReport.CheckSummary::of)
                .toList();
        return new SessionReport(
                session.root().toString(),
                Instant.ofEpochMilli(begun),
                now() - begun,
                analysis()
                        .map(analysis -> SessionReport.ClassSummary.of(analysis.model()))
                        .orElse(List.of()),
                findings().stream().map(SessionReport.FindingSummary::of).toList(),
                takenBack ? List.of() : applied,
                backs,
                checks);
    }

    /** Returns the exit code that tells how it ended, as the README lists them. */
    int exitCode() {
        if (analysis().isEmpty() && problem.isPresent()) {
            return refusedCode();
        }
        if (takenBack || (refusedOnce && applied.isEmpty())) {
            return 3;
        }
        if (applied.isEmpty()) {
            return 0;
        }
        if (broken()) {
            return 4;
        }
        boolean missing = run.checks().stream()
                .flatMap(view -> view.result().stream())
                .anyMatch(result -> result.outcome() == CheckResult.Outcome.MISSING_PROGRAM);
        return !backs.isEmpty() ? 3 : missing ? 5 : 0;
    }

    int refusedCode() {
        return refusedOnce ? 3 : 2;
    }

    private void refused(ProjectException e) {
        refusedOnce |= e.kind() == ProjectException.Kind.REFUSED;
        problem = Optional.of(String.valueOf(e.getMessage()));
        say.accept(String.valueOf(e.getMessage()));
    }
}
