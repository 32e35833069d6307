package dev.dopi.engine;

import dev.dopi.engine.CheckResult.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files in which a project keeps secrets on each machine, and of which it shows only an example to all.
 *
 * <p>Names alone are looked at, never what the files hold.
 */
final class Secrets {

    private static final List<String> FILES = List.of(".dev.vars", ".env");
    private static final List<String> EXAMPLES = List.of(".example", ".sample", ".template", ".dist");

    private Secrets() {}

    /** Returns {@code result} with a word on a file of secrets that is missing, where what failed may need it. */
    static CheckResult hinted(CheckResult result) {
        boolean runsCode =
                CheckKind.of(result.check()) == CheckKind.TESTS || CheckKind.of(result.check()) == CheckKind.OBJECTS;
        boolean failed = result.broken() || result.outcome() == Outcome.FAILED_BEFORE;
        return runsCode && failed && result.started().isPresent()
                ? missing(result.check().folder())
                        .map(hint -> result.because("%s %s".formatted(CheckResult.sentence(result.reason()), hint)))
                        .orElse(result)
                : result;
    }

    private static Optional<String> missing(Path folder) {
        for (String file : FILES) {
            for (String ending : EXAMPLES) {
                if (Files.exists(folder.resolve(file + ending)) && !Files.exists(folder.resolve(file))) {
                    return Optional.of("It may need secrets: %s is there, but no %s.".formatted(file + ending, file));
                }
            }
        }
        return Optional.empty();
    }
}
