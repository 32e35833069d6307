package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a dopi that writes, as {@code kill -9} does, at random moments. */
final class KillTest {

    private static final int ROUNDS = 40;

    @Test
    void everyFileIsOldOrNewAndCanBeMadeEither(@TempDir Path temporary) throws Exception {
        Folder project = Looping.prepared(Folder.in(temporary));
        Map<String, String> old = project.everything();
        var points = new AtomicInteger();
        Workspace counting = project.workspace(_ -> points.incrementAndGet());
        Looping.apply(counting, project);
        Map<String, String> fresh = project.everything();
        counting.undo(counting.undoable());
        assertEquals(old, project.everything());

        var random = new Random(20_260_724);
        int finished = 0;
        int rolledBack = 0;
        Process next = waiting(project);
        for (int round = 0; round < ROUNDS; round++) {
            Process current = next;
            next = waiting(project);
            killNear(current, random.nextInt(points.get()));
            assertOldOrNew(old, fresh, project.everything());

            Workspace workspace = project.quick();
            Optional<Interrupted> interrupted = workspace.interrupted();
            if (interrupted.isPresent()) {
                boolean applying = interrupted.get().kind() == Interrupted.Kind.APPLY;
                boolean finishes = finished == rolledBack;
                List<String> leftAlone =
                        finishes ? workspace.finish(interrupted.get()) : workspace.rollBack(interrupted.get());
                assertEquals(List.of(), leftAlone);
                assertEquals(finishes == applying ? fresh : old, project.everything());
                finished += finishes ? 1 : 0;
                rolledBack += finishes ? 0 : 1;
            }
            workspace.undo(workspace.undoable());
            assertEquals(old, project.everything());
        }
        next.destroyForcibly();

        assertTrue(finished > 1 && rolledBack > 1, "%d finished, %d rolled back".formatted(finished, rolledBack));
    }

    /** Returns a program that is ready to begin. */
    private static Process waiting(Folder project) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Looping.class.getName(),
                        project.root().toString(),
                        project.stateHome().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Lets the program begin and kills it once it has come to its {@code point}th change of the disk, or just after. */
    private static void killNear(Process process, int point) throws InterruptedException {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            try (var begin = process.getOutputStream()) {
                begin.write('.');
            }
            process.getInputStream().skipNBytes(point + 1L);
            process.destroyForcibly();
        });
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it dies");
    }

    private static void assertOldOrNew(Map<String, String> old, Map<String, String> fresh, Map<String, String> now) {
        now.forEach((path, content) -> {
            if (!path.matches("(.*/)?\\.dopi-[^/]+\\.tmp") && !content.endsWith(" folder")) {
                assertTrue(
                        content.equals(old.get(path)) || content.equals(fresh.get(path)),
                        () -> path + " is neither old nor new");
            }
        });
        assertTrue(now.keySet().containsAll(old.keySet()));
    }
}
