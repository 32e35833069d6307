package dev.dopi.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What came of a check.
 *
 * @param exitCode the program's, or empty where none ran to its end
 * @param duration how long it ran
 * @param reason why it did not pass, in a sentence; empty where it passed
 * @param log where its whole output was written; empty where nothing ran
 */
public record CheckResult(
        Check check,
        Outcome outcome,
        Optional<Integer> exitCode,
        Duration duration,
        String reason,
        Optional<Path> log) {

    /** How a check ended. Only {@link #PASSED} is a pass. */
    public enum Outcome {
        PASSED,
        FAILED,
        TIMED_OUT,
        CANCELLED,
        /** There was nothing to check: no TypeScript, no test script. */
        SKIPPED,
        /** A program that it needs is not installed. */
        MISSING_PROGRAM
    }
}
