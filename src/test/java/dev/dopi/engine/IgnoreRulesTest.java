package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The expectations are what {@code git ls-files --others --exclude-standard} lists of the same files. */
final class IgnoreRulesTest {

    private final Path folder;

    IgnoreRulesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void makeRepository() throws IOException {
        Files.createDirectories(folder.resolve(".git/info"));
    }

    private void write(String path, String... lines) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
    }

    private void touch(String... paths) throws IOException {
        for (String path : paths) {
            write(path);
        }
    }

    private List<String> listed(String root) throws ProjectException {
        return DiskTree.open(folder.resolve(root)).paths().stream()
                .filter(path -> !path.endsWith(".gitignore"))
                .toList();
    }

    @Test
    void keepsToGitsPatterns() throws Exception {
        write(
                ".gitignore",
                "# comment",
                "",
                "*.log",
                "!keep.log",
                "/rooted.ts",
                "folder/",
                "deep/**/x.ts",
                "a/*/b.ts",
                "\\#hash.ts",
                "spaced.ts   ",
                "q?.ts",
                "[ab]set.ts",
                "**/anywhere");
        touch(
                "x.log",
                "keep.log",
                "sub/x.log",
                "sub/keep.log",
                "rooted.ts",
                "sub/rooted.ts",
                "folder/x.ts",
                "sub/folder/x.ts",
                "other/folder",
                "deep/x.ts",
                "deep/1/2/x.ts",
                "deep/1/2/y.ts",
                "a/1/b.ts",
                "a/1/2/b.ts",
                "#hash.ts",
                "spaced.ts",
                "q1.ts",
                "q12.ts",
                "aset.ts",
                "cset.ts",
                "p/q/anywhere",
                "folders/x.ts");
        assertEquals(
                List.of(
                        "a/1/2/b.ts",
                        "cset.ts",
                        "deep/1/2/y.ts",
                        "folders/x.ts",
                        "keep.log",
                        "other/folder",
                        "q12.ts",
                        "sub/keep.log",
                        "sub/rooted.ts"),
                listed(""));
    }

    @Test
    void letsInnerFilesOverruleOuterOnes() throws Exception {
        write(".gitignore", "*.gen.ts", "vendor/");
        write("app/.gitignore", "!*.gen.ts", "/local.ts");
        write("app/inner/.gitignore", "b.gen.ts");
        write("vendor/.gitignore", "!*");
        touch(
                "a.gen.ts",
                "app/a.gen.ts",
                "app/local.ts",
                "app/inner/a.gen.ts",
                "app/inner/b.gen.ts",
                "app/inner/local.ts",
                "vendor/x.ts");
        assertEquals(List.of("app/a.gen.ts", "app/inner/a.gen.ts", "app/inner/local.ts"), listed(""));
    }

    @Test
    void takesTheRepositorysOwnExcludesLast() throws Exception {
        write(".git/info/exclude", "*.tmp", "secret.ts");
        write(".gitignore", "!secret.ts");
        touch("a.tmp", "sub/b.tmp", "secret.ts");
        assertEquals(List.of("secret.ts"), listed(""));
    }

    @Test
    void mindsTheRulesAboveTheRoot() throws Exception {
        write(".gitignore", "*.log", "/apps/chat/only-here.ts", "/only-there.ts");
        touch("apps/chat/a.ts", "apps/chat/a.log", "apps/chat/only-here.ts", "apps/chat/only-there.ts");
        assertEquals(List.of("a.ts", "only-there.ts"), listed("apps/chat"));
    }

    @Test
    void showsAFolderThatIsItselfIgnored() throws Exception {
        write(".gitignore", "scratch/", "*.log");
        write("scratch/app/.gitignore", "*.tmp");
        touch("scratch/app/a.ts", "scratch/app/a.log", "scratch/app/a.tmp");
        assertEquals(List.of(), listed(""));
        assertEquals(List.of("a.log", "a.ts"), listed("scratch/app"));
    }

    @Test
    void readsTheExcludesOfALinkedWorkTree() throws Exception {
        write(".git/info/exclude", "*.tmp");
        write(".git/worktrees/second/commondir", "../..");
        write("second/.git", "gitdir: ../.git/worktrees/second");
        touch("second/a.tmp", "second/a.ts");
        assertEquals(List.of("a.ts"), listed("second"));
    }

    @Test
    void survivesPatternsThatAreNone() throws Exception {
        write(".gitignore", "[", "[z-a]", "***", "\\", "!", "/", "a\u0000b", "b.ts");
        touch("b.ts", "c.ts");
        Files.createDirectories(folder.resolve("empty"));
        var expected = listed("");
        // Three stars match any one name, as one does.
        assertEquals(List.of(), expected);
        write(".gitignore", "[", "[z-a]", "\\", "!", "/", "b.ts");
        assertEquals(List.of("c.ts"), listed(""));
    }
}
