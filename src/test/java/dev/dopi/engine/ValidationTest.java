package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.engine.CheckResult.Outcome;
import dev.dopi.process.OutputLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks whose programs are shell scripts: what is made of how they end. */
@Timeout(60)
final class ValidationTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    private final Path root;
    private final Path logs;
    private final Validation validation;

    ValidationTest(@TempDir Path folder) throws IOException {
        root = Files.createDirectory(folder.resolve("project"));
        logs = folder.resolve("state").resolve("logs");
        validation = new Validation(root, logs);
    }

    @Test
    void passesOnlyWhatExitsWithZero() throws IOException {
        CheckResult passed = validation.run(check("tsc", "echo fine; exit 0", LONG), event -> {});
        assertEquals(Outcome.PASSED, passed.outcome());
        assertEquals(Optional.of(0), passed.exitCode());
        assertEquals("", passed.reason());
        CheckResult failed =
                validation.run(check("tsc", "echo 'src/a.ts(1,2): error TS2304: x'; exit 2", LONG), event -> {});
        assertEquals(Outcome.FAILED, failed.outcome());
        assertEquals(Optional.of(2), failed.exitCode());
        assertEquals("program exited with 2: src/a.ts(1,2): error TS2304: x", failed.reason());
    }

    @Test
    void tellsOfStartLinesAndEndInOrder() throws IOException {
        var events = new ArrayList<Event>();
        Check check = check("test", "echo one; sleep 0.05; echo two >&2", LONG);
        CheckResult result = validation.run(check, events::add);
        assertEquals(
                List.of(
                        new Event.CheckStarted(check),
                        new Event.CheckPrinted(check, new OutputLine(OutputLine.Channel.OUT, "one")),
                        new Event.CheckPrinted(check, new OutputLine(OutputLine.Channel.ERR, "two")),
                        new Event.CheckEnded(result)),
                events);
    }

    @Test
    void keepsTheWholeOutputInALogThatOnlyItsOwnerReads() throws IOException {
        CheckResult result =
                validation.run(check("test", "printf '\\033[31mred\\033[0m\\n'; exit 9", LONG), event -> {});
        Path log = result.log().orElseThrow();
        List<String> lines = Files.readAllLines(log);
        assertTrue(lines.getFirst().startsWith("$ cd "), lines.toString());
        assertTrue(lines.contains("  red"), lines.toString());
        assertTrue(lines.getLast().startsWith("FAILED after "), lines.toString());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(logs)));
    }

    @Test
    void goesOnWhereNoLogCanBeWritten() throws IOException {
        Files.createDirectories(logs.resolveSibling("."));
        Files.writeString(logs, "a file in the folder's place");
        CheckResult result = validation.run(check("test", "exit 0", LONG), event -> {});
        assertEquals(Outcome.PASSED, result.outcome());
        assertEquals(Optional.empty(), result.log());
    }

    @Test
    void setsTheGuards() throws IOException {
        var printed = new ArrayList<String>();
        String script = "echo $CI $NO_COLOR ${FORCE_COLOR-unset} $WRANGLER_SEND_METRICS $CLOUDFLARE_API_BASE_URL;"
                + " ls -d \"$XDG_CONFIG_HOME\"; [ -z \"$(ls \"$XDG_CONFIG_HOME\")\" ]";
        CheckResult result = validation.run(check("test", script, LONG), event -> {
            if (event instanceof Event.CheckPrinted(var ignored, var line)) {
                printed.add(line.text());
            }
        });
        assertEquals(Outcome.PASSED, result.outcome());
        assertEquals("1 1 unset false http://127.0.0.1:9/client/v4", printed.getFirst());
        assertFalse(Files.exists(Path.of(printed.get(1))), "the private folder is gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tsc", "test", "lint"})
    void nothingThatAProgramPrintsCanActOnATerminal(String id) throws IOException {
        String hostile =
                "Error: \\033]52;c;aGk=\\007a\\033[2Jb\\033]0;title\\033\\\\\\302\\233 31mc\\342\\200\\256d\\033[5A";
        CheckResult result = validation.run(check(id, "printf '" + hostile + "\\n'; exit 1", LONG), event -> {});
        var shown = new ArrayList<>(
                List.of(result.reason(), Files.readString(result.log().orElseThrow())));
        result.parts().forEach(part -> shown.addAll(List.of(part.text(), part.name(), part.detail())));
        for (String each : shown) {
            assertTrue(each.contains("abcd") || each.contains("Error: "), each);
            assertFalse(each.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' || c == 0x202E), () -> each);
        }
    }

    @Test
    void tellsWhenItsProgramWasStarted() throws IOException {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        CheckResult result = validation.run(check("tsc", "exit 0", LONG), event -> {});
        Instant started = result.started().orElseThrow();
        assertFalse(started.isBefore(before) || started.isAfter(Instant.now()), started.toString());
        var obstacle = new Check.Obstacle("Something is not there.", false);
        var check = new Check("tsc", "Type check", List.of(), root, LONG, Optional.of(obstacle));
        assertEquals(Optional.empty(), validation.run(check, event -> {}).started());
    }

    @Test
    void givesADryRunAFolderOutsideTheProject() throws IOException {
        var printed = new ArrayList<String>();
        validation.run(check("dry-run", "echo $1 $2", LONG), event -> {
            if (event instanceof Event.CheckPrinted(var ignored, var line)) {
                printed.add(line.text());
            }
        });
        assertTrue(printed.getFirst().startsWith("--outdir /"), printed.toString());
        assertFalse(printed.getFirst().contains(root.toString()), printed.toString());
    }

    @Test
    void endsWhatTakesTooLong() throws IOException {
        CheckResult result =
                validation.run(check("test", "echo started; sleep 300", Duration.ofMillis(500)), event -> {});
        assertEquals(Outcome.TIMED_OUT, result.outcome());
        assertEquals(Optional.empty(), result.exitCode());
        assertEquals("It was ended after 0.5 s, its time limit; it printed: started", result.reason());
    }

    @Test
    void cancelsWhenInterrupted() throws Exception {
        var started = new CompletableFuture<Long>();
        var ended = new CompletableFuture<CheckResult>();
        var interrupted = new CompletableFuture<Boolean>();
        Check check = check("test", "echo $$; exec sleep 300", Duration.ZERO);
        Thread runner = Thread.ofVirtual().start(() -> {
            validation.run(check, event -> {
                switch (event) {
                    case Event.CheckPrinted(var ignored, var line) -> started.complete(Long.valueOf(line.text()));
                    case Event.CheckEnded(var result) -> ended.complete(result);
                    default -> assertInstanceOf(Event.CheckStarted.class, event);
                }
            });
            interrupted.complete(Thread.interrupted());
        });
        long pid = started.get(20, TimeUnit.SECONDS);
        runner.interrupt();
        assertEquals(Outcome.CANCELLED, ended.get(20, TimeUnit.SECONDS).outcome());
        assertTrue(interrupted.get(20, TimeUnit.SECONDS));
        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysWhyACheckDoesNotRun(boolean missing) {
        var events = new ArrayList<Event>();
        var obstacle = new Check.Obstacle("Something is not there.", missing);
        var check = new Check("tsc", "Type check", List.of(), root, LONG, Optional.of(obstacle));
        CheckResult result = validation.run(check, events::add);
        assertEquals(missing ? Outcome.MISSING_PROGRAM : Outcome.SKIPPED, result.outcome());
        assertEquals("Something is not there.", result.reason());
        assertEquals(List.of(new Event.CheckStarted(check), new Event.CheckEnded(result)), events);
        assertFalse(Files.exists(logs));
    }

    @Test
    void saysThatAProgramWentMissing() throws IOException {
        Check check = check("tsc", "exit 0", LONG);
        Files.delete(root.resolve("program"));
        CheckResult result = validation.run(check, event -> {});
        assertEquals(Outcome.MISSING_PROGRAM, result.outcome());
        assertEquals("./program is not a program in " + root + ".", result.reason());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cleansUpWhatToolsLeaveAndNothingElse(boolean inGit) throws Exception {
        Files.writeString(root.resolve("mine.txt"), "mine\n");
        if (inGit) {
            git("init", "-q");
        }
        Check check = check(
                "tsc",
                "mkdir -p .wrangler/tmp/dev .wrangler/state; touch .wrangler/tmp/dev/x .wrangler/state/kept a.tsbuildinfo"
                        + " snapshot.txt; exit 0",
                LONG);
        CheckResult result = validation.run(check, event -> {});
        assertFalse(Files.exists(root.resolve(".wrangler/tmp")));
        assertFalse(Files.exists(root.resolve("a.tsbuildinfo")));
        assertTrue(Files.exists(root.resolve(".wrangler/state/kept")));
        assertTrue(Files.exists(root.resolve("snapshot.txt")));
        assertTrue(Files.exists(root.resolve("mine.txt")));
        String log = Files.readString(result.log().orElseThrow());
        assertEquals(inGit, log.contains("snapshot.txt\n") && log.contains("left so: "), log);
    }

    @Test
    void keepsWhatWasThereBeforeAndWhatGitIgnores() throws Exception {
        git("init", "-q");
        Files.writeString(root.resolve(".gitignore"), ".wrangler/\n");
        Files.writeString(root.resolve("old.tsbuildinfo"), "old\n");
        validation.run(check("tsc", "mkdir -p .wrangler/tmp/y; exit 0", LONG), event -> {});
        assertTrue(Files.exists(root.resolve(".wrangler/tmp/y")));
        assertTrue(Files.exists(root.resolve("old.tsbuildinfo")));
    }

    @Test
    void deletesAnEmptyFolderOfWranglersThoughGitIgnoresIt() throws Exception {
        git("init", "-q");
        Files.writeString(root.resolve(".gitignore"), ".wrangler/\n");
        validation.run(check("dry-run", "mkdir -p .wrangler/tmp; exit 0", LONG), event -> {});
        assertFalse(Files.exists(root.resolve(".wrangler")));
    }

    private Check check(String id, String script, Duration limit) throws IOException {
        ChecksTest.program(root.resolve("program"), script);
        return new Check(id, "A title", List.of("./program"), root, limit, Optional.empty());
    }

    private void git(String... words) throws Exception {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        assertEquals(
                0, new ProcessBuilder(command).directory(root.toFile()).start().waitFor());
    }
}
