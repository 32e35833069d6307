package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.edit.FileChange;
import dev.dopi.engine.CheckPart.Verdict;
import dev.dopi.engine.CheckResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What failed before dopi's change is told from what it broke, and from which pattern that comes. Programs are shell scripts. */
@Timeout(60)
final class BaselineTest {

    private final Folder folder;
    private final Path logs;

    BaselineTest(@TempDir Path temporary) throws IOException {
        folder = Folder.in(temporary)
                .with("src/room.ts", "room\n")
                .with("src/feed.ts", "feed\n")
                .with(".dev.vars", "TOKEN=of-the-user\n");
        logs = temporary.resolve("logs");
    }

    @Test
    void aGreenCheckRunsOnce() throws Exception {
        apply("one", folder.change("src/room.ts", "room with an index\n"));
        CheckResult result = run("test", "echo run >> " + folder.root().resolveSibling("runs") + "; exit 0");
        assertEquals(Outcome.PASSED, result.outcome());
        assertEquals("run\n", Files.readString(folder.root().resolveSibling("runs")));
    }

    @Test
    void whatFailedBeforeIsKeptApart() throws Exception {
        apply("one", folder.change("src/room.ts", "room with an index\n"));
        CheckResult result = run("test", "echo 'Error: the token is missing, try 17'; exit 3");
        assertEquals(Outcome.FAILED_BEFORE, result.outcome());
        assertEquals(Optional.of(3), result.exitCode());
        assertEquals("program test exited with 3: Error: the token is missing, try 17.", result.reason());
        assertFalse(result.broken());
        assertEquals(Optional.empty(), blame(result));
    }

    @Test
    void whatTheChangeBrokeIsNamed() throws Exception {
        apply("one", folder.change("src/room.ts", "room with an index\n"));
        CheckResult result = run("test", "! grep -q index src/room.ts");
        assertEquals(Outcome.FAILED, result.outcome());
        assertTrue(result.reason().endsWith("It passed before dopi's change."), result.reason());
        Blame blame = blame(result).orElseThrow();
        assertEquals("one", blame.patterns().getFirst());
        assertTrue(blame.reason().startsWith("A title failed because of one for Room"), blame.reason());
    }

    @Test
    void oldAndNewTypeErrorsArePartedThoughTheirLinesMove() throws Exception {
        folder.with("errors", "src/room.ts(4,1): error TS2304: Cannot find name 'a'.\n");
        apply(
                "one",
                folder.change(
                        "errors",
                        "src/room.ts(9,1): error TS2304: Cannot find name 'a'.\nsrc/feed.ts(2,3): error TS2322: No.\n"));
        CheckResult result = run("tsc", "cat errors; exit 2");
        assertEquals(Outcome.FAILED, result.outcome());
        assertEquals(
                List.of(Verdict.FAILED_BEFORE, Verdict.FAILED),
                result.parts().stream().map(CheckPart::verdict).toList());
        assertEquals(
                "1 failure is new since dopi's change: src/feed.ts(2,3): error TS2322: No (1 more failed before as well).",
                result.reason());
    }

    @Test
    void aSecondErrorOfTheSameKindIsNew() throws Exception {
        folder.with("errors", "src/room.ts(4,1): error TS2304: x\n");
        apply("one", folder.change("errors", "src/room.ts(4,1): error TS2304: x\nsrc/room.ts(5,1): error TS2304: x\n"));
        CheckResult result = run("tsc", "cat errors; exit 2");
        assertEquals(1, result.brokenParts().count());
    }

    @Test
    void testsAreComparedOneByOne() throws Exception {
        folder.with("package.json", "{\"scripts\":{\"test\":\"vitest run\"}}");
        String old = "{\"testResults\":[{\"name\":\"t.ts\",\"status\":\"failed\",\"assertionResults\":["
                + "{\"fullName\":\"keeps rows\",\"status\":\"passed\",\"duration\":7},"
                + "{\"fullName\":\"needs a token\",\"status\":\"failed\",\"failureMessages\":[\"no TOKEN\"]}]}]}";
        folder.with("results.json", old);
        apply("one", folder.change("results.json", old.replace("\"passed\"", "\"failed\"")));
        CheckResult result = run(
                "test",
                "for each; do case $each in --outputFile.json=*) cp results.json ${each#*=};; esac; done; exit 1");
        assertEquals(Outcome.FAILED, result.outcome());
        assertEquals(
                List.of("keeps rows", "needs a token"),
                result.parts().stream().map(CheckPart::name).toList());
        assertEquals(
                List.of("keeps rows"), result.brokenParts().map(CheckPart::name).toList());
    }

    @Test
    void ofSeveralPatternsTheOneIsFoundWithoutWhichItPasses() throws Exception {
        apply("one", folder.change("src/room.ts", "room with an index\n"));
        apply("two", folder.change("src/room.ts", "room with an index\n\n\n\nand an alarm\n"));
        apply("three", folder.change("src/feed.ts", "feed with an index\n"));
        CheckResult result = run("test", "! grep -q alarm src/room.ts");
        assertEquals(List.of("two"), blame(result).orElseThrow().patterns());
        assertEquals("room with an index\n\n\n\nand an alarm\n", folder.text("src/room.ts"));
    }

    @Test
    void aFailureInAFileThatOnePatternWroteIsThatOnes() throws Exception {
        apply("one", folder.change("src/room.ts", "room with an index\n"));
        apply("two", new FileChange.Create("test/feed.test.ts", "mistyped"));
        apply("three", folder.change("src/feed.ts", "feed with an index\n"));
        CheckResult result = run(
                "tsc",
                "echo run >> " + folder.root().resolveSibling("runs")
                        + "; [ ! -e test/feed.test.ts ] || { echo 'test/feed.test.ts(1,1): error TS2304: x'; exit 2; }");
        assertEquals(List.of("two"), blame(result).orElseThrow().patterns());
        // Once, and once on the state before: nothing had to be tried.
        assertEquals("run\nrun\n", Files.readString(folder.root().resolveSibling("runs")));
    }

    @Test
    void theStateBeforeHasTheUsersUncommittedFilesAndSecrets() throws Exception {
        apply("one", folder.change("src/room.ts", "room with an index\n"));
        CheckResult result = run("test", "grep -q of-the-user .dev.vars || exit 7; ! grep -q index src/room.ts");
        assertTrue(result.reason().endsWith("It passed before dopi's change."), result.reason());
    }

    /** With the secrets they pass, before and after; without, it is said what may be missing, and no pattern is blamed. */
    @Test
    void testsThatNeedSecretsAreGivenThemOrTheUserIsToldOfThem() throws Exception {
        folder.with(".dev.vars.example", "TOKEN=\n");
        apply("one", folder.change("src/room.ts", "room with an index\n"));
        String tests = "test -s .dev.vars || { echo 'Error: TOKEN is not set'; exit 1; }";
        assertEquals(Outcome.PASSED, run("test", tests).outcome());
        assertEquals(
                Outcome.FAILED,
                run("test", tests + "; ! grep -q index src/room.ts").outcome(),
                "before, it passed");
        Files.delete(folder.root().resolve(".dev.vars"));
        CheckResult result = run("test", tests);
        assertEquals(Outcome.FAILED_BEFORE, result.outcome());
        assertEquals(
                "program test exited with 1: Error: TOKEN is not set. It may need secrets: .dev.vars.example is there, but no .dev.vars.",
                result.reason());
        assertEquals(Optional.empty(), blame(result));
    }

    @Test
    void whatWasInstalledSinceLeavesTheStateBeforeKnown() throws Exception {
        folder.with(
                "package.json",
                "{\n  \"scripts\": {\n    \"a\": \"b\"\n  },\n  \"type\": \"module\",\n  \"x\": {}\n}\n");
        apply(
                "one",
                folder.change(
                        "package.json", folder.text("package.json").replace("\"b\"\n", "\"b\",\n    \"c\": \"d\"\n")));
        folder.with("package.json", folder.text("package.json").replace("\"x\": {}", "\"x\": {\"zod\": \"5\"}"));
        CheckResult result = run("test", "grep -q zod package.json || exit 7; ! grep -q '\"c\"' package.json");
        assertTrue(result.reason().endsWith("It passed before dopi's change."), result.reason());
        assertEquals(List.of("one"), blame(result).orElseThrow().patterns());
    }

    @Test
    void aFileThatChangedSinceLeavesItOpenWhatFailedBefore() throws Exception {
        apply("one", folder.change("src/room.ts", "room with an index\n"));
        folder.with("src/room.ts", "by hand\n");
        CheckResult result = run("test", "exit 1");
        assertEquals(Outcome.FAILED, result.outcome());
        assertTrue(result.reason().contains("Whether it failed before dopi's change is not known"), result.reason());
        assertEquals(Optional.empty(), blame(result));
    }

    @Test
    void aTestThatPassesTheSecondTimeBlamesNoPattern() throws Exception {
        apply("one", folder.change("src/room.ts", "room with an index\n"));
        Path once = folder.root().resolveSibling("once");
        CheckResult result =
                run("test", "! grep -q index src/room.ts || [ -e %s ] || { touch %s; exit 1; }".formatted(once, once));
        assertEquals(Outcome.FAILED, result.outcome());
        assertTrue(
                result.reason().endsWith("It passed when it ran again, so no pattern is blamed for it."),
                result.reason());
        assertEquals(Optional.empty(), blame(result));
    }

    @Test
    void cancelsAlsoWhileItLooksAtTheStateBefore() throws Exception {
        apply("one", folder.change("src/room.ts", "room with an index\n"));
        Set<String> standing = copies();
        var looking = new CompletableFuture<Boolean>();
        var ended = new CompletableFuture<CheckResult>();
        Check check = check("test", "grep -q index src/room.ts && exit 1; echo looking; exec sleep 300");
        Validation validation = validation();
        Thread runner = Thread.ofVirtual()
                .start(() -> ended.complete(validation.run(check, event -> {
                    if (event instanceof Event.CheckPrinted(var ignored, var line)
                            && line.text().equals("before: looking")) {
                        looking.complete(true);
                    }
                })));
        looking.get(20, TimeUnit.SECONDS);
        runner.interrupt();
        assertEquals(Outcome.CANCELLED, ended.get(20, TimeUnit.SECONDS).outcome());
        assertEquals(standing, copies());
    }

    @Test
    void aCancelledSearchForThePatternBlamesNone() throws Exception {
        apply("one", folder.change("src/room.ts", "room with an index\n"));
        apply("two", folder.change("src/feed.ts", "feed with an index\n"));
        Set<String> standing = copies();
        String script =
                "case $(cat src/*.ts | grep -c index) in 2) exit 1;; 0) exit 0;; esac; echo looking; exec sleep 300";
        CheckResult result = run("test", script);
        assertEquals(Outcome.FAILED, result.outcome());
        var looking = new CompletableFuture<Boolean>();
        var ended = new CompletableFuture<Optional<Blame>>();
        var interrupted = new CompletableFuture<Boolean>();
        Validation validation = validation();
        Thread runner = Thread.ofVirtual().start(() -> {
            ended.complete(validation.blame(result, event -> {
                if (event instanceof Event.CheckPrinted(var ignored, var line)
                        && line.text().equals("without: looking")) {
                    looking.complete(true);
                }
            }));
            interrupted.complete(Thread.interrupted());
        });
        looking.get(20, TimeUnit.SECONDS);
        runner.interrupt();
        assertEquals(Optional.empty(), ended.get(20, TimeUnit.SECONDS));
        assertTrue(interrupted.get(20, TimeUnit.SECONDS));
        assertEquals(standing, copies());
    }

    @Test
    void typesThatAChangedConfigurationMakesOldBlameNoPattern() throws Exception {
        apply("one", folder.change("src/room.ts", "a binding more\n"));
        CheckResult result = run("types", "! grep -q more src/room.ts");
        assertEquals(Outcome.FAILED, result.outcome());
        assertEquals(
                "The types that wrangler generated are those of the configuration before dopi's change: make them again with `./program`.",
                result.reason());
        assertEquals(Optional.empty(), blame(result));
        assertEquals(Outcome.FAILED_BEFORE, run("types", "exit 1").outcome());
    }

    @Test
    void aFloodIsCutInTheLogAndTakesNoMemory() throws Exception {
        var lines = new long[1];
        Check check = check("lint", "yes 'error: 17 of them' | head -n 5000000; exit 1");
        CheckResult result = validation().run(check, event -> lines[0]++);
        assertEquals(Outcome.FAILED, result.outcome());
        assertEquals(1, result.parts().size());
        assertTrue(lines[0] > 1_000_000, lines[0] + " lines");
        assertTrue(Files.size(result.log().orElseThrow()) < 20_000_000);
    }

    private void apply(String pattern, FileChange change) throws ProjectException {
        folder.quick().apply(List.of(new Transaction(pattern, "Room", List.of(change))));
    }

    private Validation validation() throws ProjectException {
        Journal journal = Journal.open(folder.state());
        Set<String> ids = journal.applied().stream().map(Entry::id).collect(Collectors.toSet());
        return new Validation(folder.root(), logs).since(AppliedChange.of(folder.root(), journal, Remake.NEVER, ids));
    }

    private CheckResult run(String id, String script) throws ProjectException, IOException {
        return validation().run(check(id, script), _ -> {});
    }

    private Optional<Blame> blame(CheckResult result) throws ProjectException {
        return validation().blame(result, _ -> {});
    }

    private Check check(String id, String script) throws IOException {
        ChecksTest.program(folder.root().resolve("program"), script);
        return new Check(id, "A title", List.of("./program"), folder.root(), Duration.ofSeconds(50), Optional.empty());
    }

    private static Set<String> copies() throws IOException {
        var found = new ArrayList<String>();
        try (var all = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "dopi-copy-*")) {
            all.forEach(each -> found.add(each.toString()));
        }
        return Set.copyOf(found);
    }
}
