package dev.dopi.analysis;

import dev.dopi.project.Project;
import dev.dopi.project.WranglerConfig;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells from their bytes which scripts cannot lead to a Durable Object, so that they need not be parsed.
 *
 * <p>A class is one by what it extends or implements, so its own file, or one that it imports from, names
 * {@code DurableObject} or a framework's package. It says yes where it cannot be sure.
 */
final class Relevance {

    private final Project project;
    private final Resolver resolver;
    private final Survey survey;
    private final Set<String> irrelevant = new HashSet<>();

    Relevance(Project project, Survey survey, Resolver resolver) {
        this.project = project;
        this.survey = survey;
        this.resolver = resolver;
    }

    /** Returns whether the Worker of {@code config} can hold objects, named by its configuration or not. */
    boolean mayHoldObjects(WranglerConfig config) {
        if (!config.bindings().isEmpty()
                || !config.classes().isEmpty()
                || config.main().isEmpty()) {
            return true;
        }
        // Of an entry that is not there as it is written, as build output, nothing is known.
        Optional<String> main = resolver.withEnding(config.main());
        return main.isEmpty() || !project.isListed(main.get()) || leadsToObject(main.get());
    }

    /** Names the entries of the Workers that can hold objects, and the scripts that speak of objects below them. */
    void expect(List<WranglerConfig> configs, Consumer<String> script) {
        var seen = new HashSet<String>();
        for (WranglerConfig config : configs) {
            Optional<String> main = mayHoldObjects(config) ? resolver.withEnding(config.main()) : Optional.empty();
            main.ifPresent(path -> {
                script.accept(path);
                follow(path, seen, script);
            });
        }
    }

    private void follow(String path, Set<String> seen, Consumer<String> script) {
        var open = new ArrayDeque<String>(List.of(path));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (seen.add(next) && !irrelevant.contains(next)) {
                FileFacts known = survey.of(next);
                if (known.namesObjects()) {
                    script.accept(next);
                }
                known.specifiers()
                        .forEach(specifier -> resolver.file(next, specifier).ifPresent(open::push));
            }
        }
    }

    /** Returns whether the script at {@code path}, or one that it imports from, directly or not, names an object. */
    boolean leadsToObject(String path) {
        var seen = new HashSet<String>();
        var open = new ArrayDeque<String>();
        open.push(path);
        while (!open.isEmpty()) {
            String next = open.pop();
            if (irrelevant.contains(next) || !seen.add(next)) {
                continue;
            }
            FileFacts known = survey.of(next);
            if (known.namesObjects() || known.specifiers().stream().anyMatch(Heritage::isOfFramework)) {
                return true;
            }
            for (String specifier : known.specifiers()) {
                resolver.file(next, specifier).ifPresent(open::push);
            }
        }
        // None of them leads anywhere, so neither does any other search need to follow them.
        irrelevant.addAll(seen);
        return false;
    }

    /** Returns whether the script at {@code path} may declare an object itself. */
    boolean mayDeclareObject(String path) {
        return survey.of(path).hasClass() && leadsToObject(path);
    }
}
