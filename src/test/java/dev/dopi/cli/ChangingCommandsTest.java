package dev.dopi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.edit.Applicability;
import dev.dopi.engine.CheckResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code apply}, {@code validate}, {@code undo} and {@code report}. */
final class ChangingCommandsTest {

    @TempDir
    private Path folder = Path.of("");

    private FakeSession session = new FakeSession(folder);

    @BeforeEach
    void startAnew() {
        session = new FakeSession(folder);
    }

    private Run run(String... arguments) {
        return Run.in(session).of(arguments);
    }

    private void assertUntouched() {
        assertEquals(ChatProject.files(), session.disk());
    }

    @Test
    void applyWritesAndValidates() {
        Run run = run("apply", "--pattern", "sql-index", "--yes");

        assertEquals(0, run.code, run.err());
        assertTrue(session.disk().getOrDefault("src/room.ts", "").contains("CREATE INDEX messages_room"));
        assertEquals("""
                Applied sql-index for ChatRoom: src/room.ts +1 -0
                Type check passed (exit code 0, 1.2 s).
                Project tests passed (exit code 0, 1.2 s).
                Wrangler dry run did not run: wrangler is not among the dependencies
                """, run.out());
        assertTrue(run.err().contains("tsc | ok tsc\n"), run.err());
    }

    @Test
    void aValueOfTheProjectsSettingsIsGiven() {
        session.applicability = Applicability.NEEDS_VALUE;

        assertEquals(2, run("apply", "--pattern", "ttl-cleanup", "--yes").code);
        session.disk().put("package.json", "{\"dopi\": {\"options\": {\"ttl-cleanup.keep\": \"never\"}}}");
        assertEquals(2, run("apply", "--pattern", "ttl-cleanup", "--yes").code);
        session.disk().put("package.json", "{\"dopi\": {\"options\": {\"ttl-cleanup.keep\": \"90d\"}}}");
        assertEquals(0, run("apply", "--pattern", "ttl-cleanup", "--yes").code);
        run("undo");
        session.disk().put("package.json", "{}");
        session.disk().put("dopi.jsonc", "{\"options\": {\"ttl-cleanup.keep\": \"90d\"}}");
        assertEquals(0, run("apply", "--pattern", "ttl-cleanup", "--yes").code);
    }

    @Test
    void noValidateRunsNoCheck() {
        Run run = run("apply", "--pattern", "sql-index", "--yes", "--no-validate");

        assertEquals(0, run.code);
        assertTrue(run.err().contains("Validation did not run"));
        assertFalse(run.err().contains("tsc |"));
    }

    @ParameterizedTest
    @CsvSource({"FAILED, 4", "TIMED_OUT, 4", "MISSING_PROGRAM, 5", "CANCELLED, 130", "SKIPPED, 0"})
    void theWorstCheckDecides(Outcome outcome, int code) {
        session.outcomes.put("test", outcome);

        assertEquals(code, run("apply", "--pattern", "sql-index", "--yes").code);
        assertEquals(code, run("validate").code);
    }

    @Test
    void aFailedCheckSaysThatNothingWasTakenBack() {
        session.outcomes.put("tsc", Outcome.FAILED);
        session.outcomes.put("test", Outcome.MISSING_PROGRAM);

        Run run = run("apply", "--pattern", "sql-index", "--yes");

        assertEquals(4, run.code);
        assertTrue(run.err().contains("Nothing was taken back"), run.err());
        assertTrue(run.out().contains("Type check failed (exit code 2, 1.2 s): the program failed"), run.out());
    }

    @Test
    void takesBackThePatternThatACheckFailsBecauseOfAndLeavesTheRest() {
        session.outcomes.put("test", Outcome.FAILED);
        session.culprits.put("test", "sql-index");

        Run run = run("apply", "--pattern", "ttl-cleanup", "--pattern", "sql-index", "--yes");

        assertEquals(3, run.code, run.err());
        assertTrue(
                run.out().contains("Took back sql-index for ChatRoom: Project tests failed because of sql-index."),
                run.out());
        assertTrue(run.out().endsWith("""
                Type check passed (exit code 0, 1.2 s).
                Project tests passed (exit code 0, 1.2 s).
                Wrangler dry run did not run: wrangler is not among the dependencies
                """), run.out());
        assertTrue(run.err().contains("The checks start again, on what is left."), run.err());
        String room = session.disk().getOrDefault("src/room.ts", "");
        assertTrue(room.contains("static KEEP") && !room.contains("CREATE INDEX messages_room"), room);
    }

    @Test
    void takesSeveralBackAtOnceWhereNoSingleOneIsEnough() {
        session.outcomes.put("test", Outcome.FAILED);
        session.culprits.put("test", "ttl-cleanup sql-index");

        Run run = run("apply", "--pattern", "ttl-cleanup", "--pattern", "sql-index", "--yes");

        assertEquals(3, run.code, run.err());
        assertTrue(
                run.out()
                        .contains(
                                "Took back ttl-cleanup for ChatRoom and sql-index for ChatRoom: Project tests failed"),
                run.out());
        assertUntouched();
    }

    @Test
    void whatNoPatternIsBlamedForLeavesAllOfThemWhereTheyAre() {
        session.outcomes.put("test", Outcome.FAILED);
        session.culprits.put("test", "");

        Run run = run("apply", "--pattern", "sql-index", "--yes");

        assertEquals(4, run.code, run.err());
        assertTrue(run.err().contains("No pattern is blamed: it fails without them as well."), run.err());
        assertFalse(run.out().contains("Took back"), run.out());
        assertFalse(run.err().contains("dopi undo --pattern"), run.err());
        assertTrue(run.out().contains("Wrangler dry run did not run"), "the other checks go on: " + run.out());
        assertTrue(session.disk().getOrDefault("src/room.ts", "").contains("CREATE INDEX messages_room"));
    }

    @Test
    void validateNamesSeveralPatternsAndHowToTakeThemBack() {
        run("apply", "--pattern", "ttl-cleanup", "--pattern", "sql-index", "--yes");
        session.outcomes.put("tsc", Outcome.FAILED);
        session.culprits.put("tsc", "ttl-cleanup sql-index");

        Run run = run("validate");

        assertEquals(4, run.code);
        assertTrue(
                run.err()
                        .contains(
                                "They are still there; dopi undo --pattern ttl-cleanup --pattern sql-index takes them back."),
                run.err());
    }

    @Test
    void whenNothingStandsAnyMoreNoFurtherCheckRuns() {
        session.outcomes.put("tsc", Outcome.FAILED);
        session.culprits.put("tsc", "sql-index");

        Run run = run("apply", "--pattern", "sql-index", "--yes");

        assertEquals(3, run.code, run.err());
        assertFalse(run.out().contains("Project tests"), run.out());
        assertTrue(run.err().contains("every file is as it was"), run.err());
        assertUntouched();
    }

    @Test
    void onATerminalTakingBackIsAsked() {
        session.outcomes.put("tsc", Outcome.FAILED);
        session.culprits.put("tsc", "sql-index");

        Run kept = Run.in(session).onTerminal("apply\nno\n").of("apply", "--pattern", "sql-index");

        assertEquals(4, kept.code, kept.err());
        assertTrue(kept.err().contains("Take sql-index for ChatRoom back? The rest stays."), kept.err());
        assertTrue(session.disk().getOrDefault("src/room.ts", "").contains("CREATE INDEX messages_room"));
    }

    @Test
    void validateNamesThePatternAndLeavesIt() {
        run("apply", "--pattern", "sql-index", "--yes");
        session.outcomes.put("tsc", Outcome.FAILED);
        session.culprits.put("tsc", "sql-index");

        Run run = run("validate");

        assertEquals(4, run.code);
        assertTrue(run.err().contains("dopi undo --pattern sql-index takes it back"), run.err());
        assertTrue(session.disk().getOrDefault("src/room.ts", "").contains("CREATE INDEX messages_room"));
    }

    @Test
    void aCheckThatCannotRunIsSaidOnce() {
        session.outcomes.put("test", Outcome.MISSING_PROGRAM);

        Run run = run("validate");

        String all = run.out() + run.err();
        assertEquals(all.indexOf("Project tests"), all.lastIndexOf("Project tests"), all);
        assertEquals(all.indexOf("Wrangler dry run"), all.lastIndexOf("Wrangler dry run"), all);
    }

    @Test
    void noCheckAtAllIsNoPass() {
        session.outcomes.replaceAll((_, _) -> Outcome.SKIPPED);

        Run run = run("validate");

        assertTrue(run.err().contains("No check ran"), run.err());
        assertFalse(run.out().contains("passed"), run.out());
    }

    @Test
    void anInterruptIs130() {
        session.interrupted = true;

        Run run = run("validate");

        assertEquals(130, run.code);
        assertTrue(run.err().startsWith("Interrupted."));
    }

    @Test
    void withoutATerminalOrYesNothingIsWritten() {
        Run run = run("apply", "--pattern", "sql-index");

        assertEquals(2, run.code);
        assertTrue(run.err().contains("--yes"));
        assertUntouched();
    }

    @Test
    void onATerminalOnlyTheWholeWordWrites() {
        Run no = Run.in(session).onTerminal("y\n").of("apply", "--pattern", "sql-index");
        assertUntouched();
        Run ended = Run.in(session).onTerminal("").of("apply", "--pattern", "sql-index");
        assertUntouched();
        Run yes = Run.in(session).onTerminal("apply\n").of("apply", "--pattern", "sql-index");

        assertEquals(List.of(0, 0, 0), List.of(no.code, ended.code, yes.code));
        assertTrue(no.err().contains("change src/room.ts, 1 line added, 0 lines removed"), no.err());
        assertFalse(session.disk().equals(ChatProject.files()));
    }

    @Test
    void aDryRunPrintsOnePatchForAllPatterns() throws IOException {
        Run run = run("apply", "--pattern", "ttl-cleanup", "--pattern", "sql-index", "--dry-run");

        assertEquals(1, run.code);
        Golden.assertGolden("cli/dry-run.patch", run.out());
        assertUntouched();
    }

    @Test
    void aPatchForATerminalDoesNotActOnIt() {
        session.disk().put("src/room.ts", ChatProject.ROOM.replace("list(room)", "list(room /* \u001b[31m */)"));

        Run raw = run("apply", "--pattern", "ttl-cleanup", "--dry-run");
        Run shown = Run.in(session).onTerminal("").of("apply", "--pattern", "ttl-cleanup", "--dry-run");

        assertTrue(raw.out().contains("list(room /* \u001b[31m */)"), raw.out());
        assertTrue(shown.out().contains("list(room /* \\u001b[31m */)"), shown.out());
        assertTrue(shown.out().contains("+\tthis.clean"), shown.out());
    }

    @Test
    void aPatchGoesToItsFile() throws IOException {
        Run run = run("apply", "--pattern", "sql-index", "--patch", "index.patch");

        assertEquals(0, run.code);
        assertEquals("", run.out());
        String patch = Files.readString(folder.resolve("index.patch"));
        assertTrue(patch.startsWith("--- a/src/room.ts\n+++ b/src/room.ts\n"), patch);
        assertUntouched();
    }

    @Test
    void aSetValueReachesTheCode() {
        Run run = run("apply", "--pattern", "ttl-cleanup", "--set", "ttl-cleanup.keep=7d", "--dry-run");

        assertTrue(run.out().contains("+  static KEEP = \"7d\";"), run.out());
    }

    @ParameterizedTest
    @CsvSource({
        "kept=7d, 'there are ttl-cleanup.keep, ttl-cleanup.start.'",
        "sql-index.keep=7d, 'There is no option'",
        "keep=soon, 'write a number and a unit'",
        "start=never, 'one of delete, count'",
        "keep, 'KEY=VALUE'"
    })
    void aWrongSetIsRefusedWithWhatThereIs(String set, String message) {
        Run run = run("apply", "--pattern", "ttl-cleanup", "--set", set, "--yes");

        assertEquals(2, run.code);
        assertTrue(run.err().contains(message), run.err());
        assertUntouched();
    }

    @Test
    void aValueThatTheUserMustChooseIsNotGuessed() {
        session.applicability = Applicability.NEEDS_VALUE;

        Run guessed = run("apply", "--pattern", "ttl-cleanup", "--yes");
        assertUntouched();
        Run chosen = run("apply", "--pattern", "ttl-cleanup", "--yes", "--set", "keep=9d");

        assertEquals(2, guessed.code);
        assertTrue(guessed.err().contains("--set ttl-cleanup.keep=30d"), guessed.err());
        assertEquals(0, chosen.code);
    }

    @Test
    void aRefusalIsThree() {
        session.refusals = List.of("The query at line 61 is not fully known.");

        Run run = run("apply", "--pattern", "sql-index", "--yes");

        assertEquals(3, run.code);
        assertTrue(run.err().contains("sql-index for ChatRoom is refused: The query at line 61"), run.err());
    }

    @Test
    void adviceAloneIsThreeAndSaid() {
        session.applicability = Applicability.ADVICE;

        Run run = run("apply", "--pattern", "sql-index", "--yes");

        assertEquals(3, run.code);
        assertTrue(run.err().contains("dopi does not write this, do it by hand: Make the index"), run.err());
        assertUntouched();
    }

    @Test
    void aFileThatWasChangedMeanwhileIsThree() {
        session.changedMeanwhile = true;

        Run run = run("apply", "--pattern", "sql-index", "--yes");

        assertEquals(3, run.code);
        assertTrue(run.err().contains("src/room.ts was changed since it was shown"));
        assertUntouched();
    }

    @Test
    void undoTakesBackWhatTheLastSessionWrote() {
        run("apply", "--pattern", "ttl-cleanup", "--pattern", "sql-index", "--yes");

        Run list = run("undo", "--list");
        Run undo = run("undo");

        assertEquals(2, list.out().lines().count());
        assertTrue(list.out().contains("ttl-cleanup ChatRoom: src/room.ts, test/room.test.ts"), list.out());
        assertEquals(0, undo.code);
        assertTrue(undo.err().contains("Deleted test/room.test.ts."), undo.err());
        assertUntouched();
        assertEquals("There is nothing to take back.\n", run("undo").err());
    }

    @Test
    void undoOfOnePatternLeavesTheOther() {
        run("apply", "--pattern", "ttl-cleanup", "--pattern", "sql-index", "--yes");

        Run undo = run("undo", "--pattern", "sql-index");

        assertEquals("Took back sql-index for ChatRoom: src/room.ts\n", undo.out());
        assertTrue(undo.err().contains("1 more can be taken back"));
        assertTrue(session.disk().containsKey("test/room.test.ts"));
    }

    @Test
    void anUndoThatIsRefusedIsThree() {
        run("apply", "--pattern", "sql-index", "--yes");
        session.changedMeanwhile = true;

        assertEquals(3, run("undo").code);
    }

    @Test
    void theReportIsOfTheLastSession() {
        assertEquals(2, run("report").code);
        run("apply", "--pattern", "sql-index", "--yes");

        assertTrue(run("report").out().startsWith("Report of the session in "));
        assertTrue(run("report", "--format", "md").out().startsWith("# dopi report\n"));
        assertTrue(run("report", "--format", "json").out().startsWith("{\n"));
    }
}
