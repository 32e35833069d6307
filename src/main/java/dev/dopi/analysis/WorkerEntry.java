package dev.dopi.analysis;

import dev.dopi.project.WranglerConfig;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the script that a Worker starts with, also where its configuration names what is built from it. */
final class WorkerEntry {

    private static final Pattern OUTPUT = Pattern.compile("^(dist|build|out|lib|bin|\\.[\\w-]+)(/|$)");

    private final Scripts scripts;
    private final Resolver resolver;

    WorkerEntry(Scripts scripts, Resolver resolver) {
        this.scripts = scripts;
        this.resolver = resolver;
    }

    /** Returns the entry's source, or empty where it is not in the project or could be any of several. */
    Optional<Module> of(WranglerConfig config) {
        return config.main().flatMap(main -> source(config.folder(), main).or(() -> written(main)));
    }

    private Optional<Module> written(String main) {
        return resolver.withEnding(Optional.of(main)).flatMap(scripts::module);
    }

    private Optional<Module> source(String folder, String main) {
        String within = main.substring(folder.isEmpty() || !main.startsWith(folder + "/") ? 0 : folder.length() + 1);
        if (!OUTPUT.matcher(within).find()) {
            return Optional.empty();
        }
        Set<String> candidates = new LinkedHashSet<>();
        WorkspacePackages.source(folder, within, candidates);
        return candidates.stream()
                .filter(candidate -> !candidate.equals(main))
                .flatMap(candidate -> written(candidate).stream())
                .findFirst();
    }
}
