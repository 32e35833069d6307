package dev.dopi.project;

import dev.dopi.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A project at one moment: its files and what its configuration says.
 *
 * <p>{@link #with} gives the next moment without touching the disk, which is how a plan is tried, analysed again and
 * built upon.
 */
public final class Project implements FileTree {

    private final FileTree disk;
    private final Map<String, SourceFile> changed;
    private final List<WranglerConfig> configs;
    /** What the configuration itself got wrong; the tree's own diagnostics grow as files are read. */
    private final List<Diagnostic> diagnostics;

    private Project(FileTree disk, Map<String, SourceFile> changed) {
        this.disk = disk;
        this.changed = changed;
        var reading = WranglerConfigs.in(this);
        this.configs = reading.configs();
        this.diagnostics = new ArrayList<>(reading.diagnostics());
        this.diagnostics.addAll(PackageManifest.diagnostics(this));
    }

    public static Project of(FileTree files) {
        return new Project(files, Map.of());
    }

    /** Returns this project with {@code files} in the place of what their paths held before, or new. */
    public Project with(List<SourceFile> files) {
        var next = new TreeMap<>(changed);
        files.forEach(file -> next.put(file.path(), file));
        return new Project(disk, next);
    }

    @Override
    public List<String> paths() {
        if (changed.isEmpty()) {
            return disk.paths();
        }
        var all = new TreeSet<>(disk.paths());
        all.addAll(changed.keySet());
        return List.copyOf(all);
    }

    @Override
    public Optional<SourceFile> read(String path) {
        SourceFile file = changed.get(path);
        return file != null ? Optional.of(file) : disk.read(path);
    }

    /** Returns what stands for the text of {@code path}: where two projects return equal objects it is the same. */
    public Object version(String path) {
        SourceFile file = changed.get(path);
        return file != null ? file : disk;
    }

    @Override
    public boolean mentions(String path, String word) {
        SourceFile file = changed.get(path);
        return file != null ? file.text().contains(word) : disk.mentions(path, word);
    }

    @Override
    public Optional<String> bytes(String path) {
        return changed.containsKey(path) ? FileTree.super.bytes(path) : disk.bytes(path);
    }

    @Override
    public boolean isListed(String path) {
        return changed.containsKey(path) || disk.isListed(path);
    }

    @Override
    public Optional<String> locked(String path) {
        return disk.locked(path);
    }

    @Override
    public List<Diagnostic> diagnostics() {
        var all = new ArrayList<>(disk.diagnostics());
        all.addAll(diagnostics);
        return List.copyOf(all);
    }

    /** Returns the configuration of every Worker in the project, in the order of their paths. */
    public List<WranglerConfig> configs() {
        return configs;
    }
}
