package dev.dopi.project;

import dev.dopi.project.WranglerConfig.Format;
import dev.dopi.source.Paths;
import dev.dopi.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The wrangler configurations of a project, and what was wrong with them.
 *
 * <p>One that cannot be read costs itself alone.
 *
 * @param configs in the order of their paths; in a folder the one that wrangler takes by itself, and those that it takes
 *     with {@code --config}
 */
record WranglerConfigs(List<WranglerConfig> configs, List<Diagnostic> diagnostics) {

    private static final Pattern NAME = Pattern.compile("wrangler.*\\.(json|jsonc|toml)");

    WranglerConfigs {
        configs = List.copyOf(configs);
        diagnostics = List.copyOf(diagnostics);
    }

    static WranglerConfigs in(FileTree files) {
        var candidates =
                files.paths().stream().filter(WranglerConfigs::isConfig).toList();
        var taken = new TreeMap<String, String>();
        for (String path : candidates) {
            if (WranglerConfig.NAMES.contains(Paths.name(path))) {
                taken.merge(
                        Paths.folder(path),
                        path,
                        (one, other) -> WranglerConfig.NAMES.indexOf(Paths.name(one))
                                        < WranglerConfig.NAMES.indexOf(Paths.name(other))
                                ? one
                                : other);
            }
        }
        var configs = new ArrayList<WranglerConfig>();
        var diagnostics = new ArrayList<Diagnostic>();
        for (String path : candidates) {
            Optional<String> winner = winnerOver(path, taken);
            if (winner.isPresent()) {
                diagnostics.add(Diagnostic.info(
                        path,
                        0,
                        "ignored by wrangler because %s stands beside it".formatted(Paths.name(winner.get()))));
            } else {
                files.read(path).ifPresent(file -> read(file, configs, diagnostics));
            }
        }
        return new WranglerConfigs(configs, diagnostics);
    }

    /** Returns whether a file of this path may be a wrangler configuration. */
    static boolean isConfig(String path) {
        return NAME.matcher(Paths.name(path)).matches();
    }

    private static Optional<String> winnerOver(String path, Map<String, String> taken) {
        return WranglerConfig.NAMES.contains(Paths.name(path))
                ? Optional.ofNullable(taken.get(Paths.folder(path))).filter(winner -> !winner.equals(path))
                : Optional.empty();
    }

    private static void read(SourceFile file, List<WranglerConfig> configs, List<Diagnostic> diagnostics) {
        Format format = formatOf(file.path());
        try {
            var reading = new WorkerReading(file, format);
            if (WranglerConfig.NAMES.contains(Paths.name(file.path())) || reading.describesWorker()) {
                configs.add(reading.config(format));
                diagnostics.addAll(reading.diagnostics());
            }
        } catch (MalformedConfigException e) {
            diagnostics.add(
                    e.toDiagnostic(file.path(), WorkerReading.parserOf(format).language()));
        }
    }

    private static Format formatOf(String path) {
        if (path.endsWith(".toml")) {
            return Format.TOML;
        }
        return path.endsWith(".jsonc") ? Format.JSONC : Format.JSON;
    }
}
