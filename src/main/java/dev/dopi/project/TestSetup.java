package dev.dopi.project;

import dev.dopi.source.Paths;
import dev.dopi.source.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a Worker's tests are run by Vitest inside workerd, as far as new tests must know.
 *
 * <p>What it says holds for the installed version of the test package; where none is installed, for the lowest that
 * {@code package.json} allows.
 *
 * @param packageName {@code @cloudflare/vitest-plugin}, or {@code @cloudflare/vitest-pool-workers} as it was called
 * @param version the version installed, else the range in {@code package.json}
 * @param modern whether a test has {@code env} from {@code cloudflare:workers} rather than {@code cloudflare:test}
 * @param evicts whether {@code cloudflare:test} has {@code evictDurableObject}
 * @param folder where the tests stand, relative to the root
 * @param ending how the names of the tests end: {@code .test.ts}
 * @param example one of the tests there are
 * @param config the wrangler configuration that the tests run with, where their own configuration names just one
 */
public record TestSetup(
        String packageName,
        String version,
        boolean modern,
        boolean evicts,
        String folder,
        String ending,
        Optional<String> example,
        Optional<String> config) {

    // An include that names one folder and one ending, and nothing else.
    private static final Pattern INCLUDE = Pattern.compile(
            "include\\s*:\\s*\\[\\s*[\"'`](?:\\./)?([\\w./-]*?)/?\\*\\*/\\*((?:\\.\\w+)+)[\"'`]\\s*,?\\s*]");
    private static final String PLUGIN = "@cloudflare/vitest-plugin";
    private static final String TYPES = "@cloudflare/workers-types";
    private static final Pattern DATED = Pattern.compile("\\d\\.(\\d{8})\\b");
    private static final int WITH_ENV = 20250317;
    private static final String POOL = "@cloudflare/vitest-pool-workers";
    /** The minor version of the older package from which on its types stand by themselves. */
    private static final int WITH_TYPES = 13;

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.\\d+)?");
    private static final Pattern TEST = Pattern.compile("(?:.*/)?[^/]+(\\.(?:test|spec))\\.([cm]?)([jt]s)x?");
    private static final Pattern SETTINGS =
            Pattern.compile("(?:.*/)?(?:vitest|vite)(?:\\.[\\w-]+)*\\.config\\.[cm]?[jt]s"
                    + "|(?:.*/)?vitest\\.config\\.[\\w.-]+\\.[cm]?[jt]s");
    /** What Vitest may be set up by: also a workspace, and what the configuration takes in from beside it. */
    private static final Pattern VITEST = Pattern.compile("(?:.*/)?vite(?:st)?[\\w.-]*\\.[cm]?[jt]s");

    /** A configuration that is made elsewhere. */
    private static final Pattern SHARED = Pattern.compile("from\\s+[\"']\\.\\.?/");

    private static final Pattern CONFIG_PATH = Pattern.compile("configPath\\s*:\\s*[\"'`]([^\"'`$]+)[\"'`]");

    /**
     * Returns the set-up that governs {@code folder}, or empty where its package has none. Where the test script runs
     * Vitest, the test package alone is none: Vitest does not use it unless its configuration says so.
     */
    public static Optional<TestSetup> of(FileTree files, String folder) {
        return of(files, folder, "");
    }

    /** As {@link #of(FileTree, String)}; where no test shows how tests are written, they are as {@code script} is. */
    public static Optional<TestSetup> of(FileTree files, String folder, String script) {
        Optional<PackageManifest> own = PackageManifest.nearest(files, folder);
        for (Optional<PackageManifest> at = own; at.isPresent(); at = above(files, at.get())) {
            for (String name : List.of(PLUGIN, POOL)) {
                String range = at.get().dependencies().get(name);
                if (range != null && isConfigured(files, own.get(), name)) {
                    return Optional.of(read(files, folder, own.get(), name, range, script));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<PackageManifest> above(FileTree files, PackageManifest manifest) {
        String folder = manifest.folder();
        return folder.isEmpty() ? Optional.empty() : PackageManifest.nearest(files, Paths.folder(folder));
    }

    /** Whether a test uses the runtime's own module already, or Vitest's configuration names the test package. */
    private static boolean isConfigured(FileTree files, PackageManifest own, String name) {
        if (!own.scripts().getOrDefault("test", "").contains("vitest")) {
            return true; // How its tests are run is not known.
        }
        String home = own.folder();
        return files.paths().stream().anyMatch(path -> {
            boolean inside = isIn(files, home, path);
            if (inside && TEST.matcher(path).matches()) {
                return files.mentions(path, "cloudflare:");
            }
            String folder = Paths.folder(path);
            boolean governs = inside || Paths.isUnder(folder, home);
            return governs
                    && VITEST.matcher(path).matches()
                    && (files.mentions(path, name)
                            || SHARED.matcher(files.read(path)
                                            .map(SourceFile::text)
                                            .orElse(""))
                                    .find());
        });
    }

    private static TestSetup read(
            FileTree files, String worker, PackageManifest own, String name, String range, String script) {
        String home = own.folder();
        String version = PackageManifest.installedVersion(files, worker, name).orElse(range);
        List<SourceFile> settings = files.paths().stream()
                .filter(path ->
                        isIn(files, home, path) && SETTINGS.matcher(path).matches())
                .flatMap(path -> files.read(path).stream())
                .toList();
        boolean plugin = name.equals(PLUGIN);
        Optional<Integer> minor = minor(version);
        // Ranges such as "catalog:" tell no version; the old form is told by its own function.
        boolean old = minor.map(it -> it < WITH_TYPES).orElseGet(() -> settings.stream()
                .anyMatch(file -> file.text().contains("defineWorkersConfig")
                        || file.text().contains("defineWorkersProject")));
        Optional<Included> included = Included.in(settings, name);
        Optional<String> example = example(files, home, included);
        String folder = example.map(Paths::folder)
                .or(() -> included.map(Included::folder))
                .orElse(Paths.in(home, "test"));
        String ending = included.map(Included::ending)
                .or(() -> example.map(TestSetup::ending))
                .orElseGet(() -> ".test" + language(script));
        boolean modern = plugin || !old;
        return new TestSetup(
                name,
                version,
                modern && (!ending.endsWith("ts") || knowsEnv(files, own)),
                plugin || minor.filter(it -> it >= 17).isPresent(),
                folder,
                ending,
                example,
                config(settings));
    }

    /**
     * Returns whether TypeScript finds {@code env} in {@code cloudflare:workers} for the package of {@code own}: the
     * project's types of the runtime may be older than that, which is of March 2025.
     */
    public static boolean knowsEnv(FileTree files, PackageManifest own) {
        String range = own.dependencies().getOrDefault(TYPES, "");
        String version =
                PackageManifest.installedVersion(files, own.folder(), TYPES).orElse(range);
        Matcher date = DATED.matcher(version);
        return !date.find() || Integer.parseInt(date.group(1)) >= WITH_ENV;
    }

    /** Returns whether tests are written in TypeScript. */
    public boolean typed() {
        return ending.endsWith("ts");
    }

    /** Returns the path of a new test called {@code name}, with a number behind it where that is taken. */
    public String newTest(FileTree files, String name) {
        Set<String> taken = new HashSet<>(files.paths());
        String start = Paths.in(folder, name);
        String path = start + ending;
        for (int number = 2; taken.contains(path); number++) {
            path = start + "-" + number + ending;
        }
        return path;
    }

    /** Returns the package under which the types of {@code cloudflare:test} stand. */
    public String types() {
        boolean beside = packageName.equals(POOL) && minor(version).orElse(WITH_TYPES) < WITH_TYPES;
        return beside ? packageName : packageName + "/types";
    }

    /** The minor version of 0.x: 23 and more stand for a major version above. */
    private static Optional<Integer> minor(String version) {
        Matcher number = VERSION.matcher(version);
        if (!number.find() || number.group(1).length() > 4 || number.group(2).length() > 4) {
            return Optional.empty();
        }
        int major = Integer.parseInt(number.group(1));
        return Optional.of(major > 0 ? 1000 : Integer.parseInt(number.group(2)));
    }

    /** Returns the first test that uses the runtime's own test module, or else the first test. */
    private static Optional<String> example(FileTree files, String home, Optional<Included> included) {
        return files.paths().stream()
                .filter(path -> included.map(each -> each.has(path))
                        .orElseGet(() -> TEST.matcher(path).matches()))
                .filter(path -> isIn(files, home, path))
                .min(Comparator.<String, Boolean>comparing(path -> !files.mentions(path, "cloudflare:"))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String ending(String test) {
        Matcher name = TEST.matcher(test);
        // Vitest can be imported by a module alone, which .cts and .cjs are not.
        return name.matches()
                ? "%s.%s%s".formatted(name.group(1), name.group(2).replace('c', 'm'), name.group(3))
                : ".test.ts";
    }

    /** Returns the ending of scripts in the language of {@code script}; that of modules where its own would not be one. */
    public static String language(String script) {
        return switch (script.substring(script.lastIndexOf('.') + 1)) {
            case "js", "jsx" -> ".js";
            case "mjs", "cjs" -> ".mjs";
            default -> ".ts";
        };
    }

    /** The only tests that the configuration for Workers lets run: those below a folder that end in one way. */
    private record Included(String folder, String ending) {

        static Optional<Included> in(List<SourceFile> settings, String packageName) {
            List<SourceFile> own = settings.stream()
                    .filter(file -> file.text().contains(packageName))
                    .toList();
            return own.size() != 1
                    ? Optional.empty()
                    : INCLUDE.matcher(own.getFirst().text())
                            .results()
                            .flatMap(found -> Paths.join(
                                            Paths.folder(own.getFirst().path()), found.group(1))
                                    .stream()
                                    .map(folder -> new Included(folder, found.group(2))))
                            .findFirst();
        }

        boolean has(String path) {
            return path.endsWith(ending) && Paths.isUnder(folder, path);
        }
    }

    /** Whether {@code path} belongs to the package in {@code home}, and not to one that stands inside it. */
    private static boolean isIn(FileTree files, String home, String path) {
        if (!Paths.isUnder(home, path)) {
            return false;
        }
        for (String at = Paths.folder(path); at.length() > home.length(); at = Paths.folder(at)) {
            if (files.read(at + "/package.json").isPresent()) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> config(List<SourceFile> settings) {
        var named = new ArrayList<String>();
        for (SourceFile file : settings) {
            CONFIG_PATH
                    .matcher(file.text())
                    .results()
                    .flatMap(found -> Paths.join(Paths.folder(file.path()), found.group(1)).stream())
                    .filter(path -> !named.contains(path))
                    .forEach(named::add);
        }
        return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
    }
}
