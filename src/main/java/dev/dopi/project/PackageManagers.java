package dev.dopi.project;

import dev.dopi.source.Paths;
import dev.dopi.source.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells which of npm, pnpm, yarn and bun a project uses. */
final class PackageManagers {

    private static final Set<String> KNOWN = Set.of("npm", "pnpm", "yarn", "bun");

    private static final Map<String, String> BY_LOCK_FILE = new LinkedHashMap<>();

    static {
        BY_LOCK_FILE.put("pnpm-lock.yaml", "pnpm");
        BY_LOCK_FILE.put("yarn.lock", "yarn");
        BY_LOCK_FILE.put("bun.lock", "bun");
        BY_LOCK_FILE.put("bun.lockb", "bun");
        BY_LOCK_FILE.put("package-lock.json", "npm");
        BY_LOCK_FILE.put("npm-shrinkwrap.json", "npm");
    }

    private PackageManagers() {}

    /** Returns what the field {@code packageManager} says in the nearest of {@code folders} that has it. */
    static Optional<String> byField(FileTree files, List<String> folders) {
        for (String folder : folders) {
            Optional<String> named = files.read(Paths.in(folder, "package.json"))
                    .flatMap(PackageManagers::field)
                    .map(field -> field.replaceFirst("@.*", ""))
                    .filter(KNOWN::contains);
            if (named.isPresent()) {
                return named;
            }
        }
        return Optional.empty();
    }

    /** Returns what the lock file in the nearest of {@code folders} that has one says. */
    static Optional<String> byLockFile(FileTree files, List<String> folders) {
        for (String folder : folders) {
            for (var lock : BY_LOCK_FILE.entrySet()) {
                String path = Paths.in(folder, lock.getKey());
                // Some projects have git ignore it, so that it is not listed. Every file that can be opened holds "".
                if (files.isListed(path) || files.mentions(path, "")) {
                    return Optional.of(lock.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> field(SourceFile file) {
        try {
            var settings = new Settings(file, ConfigParser.JSON);
            return settings.text(settings.root(), "packageManager").map(ConfigValue.Text::text);
        } catch (MalformedConfigException _) {
            // Told by PackageManifest.diagnostics.
            return Optional.empty();
        }
    }
}
