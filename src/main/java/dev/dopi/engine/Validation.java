package dev.dopi.engine;

import dev.dopi.engine.CheckResult.Outcome;
import dev.dopi.process.Command;
import dev.dopi.process.Outcome.CouldNotStart;
import dev.dopi.process.Outcome.Exited;
import dev.dopi.process.Outcome.TimedOut;
import dev.dopi.process.OutputLine;
import dev.dopi.process.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs checks and tells what came of them, never more than that.
 *
 * <p>A check leaves the project as it was, apart from what the project's own scripts write, and reaches no account of
 * the user's. Its programs have all ended when {@link #run} returns.
 */
public final class Validation {

    private final Path root;
    private final Path logs;
    private final Programs machine;

    /** Runs checks of the project at {@code root} and writes their output to files in {@code logs}. */
    public Validation(Path root, Path logs) {
        this(root, logs, Programs.ofThisMachine());
    }

    Validation(Path root, Path logs, Programs machine) {
        this.root = root;
        this.logs = logs;
        this.machine = machine;
    }

    /**
     * Runs {@code check} to its end and tells {@code listener} of its start, of each line that it prints and of its
     * end, on the calling thread. A check that cannot run has a start and an end too.
     *
     * <p>Interrupting the thread cancels the check: the result says so, and the thread's interrupt status is set.
     */
    public CheckResult run(Check check, Consumer<Event> listener) {
        listener.accept(new Event.CheckStarted(check));
        CheckResult result =
                check.cannotRun().map(obstacle -> notRun(check, obstacle)).orElseGet(() -> execute(check, listener));
        listener.accept(new Event.CheckEnded(result));
        if (result.outcome() == Outcome.CANCELLED) {
            Thread.currentThread().interrupt();
        }
        return result;
    }

    private static CheckResult notRun(Check check, Check.Obstacle obstacle) {
        Outcome outcome = obstacle.missingProgram() ? Outcome.MISSING_PROGRAM : Outcome.SKIPPED;
        return new CheckResult(check, outcome, Optional.empty(), Duration.ZERO, obstacle.reason(), Optional.empty());
    }

    private CheckResult execute(Check check, Consumer<Event> listener) {
        long started = System.nanoTime();
        try (var environment = new CheckEnvironment()) {
            var leftovers = Leftovers.before(root, check.folder());
            Command command = environment.command(check, Toolchain.of(check.folder(), machine));
            try (var log = CheckLog.open(logs, check, command)) {
                CheckResult result = execute(check, command, log, listener);
                report(result, leftovers, log);
                return result;
            }
        } catch (InterruptedException e) {
            return cancelled(check, since(started), Optional.empty());
        } catch (IOException e) {
            return new CheckResult(
                    check,
                    Outcome.FAILED,
                    Optional.empty(),
                    since(started),
                    "The temporary folder cannot be written to (%s), so the check did not run."
                            .formatted(e.getMessage()),
                    Optional.empty());
        }
    }

    private static CheckResult execute(Check check, Command command, CheckLog log, Consumer<Event> listener) {
        long started = System.nanoTime();
        var telling = new TellingLine();
        Consumer<OutputLine> show = line -> {
            log.add(line);
            telling.see(line.text());
            listener.accept(new Event.CheckPrinted(check, line));
        };
        try {
            return switch (command.run(show)) {
                case Exited(int status, var duration) -> exited(check, status, duration, telling, log.path());
                case TimedOut(var duration) ->
                    new CheckResult(
                            check,
                            Outcome.TIMED_OUT,
                            Optional.empty(),
                            duration,
                            "It was ended after %s, its time limit%s".formatted(words(check.limit()), last(telling)),
                            log.path());
                case CouldNotStart(String reason, var duration) ->
                    new CheckResult(
                            check, Outcome.MISSING_PROGRAM, Optional.empty(), duration, reason, Optional.empty());
            };
        } catch (InterruptedException e) {
            return cancelled(check, since(started), log.path());
        }
    }

    private static CheckResult exited(
            Check check, int status, Duration duration, TellingLine telling, Optional<Path> log) {
        if (status == 0) {
            return new CheckResult(check, Outcome.PASSED, Optional.of(0), duration, "", log);
        }
        String reason = "%s exited with %d%s"
                .formatted(name(check), status, telling.text().map(": "::concat).orElse("."));
        return new CheckResult(check, Outcome.FAILED, Optional.of(status), duration, reason, log);
    }

    private static CheckResult cancelled(Check check, Duration duration, Optional<Path> log) {
        String reason = "It was cancelled after %s.".formatted(words(duration));
        return new CheckResult(check, Outcome.CANCELLED, Optional.empty(), duration, reason, log);
    }

    /** Cleans up behind the check and ends its log. */
    private static void report(CheckResult result, Leftovers leftovers, CheckLog log) throws InterruptedException {
        List<String> changed = leftovers.clean();
        if (!changed.isEmpty()) {
            log.write("Changed in the project meanwhile, and left so: " + String.join(", ", changed));
        }
        log.write("%s after %s %s".formatted(result.outcome(), words(result.duration()), result.reason()));
    }

    /** Returns what a reader calls the program: {@code tsc}, {@code npm test}. */
    private static String name(Check check) {
        List<String> words = check.command();
        String program = words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
        return CheckKind.of(check) == CheckKind.TESTS ? program + " test" : program;
    }

    private static String last(TellingLine telling) {
        return telling.text().map("; it printed: "::concat).orElse(", and had printed nothing.");
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static String words(Duration duration) {
        return duration.toSeconds() >= 60 && duration.toSecondsPart() == 0
                ? duration.toMinutes() + " min"
                : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
