package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.model.DurableObjectClass.Declaration;
import dev.dopi.project.Diagnostic;
import dev.dopi.project.WranglerConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a project that belongs to no Worker, and which of its classes count as objects.
 *
 * <p>A class that only derives from another class of the library counts where a Worker uses it, for otherwise nothing
 * says that it ever runs; in a project without any Worker all count.
 */
final class Library {

    private final Resolver resolver;
    private final Heritage heritage;
    private final List<WranglerConfig> configs;
    private final Set<String> exportedByWorkers = new HashSet<>();
    private final Set<String> usedByWorkers = new HashSet<>();
    private final List<Diagnostic> diagnostics;

    Library(
            Resolver resolver,
            Heritage heritage,
            List<WranglerConfig> configs,
            List<Discovery.Found> inWorkers,
            List<Diagnostic> diagnostics) {
        this.resolver = resolver;
        this.heritage = heritage;
        this.configs = configs;
        this.diagnostics = diagnostics;
        inWorkers.stream().flatMap(each -> each.site().stream()).forEach(site -> {
            exportedByWorkers.add(key(site));
            heritage.of(site).ancestors().forEach(above -> usedByWorkers.add(key(above)));
        });
    }

    /** Whether the file at {@code path} is no Worker's: outside their folders, or in a package of its own within one. */
    boolean holds(String path) {
        String manifest = resolver.packageFolder(path);
        return configs.stream()
                .filter(config -> config.holds(path, List.of()))
                .allMatch(config -> !manifest.equals(resolver.packageFolder(config.path()))
                        && manifest.startsWith(config.folder()));
    }

    private static String key(Target.ClassNode site) {
        return site.module().path() + ":" + site.node().span().start();
    }

    /** Returns how the class at {@code site} says that it is an object, where it counts as one. */
    Optional<Declaration> object(Target.ClassNode site) {
        Heritage.Kind kind = heritage.of(site);
        if (kind.declaration().isEmpty() || exportedByWorkers.contains(key(site))) {
            return Optional.empty();
        }
        if (heritage.frameworkOf(site).isPresent()) {
            return kind.declaration();
        }
        if (Discovery.isAbstract(site.node())) {
            return Optional.empty();
        }
        boolean direct = kind.declaration().get() != Declaration.SUBCLASS;
        if (!direct && !configs.isEmpty() && !usedByWorkers.contains(key(site))) {
            diagnostics.add(Diagnostic.info(
                    site.module().path(),
                    site.node().line(),
                    "%s derives from a Durable Object, but no Worker of the project uses it; it is not listed."
                            .formatted(site.node().fieldText("name"))));
            return Optional.empty();
        }
        return kind.declaration();
    }
}
