package dev.dopi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample is there once, stays as the user left it, and begins again when that is asked for. */
final class DemoCommandTest {

    private final Path folder;
    private final Path sample;

    DemoCommandTest(@TempDir Path temporary) throws IOException {
        folder = temporary.toRealPath();
        sample = folder.resolve("state/dopi/demo/clubhouse");
    }

    private Run demo(String... options) {
        String[] words = new String[options.length + 1];
        words[0] = "demo";
        System.arraycopy(options, 0, words, 1, options.length);
        return Run.in(new FakeSession(folder)).onTerminal("").of(words);
    }

    @Test
    void everyStartHasTheSameFolder() throws IOException {
        Run first = demo();
        Run second = demo();

        assertEquals("full screen  AUTO", first.frontEnd);
        assertEquals(first.err(), second.err());
        assertTrue(first.err().contains("The sample project is in " + sample + " and yours to change"), first.err());
        assertTrue(first.err().contains("npm install --prefix " + sample), first.err());
        try (var all = Files.list(sample.getParent())) {
            assertEquals(1, all.count());
        }
    }

    @Test
    void whatTheUserDidStaysUntilTheyBeginAgain() throws IOException {
        demo();
        Path room = sample.resolve("src/chat-room.ts");
        String before = Files.readString(room);
        Files.writeString(room, "// mine\n");
        Files.writeString(sample.resolve("test/mine.test.ts"), "// mine\n");
        Files.createDirectories(sample.resolve("node_modules/vitest"));

        Run again = demo();
        assertTrue(again.err().contains("as you left it; dopi demo --fresh begins again."), again.err());
        assertFalse(again.err().contains("npm install"), again.err());
        assertEquals("// mine\n", Files.readString(room));

        Run fresh = demo("--fresh");
        assertFalse(fresh.err().contains("as you left it"), fresh.err());
        assertEquals(before, Files.readString(room));
        assertFalse(Files.exists(sample.resolve("test/mine.test.ts")));
        assertTrue(Files.exists(sample.resolve("node_modules/vitest")), "what npm installed stays");
    }
}
