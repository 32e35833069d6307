package dev.dopi.project;

import dev.dopi.source.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The files of a project, as they were when it was opened.
 *
 * <p>Reading the same path twice gives the same text: a tree is a snapshot. Paths are relative to the root and
 * {@code /}-separated.
 */
public interface FileTree {

    /** Returns the path of every file that counts as the user's own, in order: nothing ignored, nothing installed. */
    List<String> paths();

    /**
     * Returns the file at {@code path}, listed or not (an installed package's {@code package.json} is not), or empty
     * where there is none that can be read as UTF-8 text.
     */
    Optional<SourceFile> read(String path);

    /** Returns whether the bytes of {@code path} hold {@code word}; cheaper than reading text. */
    default boolean mentions(String path, String word) {
        return read(path).map(file -> file.text().contains(word)).orElse(false);
    }

    /**
     * Returns the bytes of {@code path}, one character each, or empty where {@link #read} is; nothing of them is kept, so
     * all files of a project can be looked at.
     */
    default Optional<String> bytes(String path) {
        return read(path)
                .map(file -> new String(file.text().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    /** Returns whether {@link #paths} has {@code path}. */
    default boolean isListed(String path) {
        return paths().contains(path);
    }

    /** Returns why {@code path} cannot be written to, as a clause, as far as that is known. */
    default Optional<String> locked(String path) {
        return Optional.empty();
    }

    /** Returns what was met while listing and reading: unreadable files, odd encodings, symbolic link loops. */
    List<Diagnostic> diagnostics();
}
