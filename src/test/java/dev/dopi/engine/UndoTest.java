package dev.dopi.engine;

import static dev.dopi.engine.Folder.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.edit.FileChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UndoTest {

    private static final String ROOM = "import a\n\nclass Room {\n  get() {}\n\n  set() {}\n}\n";

    private final Folder project;
    private final Workspace workspace;

    UndoTest(@TempDir Path temporary) throws IOException, ProjectException {
        project = Folder.in(temporary).with("src/room.ts", ROOM);
        workspace = project.quick();
    }

    private UndoEntry apply(String pattern, String path, String after) throws IOException, ProjectException {
        return workspace
                .apply(List.of(new Transaction(pattern, "Room", List.of(project.change(path, after)))))
                .getFirst();
    }

    @Test
    void takesAnEarlierPatternOutAndKeepsTheLaterOne() throws Exception {
        UndoEntry first = apply("first", "src/room.ts", ROOM.replace("import a\n", "import a\nimport b\n"));
        UndoEntry second =
                apply("second", "src/room.ts", project.text("src/room.ts").replace("set() {}", "set() { b() }"));

        workspace.undo(List.of(first));

        assertEquals(ROOM.replace("set() {}", "set() { b() }"), project.text("src/room.ts"));
        assertEquals(List.of(second), workspace.undoable());

        workspace.undo(List.of(second));

        assertEquals(ROOM, project.text("src/room.ts"));
    }

    @Test
    void refusesWhenALaterPatternChangedTheSamePlace() throws Exception {
        UndoEntry first = apply("first", "src/room.ts", ROOM.replace("  get() {}\n", "  get() {}\n  list() {}\n"));
        apply("second", "src/room.ts", project.text("src/room.ts").replace("list() {}", "list() { all() }"));
        String before = project.text("src/room.ts");

        assertEquals(
                "second changed src/room.ts in the same place as first after it; nothing was undone. Undo second first.",
                refusal(() -> workspace.undo(List.of(first))));
        assertEquals(before, project.text("src/room.ts"));

        workspace.undo(workspace.undoable());

        assertEquals(ROOM, project.text("src/room.ts"));
    }

    @Test
    void takesAnEarlierPatternOutFromRightBesideALaterOne() throws Exception {
        UndoEntry first = apply("first", "src/room.ts", ROOM.replace("import a\n", "import a\nimport b\n"));
        apply("second", "src/room.ts", project.text("src/room.ts").replace("import b\n", "import b\nimport c\n"));

        workspace.undo(List.of(first));

        assertEquals(ROOM.replace("import a\n", "import a\nimport c\n"), project.text("src/room.ts"));
    }

    @Test
    void refusesWhenWhatWasReplacedTouches() throws Exception {
        UndoEntry first = apply("first", "src/room.ts", ROOM.replace("import a\n", "import b\n"));
        apply("second", "src/room.ts", project.text("src/room.ts").replace("import b\n", "import b\nimport c\n"));

        assertTrue(refusal(() -> workspace.undo(List.of(first))).endsWith("Undo second first."));
    }

    @Test
    void refusesToTakeTheGroundFromUnderALaterPattern() throws Exception {
        UndoEntry first = workspace
                .apply(List.of(
                        new Transaction("first", "Room", List.of(new FileChange.Create("src/t.ts", "1\n2\n3\n")))))
                .getFirst();
        UndoEntry second = apply("second", "src/t.ts", "1\n2\n3\n4\n");

        assertTrue(refusal(() -> workspace.undo(List.of(first))).endsWith("Undo second first."));

        workspace.undo(List.of(first, second));

        assertEquals(List.of(), workspace.undoable());
        assertTrue(Files.notExists(project.root().resolve("src/t.ts")));
    }

    private static final String MANIFEST = """
            {
              "scripts": {
                "dev": "wrangler dev"
              },
              "devDependencies": {
                "wrangler": "^4.31.0"
              }
            }
            """;

    @Test
    void keepsWhatWasInstalledIntoAManifestSince() throws Exception {
        project.with("package.json", MANIFEST);
        UndoEntry first = apply(
                "first", "package.json", MANIFEST.replace("wrangler dev\"\n", "wrangler dev\",\n    \"go\": \"x\"\n"));
        UndoEntry second = apply("second", "src/room.ts", ROOM.replace("set() {}", "set() { b() }"));
        project.with(
                "package.json", project.text("package.json").replace("4.31.0\"\n", "4.31.0\",\n    \"zod\": \"5\"\n"));

        workspace.undo(List.of(first));

        String installed = MANIFEST.replace("4.31.0\"\n", "4.31.0\",\n    \"zod\": \"5\"\n");
        assertEquals(installed, project.text("package.json"));
        assertEquals(List.of(second), workspace.undoable());
        workspace.undo(List.of(second));
        assertEquals(installed, project.text("package.json"));
    }

    @Test
    void whatWasInstalledIntoAManifestStaysWithEachOfTwoThatGo() throws Exception {
        project.with("package.json", MANIFEST);
        UndoEntry first = apply("first", "package.json", "// one\n" + MANIFEST);
        UndoEntry second = apply("second", "package.json", project.text("package.json") + "// two\n");
        project.with("package.json", project.text("package.json").replace("4.31.0", "4.32.0"));

        workspace.undo(List.of(first));
        assertEquals(MANIFEST.replace("4.31.0", "4.32.0") + "// two\n", project.text("package.json"));
        workspace.undo(List.of(second));
        assertEquals(MANIFEST.replace("4.31.0", "4.32.0"), project.text("package.json"));
    }

    @Test
    void refusesAManifestThatWasChangedInTheSamePlace() throws Exception {
        project.with("package.json", MANIFEST);
        UndoEntry only = apply("only", "package.json", MANIFEST.replace("wrangler dev", "wrangler dev --x"));
        project.with("package.json", project.text("package.json").replace("--x", "--y"));

        assertTrue(refusal(() -> workspace.undo(List.of(only))).startsWith("package.json changed since dopi wrote it"));
    }

    @Test
    void refusesAFileThatTheUserChangedSince() throws Exception {
        project.with("src/other.ts", "x\n");
        UndoEntry entry = workspace
                .apply(List.of(new Transaction(
                        "first",
                        "Room",
                        List.of(project.change("src/other.ts", "y\n"), project.change("src/room.ts", "z\n")))))
                .getFirst();
        project.with("src/room.ts", "z\n// mine\n");
        var before = project.everything();

        assertTrue(refusal(() -> workspace.undo(List.of(entry)))
                .startsWith("src/room.ts changed since dopi wrote it; nothing was undone."));
        assertEquals(before, project.everything());
        assertEquals(List.of(entry), workspace.undoable());
    }

    @Test
    void refusesToLoseWhatTheUserWroteBetweenTwoPatterns() throws Exception {
        UndoEntry first = apply("first", "src/room.ts", ROOM + "// first\n");
        project.with("src/room.ts", ROOM + "// first\n// mine\n");
        UndoEntry second = apply("second", "src/room.ts", "// second\n" + project.text("src/room.ts"));

        assertEquals(
                "src/room.ts was changed by hand between first and second; nothing was undone. Undo second alone first.",
                refusal(() -> workspace.undo(List.of(first, second))));

        workspace.undo(List.of(second));

        assertEquals(ROOM + "// first\n// mine\n", project.text("src/room.ts"));
        assertTrue(refusal(() -> workspace.undo(List.of(first))).startsWith("src/room.ts changed since"));
    }

    @Test
    void isContentWithFilesThatTheUserTookBackAlready() throws Exception {
        UndoEntry first = workspace
                .apply(List.of(new Transaction(
                        "first",
                        "Room",
                        List.of(project.change("src/room.ts", "z\n"), new FileChange.Create("src/t.ts", "t\n")))))
                .getFirst();
        project.with("src/room.ts", ROOM);

        assertEquals(List.of(new Event.Restored("src/t.ts", true)), workspace.undo(List.of(first)));

        assertEquals(ROOM, project.text("src/room.ts"));
        assertEquals(List.of(), workspace.undoable());
    }

    @Test
    void refusesWhatIsUndoneAlready() throws Exception {
        UndoEntry entry = apply("first", "src/room.ts", "z\n");
        workspace.undo(List.of(entry));

        assertEquals(
                "first is not applied to Room any more; nothing was undone.",
                refusal(() -> workspace.undo(List.of(entry))));
    }

    @Test
    void doesNotTrustADamagedJournal() throws Exception {
        UndoEntry entry = apply("first", "src/room.ts", "z\n");
        Path stored = project.state()
                .path()
                .resolve("journal")
                .resolve(entry.id())
                .resolve(Content.of(ROOM).hash());
        Files.writeString(stored, "something else");

        String sentence = refusal(() -> workspace.undo(List.of(entry)));

        assertTrue(sentence.contains("src/room.ts could not be written (the journal's file"), sentence);
        assertEquals("z\n", project.text("src/room.ts"));
        assertTrue(workspace.interrupted().isEmpty());
    }

    /** Patterns that change random places of two files, undone one by one in a random order. */
    @Test
    void endsAtTheOriginalBytesInWhateverOrder() throws Exception {
        int inTheMiddle = 0;
        for (int seed = 1; seed <= 12; seed++) {
            inTheMiddle += undoneInTheMiddle(new Random(seed));
        }

        assertTrue(inTheMiddle > 12, "only %d were undone in the middle".formatted(inTheMiddle));
    }

    private int undoneInTheMiddle(Random random) throws Exception {
        var lines = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            // Few different lines, so that a difference can be seen in several ways.
            lines.add(i % 7 == 0 ? "\n" : "line " + random.nextInt(12) + (random.nextBoolean() ? "\r\n" : "\n"));
        }
        project.with("src/a.ts", String.join("", lines) + "no newline").with("src/b.ts", String.join("", lines));
        var before = project.everything();
        int count = 3 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            workspace.apply(List.of(new Transaction(
                    "pattern-" + i,
                    "Room",
                    List.of(
                            project.change("src/a.ts", edited(project.text("src/a.ts"), random, i)),
                            project.change("src/b.ts", edited(project.text("src/b.ts"), random, i))))));
        }

        int inTheMiddle = 0;
        while (!workspace.undoable().isEmpty()) {
            List<UndoEntry> standing = workspace.undoable();
            UndoEntry chosen = standing.get(random.nextInt(standing.size()));
            var untouched = project.everything();
            try {
                workspace.undo(List.of(chosen));
                inTheMiddle += chosen.equals(standing.getFirst()) ? 0 : 1;
                assertHoldsWhatStands(count);
            } catch (ProjectException _) {
                assertEquals(untouched, project.everything());
                assertNotEquals(standing.getFirst(), chosen, "the newest can always be undone");
            }
        }

        assertEquals(before, project.everything());
        return inTheMiddle;
    }

    private void assertHoldsWhatStands(int count) throws Exception {
        var standing = workspace.undoable().stream().map(UndoEntry::pattern).toList();
        for (String path : List.of("src/a.ts", "src/b.ts")) {
            for (int i = 0; i < count; i++) {
                String mark = "pattern " + i + " was here";
                assertEquals(
                        standing.contains("pattern-" + i), project.text(path).contains(mark), mark);
            }
        }
    }

    private static String edited(String text, Random random, int number) {
        var lines = new ArrayList<>(List.of(text.split("(?<=\n)")));
        int at = random.nextInt(lines.size());
        if (random.nextBoolean() && !lines.get(at).contains("was here")) {
            lines.remove(at);
        }
        lines.add(at, "pattern " + number + " was here\n");
        return String.join("", lines);
    }
}
