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
        String version = PackageManifest.installedVersion(project, manifest.folder(), VITEST)
                .orElse(wanted);
        Matcher number = VERSION.matcher(version);
        if (!number.find()) {
            return Optional.empty();
        }
        int major = Integer.parseInt(number.group(1));
        // A range such as ^4 takes the newest of them.
        int minor = number.group(2) == null ? 99 : Integer.parseInt(number.group(2));
        if (major == 5 || major == 4 && (minor >= 1 || wanted.startsWith("^") && !isInstalled(project, manifest))) {
            return Optional.of(current(Map.of()));
        }
        return major == 3 && minor <= 2 || major == 3 && minor == 99 || major == 2
                ? Optional.of(new TestPackages(
                        "@cloudflare/vitest-pool-workers",
                        "^0.12.21",
                        Map.of("@cloudflare/vitest-pool-workers", "^0.12.21")))
                : Optional.empty();
    }

    private static boolean isInstalled(Project project, PackageManifest manifest) {
        return PackageManifest.installedVersion(project, manifest.folder(), VITEST)
                .isPresent();
    }

    private static TestPackages current(Map<String, String> others) {
        var missing = new TreeMap<>(others);
        missing.put("@cloudflare/vitest-plugin", "^1.5.0");
        return new TestPackages("@cloudflare/vitest-plugin", "^1.5.0", missing);
    }

    /** Returns whether the configuration has the form that Vitest 4 brought. */
    boolean modern() {
        return name.endsWith("-plugin");
    }

    /** Returns the package under which the types of {@code cloudflare:test} stand. */
    String types() {
        return modern() ? name + "/types" : name;
    }
}
