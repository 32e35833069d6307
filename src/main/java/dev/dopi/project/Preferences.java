package dev.dopi.project;

import dev.dopi.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a project has dopi do otherwise: {@code dopi.jsonc}, or the key {@code dopi} of {@code package.json}.
 *
 * <p>What is not understood is left out and said in {@code diagnostics}; it never stops anything.
 *
 * @param file where it stands; empty where there is none
 * @param ignored which pattern is not wanted, in the order of the file
 * @param options values that stand in for a pattern's own defaults, by {@code PATTERN.KEY}
 * @param readme whether READMEs say what was put in place
 */
public record Preferences(
        String file,
        List<Unwanted> ignored,
        Map<String, String> options,
        Optional<String> theme,
        Optional<String> failOn,
        Optional<String> baseline,
        boolean readme,
        List<Diagnostic> diagnostics) {

    public static final Preferences NONE = nothing("", List.of());

    private static final String OWN = "dopi.jsonc";
    private static final String PACKAGE = "package.json";
    private static final Set<String> KEYS =
            Set.of("$schema", "ignore", "options", "theme", "failOn", "baseline", "readme");

    public Preferences {
        ignored = List.copyOf(ignored);
        options = Map.copyOf(options);
        diagnostics = List.copyOf(diagnostics);
    }

    /**
     * A pattern that the project does not want.
     *
     * @param className the class it is not wanted for; empty for all
     */
    public record Unwanted(String pattern, String className, String reason, int line) {}

    /** Reads the preferences in {@code files}; {@code dopi.jsonc} goes before {@code package.json}. */
    public static Preferences of(FileTree files) {
        return files.read(OWN)
                .map(file -> read(file, ConfigParser.JSONC))
                .or(() -> files.read(PACKAGE).map(file -> read(file, ConfigParser.JSON)))
                .orElse(NONE);
    }

    private static Preferences read(SourceFile file, ConfigParser parser) {
        try {
            var settings = new Settings(file, parser);
            boolean own = parser == ConfigParser.JSONC;
            if (!own && !settings.root().byName().containsKey("dopi")) {
                return NONE;
            }
            return new Reading(file.path(), settings, own ? settings.root() : settings.members(settings.root(), "dopi"))
                    .preferences();
        } catch (MalformedConfigException e) {
            // A package.json that cannot be read is said where it is read for its packages.
            return parser == ConfigParser.JSON
                    ? NONE
                    : nothing(file.path(), List.of(e.toDiagnostic(file.path(), parser.language())));
        }
    }

    private static Preferences nothing(String file, List<Diagnostic> diagnostics) {
        return new Preferences(
                file, List.of(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), true, diagnostics);
    }

    /** One file, read key by key. */
    private record Reading(String file, Settings settings, ConfigValue.Members root) {

        Preferences preferences() {
            root.byName().keySet().stream()
                    .filter(key -> !KEYS.contains(key))
                    .forEach(key -> settings.warn(
                            line(root, key),
                            "\"%s\" is no setting of dopi; there are ignore, options, theme, failOn, baseline and readme"
                                    .formatted(key)));
            return new Preferences(
                    file,
                    unwanted(),
                    options(),
                    text(root, "theme"),
                    text(root, "failOn"),
                    text(root, "baseline"),
                    settings.flag(root, "readme").map(ConfigValue.Flag::value).orElse(true),
                    settings.diagnostics());
        }

        private List<Unwanted> unwanted() {
            var all = new ArrayList<Unwanted>();
            ConfigValue.Members ignore = settings.members(root, "ignore");
            ignore.byName().forEach((pattern, value) -> {
                if (value instanceof ConfigValue.Members byClass) {
                    byClass.byName().keySet().forEach(name -> add(byClass, name, pattern, name, all));
                } else {
                    add(ignore, pattern, pattern, "", all);
                }
            });
            return all;
        }

        private void add(
                ConfigValue.Members in, String key, String pattern, String className, List<Unwanted> unwanted) {
            settings.text(in, key).ifPresent(reason -> {
                if (reason.text().isBlank()) {
                    settings.warn(
                            reason.line(),
                            "\"%s\" is not ignored, because no reason is given; write why between the quotes"
                                    .formatted(key));
                } else {
                    unwanted.add(new Unwanted(pattern, className, reason.text().strip(), reason.line()));
                }
            });
        }

        private Map<String, String> options() {
            var values = new LinkedHashMap<String, String>();
            ConfigValue.Members options = settings.members(root, "options");
            options.byName().keySet().forEach(key -> settings.text(options, key)
                    .ifPresent(text -> values.put(key, text.text())));
            return values;
        }

        private Optional<String> text(ConfigValue.Members in, String key) {
            return settings.text(in, key).map(ConfigValue.Text::text);
        }

        private static int line(ConfigValue.Members in, String key) {
            ConfigValue value = in.byName().get(key);
            return value == null ? 0 : value.line();
        }
    }
}
