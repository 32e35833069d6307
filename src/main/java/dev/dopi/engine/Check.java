package dev.dopi.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One thing that validation runs.
 *
 * @param id {@code tsc}, {@code test} or {@code dry-run}, with the folder behind it where there are several
 * @param title a few words, {@code Type check}
 * @param command the words of the command; empty where there is nothing to run
 * @param cannotRun why it cannot run here, as a sentence that says what to do; empty where it can
 */
public record Check(
        String id, String title, List<String> command, Path folder, Duration limit, Optional<Obstacle> cannotRun) {

    public Check {
        command = List.copyOf(command);
    }

    /**
     * Why a check does not run.
     *
     * @param missingProgram whether a program that it needs is not there, rather than nothing being there to check
     */
    public record Obstacle(String reason, boolean missingProgram) {}
}
