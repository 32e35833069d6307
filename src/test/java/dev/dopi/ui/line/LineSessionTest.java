package dev.dopi.ui.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.cli.ChatProject;
import dev.dopi.cli.FakeSession;
import dev.dopi.cli.Golden;
import dev.dopi.edit.Applicability;
import dev.dopi.engine.CheckResult;
import dev.dopi.engine.CheckResult.Outcome;
import dev.dopi.engine.ProjectException;
import dev.dopi.ui.view.Keeper;
import dev.dopi.ui.view.StateKeeper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineSessionTest {

    private final FakeSession session = new FakeSession(Path.of("/projects/chat-app"));
    private Keeper keeper = Keeper.NONE;
    private Editor editor = (_, _) -> "";
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private LineSession.End walk(String... answers) throws IOException, ProjectException, InterruptedException {
        String typed = answers.length == 0 ? "" : String.join("\n", answers) + "\n";
        var keys = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
        try (var terminal = new DumbTerminal("test", "dumb", keys, shown, StandardCharsets.UTF_8)) {
            return LineSession.run(
                    terminal,
                    session::open,
                    new LineSession.Surroundings(_ -> keeper, editor, _ -> "Written to dopi-report.md.", false));
        }
    }

    private String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void leadsThroughAWholeSession() throws IOException, ProjectException, InterruptedException {
        LineSession.End end = walk(
                "help",
                "explain 2",
                "9",
                "1-2",
                "soon",
                "7d",
                "", // choose, keep for 7d, start as proposed
                "y",
                "n",
                "back",
                "yes",
                "yes", // the alarm is first left out, then taken, and the test
                "all",
                "no",
                "apply",
                "yes",
                "done");

        Golden.assertGolden("line/whole-session.txt", text().replace("\r\n", "\n"));
        assertFalse(end.interrupted());
        assertEquals(
                List.of(Outcome.PASSED, Outcome.PASSED, Outcome.SKIPPED),
                end.checks().stream().map(CheckResult::outcome).toList());
        assertTrue(session.disk().getOrDefault("src/room.ts", "").contains("KEEP = \"7d\""));
        assertTrue(session.disk().containsKey("test/room.test.ts"));
    }

    @Test
    void nothingThatIsShownDrawsOrRedraws() throws IOException, ProjectException, InterruptedException {
        walk("1", "", "", "all", "apply", "yes", "done");

        assertTrue(
                text().chars().allMatch(each -> each == '\n' || (each >= ' ' && each != 0x7f)),
                text().replace("\u001b", "<ESC>").replace("\r", "<CR>"));
    }

    @Test
    void theEndOfTheInputWritesNothing() throws IOException, ProjectException, InterruptedException {
        for (List<String> answers : List.of(
                List.<String>of(),
                List.of("2"),
                List.of("2", "yes"),
                List.of("1", "7d"),
                List.of("2", "yes", "help"))) {
            LineSession.End end = walk(answers.toArray(String[]::new));

            assertTrue(end.interrupted(), answers.toString());
            assertEquals(ChatProject.files(), session.disk(), answers.toString());
            assertTrue(text().endsWith("Nothing was written.\n"), text());
        }
    }

    @Test
    void quitWritesNothingAndIsNoInterrupt() throws IOException, ProjectException, InterruptedException {
        LineSession.End end = walk("2", "yes", "quit");

        assertFalse(end.interrupted());
        assertEquals(ChatProject.files(), session.disk());
    }

    @Test
    void aLetterIsNotTheWordApply() throws IOException, ProjectException, InterruptedException {
        walk("2", "yes", "a", "appl", "y", "quit");

        assertEquals(ChatProject.files(), session.disk());
    }

    @Test
    void whatNeedsARejectedHunkFallsWithIt() throws IOException, ProjectException, InterruptedException {
        walk("1", "", "", "no", "no", "back", "quit");

        assertTrue(text().contains("Left out with it, because they need it: \"Delete old rows in the alarm\""), text());
        assertTrue(text().contains("No change is left to write."), text());
    }

    @Test
    void backLeadsFromTheReviewToTheChoice() throws IOException, ProjectException, InterruptedException {
        walk("2", "back", "none");

        assertEquals(2, text().split("Step 2 of 6", -1).length - 1);
        assertEquals(ChatProject.files(), session.disk());
    }

    @Test
    void aFailedCheckCanBeTakenBack() throws IOException, ProjectException, InterruptedException {
        session.outcomes.put("tsc", Outcome.FAILED);

        LineSession.End end = walk("2", "yes", "apply", "yes", "undo");

        assertEquals(List.of(), end.checks());
        assertEquals(ChatProject.files(), session.disk());
        assertTrue(text().contains("Type check failed (exit code 2"), text());
    }

    @Test
    void adviceInAPlanIsSaidAndNotAsked() throws IOException, ProjectException, InterruptedException {
        session.applicability = Applicability.ADVICE;

        walk("2", "back", "quit");

        assertTrue(text().contains("Advice, not written: src/room.ts: "), text());
        assertFalse(text().contains("Apply this hunk?"), text());
    }

    @Test
    void whatIsOnlyAdviceCannotBeChosen() throws IOException, ProjectException, InterruptedException {
        walk("3", "explain 3", "quit");

        assertTrue(text().contains("3 is advice: dopi does not write it."), text());
        assertTrue(text().contains("Benefit: A bad version reaches a tenth of the users."), text());
        assertFalse(text().contains("Step 3 of 6"), text());
    }

    @Test
    void nobodyIsAskedToRunWhatCannotRun() throws IOException, ProjectException, InterruptedException {
        List.of("tsc", "test", "dry-run").forEach(id -> session.outcomes.put(id, Outcome.MISSING_PROGRAM));

        LineSession.End end = walk("2", "yes", "apply", "done");

        assertFalse(text().contains("Run them?"), text());
        assertTrue(text().contains("Type check: cannot run: node is not installed"), text());
        assertTrue(text().contains("None of them can run here, so nothing was checked."), text());
        assertTrue(text().contains("Step 6 of 6"), text());
        assertEquals(
                List.of(Outcome.MISSING_PROGRAM, Outcome.MISSING_PROGRAM, Outcome.MISSING_PROGRAM),
                end.checks().stream().map(CheckResult::outcome).toList());
    }

    @Test
    void goesOnWhereTheLineDropped(@TempDir Path folder) throws Exception {
        try (Keeper first = StateKeeper.in(folder)) {
            keeper = first;
            walk("1-2", "7d", "", "yes", "no");
        }
        shown.reset();
        try (Keeper second = StateKeeper.in(folder)) {
            keeper = second;
            walk("yes", "yes", "apply", "no", "done");
        }

        assertTrue(text().contains("2 patterns chosen, 3 hunks decided"), text());
        assertTrue(text().contains("Answered before: hunk 1 of 3, Say how long rows are kept: yes."), text());
        assertTrue(session.disk().getOrDefault("src/room.ts", "").contains("KEEP = \"7d\""), text());
        assertFalse(session.disk().getOrDefault("src/room.ts", "").contains("alarm"), text());
    }

    @Test
    void startingAnewForgetsWhatWasAnswered(@TempDir Path folder) throws Exception {
        try (Keeper first = StateKeeper.in(folder)) {
            keeper = first;
            walk("2", "yes");
        }
        try (Keeper second = StateKeeper.in(folder)) {
            keeper = second;
            walk("no", "none");
        }
        shown.reset();
        try (Keeper third = StateKeeper.in(folder)) {
            keeper = third;
            walk("quit");
        }

        assertFalse(text().contains("Go on with it?"), text());
    }

    @Test
    void tabCompletesAnAnswer() throws IOException, ProjectException, InterruptedException {
        walk("2", "ye\t", "app\t", "n\t", "do\t");

        assertTrue(session.disk().getOrDefault("src/room.ts", "").contains("CREATE INDEX"), text());
        assertTrue(text().contains("Step 6 of 6"), text());
    }

    @Test
    void aQuestionMarkExplainsTheWords() throws IOException, ProjectException, InterruptedException {
        walk("?", "2", "?", "quit");

        assertEquals(2, text().split("a hunk is one group of changed lines", -1).length - 1, text());
    }

    @Test
    void whatTheEditorLeavesIsTakenIfItParses() throws IOException, ProjectException, InterruptedException {
        var endings = new ArrayDeque<>(List.of("{{{\n", "// by hand\n"));
        editor = (file, _) -> {
            try {
                String text = Files.readString(file).replace("{{{\n", "");
                Files.writeString(file, text + endings.remove());
                return "";
            } catch (IOException e) {
                return e.toString();
            }
        };

        walk("2", "edit", "yes", "apply", "no", "done");

        assertTrue(text().contains("What you wrote does not parse."), text());
        assertTrue(text().contains("Edit it again? yes, no, quit, help:"), text());
        assertTrue(session.disk().getOrDefault("src/room.ts", "").endsWith("// by hand\n"), session.disk()::toString);
    }

    @Test
    void anAnswerIsForgottenByUndoAndKeptByKeep() throws IOException, ProjectException, InterruptedException {
        walk("1", "", "", "yes", "back", "keep", "back", "undo", "no", "yes", "yes", "apply", "no", "done");

        assertTrue(text().contains("Your answer was yes."), text());
        assertFalse(session.disk().getOrDefault("src/room.ts", "").contains("KEEP"), text());
    }

    @Test
    void aHunkIsDecidedPartByPart() throws IOException, ProjectException, InterruptedException {
        session.besideTheIndex = "    this.sql.exec(\"ANALYZE\");\n";

        walk("2", "split", "yes", "no", "apply", "no", "done");

        assertTrue(text().contains("Make the index (part 2 of 2)"), text());
        String room = session.disk().getOrDefault("src/room.ts", "");
        assertTrue(room.contains("CREATE INDEX messages_room"), room);
        assertFalse(room.contains("ANALYZE"), room);
    }

    @Test
    void enterTakesWhatIsSuggestedAndLettersAreEnough() throws IOException, ProjectException, InterruptedException {
        walk("e 1", "", "", "", "a", "y", "apply", "q");

        assertTrue(text().contains("Chosen: 1, 2."), text());
        assertTrue(text().contains("Benefit: "), text());
    }

    @Test
    void aValueIsKeptAsSoonAsItIsAnswered(@TempDir Path folder) throws Exception {
        try (Keeper first = StateKeeper.in(folder)) {
            keeper = first;
            walk("1", "7d");
        }
        shown.reset();
        try (Keeper second = StateKeeper.in(folder)) {
            keeper = second;
            walk("yes", "", "", "", "quit");
        }

        assertTrue(text().contains("Chosen: 1."), text());
        assertTrue(text().contains("Enter for 7d"), text());
    }

    @Test
    void theReportIsWrittenAndTheCommitMessageSaid() throws IOException, ProjectException, InterruptedException {
        walk("2", "yes", "apply", "no", "message", "write", "done");

        assertTrue(text().contains("Put sql-index in place"), text());
        assertTrue(text().contains("Written to dopi-report.md."), text());
    }

    @Test
    void whatIsLongComesPageByPage() throws IOException, Leaving {
        List<String> lines = java.util.stream.IntStream.rangeClosed(1, 60)
                .mapToObj(number -> "line " + number)
                .toList();
        for (String answer : List.of("", "stop")) {
            shown.reset();
            var keys = new ByteArrayInputStream((answer + "\n\n\n").getBytes(StandardCharsets.UTF_8));
            try (var terminal = new DumbTerminal("test", "dumb", keys, shown, StandardCharsets.UTF_8)) {
                new Conversation(terminal).page(lines);
            }

            assertTrue(text().contains("line 22\n22 of 60 lines."), text());
            assertEquals(answer.isEmpty(), text().contains("line 60\n"), text());
        }
    }
}
