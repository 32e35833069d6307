package dev.dopi.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dopi.project.Project;
import dev.dopi.source.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Import specifiers that are not relative and yet mean a file of the project: {@code paths} and {@code baseUrl} of a
 * tsconfig, {@code imports} of a manifest, the packages of a workspace, and the prefixes that bundlers are usually
 * taught.
 */
final class PathAliases {

    /** Prefixes that stand for a source folder in many projects whose bundler, not whose tsconfig, says so. */
    private static final List<String> USUAL = List.of("@/", "~/", "$lib/", "#/", "@@/", "src/");

    private final TolerantJson json;
    private final WorkspacePackages packages;
    private final Map<String, List<Alias>> byFolder = new HashMap<>();

    PathAliases(Project project) {
        this.json = new TolerantJson(project);
        this.packages = new WorkspacePackages(project, json);
    }

    WorkspacePackages packages() {
        return packages;
    }

    private record Alias(String prefix, String suffix, boolean wildcard, List<String> targets) {}

    /** Returns the paths, without an ending perhaps, that {@code specifier} may mean in the file at {@code path}. */
    List<String> candidates(String path, String specifier) {
        if (specifier.contains(":")) {
            return List.of();
        }
        var found = new LinkedHashSet<String>();
        var usual = new LinkedHashSet<String>();
        for (String folder = Paths.folder(path); ; folder = Paths.folder(folder)) {
            for (Alias alias : byFolder.computeIfAbsent(folder, this::aliases)) {
                matches(alias, specifier, found);
            }
            usual(folder, specifier, usual);
            if (folder.isEmpty()) {
                break;
            }
        }
        found.addAll(packages.sources(specifier));
        found.addAll(usual);
        return List.copyOf(found);
    }

    private static void usual(String folder, String specifier, Set<String> found) {
        for (String prefix : USUAL) {
            if (specifier.startsWith(prefix)) {
                String rest = specifier.substring(prefix.length());
                List<String> places = prefix.equals("$lib/") ? List.of("src/lib/") : List.of("src/", "app/", "");
                places.forEach(place -> Paths.join(folder, place + rest).ifPresent(found::add));
            }
        }
    }

    private static void matches(Alias alias, String specifier, Set<String> found) {
        if (!alias.wildcard()) {
            if (specifier.equals(alias.prefix())) {
                found.addAll(alias.targets());
            }
        } else if (specifier.startsWith(alias.prefix())
                && specifier.endsWith(alias.suffix())
                && specifier.length()
                        >= alias.prefix().length() + alias.suffix().length()) {
            String middle = specifier.substring(
                    alias.prefix().length(), specifier.length() - alias.suffix().length());
            alias.targets().forEach(target -> found.add(target.replace("*", middle)));
        }
    }

    private List<Alias> aliases(String folder) {
        var aliases = new ArrayList<Alias>();
        tsconfig(Paths.in(folder, "tsconfig.json"), new HashSet<>(), aliases);
        tsconfig(Paths.in(folder, "jsconfig.json"), new HashSet<>(), aliases);
        json.read(Paths.in(folder, "package.json"))
                .ifPresent(manifest -> manifest.path("imports").properties().forEach(entry -> {
                    var targets = new ArrayList<String>();
                    texts(entry.getValue(), folder, targets);
                    aliases.add(alias(entry.getKey(), targets));
                }));
        return aliases;
    }

    /** Adds what the tsconfig at {@code path} says, and those that it extends or is made of. */
    private void tsconfig(String path, Set<String> seen, List<Alias> aliases) {
        Optional<JsonNode> root = seen.add(path) ? json.read(path) : Optional.empty();
        if (root.isEmpty()) {
            return;
        }
        String folder = Paths.folder(path);
        JsonNode options = root.get().path("compilerOptions");
        String base = Paths.join(folder, options.path("baseUrl").asText(".")).orElse(folder);
        options.path("paths").properties().forEach(entry -> {
            var targets = new ArrayList<String>();
            texts(entry.getValue(), base, targets);
            aliases.add(alias(entry.getKey(), targets));
        });
        if (options.has("baseUrl")) {
            aliases.add(new Alias("", "", true, List.of(base.isEmpty() ? "*" : base + "/*")));
        }
        JsonNode parents = root.get().path("extends");
        (parents.isTextual() ? List.of(parents) : parents).forEach(parent -> other(folder, parent, seen, aliases));
        root.get().path("references").forEach(part -> other(folder, part.path("path"), seen, aliases));
    }

    private void other(String folder, JsonNode named, Set<String> seen, List<Alias> aliases) {
        Paths.join(folder, named.asText(""))
                .filter(path -> Specifiers.isRelative(named.asText("")))
                .ifPresent(path -> {
                    tsconfig(path.endsWith(".json") ? path : path + ".json", seen, aliases);
                    tsconfig(Paths.in(path, "tsconfig.json"), seen, aliases);
                });
    }

    private static void texts(JsonNode node, String folder, List<String> targets) {
        if (node.isTextual()) {
            Paths.join(folder, node.asText()).ifPresent(targets::add);
        }
        node.forEach(inner -> texts(inner, folder, targets));
    }

    private static Alias alias(String key, List<String> targets) {
        int star = key.indexOf('*');
        return star < 0
                ? new Alias(key, "", false, targets)
                : new Alias(key.substring(0, star), key.substring(star + 1), true, targets);
    }
}
