package dev.dopi.ui.tui;

import dev.dopi.engine.Check;
import dev.dopi.engine.CheckResult;
import dev.dopi.engine.Event;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.ui.view.RunView;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The checks that are still to run, one after the other; each end is told, be it by the engine or because it was stopped. */
final class CheckQueue {

    private final Session session;
    private final Work work;
    private final Supplier<RunView> run;
    private final Consumer<Event> told;
    private final Consumer<ProjectException> refused;
    private final LongSupplier clock;
    private final Deque<Check> waiting = new ArrayDeque<>();

    CheckQueue(
            Session session,
            Work work,
            Supplier<RunView> run,
            Consumer<Event> told,
            Consumer<ProjectException> refused,
            LongSupplier clock) {
        this.session = session;
        this.work = work;
        this.run = run;
        this.told = told;
        this.refused = refused;
        this.clock = clock;
    }

    /** Finds out which checks there are, tells {@code expected} of them, and runs them all. */
    void start(Consumer<List<Check>> expected) {
        work.start(
                false,
                session::checks,
                checks -> {
                    expected.accept(checks);
                    waiting.clear();
                    waiting.addAll(checks);
                    next();
                },
                refused,
                () -> {});
    }

    /** Runs {@code check} once more, behind those that wait. */
    void again(Check check) {
        waiting.remove(check);
        waiting.add(check);
        if (run.get().running().isEmpty()) {
            next();
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Ends the running check and goes on with the next. */
    void cancel() {
        work.cancel();
    }

    /** Ends the running check and forgets the others. */
    void cancelAll() {
        waiting.clear();
        work.cancel();
    }

    private void next() {
        Check check = waiting.poll();
        if (check != null) {
            work.start(
                    false,
                    () -> session.run(check),
                    result -> ended(check, result),
                    refused,
                    () -> ended(check, stopped(check)));
        }
    }

    private void ended(Check check, CheckResult result) {
        boolean known = run.get().checks().stream()
                .anyMatch(view ->
                        view.check().id().equals(check.id()) && view.result().isPresent());
        if (!known) {
            told.accept(new Event.CheckEnded(result));
        }
        next();
    }

    private CheckResult stopped(Check check) {
        Duration ran = run.get().checks().stream()
                .filter(view -> view.check().id().equals(check.id()))
                .findFirst()
                .map(view -> view.duration(clock.getAsLong()))
                .orElse(Duration.ZERO);
        return new CheckResult(
                check, CheckResult.Outcome.CANCELLED, Optional.empty(), ran, "You cancelled it.", Optional.empty());
    }
}
