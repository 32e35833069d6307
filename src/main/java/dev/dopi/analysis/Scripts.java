package dev.dopi.analysis;

import dev.dopi.project.Project;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxTree;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The project's scripts, each parsed once when it is first asked for. To be closed when the analysis is done. */
final class Scripts implements AutoCloseable {

    private final Project project;
    private final Map<String, Optional<Module>> modules = new HashMap<>();

    Scripts(Project project) {
        this.project = project;
    }

    Project project() {
        return project;
    }

    /** Returns whether there is a readable script at {@code path}; cheaper than parsing it. */
    boolean has(String path) {
        return Grammar.of(path).isPresent() && project.read(path).isPresent();
    }

    /** Returns the module at {@code path}, or empty where there is no readable script. */
    Optional<Module> module(String path) {
        Optional<Module> known = modules.get(path);
        if (known == null) {
            known = Grammar.of(path)
                    .flatMap(grammar -> project.read(path).map(file -> SyntaxTree.parse(file, grammar)))
                    .map(Module::of);
            modules.put(path, known);
        }
        return known;
    }

    int parsed() {
        return (int) modules.values().stream().filter(Optional::isPresent).count();
    }

    @Override
    public void close() {
        modules.values().forEach(module -> module.ifPresent(each -> each.tree().close()));
    }
}
