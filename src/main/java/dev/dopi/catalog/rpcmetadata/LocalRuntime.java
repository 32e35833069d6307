package dev.dopi.catalog.rpcmetadata;

import dev.dopi.project.FileTree;
import dev.dopi.project.PackageManifest;
import dev.dopi.source.Paths;
import dev.dopi.source.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the workerd that the project develops and tests with says of an object's name.
 *
 * <p>In production {@code ctx.id.name} is there since March 2026, whatever the compatibility date. Locally it came with
 * workerd 1.20260327 (wrangler 4.79.0), and for the alarm of an object that is not in memory with 1.20260703 (4.108.0).
 *
 * @param filling where the name is there
 * @param source what tells so: {@code workerd 1.20261102.1 (installed)}; empty where nothing does
 */
record LocalRuntime(Filling filling, String source) {

    private static final int REQUESTS = 2026_03_27;
    private static final int ALARMS = 2026_07_03;
    private static final List<Integer> REQUESTS_WRANGLER = List.of(4, 79);
    private static final List<Integer> ALARMS_WRANGLER = List.of(4, 108);
    /** Characters of a lock file in which the package's name and its version stand. */
    private static final int AROUND = 300;

    private static final Pattern VERSION = Pattern.compile("1\\.(\\d{8})\\.\\d+");
    private static final Pattern DEPENDENCY = Pattern.compile("\"workerd\"\\s*:\\s*\"[\\^~]?(1\\.\\d{8}\\.\\d+)\"");
    private static final Pattern WRANGLER = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");
    /** Of several lock files in one folder the first counts: npm's is often a left-over. */
    private static final List<Map.Entry<String, Pattern>> LOCKS = List.of(
            Map.entry("pnpm-lock.yaml", Pattern.compile("\\bworkerd[@/](1\\.\\d{8}\\.\\d+)")),
            Map.entry("yarn.lock", Pattern.compile("workerd@[^\\n]*:\\r?\\n\\s+version:? \"?(1\\.\\d{8}\\.\\d+)")),
            Map.entry("bun.lock", Pattern.compile("\"workerd@(1\\.\\d{8}\\.\\d+)\"")),
            Map.entry(
                    "package-lock.json",
                    Pattern.compile(
                            "\"(?:[^\"]*/)?node_modules/workerd\"\\s*:\\s*\\{\\s*\"version\"\\s*:\\s*\"(1\\.\\d{8}\\.\\d+)\"")));

    /** Where the runtime gives an object its name. */
    enum Filling {
        EVERYWHERE,
        /** Not in the alarm of an object that was evicted. */
        REQUESTS,
        NOWHERE,
        UNKNOWN;

        boolean inRequests() {
            return this == EVERYWHERE || this == REQUESTS;
        }
    }

    /** Asks what is installed for code in {@code folder}, else the lock file, else what {@code package.json} allows. */
    static LocalRuntime of(FileTree files, String folder) {
        return installed(files, folder)
                .or(() -> locked(files, folder))
                .or(() -> allowed(files, folder))
                .orElse(new LocalRuntime(Filling.UNKNOWN, ""));
    }

    private static Optional<LocalRuntime> installed(FileTree files, String folder) {
        return PackageManifest.installedVersion(files, folder, "workerd")
                .filter(version -> VERSION.matcher(version).matches())
                // pnpm links wrangler alone; its manifest names the one workerd that it runs.
                .or(() -> upwards(folder).stream()
                        .flatMap(at -> files.read(Paths.in(at, "node_modules/wrangler/package.json")).stream())
                        .flatMap(file -> found(DEPENDENCY, file))
                        .findFirst())
                .map(version -> byWorkerd(version, "installed"));
    }

    private static Optional<LocalRuntime> locked(FileTree files, String folder) {
        for (String at : upwards(folder)) {
            for (var lock : LOCKS) {
                Optional<String> version = files.read(Paths.in(at, lock.getKey())).stream()
                        .flatMap(file -> found(lock.getValue(), file))
                        .min(Comparator.naturalOrder());
                if (version.isPresent()) {
                    return Optional.of(byWorkerd(version.get(), lock.getKey()));
                }
            }
        }
        return Optional.empty();
    }

    /** Looks only around the package's name: a lock file can have a hundred thousand lines. */
    private static Stream<String> found(Pattern pattern, SourceFile file) {
        String text = file.text();
        Matcher matcher = pattern.matcher(text);
        var versions = Stream.<String>builder();
        for (int at = text.indexOf("workerd"); at >= 0; at = text.indexOf("workerd", at + 1)) {
            matcher.region(Math.max(0, at - AROUND), Math.min(text.length(), at + AROUND));
            if (matcher.find()) {
                versions.add(matcher.group(1));
            }
        }
        return versions.build();
    }

    private static LocalRuntime byWorkerd(String version, String where) {
        Matcher number = VERSION.matcher(version);
        int date = number.matches() ? Integer.parseInt(number.group(1)) : 0;
        Filling filling = date >= ALARMS ? Filling.EVERYWHERE : date >= REQUESTS ? Filling.REQUESTS : Filling.NOWHERE;
        return new LocalRuntime(filling, "workerd %s (%s)".formatted(version, where));
    }

    /** A range tells the least version; what is really installed may be newer, but not of another major version. */
    private static Optional<LocalRuntime> allowed(FileTree files, String folder) {
        for (String at : upwards(folder)) {
            Optional<String> range = PackageManifest.nearest(files, at)
                    .filter(manifest -> manifest.folder().equals(at))
                    .map(manifest -> manifest.dependencies().get("wrangler"));
            Matcher number = WRANGLER.matcher(range.orElse(""));
            if (number.find()) {
                List<Integer> least = List.of(Integer.parseInt(number.group(1)), Integer.parseInt(number.group(2)));
                Filling filling = atLeast(least, ALARMS_WRANGLER)
                        ? Filling.EVERYWHERE
                        : atLeast(least, REQUESTS_WRANGLER)
                                ? Filling.REQUESTS
                                : least.getFirst() < REQUESTS_WRANGLER.getFirst() ? Filling.NOWHERE : Filling.UNKNOWN;
                return Optional.of(
                        new LocalRuntime(filling, "wrangler %s (package.json)".formatted(range.orElseThrow())));
            }
        }
        return Optional.empty();
    }

    private static boolean atLeast(List<Integer> version, List<Integer> wanted) {
        int major = version.getFirst().compareTo(wanted.getFirst());
        return major > 0 || major == 0 && version.getLast() >= wanted.getLast();
    }

    private static List<String> upwards(String folder) {
        var folders = new ArrayList<String>();
        for (String at = folder; !at.isEmpty(); at = Paths.folder(at)) {
            folders.add(at);
        }
        folders.add("");
        return folders;
    }
}
