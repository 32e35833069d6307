package dev.dopi.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.dopi.project.Project;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Import specifiers that are not relative and yet mean a file of the project: {@code paths} and {@code baseUrl} of a
 * tsconfig, and the packages of a workspace.
 */
final class PathAliases {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private final Project project;
    private final Map<String, List<Alias>> byFolder = new HashMap<>();
    private Optional<Map<String, String>> workspace = Optional.empty();

    PathAliases(Project project) {
        this.project = project;
    }

    private record Alias(String prefix, String suffix, boolean wildcard, List<String> targets) {}

    /** Returns the paths, without an ending perhaps, that {@code specifier} may mean in the file at {@code path}. */
    List<String> candidates(String path, String specifier) {
        if (specifier.contains(":")) {
            return List.of();
        }
        var found = new ArrayList<String>();
        for (String folder = Paths.folder(path); ; folder = Paths.folder(folder)) {
            for (Alias alias : byFolder.computeIfAbsent(folder, this::aliases)) {
                matches(alias, specifier, found);
            }
            if (folder.isEmpty()) {
                break;
            }
        }
        packageFolder(specifier, found);
        return found;
    }

    private static void matches(Alias alias, String specifier, List<String> found) {
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
        String path = folder.isEmpty() ? "tsconfig.json" : folder + "/tsconfig.json";
        JsonNode options = json(path).map(root -> root.path("compilerOptions")).orElse(null);
        if (options == null) {
            return List.of();
        }
        String base = Paths.join(folder, options.path("baseUrl").asText(".")).orElse(folder);
        var aliases = new ArrayList<Alias>();
        options.path("paths").properties().forEach(entry -> {
            int star = entry.getKey().indexOf('*');
            var targets = new ArrayList<String>();
            entry.getValue().forEach(target -> Paths.join(base, target.asText()).ifPresent(targets::add));
            aliases.add(
                    star < 0
                            ? new Alias(entry.getKey(), "", false, targets)
                            : new Alias(
                                    entry.getKey().substring(0, star),
                                    entry.getKey().substring(star + 1),
                                    true,
                                    targets));
        });
        if (options.has("baseUrl")) {
            aliases.add(new Alias("", "", true, List.of(base.isEmpty() ? "*" : base + "/*")));
        }
        return aliases;
    }

    /** Adds what {@code specifier} may mean where it names a package that stands in this project itself. */
    private void packageFolder(String specifier, List<String> found) {
        if (workspace.isEmpty()) {
            workspace = Optional.of(workspacePackages());
        }
        String[] parts = specifier.split("/", 3);
        String name = specifier.startsWith("@") && parts.length > 1 ? parts[0] + "/" + parts[1] : parts[0];
        String folder = workspace.get().get(name);
        if (folder == null) {
            return;
        }
        String rest = specifier.substring(Math.min(name.length() + 1, specifier.length()));
        if (rest.isEmpty()) {
            found.addAll(List.of(folder + "/src/index", folder + "/index", folder + "/src/main"));
        } else {
            found.addAll(List.of(folder + "/src/" + rest, folder + "/" + rest, folder + "/src/" + rest + "/index"));
        }
    }

    private Map<String, String> workspacePackages() {
        var packages = new HashMap<String, String>();
        for (String path : project.paths()) {
            if (path.endsWith("/package.json")) {
                json(path)
                        .map(root -> root.path("name").asText(""))
                        .filter(name -> !name.isEmpty())
                        .ifPresent(name -> packages.putIfAbsent(name, Paths.folder(path)));
            }
        }
        return packages;
    }

    private Optional<JsonNode> json(String path) {
        return project.read(path).flatMap(file -> {
            try {
                return Optional.ofNullable(JSON.readTree(file.text().replace("\uFEFF", "")));
            } catch (JsonProcessingException _) {
                // A broken tsconfig or package.json names no aliases; the project says what is wrong with it.
                return Optional.empty();
            }
        });
    }
}
