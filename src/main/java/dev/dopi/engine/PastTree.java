package dev.dopi.engine;

import dev.dopi.project.Diagnostic;
import dev.dopi.project.FileTree;
import dev.dopi.source.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The files on the disk as they would be with other contents of some, that some are not there included. */
record PastTree(FileTree disk, Map<String, Content> contents) implements FileTree {

    PastTree {
        contents = Map.copyOf(contents);
    }

    @Override
    public List<String> paths() {
        var paths = new TreeSet<>(disk.paths());
        contents.forEach((path, content) -> {
            if (content.absent()) {
                paths.remove(path);
            } else {
                paths.add(path);
            }
        });
        return List.copyOf(paths);
    }

    @Override
    public Optional<SourceFile> read(String path) {
        Content content = contents.get(path);
        if (content == null) {
            return disk.read(path);
        }
        return content.text().map(text -> new SourceFile(path, text));
    }

    @Override
    public boolean isListed(String path) {
        Content content = contents.get(path);
        return content == null ? disk.isListed(path) : !content.absent();
    }

    @Override
    public boolean mentions(String path, String word) {
        return contents.containsKey(path) ? FileTree.super.mentions(path, word) : disk.mentions(path, word);
    }

    @Override
    public Optional<String> bytes(String path) {
        return contents.containsKey(path) ? FileTree.super.bytes(path) : disk.bytes(path);
    }

    @Override
    public Optional<String> locked(String path) {
        return disk.locked(path);
    }

    @Override
    public List<Diagnostic> diagnostics() {
        return disk.diagnostics();
    }
}
