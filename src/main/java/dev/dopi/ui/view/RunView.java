package dev.dopi.ui.view;

import dev.dopi.engine.Analysis;
import dev.dopi.engine.Check;
import dev.dopi.engine.Event;
import dev.dopi.model.DurableObjectClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All that a session has told so far, folded into what any screen shows.
 *
 * <p>It never changes; {@link #after} gives the next one, and needs no terminal.
 *
 * @param reading what is being looked at now
 * @param files how many files are listed
 * @param problems patterns that failed, as sentences
 * @param landed files that were written or put back, in order
 */
public record RunView(
        String reading,
        int files,
        List<DurableObjectClass> classes,
        Optional<Analysis> analysis,
        List<String> problems,
        List<Landed> landed,
        List<CheckView> checks) {

    public static final RunView EMPTY =
            new RunView("", 0, List.of(), Optional.empty(), List.of(), List.of(), List.of());

    public RunView {
        classes = List.copyOf(classes);
        problems = List.copyOf(problems);
        landed = List.copyOf(landed);
        checks = List.copyOf(checks);
    }

    /** A file that stands on disk as it should. */
    public record Landed(String path, What what) {

        /** What was done to it. */
        public enum What {
            CREATED,
            MODIFIED,
            RESTORED,
            DELETED
        }
    }

    /** Returns the view after {@code event}, which came {@code at} milliseconds of the view's clock. */
    public RunView after(Event event, long at) {
        return switch (event) {
            case Event.Reading(var what, var count) ->
                new RunView(what, count, classes, analysis, problems, landed, checks);
            case Event.ClassFound(var found) ->
                new RunView(reading, files, with(classes, found), analysis, problems, landed, checks);
            case Event.Analysed(var whole) ->
                new RunView(
                        reading,
                        files,
                        whole.model().durableObjects().toList(),
                        Optional.of(whole),
                        problems,
                        landed,
                        checks);
            case Event.PatternFailed(var pattern, var cause) ->
                with(with(
                        problems,
                        "The pattern %s stopped with an error of its own (%s); the others went on."
                                .formatted(pattern.id(), cause)));
            case Event.NotRecorded(var reason) -> with(with(problems, "Not recorded: " + reason));
            case Event.ReadmeLeft left -> with(with(problems, left.reason()));
            case Event.Written(var path, var created) ->
                landed(new Landed(path, created ? Landed.What.CREATED : Landed.What.MODIFIED));
            case Event.Restored(var path, var deleted) ->
                landed(new Landed(path, deleted ? Landed.What.DELETED : Landed.What.RESTORED));
            case Event.CheckStarted(var check) -> started(check, at);
            case Event.CheckPrinted(var check, var line) -> change(check, view -> view.printed(LogLine.of(line)));
            case Event.CheckEnded(var result) -> change(result.check(), view -> view.ended(result));
        };
    }

    /** Returns the view before anything was read. */
    public RunView beforeReading() {
        return new RunView("", 0, List.of(), Optional.empty(), List.of(), landed, checks);
    }

    /** Returns the view with nothing written or put back yet. */
    public RunView beforeWriting() {
        return new RunView(reading, files, classes, analysis, problems, List.of(), checks);
    }

    /** Returns the view with {@code planned} checks, none of which has run. */
    public RunView expecting(List<Check> planned) {
        return withChecks(planned.stream().map(CheckView::waiting).toList());
    }

    public Optional<CheckView> running() {
        return checks.stream().filter(CheckView::running).findFirst();
    }

    private RunView started(Check check, long at) {
        boolean known = checks.stream().anyMatch(view -> view.check().id().equals(check.id()));
        RunView view = known ? this : withChecks(with(checks, CheckView.waiting(check)));
        return view.change(check, _ -> new CheckView(check, Math.max(1, at), Optional.empty(), LogLines.NONE));
    }

    private RunView change(Check check, UnaryOperator<CheckView> how) {
        return withChecks(checks.stream()
                .map(view -> view.check().id().equals(check.id()) ? how.apply(view) : view)
                .toList());
    }

    private RunView withChecks(List<CheckView> next) {
        return new RunView(reading, files, classes, analysis, problems, landed, next);
    }

    private RunView landed(Landed file) {
        return new RunView(reading, files, classes, analysis, problems, with(landed, file), checks);
    }

    private RunView with(List<String> nextProblems) {
        return new RunView(reading, files, classes, analysis, nextProblems, landed, checks);
    }

    private static <T> List<T> with(List<T> list, T more) {
        var next = new ArrayList<>(list);
        next.add(more);
        return next;
    }
}
