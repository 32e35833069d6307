package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporaryFolderTest {

    @Test
    void isGoneWithAllInItWhenItIsClosed() throws IOException {
        Path path;
        try (var folder = TemporaryFolder.make("check")) {
            path = folder.path();
            Files.writeString(Files.createDirectory(path.resolve("objects")).resolve("plan.json"), "{}");
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void theNextOneRemovesWhatAKilledRunLeft(@TempDir Path elsewhere) throws Exception {
        Path outside = Files.writeString(elsewhere.resolve("packages"), "theirs");
        Process killed = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Left.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Path left;
        try (var said = killed.inputReader()) {
            left = Path.of(said.readLine());
            Files.createSymbolicLink(left.resolve("node_modules"), elsewhere);
            age(left.resolve(".dopi-lock"));
            TemporaryFolder.make("copy").close();
            assertTrue(Files.exists(left), "it is still in use");
        } finally {
            killed.destroyForcibly();
        }
        assertTrue(killed.waitFor(20, TimeUnit.SECONDS));
        TemporaryFolder.make("copy").close();
        assertFalse(Files.exists(left));
        assertEquals("theirs", Files.readString(outside));
    }

    @Test
    void leavesItsOwnAndAllThatItCannotKnowToBeForgotten() throws IOException {
        Path withoutLock = Files.createTempDirectory("dopi-check-");
        Path young = Files.createTempDirectory("dopi-copy-");
        Files.createFile(young.resolve(".dopi-lock"));
        Path otherName = Files.createTempDirectory("dopi-demo-");
        age(Files.createFile(otherName.resolve(".dopi-lock")));
        try (var first = TemporaryFolder.make("check")) {
            age(first.path().resolve(".dopi-lock"));
            TemporaryFolder.make("check").close();
            for (Path kept : new Path[] {first.path(), withoutLock, young, otherName}) {
                assertTrue(Files.exists(kept), kept.toString());
            }
        } finally {
            for (Path made : new Path[] {withoutLock, young, otherName}) {
                Leftovers.delete(made);
            }
        }
    }

    private static void age(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    }

    /** A run that makes a folder, says where, and is then killed. */
    static final class Left {

        private Left() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println(TemporaryFolder.make("check").path());
            Thread.sleep(Duration.ofMinutes(2));
        }
    }
}
