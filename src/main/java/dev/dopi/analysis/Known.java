package dev.dopi.analysis;

import dev.dopi.project.Project;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the analyses of one session know of its scripts, so that one that did not change is neither read nor parsed again.
 *
 * <p>For one analysis at a time. Trees are kept as far as there is room for them; they live outside the Java heap, so
 * whoever is done with this closes it.
 */
public final class Known implements AutoCloseable {

    /** Characters of scripts whose trees are kept; a tree takes some forty bytes for each. */
    private static final int ROOM = 1_000_000;

    private final Map<String, Looked> facts = new ConcurrentHashMap<>();
    private final Map<String, Parsed> modules = new HashMap<>();

    /** @param version what {@link Project#version} said of the file */
    private record Looked(Object version, FileFacts facts) {}

    private record Parsed(Object version, Module module) {}

    /** Returns what the bytes of the script at {@code path} tell; for any thread. */
    FileFacts facts(Project project, String path) {
        Object version = project.version(path);
        Looked known = facts.get(path);
        if (known == null || !known.version().equals(version)) {
            known = new Looked(version, project.bytes(path).map(FileFacts::of).orElse(FileFacts.NOTHING));
            facts.put(path, known);
        }
        return known.facts();
    }

    /** Returns the module at {@code path} where an earlier analysis parsed the same text. */
    Optional<Module> module(Project project, String path) {
        return Optional.ofNullable(modules.get(path))
                .filter(known -> known.version().equals(project.version(path)))
                .map(Parsed::module);
    }

    /** Takes over what an analysis of {@code project} used, and closes what there is no room for. */
    void keep(Project project, Collection<Module> used) {
        var kept = new HashMap<String, Parsed>();
        int room = ROOM;
        for (Module module : used) {
            room -= module.tree().file().text().length();
            if (room >= 0) {
                kept.put(module.path(), new Parsed(project.version(module.path()), module));
            } else {
                module.tree().close();
            }
        }
        Set<Module> settled = Collections.newSetFromMap(new IdentityHashMap<>());
        settled.addAll(used);
        modules.values().stream()
                .map(Parsed::module)
                .filter(module -> !settled.contains(module))
                .forEach(module -> module.tree().close());
        modules.clear();
        modules.putAll(kept);
    }

    @Override
    public void close() {
        modules.values().forEach(each -> each.module().tree().close());
        modules.clear();
    }
}
