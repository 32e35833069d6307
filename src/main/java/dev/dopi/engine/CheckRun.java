package dev.dopi.engine;

import dev.dopi.engine.CheckResult.Outcome;
import dev.dopi.process.Command;
import dev.dopi.process.Outcome.CouldNotStart;
import dev.dopi.process.Outcome.Exited;
import dev.dopi.process.Outcome.TimedOut;
import dev.dopi.process.OutputLine;
import dev.dopi.process.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One run of a check's program.
 *
 * @param folder where it runs: the check's own, or the same one in a copy of the project
 */
record CheckRun(Check check, Path folder, CheckEnvironment environment, Programs machine) {

    Command command() {
        var here = new Check(check.id(), check.title(), check.command(), folder, check.limit(), Optional.empty());
        return environment.command(here, Toolchain.of(folder, machine));
    }

    CheckResult execute(Command command, CheckLog log, Consumer<OutputLine> listener) {
        long started = System.nanoTime();
        var telling = new TellingLine();
        var failures = new FailureReader(CheckKind.of(check));
        Consumer<OutputLine> show = line -> {
            log.add(line);
            telling.see(line.text());
            failures.see(line.text());
            listener.accept(line);
        };
        try {
            return switch (command.run(show)) {
                case Exited(int status, var duration) ->
                    exited(
                            status,
                            duration,
                            telling,
                            log.path(),
                            status == 0 && CheckKind.of(check) != CheckKind.TESTS
                                    ? List.of()
                                    : failures.failures(folder, environment.testReport()));
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
            return cancelled(check, Duration.ofNanos(System.nanoTime() - started), log.path());
        }
    }

    private CheckResult exited(
            int status, Duration duration, TellingLine telling, Optional<Path> log, List<CheckPart> parts) {
        if (status == 0) {
            List<CheckPart> sound =
                    parts.stream().filter(part -> !part.failed()).toList();
            return new CheckResult(
                    check, Outcome.PASSED, Optional.of(0), duration, "", log, sound, false, Optional.empty());
        }
        String reason = "%s exited with %d%s"
                .formatted(name(), status, telling.text().map(": "::concat).orElse("."));
        return new CheckResult(
                check, Outcome.FAILED, Optional.of(status), duration, reason, log, parts, false, Optional.empty());
    }

    static CheckResult cancelled(Check check, Duration duration, Optional<Path> log) {
        String reason = "It was cancelled after %s.".formatted(words(duration));
        return new CheckResult(check, Outcome.CANCELLED, Optional.empty(), duration, reason, log);
    }

    /** Returns what a reader calls the program: {@code tsc}, {@code npm test}. */
    private String name() {
        List<String> words = check.command();
        String program = words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
        return switch (CheckKind.of(check)) {
            case TESTS -> program + " test";
            case LINT -> program + " run lint";
            case OBJECTS -> "the proof";
            case TYPES, CONFIG_TYPES, DRY_RUN -> program;
        };
    }

    private static String last(TellingLine telling) {
        return telling.text().map("; it printed: "::concat).orElse(", and had printed nothing.");
    }

    static String words(Duration duration) {
        return duration.toSeconds() >= 60 && duration.toSecondsPart() == 0
                ? duration.toMinutes() + " min"
                : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
