package dev.dopi.natives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where native libraries are put, and what happens where one cannot be loaded from there. */
final class NativeLibraryTest {

    private static final String NAME = "lib/x86_64-linux-gnu-tree-sitter.so";

    private final Path folder;

    NativeLibraryTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private final List<Path> tried = new ArrayList<>();

    @Test
    void unpacksIntoTheCacheFolderOnceAndWhole() throws IOException {
        Path root = library(_ -> true).loaded(NAME).orElseThrow();

        assertTrue(root.startsWith(folder.resolve("cache/dopi/natives")), root.toString());
        assertArrayEquals(packed(), Files.readAllBytes(root.resolve(NAME)));
        assertEquals(64, String.valueOf(root.getFileName()).length());
        var written = Files.getLastModifiedTime(root.resolve(NAME));
        assertEquals(root, library(_ -> true).loaded(NAME).orElseThrow());
        assertEquals(written, Files.getLastModifiedTime(root.resolve(NAME)));
        assertEquals(1, files(folder.resolve("cache")).size());
    }

    @Test
    void replacesAFileThatIsNotWhatItShouldBe() throws IOException {
        Path file = library(_ -> true).loaded(NAME).orElseThrow().resolve(NAME);
        Files.writeString(file, "cut off");

        library(_ -> true).loaded(NAME);

        assertArrayEquals(packed(), Files.readAllBytes(file));
    }

    @Test
    void goesToTheTemporaryFolderWhereTheCacheRunsNoCode() {
        Path root = library(file -> file.startsWith(folder.resolve("tmp")))
                .loaded(NAME)
                .orElseThrow();

        assertTrue(root.startsWith(folder.resolve("tmp")), root.toString());
        assertEquals(2, tried.size());
    }

    @Test
    void goesToTheTemporaryFolderWhereTheCacheCannotBeWritten() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file where the folder should be");

        assertTrue(library(_ -> true).loaded(NAME).orElseThrow().startsWith(folder.resolve("tmp")));
    }

    @Test
    void saysInASentenceThatNoFolderWillDo() {
        var refusal = assertThrows(
                NativeLibraryException.class, () -> library(_ -> false).loaded(NAME));

        String message = String.valueOf(refusal.getMessage());
        assertTrue(
                message.startsWith("The library x86_64-linux-gnu-tree-sitter.so can be loaded from no folder: "),
                message);
        assertTrue(message.contains(folder.resolve("tmp") + " (no code from here)"), message);
        assertTrue(
                message.endsWith("Point XDG_CACHE_HOME at a folder that you can write to and that may hold programs."));
    }

    @Test
    void takesWhatWasPreparedAndUnpacksNothing() throws IOException {
        Path prepared = Files.createDirectories(folder.resolve("prepared"));
        Files.createDirectories(prepared.resolve("lib"));
        Files.write(prepared.resolve(NAME), packed());

        var library = new NativeLibrary(
                Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()),
                Optional.of(prepared),
                folder,
                tried::add);

        assertEquals(Optional.of(prepared), library.loaded(NAME));
        assertEquals(List.of(prepared.resolve(NAME)), tried);
        assertFalse(Files.exists(folder.resolve("cache")));
    }

    @Test
    void isEmptyForASystemThatTheJarHasNothingFor() {
        assertEquals(Optional.empty(), library(_ -> true).loaded("lib/sparc-solaris-tree-sitter.so"));
    }

    private NativeLibrary library(Predicate<Path> runsCode) {
        Path temporary = folder.resolve("tmp");
        temporary.toFile().mkdir();
        return new NativeLibrary(
                Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString(), "HOME", "/nowhere"),
                Optional.empty(),
                temporary,
                file -> {
                    tried.add(file);
                    if (!runsCode.test(file)) {
                        throw new UnsatisfiedLinkError("no code from here");
                    }
                });
    }

    private static byte[] packed() throws IOException {
        try (InputStream in = NativeLibraryTest.class.getClassLoader().getResourceAsStream(NAME)) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }
}
