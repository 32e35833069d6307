package dev.dopi.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What came of a check.
 *
 * @param exitCode the program's, or empty where none ran to its end
 * @param duration how long it ran
 * @param reason why it did not pass, in a sentence; empty where it passed
 * @param log where its whole output was written; empty where nothing ran
 * @param parts what it looked at, as far as its output tells
 * @param compared whether it was looked at how the project did before dopi's change
 * @param started when its program was started; empty where none was
 */
public record CheckResult(
        Check check,
        Outcome outcome,
        Optional<Integer> exitCode,
        Duration duration,
        String reason,
        Optional<Path> log,
        List<CheckPart> parts,
        boolean compared,
        Optional<Instant> started) {

    public CheckResult {
        parts = List.copyOf(parts);
    }

    public CheckResult(
            Check check,
            Outcome outcome,
            Optional<Integer> exitCode,
            Duration duration,
            String reason,
            Optional<Path> log) {
        this(check, outcome, exitCode, duration, reason, log, List.of(), false, Optional.empty());
    }

    /** How a check ended. Only {@link #PASSED} is a pass. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** It failed in the same way before dopi's change. */
        FAILED_BEFORE,
        TIMED_OUT,
        CANCELLED,
        /** There was nothing to check: no TypeScript, no test script. */
        SKIPPED,
        /** A program that it needs is not installed. */
        MISSING_PROGRAM
    }

    /** Returns whether it did not pass, and nothing tells that this was so before. */
    public boolean broken() {
        return outcome == Outcome.FAILED || outcome == Outcome.TIMED_OUT;
    }

    /** Returns the parts that failed and did not before. */
    public Stream<CheckPart> brokenParts() {
        return parts.stream().filter(CheckPart::failed);
    }

    /** Returns this result as it is judged once the state before dopi's change is known. */
    CheckResult judged(Outcome verdict, String why, List<CheckPart> judged) {
        return new CheckResult(check, verdict, exitCode, duration, why, log, judged, true, started);
    }

    /** Returns this result as one that nothing can be concluded from about dopi's change. */
    CheckResult unstable(String why) {
        return new CheckResult(check, outcome, exitCode, duration, why, log, parts, false, started);
    }

    /** Returns {@code reason} with a full stop, so that another sentence can follow. */
    static String sentence(String reason) {
        return reason.endsWith(".") || reason.endsWith("…") ? reason : reason + ".";
    }

    CheckResult because(String why) {
        return new CheckResult(check, outcome, exitCode, duration, why, log, parts, compared, started);
    }

    /** Returns this result as one of a run that began at {@code start}. */
    CheckResult begun(Instant start) {
        return new CheckResult(check, outcome, exitCode, duration, reason, log, parts, compared, Optional.of(start));
    }
}
