package dev.dopi.engine;

import static dev.dopi.engine.Folder.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.edit.FileChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ends dopi, or makes the disk fail, at every single point where it changes the disk. */
final class CrashTest {

    private static final String LINES = "one\ntwo\nthree\nfour\nfive\n";

    private final Path temporary;
    private int folders;

    CrashTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }

    /** The process is gone: nothing after it runs, no file is cleaned up. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private enum Scenario {
        APPLY,
        UNDO_ALL,
        UNDO_THE_EARLIER;

        void on(Workspace workspace, Folder project) throws IOException, ProjectException {
            switch (this) {
                case APPLY -> apply(workspace, project);
                case UNDO_ALL -> workspace.undo(workspace.undoable());
                case UNDO_THE_EARLIER ->
                    workspace.undo(List.of(workspace.undoable().getLast()));
            }
        }
    }

    private static void apply(Workspace workspace, Folder project) throws IOException, ProjectException {
        String first = LINES.replace("one", "ONE");
        workspace.apply(List.of(
                new Transaction(
                        "first",
                        "Room",
                        List.of(project.change("a.ts", first), new FileChange.Create("test/dopi/c.ts", "c\n"))),
                new Transaction(
                        "second",
                        "Room",
                        List.of(
                                new FileChange.Modify("a.ts", first, first.replace("four", "FOUR")),
                                project.change("b.ts", "B\n")))));
    }

    private Folder project(Scenario scenario) throws Exception {
        Folder project = Folder.in(temporary.resolve("case-" + folders++))
                .with("a.ts", LINES)
                .with("b.ts", "b\n")
                .mode("a.ts", "rwxr-x---");
        if (scenario != Scenario.APPLY) {
            apply(project.quick(), project);
        }
        return project;
    }

    private Map<String, String> original() throws Exception {
        return project(Scenario.APPLY).everything();
    }

    private Map<String, String> after(Scenario scenario) throws Exception {
        Folder project = project(scenario);
        scenario.on(project.quick(), project);
        return project.everything();
    }

    /** Returns a seam that is passed {@code count} times before it kills. */
    private static Disk.Seam killingAfter(int count) {
        var left = new AtomicInteger(count);
        return _ -> {
            if (left.getAndDecrement() == 0) {
                throw new Killed();
            }
        };
    }

    private boolean killed(Folder project, Scenario scenario, int point) throws Exception {
        try {
            scenario.on(project.workspace(killingAfter(point)), project);
            return false;
        } catch (Killed _) {
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource
    void canBeFinishedAndRolledBackFromEveryPoint(Scenario scenario) throws Exception {
        Map<String, String> original = original();
        Map<String, String> after = after(scenario);
        int recovered = 0;
        for (int point = 0; ; point++) {
            Folder project = project(scenario);
            Map<String, String> before = project.everything();
            List<UndoEntry> standing = project.quick().undoable();
            boolean killed = killed(project, scenario, point);
            assertOldOrNew(before, after, project.everything());

            Optional<Interrupted> interrupted = project.quick().interrupted();
            if (interrupted.isPresent()) {
                recovered++;
                assertTrue(refusal(() -> project.quick().apply(List.of())).contains("dopi resume"));
                boolean finishes = point % 2 == 0;
                List<String> leftAlone = finishes
                        ? project.quick().finish(interrupted.get())
                        : project.quick().rollBack(interrupted.get());
                assertEquals(List.of(), leftAlone);
                assertEquals(finishes ? after : before, project.everything(), "point " + point);
                if (!finishes) {
                    assertEquals(standing, project.quick().undoable());
                }
            } else {
                assertEquals(killed ? before : after, project.everything(), "point " + point);
            }
            assertTrue(project.quick().interrupted().isEmpty());
            project.quick().undo(project.quick().undoable());
            assertEquals(original, project.everything(), "point " + point);
            if (!killed) {
                break;
            }
        }
        assertTrue(recovered > 10, "only %d points were in the middle".formatted(recovered));
    }

    @Test
    void canBeInterruptedWhileRecovering() throws Exception {
        Map<String, String> original = original();
        Map<String, String> after = after(Scenario.APPLY);
        boolean more = true;
        for (int point = 0; more; point++) {
            Folder project = project(Scenario.APPLY);
            Workspace failing = project.workspace(path -> {
                if (path.endsWith("b.ts")) {
                    throw new Killed();
                }
            });
            try {
                apply(failing, project);
            } catch (Killed _) {
                assertEquals(
                        List.of("a.ts", "test/dopi/c.ts"),
                        project.quick().interrupted().orElseThrow().done());
            }
            Workspace recovering = project.workspace(killingAfter(point));
            try {
                recovering.rollBack(recovering.interrupted().orElseThrow());
                more = false;
            } catch (Killed _) {
                assertOldOrNew(original, after, project.everything());
            }

            Optional<Interrupted> interrupted = project.quick().interrupted();
            if (interrupted.isPresent()) {
                project.quick().finish(interrupted.get());
                assertEquals(after, project.everything(), "point " + point);
                project.quick().undo(project.quick().undoable());
            }
            assertEquals(original, project.everything(), "point " + point);
        }
    }

    @ParameterizedTest
    @EnumSource
    void putsEverythingBackWhereverTheDiskFailsOnce(Scenario scenario) throws Exception {
        Map<String, String> after = after(scenario);
        boolean more = true;
        int atTheVeryEnd = 0;
        for (int point = 0; more; point++) {
            Folder project = project(scenario);
            Map<String, String> before = project.everything();
            List<UndoEntry> standing = project.quick().undoable();
            var left = new AtomicInteger(point);
            try {
                scenario.on(
                        project.workspace(_ -> {
                            if (left.getAndDecrement() == 0) {
                                throw new IOException("No space left on device");
                            }
                        }),
                        project);
                more = false;
                assertEquals(after, project.everything());
            } catch (ProjectException e) {
                assertEquals(ProjectException.Kind.REFUSED, e.kind());
                assertTrue(String.valueOf(e.getMessage()).contains("(No space left on device)"), e.getMessage());
                Optional<Interrupted> unsettled = project.quick().interrupted();
                if (unsettled.isPresent()) {
                    // All is done but for saying so.
                    assertEquals(after, project.everything());
                    assertTrue(String.valueOf(e.getMessage()).endsWith("then run dopi resume."), e.getMessage());
                    atTheVeryEnd++;
                } else {
                    assertEquals(before, project.everything(), "point " + point);
                    assertEquals(standing, project.quick().undoable());
                }
            }
        }
        assertEquals(1, atTheVeryEnd);
    }

    @Test
    void namesTheFileThatCouldNotBeWritten() throws Exception {
        Folder project = project(Scenario.APPLY);
        Map<String, String> before = project.everything();
        Workspace workspace = project.workspace(path -> {
            if (path.equals(project.root().resolve("b.ts"))) {
                throw new IOException("No space left on device");
            }
        });

        assertEquals(
                "b.ts could not be written (No space left on device); everything was put back as it was.",
                refusal(() -> apply(workspace, project)));
        assertEquals(before, project.everything());
    }

    @Test
    void offersToRecoverWhenItCannotPutBackItself() throws Exception {
        Folder project = project(Scenario.APPLY);
        Map<String, String> before = project.everything();
        var failing = new AtomicInteger();
        Workspace workspace = project.workspace(path -> {
            if (path.endsWith("b.ts") || (failing.get() > 0 && path.startsWith(project.root()))) {
                failing.incrementAndGet();
                throw new IOException("No space left on device");
            }
        });

        assertEquals(
                "b.ts could not be written (No space left on device), and a.ts could not be put back (No space left on device). Make room or give permission, then run dopi resume.",
                refusal(() -> apply(workspace, project)));

        Interrupted interrupted = project.quick().interrupted().orElseThrow();
        assertEquals(Interrupted.Kind.APPLY, interrupted.kind());
        assertEquals(List.of("first", "second"), interrupted.patterns());
        assertEquals(List.of("a.ts", "test/dopi/c.ts"), interrupted.done());
        assertEquals(List.of("b.ts"), interrupted.open());
        project.quick().rollBack(interrupted);
        assertEquals(before, project.everything());
    }

    @Test
    void leavesAFileAloneThatIsNeitherOldNorNew() throws Exception {
        for (boolean finishes : List.of(true, false)) {
            Folder project = project(Scenario.APPLY);
            Map<String, String> before = project.everything();
            Workspace workspace = project.workspace(path -> {
                if (path.endsWith("b.ts")) {
                    throw new Killed();
                }
            });
            try {
                apply(workspace, project);
            } catch (Killed _) {
                project.with("a.ts", "mine\n");
            }

            Interrupted interrupted = project.quick().interrupted().orElseThrow();
            assertEquals(List.of("a.ts"), interrupted.unknown());
            List<String> leftAlone = finishes
                    ? project.quick().finish(interrupted)
                    : project.quick().rollBack(interrupted);

            assertEquals(List.of("a.ts"), leftAlone);
            assertEquals("mine\n", project.text("a.ts"));
            assertEquals(finishes ? "B\n" : "b\n", project.text("b.ts"));
            assertTrue(project.quick().interrupted().isEmpty());
            if (!finishes) {
                project.with("a.ts", LINES);
                assertEquals(before, project.everything());
            }
        }
    }

    @Test
    void doesNotOverwriteWhatChangesWhileItWrites() throws Exception {
        Folder project = project(Scenario.APPLY);
        Workspace workspace = project.workspace(path -> {
            if (path.endsWith("a.ts")) {
                Files.writeString(project.root().resolve("b.ts"), "mine\n");
            }
        });

        assertEquals(
                "b.ts could not be written (something else just changed it); everything was put back as it was, except b.ts, which something else changed meanwhile.",
                refusal(() -> apply(workspace, project)));
        assertEquals("mine\n", project.text("b.ts"));
        assertEquals(LINES, project.text("a.ts"));
        assertTrue(Files.notExists(project.root().resolve("test")));
    }

    /** Every file is old or new, a temporary one or a folder aside. */
    private static void assertOldOrNew(Map<String, String> before, Map<String, String> after, Map<String, String> now) {
        now.forEach((path, content) -> {
            if (!path.matches("(.*/)?\\.dopi-[^/]+\\.tmp") && !content.endsWith(" folder")) {
                assertTrue(
                        content.equals(before.get(path)) || content.equals(after.get(path)),
                        () -> path + " is neither old nor new: " + content);
            }
        });
        before.keySet().forEach(path -> assertTrue(now.containsKey(path) || !after.containsKey(path), path));
    }
}
