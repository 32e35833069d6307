package dev.dopi.catalog.rpcmetadata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dopi.project.MemoryTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which workerd a project runs locally, and whether it gives objects their names. */
final class LocalRuntimeTest {

    @ParameterizedTest
    @CsvSource({
        "NOWHERE, 1.20260310.1",
        "REQUESTS, 1.20260327.1",
        "REQUESTS, 1.20260701.1",
        "EVERYWHERE, 1.20260703.0",
        "EVERYWHERE, 1.20261102.1"
    })
    void readsWhatIsInstalled(LocalRuntime.Filling expected, String version) {
        var files = MemoryTree.of(
                "package.json", "{}", "node_modules/workerd/package.json", "{ \"version\": \"" + version + "\" }");
        assertEquals(
                new LocalRuntime(expected, "workerd %s (installed)".formatted(version)),
                LocalRuntime.of(files, "apps/chat"));
    }

    @Test
    void readsTheOneThatWranglerRuns() {
        var files = MemoryTree.of(
                "node_modules/wrangler/package.json",
                "{ \"version\": \"4.84.1\", \"dependencies\": { \"workerd\": \"1.20260421.1\" } }");
        assertEquals(
                "workerd 1.20260421.1 (installed)", LocalRuntime.of(files, "").source());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "package-lock.json | \"node_modules/workerd\": { \"version\": \"1.20240925.0\", \"resolved\": \"x\" }",
                "pnpm-lock.yaml    |   workerd@1.20240925.0:",
                "yarn.lock         | workerd@1.20240925.0:%n  version \"1.20240925.0\"",
                "yarn.lock         | \"workerd@npm:1.20240925.0\":%n  version: 1.20240925.0",
                "bun.lock          | \"workerd\": [\"workerd@1.20240925.0\", \"\", {}]",
            })
    void readsLockFiles(String path, String text) {
        var files = MemoryTree.of(path, "\n" + text.replace("%n", "\n") + "\n");
        assertEquals(
                new LocalRuntime(LocalRuntime.Filling.NOWHERE, "workerd 1.20240925.0 (%s)".formatted(path)),
                LocalRuntime.of(files, "apps/chat"));
    }

    @ParameterizedTest
    @CsvSource({
        "pnpm-lock.yaml, package-lock.json",
        "yarn.lock, bun.lock",
        "bun.lock, package-lock.json",
        "pnpm-lock.yaml, bun.lock"
    })
    void asksTheSameOfTwoLockFilesEachTime(String asked, String other) {
        var files = MemoryTree.of(other, lock(other, "1.20250317.0"), asked, lock(asked, "1.20260401.0"));
        assertEquals(
                "workerd 1.20260401.0 (%s)".formatted(asked),
                LocalRuntime.of(files, "").source());
    }

    private static String lock(String path, String version) {
        String form =
                switch (path) {
                    case "pnpm-lock.yaml" -> "  workerd@%s:";
                    case "yarn.lock" -> "workerd@%1$s:\n  version \"%1$s\"";
                    case "bun.lock" -> "\"workerd\": [\"workerd@%s\", \"\", {}]";
                    default -> "\"node_modules/workerd\": { \"version\": \"%s\", \"resolved\": \"x\" }";
                };
        return form.formatted(version);
    }

    @ParameterizedTest
    @CsvSource({
        "NOWHERE, ^3.78.10",
        "UNKNOWN, ^4.20.0",
        "REQUESTS, ~4.79.0",
        "EVERYWHERE, 4.108.0",
        "EVERYWHERE, ^5.1.0",
        "UNKNOWN, catalog:"
    })
    void takesARangeForWhatItAllows(LocalRuntime.Filling expected, String range) {
        var files = MemoryTree.of("package.json", "{ \"devDependencies\": { \"wrangler\": \"%s\" } }".formatted(range));
        assertEquals(expected, LocalRuntime.of(files, "").filling());
    }
}
