package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.engine.CheckResult.Outcome;
import dev.dopi.model.Model;
import dev.dopi.model.Worker;
import dev.dopi.project.Project;
import dev.dopi.workerd.NodeModules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The three checks with the real tsc, vitest in workerd and wrangler, on a small project with one Durable Object. */
@Tag("workerd")
@Timeout(900)
final class ValidationInWorkerdTest {

    private static final Path FIXTURES = Path.of("src", "test", "fixtures", "workerd");

    private final Path logs;

    ValidationInWorkerdTest(@TempDir Path folder) {
        logs = folder;
    }

    @Test
    void passesASoundProjectAndLeavesItAsItWas() throws Exception {
        Path project = counter("sound");
        NodeModules.CURRENT.writeTypes(project);
        git(project, "init", "-q");
        git(project, "add", "-A");
        String before = status(project);
        for (CheckResult result : runAll(project)) {
            assertEquals(Outcome.PASSED, result.outcome(), () -> told(result));
            assertEquals(before, status(project), result.check().id());
        }
    }

    @Test
    void passesAnOlderSetUp() throws Exception {
        Path project = NodeModules.OLDER.project("older", FIXTURES.resolve("counter-older"));
        NodeModules.OLDER.writeTypes(project);
        for (CheckResult result : runAll(project)) {
            assertEquals(Outcome.PASSED, result.outcome(), () -> told(result));
        }
    }

    @Test
    void failsAProjectWithATypeError() throws Exception {
        Path project = counter("mistyped");
        NodeModules.CURRENT.writeTypes(project);
        replace(project.resolve("src/index.ts"), "hit(who: string): number", "hit(who: string): boolean");
        CheckResult result = run(project, "tsc");
        assertEquals(Outcome.FAILED, result.outcome());
        assertTrue(
                result.reason().startsWith("tsc exited with 2: src/index.ts(11,5): error TS2322: "), result.reason());
    }

    @Test
    void failsAProjectWhoseTestsFail() throws Exception {
        Path project = counter("miscounting");
        replace(project.resolve("src/index.ts"), " WHERE who = ?\", who)", "\")");
        CheckResult result = run(project, "test");
        assertEquals(Outcome.FAILED, result.outcome());
        assertEquals(Optional.of(1), result.exitCode());
        assertTrue(result.reason().contains("counts each visitor apart"), result.reason());
    }

    @Test
    void failsAProjectThatCannotBeBundled() throws Exception {
        Path project = counter("unbundled");
        replace(project.resolve("wrangler.jsonc"), "src/index.ts", "src/gone.ts");
        CheckResult result = run(project, "dry-run");
        assertEquals(Outcome.FAILED, result.outcome());
        assertTrue(
                result.reason().startsWith("wrangler exited with 1: ✘ [ERROR] The entry-point file"), result.reason());
    }

    @Test
    void failsAProjectWithABrokenConfiguration() throws Exception {
        Path project = counter("misconfigured");
        replace(project.resolve("wrangler.jsonc"), "\"class_name\": \"Counter\"", "\"class_name\": 12");
        CheckResult result = run(project, "dry-run");
        assertEquals(Outcome.FAILED, result.outcome());
        assertTrue(result.reason().contains("class_name"), result.reason());
    }

    @Test
    void endsTestsThatTakeTooLongWithAllThatTheyStarted() throws Exception {
        Path project = endless("endless");
        Check check = check(project, "test");
        var limited = new Check(
                check.id(), check.title(), check.command(), check.folder(), Duration.ofSeconds(8), Optional.empty());
        CheckResult result = new Validation(project, logs).run(limited, event -> {});
        assertEquals(Outcome.TIMED_OUT, result.outcome(), () -> told(result));
        assertFalse(anyRunsFor(project));
    }

    @Test
    void cancelsTestsWithAllThatTheyStarted() throws Exception {
        Path project = endless("cancelled");
        Check check = check(project, "test");
        var running = new CompletableFuture<Boolean>();
        var ended = new CompletableFuture<CheckResult>();
        Thread runner = Thread.ofVirtual()
                .start(() -> ended.complete(new Validation(project, logs).run(check, event -> {
                    if (event instanceof Event.CheckPrinted(var ignored, var line)
                            && line.text().contains("the test has begun")) {
                        running.complete(anyRunsFor(project));
                    }
                })));
        assertTrue(running.get(5, TimeUnit.MINUTES), "workerd was seen");
        runner.interrupt();
        assertEquals(Outcome.CANCELLED, ended.get(1, TimeUnit.MINUTES).outcome());
        assertFalse(anyRunsFor(project));
    }

    @Test
    void saysThatNothingIsInstalled(@TempDir Path project) throws Exception {
        for (String file : List.of("package.json", "wrangler.jsonc", "tsconfig.json")) {
            Files.copy(FIXTURES.resolve("counter").resolve(file), project.resolve(file));
        }
        for (CheckResult result : runAll(project)) {
            assertEquals(Outcome.MISSING_PROGRAM, result.outcome());
            assertEquals(
                    "The project's packages are not installed: run `npm install` in its folder first.",
                    result.reason());
        }
    }

    private static Path counter(String name) {
        return NodeModules.CURRENT.project(name, FIXTURES.resolve("counter"));
    }

    private static Path endless(String name) throws IOException {
        Path project = counter(name);
        replace(
                project.resolve("test/counter.test.ts"),
                "expect(await counter.hit(\"ben\")).toBe(1);",
                "console.log(\"the test has begun\"); await new Promise((done) => setTimeout(done, 3_600_000));");
        replace(project.resolve("vitest.config.mts"), "plugins:", "test: { testTimeout: 3_600_000 },\n  plugins:");
        return project;
    }

    private List<CheckResult> runAll(Path project) throws ProjectException {
        var validation = new Validation(project, logs);
        return checks(project).stream()
                .map(check -> validation.run(check, event -> {}))
                .toList();
    }

    private CheckResult run(Path project, String id) throws ProjectException {
        return new Validation(project, logs).run(check(project, id), event -> {});
    }

    private static Check check(Path project, String id) throws ProjectException {
        return checks(project).stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<Check> checks(Path project) throws ProjectException {
        var worker = new Worker(
                Optional.of("wrangler.jsonc"),
                "jsonc",
                Optional.of("counter"),
                Optional.of("src/index.ts"),
                Optional.empty(),
                List.of());
        return Checks.of(project, Project.of(DiskTree.open(project)), new Model(List.of(worker)));
    }

    /** Whether a process lives that was started in the project: npm, vitest or workerd. */
    private static boolean anyRunsFor(Path project) {
        return ProcessHandle.allProcesses().anyMatch(each -> {
            try {
                return Path.of("/proc/" + each.pid() + "/cwd").toRealPath().startsWith(project.toRealPath());
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static void replace(Path file, String before, String after) throws IOException {
        String text = Files.readString(file);
        assertTrue(text.contains(before), file + " holds " + before);
        Files.writeString(file, text.replace(before, after));
    }

    private static String told(CheckResult result) {
        try {
            return result.reason() + "\n"
                    + (result.log().isPresent() ? Files.readString(result.log().get()) : "(no log)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String status(Path project) throws Exception {
        Process git = new ProcessBuilder("git", "status", "--porcelain", "--untracked-files=all")
                .directory(project.toFile())
                .start();
        try (var output = git.inputReader()) {
            return String.join("\n", output.readAllLines());
        }
    }

    private static void git(Path project, String... words) throws Exception {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        assertEquals(
                0,
                new ProcessBuilder(command).directory(project.toFile()).start().waitFor());
    }
}
