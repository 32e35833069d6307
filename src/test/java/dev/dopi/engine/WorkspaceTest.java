package dev.dopi.engine;

import static dev.dopi.engine.Folder.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.edit.FileChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkspaceTest {

    private static final String BUSY =
            "Another dopi is writing in this project; nothing was changed. Wait until it is done, then try again.";

    private final Folder project;

    WorkspaceTest(@TempDir Path temporary) throws IOException {
        project = Folder.in(temporary).with("src/room.ts", "one\n").with("src/lobby.ts", "two\n");
    }

    private static Transaction index(FileChange... changes) {
        return new Transaction("sql-index", "ChatRoom", List.of(changes));
    }

    private static Transaction ttl(FileChange... changes) {
        return new Transaction("ttl-cleanup", "Lobby", List.of(changes));
    }

    @Test
    void writesEveryFileAndTakesItBack() throws Exception {
        var before = project.everything();
        Workspace workspace = project.workspace();

        List<UndoEntry> entries = workspace.apply(
                List.of(index(project.change("src/room.ts", "ONE\n")), ttl(project.change("src/lobby.ts", "TWO\n"))));

        assertEquals("ONE\n", project.text("src/room.ts"));
        assertEquals("TWO\n", project.text("src/lobby.ts"));
        assertEquals(
                List.of("sql-index", "ttl-cleanup"),
                entries.stream().map(UndoEntry::pattern).toList());
        assertEquals(entries.reversed(), project.workspace().undoable());
        assertEquals(before.size(), project.everything().size());

        var restored = project.workspace().undo(entries);

        assertEquals(before, project.everything());
        assertEquals(List.of(), workspace.undoable());
        assertEquals(
                List.of(new Event.Restored("src/room.ts", false), new Event.Restored("src/lobby.ts", false)), restored);
    }

    @Test
    void keepsByteOrderMarkLineEndsAndMissingFinalNewline() throws Exception {
        project.with("src/odd.ts", "\uFEFFa\r\nb\nü𝄞");
        var before = project.everything();
        Workspace workspace = project.workspace();

        var entries = workspace.apply(List.of(index(project.change("src/odd.ts", "\uFEFFa\r\nc\r\nb\nü𝄞"))));

        assertEquals("\uFEFFa\r\nc\r\nb\nü𝄞", project.text("src/odd.ts"));
        workspace.undo(entries);
        assertEquals(before, project.everything());
    }

    @Test
    void makesNewFilesWithTheirFoldersAndRemovesThemAgain() throws Exception {
        var before = project.everything();
        Workspace workspace = project.workspace();

        var entries = workspace.apply(List.of(
                index(new FileChange.Create("test/dopi/index.test.ts", "three\n")),
                ttl(new FileChange.Create("test/dopi/ttl.test.ts", "four\n"))));

        assertEquals("three\n", project.text("test/dopi/index.test.ts"));
        assertEquals(
                List.of(new Event.Restored("test/dopi/index.test.ts", true)), workspace.undo(entries.subList(0, 1)));
        assertFalse(Files.exists(project.root().resolve("test/dopi/index.test.ts")));
        assertEquals("four\n", project.text("test/dopi/ttl.test.ts"));
        workspace.undo(entries.subList(1, 2));
        assertEquals(before, project.everything());
    }

    @Test
    void leavesAMadeFolderThatTheUserPutSomethingInto() throws Exception {
        Workspace workspace = project.workspace();
        var entries = workspace.apply(List.of(index(new FileChange.Create("test/dopi/index.test.ts", "three\n"))));
        project.with("test/mine.test.ts", "five\n");

        workspace.undo(entries);

        assertEquals("five\n", project.text("test/mine.test.ts"));
        assertFalse(Files.exists(project.root().resolve("test/dopi")));
    }

    @Test
    void letsALaterTransactionChangeWhatAnEarlierOneWrote() throws Exception {
        var before = project.everything();
        Workspace workspace = project.workspace();

        var entries = workspace.apply(List.of(
                index(
                        project.change("src/room.ts", "ONE\n"),
                        new FileChange.Create("src/new.ts", "made\n"),
                        new FileChange.Modify("src/room.ts", "ONE\n", "ONE!\n")),
                ttl(
                        new FileChange.Modify("src/room.ts", "ONE!\n", "ONE!\nmore\n"),
                        new FileChange.Modify("src/new.ts", "made\n", "made too\n"))));

        assertEquals("ONE!\nmore\n", project.text("src/room.ts"));
        assertEquals("made too\n", project.text("src/new.ts"));
        workspace.undo(entries.subList(1, 2));
        assertEquals("ONE!\n", project.text("src/room.ts"));
        assertEquals("made\n", project.text("src/new.ts"));
        workspace.undo(entries.subList(0, 1));
        assertEquals(before, project.everything());
    }

    @Test
    void keepsPermissions() throws Exception {
        project.mode("src/room.ts", "rwxr-x--x");
        var before = project.everything();
        Workspace workspace = project.workspace();

        var entries = workspace.apply(List.of(index(project.change("src/room.ts", "ONE\n"))));

        assertEquals("rwxr-x--x ONE\n", project.everything().get("src/room.ts"));
        workspace.undo(entries);
        assertEquals(before, project.everything());
    }

    @Test
    void writesBehindASymbolicLinkAndKeepsIt() throws Exception {
        Files.createSymbolicLink(project.root().resolve("link.ts"), Path.of("src", "room.ts"));
        Files.createSymbolicLink(project.root().resolve("code"), Path.of("src"));
        var before = project.everything();
        Workspace workspace = project.workspace();

        var entries = workspace.apply(List.of(
                index(project.change("link.ts", "ONE\n")),
                ttl(project.change("code/lobby.ts", "TWO\n"), new FileChange.Create("code/new.ts", "three\n"))));

        assertTrue(Files.isSymbolicLink(project.root().resolve("link.ts")));
        assertEquals("ONE\n", project.text("src/room.ts"));
        assertEquals("TWO\n", project.text("src/lobby.ts"));
        assertEquals("three\n", project.text("src/new.ts"));
        workspace.undo(entries);
        assertEquals(before, project.everything());
    }

    @Test
    void refusesAFileThatChangedSinceItWasShown() throws Exception {
        var shown = index(project.change("src/lobby.ts", "TWO\n"), project.change("src/room.ts", "ONE\n"));
        project.with("src/room.ts", "one, by hand\n");
        var before = project.everything();

        assertEquals(
                "src/room.ts changed since it was shown; nothing was written. Run the analysis again.",
                refusal(() -> project.workspace().apply(List.of(shown))));
        assertEquals(before, project.everything());
        assertEquals(List.of(), project.workspace().undoable());
    }

    @Test
    void refusesAFileThatIsGoneOrThereAlready() throws Exception {
        var before = project.everything();
        Workspace workspace = project.workspace();

        assertEquals(
                "src/gone.ts is gone since it was shown; nothing was written. Run the analysis again.",
                refusal(() -> workspace.apply(List.of(
                        index(project.change("src/room.ts", "ONE\n")),
                        ttl(new FileChange.Modify("src/gone.ts", "x", "y"))))));
        assertEquals(
                "src/lobby.ts already exists; nothing was written. Run the analysis again.",
                refusal(() -> workspace.apply(List.of(index(new FileChange.Create("src/lobby.ts", "three\n"))))));
        assertEquals(before, project.everything());
    }

    @Test
    void refusesTextThatIsNotWhatTheBytesSay() throws Exception {
        Files.write(project.root().resolve("src/latin.ts"), new byte[] {'a', (byte) 0xE9});

        String sentence = refusal(
                () -> project.workspace().apply(List.of(index(new FileChange.Modify("src/latin.ts", "a\uFFFD", "b")))));

        assertEquals("src/latin.ts changed since it was shown; nothing was written. Run the analysis again.", sentence);
    }

    @Test
    void refusesReadOnlyFilesAndFolders() throws Exception {
        project.with("locked/a.ts", "a\n").mode("src/room.ts", "r--r--r--");
        project.mode("locked", "r-xr-xr-x");
        var before = project.everything();
        Workspace workspace = project.workspace();

        assertEquals(
                "src/room.ts cannot be written (the file is read-only); nothing was written.",
                refusal(() -> workspace.apply(List.of(
                        index(project.change("src/lobby.ts", "TWO\n"), project.change("src/room.ts", "ONE\n"))))));
        assertEquals(
                "locked/a.ts cannot be written (its folder is read-only); nothing was written.",
                refusal(() -> workspace.apply(List.of(index(project.change("locked/a.ts", "b\n"))))));
        assertEquals(
                "locked/new/b.ts cannot be written (its folder is read-only); nothing was written.",
                refusal(() -> workspace.apply(List.of(index(new FileChange.Create("locked/new/b.ts", "b\n"))))));
        assertEquals(before, project.everything());
        project.mode("locked", "rwxr-xr-x");
    }

    @Test
    void refusesWhateverLiesOutsideTheProject(@TempDir Path outside) throws Exception {
        Files.writeString(outside.resolve("secret.ts"), "secret\n");
        Files.createSymbolicLink(project.root().resolve("away"), outside);
        Files.createSymbolicLink(project.root().resolve("secret.ts"), outside.resolve("secret.ts"));
        Files.createSymbolicLink(project.root().resolve("circle"), Path.of("circle"));
        Files.createSymbolicLink(project.root().resolve("dangling.ts"), Path.of("nowhere.ts"));
        Workspace workspace = project.workspace();

        for (String path : List.of("away/secret.ts", "secret.ts", "../secret.ts", "src/../../x.ts", "/etc/hosts", "")) {
            assertEquals(
                    path + " cannot be written (it lies outside the project); nothing was written.",
                    refusal(() -> workspace.apply(List.of(index(new FileChange.Modify(path, "secret\n", "x"))))));
        }
        assertEquals(
                "away/new.ts cannot be written (it lies outside the project); nothing was written.",
                refusal(() -> workspace.apply(List.of(index(new FileChange.Create("away/new.ts", "x"))))));
        assertTrue(refusal(() -> workspace.apply(List.of(index(new FileChange.Create("circle/new.ts", "x")))))
                .startsWith("circle/new.ts cannot be written ("));
        assertTrue(refusal(() -> workspace.apply(List.of(index(new FileChange.Create("dangling.ts", "x")))))
                .startsWith("dangling.ts cannot be written ("));
        assertTrue(refusal(() -> workspace.apply(List.of(index(new FileChange.Create("src", "x")))))
                .startsWith("src cannot be written (it is not an ordinary file)"));
        assertTrue(refusal(() -> workspace.apply(List.of(index(new FileChange.Create("src/room.ts/x.ts", "x")))))
                .startsWith("src/room.ts/x.ts cannot be written (src/room.ts is not a folder)"));
        assertEquals("secret\n", Files.readString(outside.resolve("secret.ts")));
        try (Stream<Path> files = Files.list(outside)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void refusesOneFileUnderTwoNames() throws Exception {
        Files.createSymbolicLink(project.root().resolve("link.ts"), Path.of("src", "room.ts"));

        String sentence = refusal(() -> project.workspace()
                .apply(List.of(index(project.change("src/room.ts", "ONE\n"), project.change("link.ts", "EINS\n")))));

        assertEquals("link.ts cannot be written (it is the same file as src/room.ts); nothing was written.", sentence);
        assertEquals("one\n", project.text("src/room.ts"));
    }

    @Test
    void refusesWhereNoJournalCanBeKept() throws Exception {
        Files.writeString(project.stateHome(), "a file where a folder should be");
        var before = project.everything();

        String sentence =
                refusal(() -> project.workspace().apply(List.of(index(project.change("src/room.ts", "ONE\n")))));

        assertTrue(sentence.startsWith("dopi cannot keep its journal in " + project.stateHome()), sentence);
        assertTrue(sentence.endsWith("nothing was changed. Set DOPI_STATE_HOME to a folder that you can write."));
        assertEquals(before, project.everything());
        assertEquals(List.of(), project.workspace().undoable());
        assertTrue(project.workspace().interrupted().isEmpty());
    }

    @Test
    void makesNothingWhenOnlyRead() throws Exception {
        assertEquals(List.of(), project.workspace().undoable());
        assertTrue(project.workspace().interrupted().isEmpty());
        assertFalse(Files.exists(project.stateHome()));
    }

    @Test
    void keepsTheJournalOutOfTheProjectAndFromOtherUsers() throws Exception {
        project.workspace().apply(List.of(index(project.change("src/room.ts", "ONE\n"))));

        Path state = project.state().path();
        assertFalse(state.startsWith(project.root()));
        assertEquals(16, state.getFileName().toString().length());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(state)));
    }

    @Test
    void refusesWhileAnotherSessionWrites() throws Exception {
        Workspace second = project.workspace();
        var refusals = new ArrayList<String>();
        var interrupted = new ArrayList<Boolean>();
        Workspace first = project.workspace(path -> {
            if (path.endsWith("room.ts")) {
                refusals.add(refusal(() -> second.apply(List.of())));
                refusals.add(refusal(() -> second.undo(List.of())));
                interrupted.add(hasInterrupted(second));
            }
        });

        first.apply(List.of(index(project.change("src/room.ts", "ONE\n"))));

        assertFalse(refusals.isEmpty());
        refusals.forEach(each -> assertEquals(BUSY, each));
        assertFalse(interrupted.contains(true), "a running apply is not an interrupted one");
        assertEquals("ONE\n", project.text("src/room.ts"));
        assertEquals(1, second.undoable().size());
    }

    @Test
    void refusesWhileAnotherProcessWrites() throws Exception {
        var said = new ArrayList<String>();
        Workspace second = project.workspace();
        Workspace first = project.workspace(path -> {
            if (path.endsWith("room.ts") && said.isEmpty()) {
                // Another attempt of this process must not free the lock for other processes.
                refusal(() -> second.apply(List.of()));
                said.add(Attempt.elsewhere(project));
            }
        });

        first.apply(List.of(index(project.change("src/room.ts", "ONE\n"))));

        assertEquals(List.of(BUSY), said);
        assertEquals("done", Attempt.elsewhere(project));
    }

    private static boolean hasInterrupted(Workspace workspace) throws IOException {
        try {
            return workspace.interrupted().isPresent();
        } catch (ProjectException e) {
            throw new IOException(e);
        }
    }

    @Test
    void isNotCutOffByAnInterrupt() throws Exception {
        Thread caller = Thread.currentThread();
        Workspace workspace = project.workspace(_ -> caller.interrupt());

        workspace.apply(
                List.of(index(project.change("src/room.ts", "ONE\n")), ttl(project.change("src/lobby.ts", "TWO\n"))));

        assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
        assertEquals("TWO\n", project.text("src/lobby.ts"));
    }

    @Test
    void saysWhenThereIsNoProject() {
        var e = assertThrows(
                ProjectException.class,
                () -> StateFolder.in(project.stateHome(), project.root().resolve("missing")));

        assertEquals(ProjectException.Kind.USAGE, e.kind());
    }
}
