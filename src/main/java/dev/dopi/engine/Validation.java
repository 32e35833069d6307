package dev.dopi.engine;

import dev.dopi.engine.CheckResult.Outcome;
import dev.dopi.process.Command;
import dev.dopi.process.OutputLine;
import dev.dopi.process.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs checks and tells what came of them, never more than that.
 *
 * <p>A check leaves the project as it was, apart from what the project's own scripts write, and reaches no account of
 * the user's. Its programs have all ended when {@link #run} returns. One that fails after dopi changed something runs
 * once more on a copy of the project as it was before, so that what failed already is told apart.
 */
public final class Validation {

    private final Path root;
    private final Path logs;
    private final Programs machine;
    private final Optional<AppliedChange> change;

    /** Runs checks of the project at {@code root} and writes their output to files in {@code logs}. */
    public Validation(Path root, Path logs) {
        this(root, logs, Programs.ofThisMachine(), Optional.empty());
    }

    Validation(Path root, Path logs, Programs machine) {
        this(root, logs, machine, Optional.empty());
    }

    private Validation(Path root, Path logs, Programs machine, Optional<AppliedChange> change) {
        this.root = root;
        this.logs = logs;
        this.machine = machine;
        this.change = change.filter(each -> !each.none());
    }

    /** Returns a validation that compares what fails with the project before {@code applied}. */
    Validation since(AppliedChange applied) {
        return new Validation(root, logs, machine, Optional.of(applied));
    }

    /**
     * Runs {@code check} to its end and tells {@code listener} of its start, of each line that it prints and of its
     * end, on the calling thread. A check that cannot run has a start and an end too.
     *
     * <p>Interrupting the thread cancels the check: the result says so, and the thread's interrupt status is set.
     */
    public CheckResult run(Check check, Consumer<Event> listener) {
        listener.accept(new Event.CheckStarted(check));
        CheckResult result = check.cannotRun()
                .map(obstacle -> notRun(check, obstacle))
                .orElseGet(() -> Secrets.hinted(judged(check, listener)));
        listener.accept(new Event.CheckEnded(result));
        if (result.outcome() == Outcome.CANCELLED) {
            Thread.currentThread().interrupt();
        }
        return result;
    }

    /**
     * Returns which applied patterns {@code result} is to be blamed on; empty where it is not looked for, or the search
     * was cancelled: the thread's interrupt status is set then.
     */
    Optional<Blame> blame(CheckResult result, Consumer<Event> listener) {
        Check check = result.check();
        return change.flatMap(applied -> new Culprit(applied, result, (copy, without) -> {
                    say(check, listener, "dopi: looking which pattern it is, on a copy without " + without);
                    return onCopy(check, copy, "-without", listener);
                })
                .find());
    }

    private static CheckResult notRun(Check check, Check.Obstacle obstacle) {
        Outcome outcome = obstacle.missingProgram() ? Outcome.MISSING_PROGRAM : Outcome.SKIPPED;
        return new CheckResult(check, outcome, Optional.empty(), Duration.ZERO, obstacle.reason(), Optional.empty());
    }

    private CheckResult judged(Check check, Consumer<Event> listener) {
        CheckResult now = inProject(check, listener);
        if (!now.broken() || change.isEmpty()) {
            return now;
        }
        CheckResult compared = now.compared() ? now : compared(now, change.get(), listener);
        if (CheckKind.of(check) == CheckKind.CONFIG_TYPES) {
            return compared.outcome() == Outcome.FAILED && compared.compared() ? toGenerateAgain(compared) : compared;
        }
        boolean mayDiffer = CheckKind.of(check) == CheckKind.TESTS || CheckKind.of(check) == CheckKind.OBJECTS;
        return compared.outcome() == Outcome.FAILED && compared.compared() && mayDiffer
                ? confirmed(compared, listener)
                : compared;
    }

    /** A change of the configuration makes the types old: that is a command to run, and no fault of a pattern. */
    private CheckResult toGenerateAgain(CheckResult failed) {
        Check check = failed.check();
        String inside = Target.relative(root, check.folder());
        List<String> words =
                check.command().stream().filter(word -> !word.equals("--check")).toList();
        return failed.unstable(
                "The types that wrangler generated are those of the configuration before dopi's change: make them again with `%s%s`."
                        .formatted(
                                inside.isEmpty()
                                        ? ""
                                        : "cd "
                                                + Command.of(root, Duration.ZERO, inside)
                                                        .line() + " && ",
                                new Command(words, root, Map.of(), Set.of(), Duration.ZERO).line()));
    }

    /** Before a pattern is blamed, what runs in time has to fail twice. */
    private CheckResult confirmed(CheckResult failed, Consumer<Event> listener) {
        Check check = failed.check();
        say(check, listener, "dopi: that is new; once more, to see whether it fails again");
        CheckResult again = inProject(check, listener);
        return switch (again.outcome()) {
            case CANCELLED -> again;
            case PASSED, FAILED_BEFORE ->
                failed.unstable(
                        "%s It passed when it ran again, so no pattern is blamed for it.".formatted(failed.reason()));
            case FAILED, TIMED_OUT, SKIPPED, MISSING_PROGRAM -> failed;
        };
    }

    private CheckResult compared(CheckResult now, AppliedChange applied, Consumer<Event> listener) {
        Check check = now.check();
        say(check, listener, "dopi: it failed; now on a copy of the project as it was before dopi's change");
        try (ProjectCopy before = applied.before()) {
            return Comparison.of(now, onCopy(check, before, "-before", listener));
        } catch (ProjectException | IOException e) {
            return now.because("%s Whether it failed before dopi's change is not known: %s"
                    .formatted(now.reason(), e.getMessage()));
        }
    }

    private static void say(Check check, Consumer<Event> listener, String sentence) {
        listener.accept(new Event.CheckPrinted(check, new OutputLine(OutputLine.Channel.ERR, sentence)));
    }

    private CheckResult inProject(Check check, Consumer<Event> listener) {
        long started = System.nanoTime();
        Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try (var environment = new CheckEnvironment()) {
            var leftovers = Leftovers.before(root, check.folder());
            var run = new CheckRun(check, check.folder(), environment, machine);
            Optional<ObjectsProof> proof = proof(check, environment, root);
            Command command =
                    proof.isPresent() ? proof.get().command(machine, logs.resolveSibling("node-cache")) : run.command();
            try (var log = CheckLog.open(logs, check.id(), command)) {
                CheckResult result =
                        run.execute(command, log, line -> listener.accept(new Event.CheckPrinted(check, line)));
                result = proof.isPresent() ? proof.get().judged(result) : result;
                report(result, leftovers, log);
                return result.outcome() == Outcome.MISSING_PROGRAM ? result : result.begun(start);
            }
        } catch (InterruptedException e) {
            return CheckRun.cancelled(check, since(started), Optional.empty());
        } catch (IOException e) {
            return noRoom(check, since(started), e);
        }
    }

    /** Runs the check in the copy; the project is not touched. */
    private CheckResult onCopy(Check check, ProjectCopy copy, String suffix, Consumer<Event> listener) {
        long started = System.nanoTime();
        try (var environment = new CheckEnvironment()) {
            var run = new CheckRun(check, copy.at(check.folder()), environment, machine);
            Optional<ObjectsProof> proof = proof(check, environment, copy.root());
            Command command =
                    proof.isPresent() ? proof.get().command(machine, logs.resolveSibling("node-cache")) : run.command();
            try (var log = CheckLog.open(logs, check.id() + suffix, command)) {
                CheckResult result = run.execute(
                        command,
                        log,
                        line -> listener.accept(new Event.CheckPrinted(
                                check, new OutputLine(line.channel(), suffix.substring(1) + ": " + line.text()))));
                result = proof.isPresent() ? proof.get().judged(result) : result;
                // The copy is gone when this is read.
                return result.because(result.reason().replace(copy.root().toString(), root.toString()));
            }
        } catch (IOException e) {
            return noRoom(check, since(started), e);
        }
    }

    private Optional<ObjectsProof> proof(Check check, CheckEnvironment environment, Path newRoot) throws IOException {
        return CheckKind.of(check) == CheckKind.OBJECTS
                ? Optional.of(ObjectsProof.prepare(check, root, newRoot, change, environment))
                : Optional.empty();
    }

    private static CheckResult noRoom(Check check, Duration duration, IOException cause) {
        return new CheckResult(
                check,
                Outcome.FAILED,
                Optional.empty(),
                duration,
                "The temporary folder cannot be written to (%s), so the check did not run."
                        .formatted(cause.getMessage()),
                Optional.empty());
    }

    /** Cleans up behind the check and ends its log. */
    private static void report(CheckResult result, Leftovers leftovers, CheckLog log) throws InterruptedException {
        List<String> changed = leftovers.clean();
        if (!changed.isEmpty()) {
            log.write("Changed in the project meanwhile, and left so: " + String.join(", ", changed));
        }
        log.write("%s after %s %s".formatted(result.outcome(), CheckRun.words(result.duration()), result.reason()));
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
