package dev.dopi.analysis;

import dev.dopi.project.Project;
import dev.dopi.syntax.Grammar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of each script of a project without parsing it; each is read once. Asked by one thread. */
final class Survey {

    /** From here on, it pays to have other threads read along. */
    private static final int MANY = 64;

    private final Project project;
    private final Map<String, FileFacts> facts = new ConcurrentHashMap<>();
    private Optional<List<String>> makingIds = Optional.empty();

    Survey(Project project) {
        this.project = project;
    }

    /** Reads the scripts of a large project on all processors at once; in a small one each is read when asked for. */
    void prepare() {
        List<String> scripts = project.paths().stream()
                .filter(path -> Grammar.of(path).isPresent())
                .toList();
        if (scripts.size() >= MANY) {
            scripts.parallelStream().forEach(this::of);
        }
    }

    /** Returns the scripts, in order, in which ids or stubs of objects may be made. */
    List<String> makingIds() {
        if (makingIds.isEmpty()) {
            makingIds = Optional.of(project.paths().stream()
                    .filter(path -> Grammar.of(path).isPresent())
                    .filter(path -> of(path).makesIds())
                    .toList());
        }
        return makingIds.get();
    }

    /** Returns what the bytes of the script at {@code path} tell; nothing where there is none that can be read. */
    FileFacts of(String path) {
        return facts.computeIfAbsent(
                path, it -> project.bytes(it).map(FileFacts::of).orElse(FileFacts.NOTHING));
    }
}
