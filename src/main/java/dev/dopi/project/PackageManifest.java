package dev.dopi.project;

import dev.dopi.source.Paths;
import dev.dopi.source.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

    private static final String FILE = "package.json";

    /** What npm puts in the place of a test script. */
    private static final String NONE = "no test specified";

    public PackageManifest {
        scripts = Map.copyOf(scripts);
        dependencies = Map.copyOf(dependencies);
    }

    /**
     * Returns the manifest that governs {@code folder}: the nearest one at or above it. Where that one
     * is malformed the answer is empty, as npm would not look further up either.
     */
    public static Optional<PackageManifest> nearest(FileTree files, String folder) {
        for (String at : upwards(folder)) {
            Optional<SourceFile> file = files.read(Paths.in(at, FILE));
            if (file.isPresent()) {
                return of(files, at, file.get());
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the version of {@code packageName} that is installed for code in {@code folder}, looking upwards as node
     * does; empty where it is not installed.
     */
    public static Optional<String> installedVersion(FileTree files, String folder, String packageName) {
        for (String at : upwards(folder)) {
            Optional<SourceFile> file = files.read(Paths.in(at, "node_modules/" + packageName + "/" + FILE));
            if (file.isPresent()) {
                return version(file.get());
            }
        }
        return Optional.empty();
    }

    /** Returns its path, relative to the root. */
    public String path() {
        return Paths.in(folder, FILE);
    }

    /** Returns the script called {@code name}, unless it is only the one that npm starts a project with. */
    public Optional<String> ownScript(String name) {
        return Optional.ofNullable(scripts.get(name)).filter(script -> !script.isBlank() && !script.contains(NONE));
    }

    /** Returns what is wrong with the project's own manifests: each must be JSON, each setting of the right type. */
    public static List<Diagnostic> diagnostics(FileTree files) {
        var diagnostics = new ArrayList<Diagnostic>();
        for (String path : files.paths()) {
            if (isManifest(path)) {
                files.read(path).ifPresent(file -> diagnostics.addAll(diagnostics(file)));
            }
        }
        return diagnostics;
    }

    /** Returns whether a file of this path is a manifest. */
    static boolean isManifest(String path) {
        return path.equals(FILE) || path.endsWith("/" + FILE);
    }

    private static List<Diagnostic> diagnostics(SourceFile file) {
        try {
            var settings = new Settings(file, ConfigParser.JSON);
            settings.text(settings.root(), "name");
            texts(settings, "scripts");
            dependencies(settings);
            return settings.diagnostics();
        } catch (MalformedConfigException e) {
            return List.of(e.toDiagnostic(file.path(), ConfigParser.JSON.language()));
        }
    }

    private static Optional<PackageManifest> of(FileTree files, String folder, SourceFile file) {
        try {
            var settings = new Settings(file, ConfigParser.JSON);
            Optional<String> locked = PackageManagers.byLockFile(files, upwards(folder));
            return Optional.of(new PackageManifest(
                    folder,
                    text(settings, "name"),
                    texts(settings, "scripts"),
                    dependencies(settings),
                    PackageManagers.byField(files, upwards(folder))
                            .or(() -> locked)
                            .orElse("npm"),
                    locked.isPresent()));
        } catch (MalformedConfigException _) {
            // Told by diagnostics(FileTree).
            return Optional.empty();
        }
    }

    private static Optional<String> version(SourceFile file) {
        try {
            return text(new Settings(file, ConfigParser.JSON), "version");
        } catch (MalformedConfigException _) {
            // A broken installation is as good as none.
            return Optional.empty();
        }
    }

    private static Optional<String> text(Settings settings, String key) {
        return settings.text(settings.root(), key).map(ConfigValue.Text::text);
    }

    private static Map<String, String> dependencies(Settings settings) {
        var all = new HashMap<>(texts(settings, "devDependencies"));
        all.putAll(texts(settings, "dependencies"));
        return all;
    }

    private static Map<String, String> texts(Settings settings, String key) {
        var texts = new HashMap<String, String>();
        ConfigValue.Members members = settings.members(settings.root(), key);
        for (String name : members.byName().keySet()) {
            settings.text(members, name).ifPresent(text -> texts.put(name, text.text()));
        }
        return texts;
    }

    /** Returns {@code folder} and every folder above it, the root last. */
    private static List<String> upwards(String folder) {
        var folders = new ArrayList<String>();
        var at = folder;
        while (!at.isEmpty()) {
            folders.add(at);
            at = Paths.folder(at);
        }
        folders.add("");
        return folders;
    }
}
