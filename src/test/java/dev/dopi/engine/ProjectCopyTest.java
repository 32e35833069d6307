package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProjectCopyTest {

    private final Folder folder;

    ProjectCopyTest(@TempDir Path temporary) throws IOException {
        folder = Folder.in(temporary)
                .with("src/room.ts", "new\n")
                .with("test/made.test.ts", "made\n")
                .with(".dev.vars", "TOKEN=1\n")
                .with(".git/HEAD", "ref\n")
                .with(".wrangler/state/v3/do/x.sqlite", "data\n")
                .with("node_modules/left-pad/index.js", "pad\n");
    }

    @Test
    void holdsTheOtherContentsAndAllElse() throws IOException {
        Path gone;
        try (ProjectCopy copy = ProjectCopy.of(
                folder.root(), Map.of("src/room.ts", Content.of("old\n"), "test/made.test.ts", Content.ABSENT))) {
            assertEquals("old\n", Files.readString(copy.root().resolve("src/room.ts")));
            assertFalse(Files.exists(copy.root().resolve("test/made.test.ts")));
            assertEquals("TOKEN=1\n", Files.readString(copy.root().resolve(".dev.vars")));
            assertFalse(Files.exists(copy.root().resolve(".git")));
            assertFalse(Files.exists(copy.root().resolve(".wrangler")));
            gone = copy.root();
        }
        assertFalse(Files.exists(gone));
        assertEquals("new\n", folder.text("src/room.ts"));
    }

    @Test
    void linksPackagesAndLeavesThemWhenItGoes() throws IOException {
        try (ProjectCopy copy = ProjectCopy.of(folder.root(), Map.of())) {
            assertTrue(Files.isSymbolicLink(copy.root().resolve("node_modules")));
            assertEquals("pad\n", Files.readString(copy.root().resolve("node_modules/left-pad/index.js")));
        }
        assertEquals("pad\n", folder.text("node_modules/left-pad/index.js"));
    }

    @Test
    void keepsWhatLiesAboveWithinReach(@TempDir Path mono) throws IOException {
        Folder whole = Folder.in(mono)
                .with("package.json", "{}")
                .with("tsconfig.base.json", "base\n")
                .with("node_modules/wrangler/package.json", "{}")
                .with("packages/lib/index.ts", "lib\n")
                .with("packages/worker/src/index.ts", "worker\n");
        Path worker = whole.root().resolve("packages/worker");
        try (ProjectCopy copy = ProjectCopy.of(worker, Map.of())) {
            Path src = copy.at(worker.resolve("src"));
            assertEquals("worker\n", Files.readString(src.resolve("index.ts")));
            assertEquals("base\n", Files.readString(src.resolve("../../../tsconfig.base.json")));
            assertEquals("lib\n", Files.readString(src.resolve("../../lib/index.ts")));
            assertEquals("{}", Files.readString(src.resolve("../../../node_modules/wrangler/package.json")));
        }
        assertEquals("lib\n", whole.text("packages/lib/index.ts"));
    }

    @Test
    void keepsLinksInsideAndOutside() throws IOException {
        Path outside = Files.writeString(folder.root().resolveSibling("outside"), "outside\n");
        Files.createSymbolicLink(folder.root().resolve("in"), Path.of("src/room.ts"));
        Files.createSymbolicLink(folder.root().resolve("out"), Path.of("../outside"));
        try (ProjectCopy copy = ProjectCopy.of(folder.root(), Map.of("src/room.ts", Content.of("old\n")))) {
            assertEquals("old\n", Files.readString(copy.root().resolve("in")));
            assertEquals("outside\n", Files.readString(copy.root().resolve("out")));
        }
        assertTrue(Files.exists(outside));
    }
}
