package dev.dopi.analysis;

import dev.dopi.project.Project;
import dev.dopi.syntax.Grammar;
import java.util.List;
import java.util.Optional;

/** What is known of each script of a project without parsing it. Asked by one thread. */
final class Survey {

    /** From here on, it pays to have other threads read along. */
    private static final int MANY = 64;

    private final Project project;
    private final Known known;
    private Optional<List<String>> makingIds = Optional.empty();
    private Optional<Boolean> acceptsHibernating = Optional.empty();

    Survey(Project project, Known known) {
        this.project = project;
        this.known = known;
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

    /** Returns whether any source, of whatever Worker, accepts sockets so that their object can hibernate. */
    boolean acceptsHibernating() {
        if (acceptsHibernating.isEmpty()) {
            acceptsHibernating = Optional.of(project.paths().stream()
                    .anyMatch(path -> ScriptPaths.isSource(path) && project.mentions(path, "acceptWebSocket")));
        }
        return acceptsHibernating.get();
    }

    /** Returns what the bytes of the script at {@code path} tell; nothing where there is none that can be read. */
    FileFacts of(String path) {
        return known.facts(project, path);
    }
}
