package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.dopi.project.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class DiskTreeTest {

    private final Path folder;

    DiskTreeTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Path write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private DiskTree open() throws ProjectException {
        return DiskTree.open(folder);
    }

    private static String text(DiskTree tree, String path) {
        return tree.read(path).orElseThrow().text();
    }

    @Test
    void listsTheUsersOwnFilesInOrder() throws Exception {
        for (String path : List.of(
                "src/b.ts",
                "src-old/a.ts",
                "src/a/c.ts",
                "wrangler.toml",
                ".env",
                "out/own.ts",
                "README.md",
                "node_modules/x/index.js",
                "apps/a/node_modules/x/index.js",
                ".git/config",
                ".wrangler/state/x",
                ".dopi/journal",
                ".next/a.js",
                ".output/a.js",
                ".svelte-kit/a.js",
                "apps/a/.wrangler/x")) {
            write(path, path);
        }
        var tree = open();
        assertEquals(
                List.of(".env", "README.md", "out/own.ts", "src-old/a.ts", "src/a/c.ts", "src/b.ts", "wrangler.toml"),
                tree.paths());
        assertEquals(List.of(), tree.diagnostics());
        assertEquals("src/a/c.ts", text(tree, "src/a/c.ts"));
        assertEquals("node_modules/x/index.js", text(tree, "node_modules/x/index.js"));
    }

    @Test
    void listsAConfigurationThatGitIgnores() throws Exception {
        write(".gitignore", "wrangler*.toml\n/old\n");
        for (String path : List.of("wrangler.toml", "wrangler.mine.toml", "old/wrangler.toml")) {
            write(path, path);
        }
        assertEquals(List.of(".gitignore", "wrangler.toml"), open().paths());
    }

    @Test
    void tellsOfFoldersTakenForBuildOutput() throws Exception {
        write(".gitignore", "dist\n");
        for (String path : List.of("dist/a.js", "build/a.js", "apps/coverage/a.js", "a.ts")) {
            write(path, path);
        }
        var tree = open();
        assertEquals(List.of(".gitignore", "a.ts"), tree.paths());
        assertEquals(
                List.of("build", "apps/coverage"),
                tree.diagnostics().stream().map(Diagnostic::file).toList());
    }

    @Test
    void keepsByteOrderMarkAndLineEnds() throws Exception {
        write("a.ts", "\uFEFFa\r\nü\uD83D\uDE00\n");
        assertEquals("\uFEFFa\r\nü\uD83D\uDE00\n", text(open(), "a.ts"));
    }

    @Test
    void tellsWhereAFileIsNotUtf8AndTellsItOnce() throws Exception {
        Files.write(folder.resolve("a.ts"), new byte[] {'o', 'k', '\n', 'x', (byte) 0xE4, 'y', '\n'});
        Files.write(folder.resolve("b.ts"), new byte[] {'o', 'k', (byte) 0xC3});
        var tree = open();
        for (int i = 0; i < 2; i++) {
            assertEquals(Optional.empty(), tree.read("a.ts"));
        }
        assertEquals(Optional.empty(), tree.read("b.ts"));
        assertTrue(tree.mentions("a.ts", "ok"));
        assertEquals(
                List.of(
                        Diagnostic.warning("a.ts", 2, "not UTF-8 at byte 5, so it was not read"),
                        Diagnostic.warning("b.ts", 1, "not UTF-8 at byte 3, so it was not read")),
                tree.diagnostics());
    }

    @Test
    void isASnapshot() throws Exception {
        Path file = write("a.ts", "before");
        var tree = open();
        assertEquals("before", text(tree, "a.ts"));
        Files.writeString(file, "after");
        write("new.ts", "");
        assertEquals("before", text(tree, "a.ts"));
        assertTrue(tree.mentions("a.ts", "before"));
        assertEquals(List.of("a.ts"), tree.paths());
    }

    @Test
    void tellsOfAFileThatWentAway() throws Exception {
        Path file = write("a.ts", "here");
        var tree = open();
        Files.delete(file);
        assertEquals(Optional.empty(), tree.read("a.ts"));
        assertEquals(Optional.empty(), tree.read("never.ts"));
        assertEquals(Optional.empty(), tree.read("a.ts/below"));
        assertEquals(
                List.of(Diagnostic.warning("a.ts", 0, "cannot be read: there is no such file")), tree.diagnostics());
    }

    @Test
    void findsWordsInBytes() throws Exception {
        write("a.ts", "class Räume extends DurableObject {}");
        var tree = open();
        assertTrue(tree.mentions("a.ts", "DurableObject"));
        assertTrue(tree.mentions("a.ts", "Räume"));
        assertTrue(tree.mentions("a.ts", ""));
        assertFalse(tree.mentions("a.ts", "WebSocket"));
        assertFalse(tree.mentions("missing.ts", ""));
    }

    @Test
    void followsLinksToFilesInsideOnly(@TempDir Path elsewhere) throws Exception {
        Path secret = Files.writeString(elsewhere.resolve("secret.ts"), "secret");
        write("src/real.ts", "real");
        Files.createSymbolicLink(folder.resolve("inside.ts"), Path.of("src/real.ts"));
        Files.createSymbolicLink(folder.resolve("outside.ts"), secret);
        Files.createSymbolicLink(folder.resolve("away"), elsewhere);
        Files.createSymbolicLink(folder.resolve("dangling.ts"), Path.of("nowhere.ts"));
        Files.createSymbolicLink(folder.resolve("circle.ts"), Path.of("circle.ts"));
        Files.createSymbolicLink(folder.resolve("src/loop"), Path.of(".."));
        var tree = open();
        assertEquals(List.of("inside.ts", "src/real.ts"), tree.paths());
        assertEquals("real", text(tree, "inside.ts"));
        assertEquals(
                List.of("away", "circle.ts", "dangling.ts", "outside.ts", "src/loop"),
                tree.diagnostics().stream().map(Diagnostic::file).toList());
        for (String path : List.of(
                "outside.ts",
                "away/secret.ts",
                "../" + elsewhere.getFileName() + "/secret.ts",
                secret.toString(),
                "\0")) {
            assertEquals(Optional.empty(), tree.read(path), path);
            assertFalse(tree.mentions(path, "secret"), path);
        }
    }

    @Test
    void readsInstalledPackagesThatAreLinkedFromOutside(@TempDir Path store) throws Exception {
        Files.writeString(store.resolve("package.json"), "{\"version\": \"1.2.3\"}");
        write("package.json", "{}");
        Files.createDirectories(folder.resolve("node_modules"));
        Files.createSymbolicLink(folder.resolve("node_modules/linked"), store);
        var tree = open();
        assertEquals("{\"version\": \"1.2.3\"}", text(tree, "node_modules/linked/package.json"));
        assertEquals(Optional.empty(), tree.read("node_modules/../../" + store.getFileName() + "/package.json"));
    }

    @Test
    void resolvesInsideOnly(@TempDir Path elsewhere) throws Exception {
        write("a.ts", "");
        Files.createSymbolicLink(folder.resolve("away"), elsewhere);
        var tree = open();
        assertEquals(folder.toRealPath(), tree.root());
        assertEquals(tree.root().resolve("new/x.ts"), tree.resolve("new/x.ts"));
        assertEquals(tree.root().resolve("a.ts"), tree.resolve("src/../a.ts"));
        assertEquals(tree.root(), tree.resolve(""));
        for (String path : List.of("../x", "/etc/passwd", "src/../../x", "away/x.ts", "away", "\0")) {
            assertThrows(IllegalArgumentException.class, () -> tree.resolve(path), path);
        }
    }

    @Test
    @Timeout(20)
    void doesNotOpenPipes() throws Exception {
        var made = new ProcessBuilder(
                        "mkfifo",
                        folder.resolve("pipe.ts").toString(),
                        folder.resolve(".gitignore").toString())
                .start();
        assertEquals(0, made.waitFor());
        write("a.ts", "a");
        var tree = open();
        assertEquals(List.of("a.ts"), tree.paths());
        assertEquals(Optional.empty(), tree.read("pipe.ts"));
        assertFalse(tree.mentions("pipe.ts", "a"));
        assertEquals(
                List.of(
                        Diagnostic.info(".gitignore", 0, "not an ordinary file, so it was not read"),
                        Diagnostic.info("pipe.ts", 0, "not an ordinary file, so it was not read")),
                tree.diagnostics());
    }

    @Test
    void goesOnPastWhatMayNotBeRead() throws Exception {
        assumeFalse(
                "root".equals(System.getProperty("user.name")),
                "runs as root, who may read everything: nothing to see");
        write("closed/a.ts", "");
        write("secret.ts", "");
        write("z.ts", "z");
        Files.setPosixFilePermissions(folder.resolve("secret.ts"), PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(folder.resolve("closed"), PosixFilePermissions.fromString("---------"));
        var tree = open();
        assertEquals(Optional.empty(), tree.read("secret.ts"));
        assertEquals("z", text(tree, "z.ts"));
        assertEquals(
                List.of(
                        Diagnostic.warning("closed", 0, "cannot be read: permission denied"),
                        Diagnostic.warning("secret.ts", 0, "cannot be read: permission denied")),
                tree.diagnostics());
        Files.setPosixFilePermissions(folder.resolve("closed"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void leavesOutWhatIsTooLargeToBeWritten() throws Exception {
        write("bundle.js", "x".repeat(5 * 1024 * 1024 + 200 * 1024));
        write("film.mp4", "x".repeat(3 << 20));
        write("package-lock.json", "x".repeat(3 << 20));
        write("full.ts", "x".repeat(2 << 20));
        var tree = open();
        assertEquals(List.of("full.ts", "package-lock.json"), tree.paths());
        assertEquals(2 << 20, text(tree, "full.ts").length());
        assertEquals(Optional.empty(), tree.read("bundle.js"));
        assertEquals(List.of(Diagnostic.info("bundle.js", 0, "5.2 MB and not read: generated?")), tree.diagnostics());
    }

    @Test
    void listsTwentyThousandFilesAndStopsAtTheLimit() throws Exception {
        for (int i = 0; i < 200; i++) {
            Path inner = Files.createDirectories(folder.resolve("d" + i));
            for (int j = 0; j < 100; j++) {
                Files.createFile(inner.resolve("f" + j + ".ts"));
            }
        }
        var tree = open();
        assertEquals(20_000, tree.paths().size());
        assertEquals(tree.paths().stream().sorted().toList(), tree.paths());
        assertEquals(List.of(), tree.diagnostics());
        assertEquals(20_000, DiskListing.of(folder, 20_000).paths().size());
        assertEquals(List.of(), DiskListing.of(folder, 20_000).diagnostics());
        var cut = DiskListing.of(folder, 1_500);
        assertEquals(1_500, cut.paths().size());
        assertEquals(
                List.of(
                        Diagnostic.error(
                                "",
                                0,
                                "more than 1,500 files, of which only as many were looked at; open dopi on the folder of one Worker")),
                cut.diagnostics());
    }

    @Test
    void givesAllThreadsTheSameText() throws Exception {
        var paths = new ArrayList<String>();
        for (int i = 0; i < 200; i++) {
            paths.add("f" + i + ".ts");
            Files.write(folder.resolve("f" + i + ".ts"), i % 10 == 0 ? new byte[] {(byte) 0xFF} : new byte[] {'a'});
        }
        var tree = open();
        var seen = new ArrayList<List<Integer>>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var tasks = new ArrayList<Callable<List<Integer>>>();
            for (int i = 0; i < 8; i++) {
                tasks.add(() -> paths.stream()
                        .map(path -> System.identityHashCode(tree.read(path).orElse(null)))
                        .toList());
            }
            for (var result : threads.invokeAll(tasks)) {
                seen.add(result.get());
            }
        }
        assertEquals(1, new HashSet<>(seen).size());
        assertEquals(20, tree.diagnostics().size());
    }

    @Test
    void refusesWhatIsNoFolder() throws Exception {
        Path file = write("a.ts", "");
        assertRefused(folder.resolve("missing"), "There is no folder %s; name the project's folder.");
        assertRefused(file, "%s is not a folder; name the project's folder.");
        assertRefused(file.resolve("below"), "There is no folder %s; name the project's folder.");
        Path circle = Files.createSymbolicLink(folder.resolve("circle"), Path.of("circle"));
        assertRefused(circle, "The folder %s cannot be reached; give yourself the permission, or name another.");
    }

    private static void assertRefused(Path path, String sentence) {
        var refusal = assertThrows(ProjectException.class, () -> DiskTree.open(path));
        assertEquals(ProjectException.Kind.USAGE, refusal.kind());
        assertEquals(sentence.formatted(path), refusal.getMessage());
    }

    @Test
    void opensAnEmptyFolderAndALinkToOne(@TempDir Path elsewhere) throws Exception {
        assertEquals(List.of(), open().paths());
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), folder);
        Files.write(folder.resolve("a.ts"), "a".getBytes(StandardCharsets.UTF_8));
        assertEquals("a", text(DiskTree.open(link), "a.ts"));
    }
}
