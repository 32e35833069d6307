package dev.dopi.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dopi.project.Project;
import dev.dopi.source.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The packages that stand in the project itself, by name, and where their sources are.
 *
 * <p>A manifest names what is built; the sources are looked for in the places that builds usually take them from.
 */
final class WorkspacePackages {

    private static final Set<String> OUTPUT = Set.of("dist", "build", "out", "lib", "esm", "cjs", "output", ".output");
    private static final List<String> DEPENDENCIES =
            List.of("dependencies", "devDependencies", "peerDependencies", "optionalDependencies");

    private static final Pattern ENDING = Pattern.compile("(\\.d)?\\.[mc]?[jt]sx?$");

    private final Project project;
    private final TolerantJson json;
    private Optional<Map<String, Manifest>> byName = Optional.empty();

    WorkspacePackages(Project project, TolerantJson json) {
        this.project = project;
        this.json = json;
    }

    private record Manifest(String folder, JsonNode root) {}

    /** Returns the paths, without an ending, where the source may be that {@code specifier} means; the likeliest first. */
    List<String> sources(String specifier) {
        String name = Specifiers.packageOf(specifier);
        Manifest manifest = manifests().get(name);
        if (manifest == null) {
            return List.of();
        }
        String rest = specifier.substring(Math.min(name.length() + 1, specifier.length()));
        var found = new LinkedHashSet<String>();
        for (String target : targets(manifest.root(), rest)) {
            source(manifest.folder(), target, found);
        }
        for (String path : rest.isEmpty() ? List.of("src/index", "index", "src/main") : under(rest)) {
            Paths.join(manifest.folder(), path).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /** Returns the names of the published packages that hold the file at {@code path}, the innermost first. */
    List<String> around(String path) {
        var names = new ArrayList<String>();
        for (String folder = Paths.folder(path); ; folder = Paths.folder(folder)) {
            json.read(folder.isEmpty() ? "package.json" : folder + "/package.json")
                    .filter(root -> !root.path("private").asBoolean())
                    .map(root -> root.path("name").asText(""))
                    .filter(name -> !name.isEmpty())
                    .ifPresent(names::add);
            if (folder.isEmpty()) {
                return names;
            }
        }
    }

    /**
     * Whether the package in {@code folder}, or one that it is a part of, is made for others: what nobody publishes is
     * the project's own code, for whoever uses it there.
     */
    boolean isPublished(String folder) {
        return isPublishedItself(folder) || !folder.isEmpty() && isPublished(Paths.folder(folder));
    }

    private boolean isPublishedItself(String folder) {
        return json.read(folder.isEmpty() ? "package.json" : folder + "/package.json")
                .filter(root -> !root.path("private").asBoolean())
                .map(root -> root.path("version").asText(""))
                .filter(version -> !version.isEmpty() && !version.equals("0.0.0"))
                .isPresent();
    }

    /** Whether the file at {@code path} may import from outside the project what {@code specifier} names. */
    boolean mayComeFromOutside(String path, String specifier) {
        String name = Specifiers.packageOf(specifier);
        boolean anyManifest = false;
        for (String folder = Paths.folder(path); ; folder = Paths.folder(folder)) {
            Optional<JsonNode> manifest = json.read(folder.isEmpty() ? "package.json" : folder + "/package.json");
            anyManifest |= manifest.isPresent();
            if (manifest.isPresent()
                    && DEPENDENCIES.stream()
                            .anyMatch(kind -> manifest.get().path(kind).has(name))) {
                return true;
            }
            if (folder.isEmpty()) {
                return !anyManifest;
            }
        }
    }

    private static List<String> under(String rest) {
        return List.of("src/" + rest, rest, "src/" + rest + "/index");
    }

    /** Returns the files that a manifest gives for {@code rest}, the part of a specifier after the package's name. */
    private static List<String> targets(JsonNode manifest, String rest) {
        var targets = new ArrayList<String>();
        JsonNode exports = manifest.path("exports");
        if (rest.isEmpty()) {
            collect(exports.has(".") ? exports.path(".") : hasSubpaths(exports) ? null : exports, targets);
            for (String key : List.of("source", "module", "main", "types")) {
                collect(manifest.get(key), targets);
            }
            return targets;
        }
        String subpath = "./" + rest;
        collect(exports.get(subpath), targets);
        exports.properties().forEach(entry -> {
            int star = entry.getKey().indexOf('*');
            String before = star < 0 ? "" : entry.getKey().substring(0, star);
            if (star > 0 && subpath.startsWith(before)) {
                String after = entry.getKey().substring(star + 1);
                if (subpath.endsWith(after) && subpath.length() >= before.length() + after.length()) {
                    String middle = subpath.substring(before.length(), subpath.length() - after.length());
                    var patterns = new ArrayList<String>();
                    collect(entry.getValue(), patterns);
                    patterns.forEach(pattern -> targets.add(pattern.replace("*", middle)));
                }
            }
        });
        return targets;
    }

    private static boolean hasSubpaths(JsonNode exports) {
        return exports.properties().stream().anyMatch(entry -> entry.getKey().startsWith("."));
    }

    private static void collect(@org.jspecify.annotations.Nullable JsonNode target, List<String> targets) {
        if (target == null) {
            return;
        }
        if (target.isTextual()) {
            targets.add(target.asText());
        }
        target.forEach(inner -> collect(inner, targets));
    }

    /** Adds where {@code target}, a file of the package as built, may come from. */
    static void source(String folder, String target, Set<String> found) {
        String bare = ENDING.matcher(target.replaceFirst("^\\./", "")).replaceFirst("");
        String within = bare;
        while (within.contains("/") && OUTPUT.contains(within.substring(0, within.indexOf('/')))) {
            within = within.substring(within.indexOf('/') + 1);
        }
        if (!within.equals(bare)) {
            Paths.join(folder, "src/" + within).ifPresent(found::add);
            Paths.join(folder, within).ifPresent(found::add);
        }
        Paths.join(folder, bare).ifPresent(found::add);
    }

    private Map<String, Manifest> manifests() {
        if (byName.isEmpty()) {
            var manifests = new HashMap<String, Manifest>();
            for (String path : project.paths()) {
                if (path.equals("package.json") || path.endsWith("/package.json")) {
                    json.read(path).ifPresent(root -> {
                        String name = root.path("name").asText("");
                        if (!name.isEmpty()) {
                            manifests.putIfAbsent(name, new Manifest(Paths.folder(path), root));
                        }
                    });
                }
            }
            byName = Optional.of(manifests);
        }
        return byName.get();
    }
}
