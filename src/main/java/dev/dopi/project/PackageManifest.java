package dev.dopi.project;

import java.util.Map;
import java.util.Optional;

/**
 * A {@code package.json}.
 *
 * @param folder the folder it stands in, relative to the root; empty for the root itself
 * @param scripts by name
 * @param dependencies ordinary and development dependencies, name to range as written
 * @param packageManager npm, pnpm, yarn or bun: by the field of that name, else by the lock file, else npm
 * @param lockFile whether a lock file tells, rather than the default
 */
public record PackageManifest(
        String folder,
        Optional<String> name,
        Map<String, String> scripts,
        Map<String, String> dependencies,
        String packageManager,
        boolean lockFile) {

    public PackageManifest {
        scripts = Map.copyOf(scripts);
        dependencies = Map.copyOf(dependencies);
    }

    /** Returns the manifest that governs {@code folder}: the nearest one at or above it. */
    public static Optional<PackageManifest> nearest(FileTree files, String folder) {
        return Optional.empty();
    }

    /**
     * Returns the version of {@code packageName} that is installed for code in {@code folder}, looking upwards as node
     * does; empty where it is not installed.
     */
    public static Optional<String> installedVersion(FileTree files, String folder, String packageName) {
        return Optional.empty();
    }
}
