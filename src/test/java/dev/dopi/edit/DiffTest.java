package dev.dopi.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dopi.edit.Diff.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unified diffs, given to the real git. */
final class DiffTest {

    private final Path folder;

    DiffTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @CsvSource({
        "'a\nb\nc\n', 'a\nB\nc\n'",
        "'a\r\nb\r\nc\r\n', 'a\r\nb\r\nx\r\nc\r\n'",
        "'\uFEFFa\nb\n', '\uFEFFa\nc\nb\n'",
        "'a\nb', 'a\nb\nc'",
        "'a\nb', 'a\nb\n'",
        "'a\nb\n', 'a\nb'",
        "'a', 'b'",
        "'é🦀\n', 'é🦀!\n'",
        "'a\n', ''",
        "'', 'a\n'"
    })
    void gitMakesOfItWhatItSays(String before, String after) throws Exception {
        check(new FileChange.Modify("src/room.ts", before, after));
    }

    @ParameterizedTest
    @CsvSource({"'a\nb\n'", "'a\r\nb\r\n'", "'\uFEFFa'"})
    void gitMakesANewFile(String after) throws Exception {
        check(new FileChange.Create("test/new room.test.ts", after));
    }

    @Test
    void gitTakesChangesInLongFiles() throws Exception {
        var random = new Random(3);
        for (int round = 0; round < 6; round++) {
            List<String> lines = IntStream.range(0, 60)
                    .mapToObj(i -> "line " + random.nextInt(9))
                    .toList();
            String end = round % 2 == 0 ? "\n" : "\r\n";
            String before = lines.stream().map(line -> line + end).collect(Collectors.joining());
            String after = lines.stream()
                    .filter(_ -> random.nextInt(9) != 0)
                    .map(line -> random.nextInt(9) == 0 ? "new" + end + line + end : line + end)
                    .collect(Collectors.joining());
            check(new FileChange.Modify("src/room" + round + ".ts", before, after));
        }
    }

    @Test
    void countsLinesFromOne() {
        Diff diff = Diff.between("a\nb\nc\n", "a\nx\nc\nd\n");
        assertEquals(2, diff.added());
        assertEquals(1, diff.removed());
        assertEquals(
                List.of(
                        new Diff.Line(Kind.KEPT, 1, 1, "a"),
                        new Diff.Line(Kind.REMOVED, 2, 0, "b"),
                        new Diff.Line(Kind.ADDED, 0, 2, "x"),
                        new Diff.Line(Kind.KEPT, 3, 3, "c"),
                        new Diff.Line(Kind.ADDED, 0, 4, "d")),
                diff.lines());
    }

    @Test
    void isEmptyWhereNothingChanges() {
        assertEquals("", Diff.unified(new FileChange.Modify("a.ts", "same", "same")));
    }

    @Test
    void aNameThatHoldsALineEndIsOneNameToGit() throws IOException, InterruptedException {
        check(new FileChange.Modify("src/a \"b\\\n+++ c\u001b[2J.ts", "old\n", "new\n"));
    }

    private void check(FileChange change) throws IOException, InterruptedException {
        Path file = folder.resolve(change.path());
        Files.createDirectories(file.getParent());
        if (change instanceof FileChange.Modify modify) {
            Files.writeString(file, modify.before());
        }
        Path patch = folder.resolve("change.patch");
        Files.writeString(patch, Diff.unified(change));
        Process git = new ProcessBuilder(
                        "git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "change.patch")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, git.waitFor(), said + "\n" + Files.readString(patch));
        assertEquals(change.after(), Files.readString(file));
    }
}
