package dev.dopi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where paths in SARIF and annotations begin, when one folder of a repository is analysed. */
final class BaseFolderTest {

    private final Path top;
    private final Path worker;

    BaseFolderTest(@TempDir Path folder) throws IOException {
        top = folder.toRealPath();
        worker = Files.createDirectories(top.resolve("apps/chat room"));
    }

    private Run analyze(String... options) {
        String[] words = new String[options.length + 1];
        words[0] = "analyze";
        System.arraycopy(options, 0, words, 1, options.length);
        return Run.in(new FakeSession(worker)).of(words);
    }

    @Test
    void aRepositoryIsFoundAboveTheFolder() throws IOException {
        Files.createDirectory(top.resolve(".git"));

        String sarif = analyze("--format", "sarif").out();
        String github = analyze("--format", "github").out();

        assertTrue(sarif.contains("\"uri\" : \"" + top.toUri() + "\""), sarif);
        assertTrue(sarif.contains("\"uri\" : \"apps/chat%20room/src/room.ts\""), sarif);
        assertFalse(sarif.contains("\"uri\" : \"src/room.ts\""), sarif);
        assertTrue(github.contains("file=apps/chat room/src/room.ts,line="), github);
        assertFalse(github.contains("file=src/"), github);
    }

    @Test
    void aLinkedWorkTreeIsARepositoryToo() throws IOException {
        Files.writeString(top.resolve(".git"), "gitdir: /elsewhere\n");

        assertTrue(analyze("--format", "github").out().contains("file=apps/chat room/src/room.ts,line="));
    }

    @Test
    void withoutARepositoryTheWorkspaceCounts() {
        String github = Run.in(new FakeSession(worker))
                .with("GITHUB_WORKSPACE", top.resolve("apps").toString())
                .of("analyze", "--format", "github")
                .out();

        assertTrue(github.contains("file=chat room/src/room.ts,line="), github);
    }

    @Test
    void withoutEitherTheFolderItselfCounts() {
        String github = analyze("--format", "github").out();

        assertTrue(github.contains("file=src/room.ts,line="), github);
    }

    @Test
    void theUserHasTheLastWord() throws IOException {
        Files.createDirectory(top.resolve(".git"));

        String github = analyze("--format", "github", "--base", "..").out();

        assertTrue(github.contains("file=chat room/src/room.ts,line="), github);
    }

    @Test
    void aBaseThatDoesNotHoldTheFolderIsWrongUse() throws IOException {
        Path other = Files.createDirectory(top.resolve("other"));

        Run run = analyze("--format", "sarif", "--base", other.toString());

        assertEquals(2, run.code);
        assertTrue(run.err().contains("does not hold " + worker), run.err());
        assertEquals("", run.out());
    }
}
