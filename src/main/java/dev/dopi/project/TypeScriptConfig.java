package dev.dopi.project;

import dev.dopi.source.Paths;
import dev.dopi.source.SourceFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a {@code tsconfig.json} says of the files that it is for, and of how they find packages.
 *
 * <p>What it leaves to a configuration that it extends is taken from there, where that is a file of the project.
 *
 * @param include the patterns as written, or empty where all files below the folder are meant
 * @param resolution {@code moduleResolution} in small letters, or empty where nothing of the project says it
 */
public record TypeScriptConfig(
        String path,
        Optional<List<String>> include,
        List<String> exclude,
        boolean lists,
        Optional<String> resolution,
        List<String> types) {

    private static final int LONGEST_CHAIN = 5;

    /** Returns the one that governs {@code folder}: the nearest at or above it. */
    public static Optional<TypeScriptConfig> nearest(FileTree files, String folder) {
        for (String at = folder; ; at = Paths.folder(at)) {
            String path = Paths.in(at, "tsconfig.json");
            Optional<TypeScriptConfig> found = read(files, path, 0);
            if (found.isPresent() || at.isEmpty()) {
                return found;
            }
        }
    }

    private static Optional<TypeScriptConfig> read(FileTree files, String path, int depth) {
        return files.read(path).flatMap(file -> {
            try {
                return Optional.of(of(files, file, depth));
            } catch (MalformedConfigException _) {
                // Told by tsc better than by us.
                return Optional.empty();
            }
        });
    }

    private static TypeScriptConfig of(FileTree files, SourceFile file, int depth) throws MalformedConfigException {
        var settings = new Settings(file, ConfigParser.JSONC);
        ConfigValue.Members root = settings.root();
        ConfigValue.Members compiler = settings.members(root, "compilerOptions");
        Optional<TypeScriptConfig> base = settings.text(root, "extends")
                .map(ConfigValue.Text::text)
                .filter(name -> name.startsWith(".") && depth < LONGEST_CHAIN)
                .flatMap(name -> Paths.join(Paths.folder(file.path()), name))
                .flatMap(path -> read(files, path.endsWith(".json") ? path : path + ".json", depth + 1));
        List<String> types = texts(settings, compiler, "types");
        return new TypeScriptConfig(
                file.path(),
                root.byName().containsKey("include") ? Optional.of(texts(settings, root, "include")) : Optional.empty(),
                texts(settings, root, "exclude"),
                root.byName().containsKey("files"),
                settings.text(compiler, "moduleResolution")
                        .map(text -> text.text().toLowerCase(Locale.ROOT))
                        .or(() -> base.flatMap(TypeScriptConfig::resolution)),
                types.isEmpty() ? base.map(TypeScriptConfig::types).orElse(List.of()) : types);
    }

    private static List<String> texts(Settings settings, ConfigValue.Members in, String key) {
        return settings.texts(in, key).stream().map(ConfigValue.Text::text).toList();
    }

    /** Returns the folder that it stands in. */
    public String folder() {
        return Paths.folder(path);
    }

    /** Returns whether packages are found by their own {@code exports}, as newer ones need. */
    public boolean findsExports() {
        return resolution
                .filter(List.of("bundler", "node16", "nodenext")::contains)
                .isPresent();
    }

    /** Returns whether tsc looks at {@code file} even where no other file asks for it. */
    public boolean covers(String file) {
        String start = Paths.in(folder(), "");
        if (!file.startsWith(start)) {
            return false;
        }
        String below = file.substring(start.length());
        boolean meant = include.map(patterns -> patterns.stream().anyMatch(pattern -> matches(pattern, below)))
                .orElse(!lists);
        return meant && exclude.stream().noneMatch(pattern -> matches(pattern, below));
    }

    /** Returns whether tsc looks at new tests of {@code setup}. */
    public boolean covers(TestSetup setup) {
        return covers(setup.folder() + "/a" + setup.ending());
    }

    private static boolean matches(String pattern, String file) {
        String bare = pattern.replaceFirst("^(\\./)+", "").replaceFirst("/$", "");
        if (bare.isEmpty() || bare.equals(".")) {
            return true;
        }
        String glob = Pattern.compile("\\*\\*/|\\*\\*|\\*|\\?|[^*?]+")
                .matcher(bare)
                .results()
                .map(part -> switch (part.group()) {
                    case "**/" -> "(?:.*/)?";
                    case "**" -> ".*";
                    case "*" -> "[^/]*";
                    case "?" -> "[^/]";
                    default -> Pattern.quote(part.group());
                })
                .collect(Collectors.joining());
        return file.matches(glob + "(?:/.*)?");
    }
}
