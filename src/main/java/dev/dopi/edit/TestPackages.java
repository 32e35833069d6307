package dev.dopi.edit;

import dev.dopi.project.PackageManifest;
import dev.dopi.project.Project;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packages that run tests in the Workers runtime, of versions that fit each other and what a project has.
 *
 * <p>The test package brings the runtime that it was made for, so it fits every wrangler; what it must fit is Vitest. Its
 * peers are those of the versions named here, as the registry has them in November 2026.
 *
 * @param name of the test package
 * @param range of the test package
 * @param missing name to range: what the project lacks
 */
record TestPackages(String name, String range, Map<String, String> missing) {

    private static final String VITEST = "vitest";
    private static final String CURRENT = "@cloudflare/vitest-plugin";
    private static final String OLDER = "@cloudflare/vitest-pool-workers";
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})(?:\\.(\\d{1,4}))?");

    TestPackages {
        missing = Map.copyOf(missing);
    }

    /** Returns those for the package of {@code manifest}, or empty where its Vitest is one that none of them takes. */
    static Optional<TestPackages> of(Project project, PackageManifest manifest) {
        String wanted = manifest.dependencies().get(VITEST);
        if (wanted == null) {
            return Optional.of(current(Map.of(VITEST, "^4.1.0")));
        }
        Optional<String> installed = PackageManifest.installedVersion(project, manifest.folder(), VITEST);
        Matcher number = VERSION.matcher(installed.orElse(wanted));
        if (!number.find()) {
            return Optional.empty();
        }
        // A range such as ^4.0.1 takes the newest of them when it is installed.
        boolean open = number.group(2) == null || wanted.startsWith("^") && installed.isEmpty();
        return switch (Integer.parseInt(number.group(1))) {
            case 5 -> Optional.of(current(Map.of()));
            case 4 ->
                open || Integer.parseInt(number.group(2)) >= 1 ? Optional.of(current(Map.of())) : Optional.empty();
            case 2, 3 -> Optional.of(new TestPackages(OLDER, "^0.12.21", Map.of(OLDER, "^0.12.21")));
            default -> Optional.empty();
        };
    }

    private static TestPackages current(Map<String, String> others) {
        var missing = new TreeMap<>(others);
        missing.put(CURRENT, "^1.5.0");
        return new TestPackages(CURRENT, "^1.5.0", missing);
    }

    /** Returns whether the configuration has the form that Vitest 4 brought. */
    boolean modern() {
        return name.equals(CURRENT);
    }
}
