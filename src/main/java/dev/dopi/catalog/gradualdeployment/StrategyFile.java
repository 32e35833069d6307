package dev.dopi.catalog.gradualdeployment;

import dev.dopi.model.Worker;
import dev.dopi.project.Project;
import dev.dopi.source.Paths;
import dev.dopi.source.SourceFile;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a Worker's strategy and the scripts that follow it stand: in the folder of its configuration. */
final class StrategyFile {

    private static final Pattern NAME = Pattern.compile("deployment-strategy(\\.[\\w.-]+)?\\.jsonc?");

    private StrategyFile() {}

    /** Returns the strategy that is about {@code worker}, by the configuration that it names. */
    static Optional<String> find(Project project, Worker worker) {
        return project.paths().stream()
                .filter(path -> Paths.folder(path).equals(worker.folder())
                        && NAME.matcher(Paths.name(path)).matches())
                .filter(path -> project.read(path)
                        .filter(file -> isAbout(file, Paths.name(worker.id())))
                        .isPresent())
                .findFirst();
    }

    /** A strategy that names no configuration is about whatever stands beside it. */
    private static boolean isAbout(SourceFile file, String config) {
        var named = Pattern.compile("\"config\"\\s*:\\s*\"([^\"]*)\"").matcher(file.text());
        return !named.find() || named.group(1).equals(config);
    }

    /** Returns the path of a new strategy for {@code worker}, whose folder may hold another Worker's. */
    static String path(Project project, Worker worker) {
        String usual = Paths.in(worker.folder(), "deployment-strategy.jsonc");
        if (project.read(usual).isEmpty()) {
            return usual;
        }
        String config = Paths.name(worker.id());
        return Paths.in(
                worker.folder(),
                "deployment-strategy.%s.jsonc".formatted(config.substring(0, config.lastIndexOf('.'))));
    }

    static String runner(String folder) {
        return Paths.in(folder, "scripts/deploy-gradual.mjs");
    }

    static String shell(String folder) {
        return Paths.in(folder, "scripts/deploy-gradual.sh");
    }
}
