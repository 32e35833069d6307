package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.process.Command;
import dev.dopi.process.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What git does not have of a work tree, read from indexes that git itself wrote. */
final class GitIndexTest {

    private static final List<String> PATHS =
            List.of("a.ts", "src/chat-room.ts", "src/chat-room.test.ts", "src/deep/er.ts", "new.ts", "crlf.ts");

    private final Folder folder;

    GitIndexTest(@TempDir Path temporary) throws Exception {
        folder = Folder.in(temporary)
                .with("a.ts", "a\n")
                .with("src/chat-room.ts", "room\n")
                .with("src/chat-room.test.ts", "test\n")
                .with("src/deep/er.ts", "deep\n")
                .with("crlf.ts", "one\ntwo\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void tellsWhatChangedSinceItWasAdded(int version) throws Exception {
        git("init", "-q");
        git("update-index", "--index-version", "" + version);
        git("add", ".");
        if (version == 3) {
            // Only a flag of the third version makes git write it.
            git("update-index", "--skip-worktree", "a.ts");
        }
        assertEquals(Set.of(), changed());
        folder.with("src/chat-room.test.ts", "TEST\n").with("new.ts", "new\n").with("crlf.ts", "one\r\ntwo\r\n");
        assertEquals(Set.of("src/chat-room.test.ts", "new.ts"), changed());
        assertEquals(version, indexed()[7]);
    }

    @Test
    void looksFromAFolderBelowTheTopAndInALinkedWorkTree() throws Exception {
        git("init", "-q");
        git("add", ".");
        git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "x");
        git("worktree", "add", "-q", "linked");
        Path linked = folder.root().resolve("linked");
        Files.writeString(linked.resolve("src/deep/er.ts"), "deeper\n");
        assertEquals(
                Set.of("deep/er.ts"), GitIndex.changed(linked.resolve("src"), List.of("deep/er.ts", "chat-room.ts")));
    }

    @Test
    void whatIsInConflictIsChanged() throws Exception {
        git("init", "-q");
        git("add", ".");
        String blob = "b68fde2e5a1d4a8a6bb1b0c6e6a4c1b3b9f9a1d2";
        git("rm", "-q", "--cached", "a.ts");
        Files.writeString(
                folder.root().resolve("stages"), "100644 " + blob + " 1\ta.ts\n100644 " + blob + " 2\ta.ts\n");
        new Command(
                        List.of("sh", "-c", "git update-index --index-info < stages"),
                        folder.root(),
                        Map.of(),
                        Set.of(),
                        Duration.ofSeconds(20))
                .run(_ -> {});
        assertEquals(Set.of("a.ts"), changed());
    }

    @Test
    void saysNothingWhereThereIsNoIndexOrABrokenOne() throws Exception {
        assertEquals(Set.of(), changed());
        git("init", "-q");
        assertEquals(Set.of(), changed());
        git("add", ".");
        byte[] index = indexed();
        index[60] ^= 1;
        Files.write(folder.root().resolve(".git/index"), index);
        assertEquals(Set.of(), changed());
        for (int length = 0; length < index.length; length += 7) {
            byte[] cut = new byte[length + 20];
            System.arraycopy(index, 0, cut, 0, length);
            assertDoesNotThrow(() -> GitIndex.read(cut));
        }
    }

    private byte[] indexed() throws Exception {
        return Files.readAllBytes(folder.root().resolve(".git/index"));
    }

    private Set<String> changed() throws ProjectException {
        return GitIndex.changed(folder.root(), PATHS);
    }

    private void git(String... words) throws Exception {
        var all = new ArrayList<>(List.of("git"));
        all.addAll(List.of(words));
        var said = new ArrayList<String>();
        Outcome outcome = new Command(
                        all, folder.root(), Map.of("GIT_CONFIG_GLOBAL", "/dev/null"), Set.of(), Duration.ofSeconds(20))
                .run(line -> said.add(line.text()));
        assertTrue(outcome instanceof Outcome.Exited exited && exited.status() == 0, () -> outcome + " " + said);
    }
}
