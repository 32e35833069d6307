package dev.dopi.project;

import dev.dopi.source.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A tree of files that are nowhere but in a test.
 *
 * <p>As on the disk, what is in {@code node_modules} can be read and is not listed.
 */
public final class MemoryTree implements FileTree {

    private final TreeMap<String, String> texts;

    private MemoryTree(Map<String, String> texts) {
        this.texts = new TreeMap<>(texts);
    }

    /** Returns the tree of {@code path, text, path, text, …}. */
    public static MemoryTree of(String... pathsAndTexts) {
        if (pathsAndTexts.length % 2 != 0) {
            throw new IllegalArgumentException("a path without a text: " + pathsAndTexts[pathsAndTexts.length - 1]);
        }
        var texts = new TreeMap<String, String>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            texts.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
        }
        return new MemoryTree(texts);
    }

    /** Returns this tree with one file more, or with another text in its place. */
    public MemoryTree with(String path, String text) {
        var more = new TreeMap<>(texts);
        more.put(path, text);
        return new MemoryTree(more);
    }

    @Override
    public List<String> paths() {
        return texts.keySet().stream()
                .filter(path -> !path.startsWith("node_modules/") && !path.contains("/node_modules/"))
                .toList();
    }

    @Override
    public Optional<SourceFile> read(String path) {
        return Optional.ofNullable(texts.get(path)).map(text -> new SourceFile(path, text));
    }

    @Override
    public List<Diagnostic> diagnostics() {
        return List.of();
    }
}
