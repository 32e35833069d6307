package dev.dopi.project;

import dev.dopi.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of one configuration file, read by the type that each should have.
 *
 * <p>A setting of another type counts as left out and becomes a diagnostic; nothing throws.
 */
final class Settings {

    private final SourceFile file;
    private final Optional<TomlLines> toml;
    private final ConfigValue.Members root;
    /** A set, as some settings are asked for more than once. */
    private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();

    Settings(SourceFile file, ConfigParser parser) throws MalformedConfigException {
        this.file = file;
        this.root = parser.parse(file.text());
        this.toml = parser == ConfigParser.TOML ? Optional.of(new TomlLines(file.text())) : Optional.empty();
    }

    ConfigValue.Members root() {
        return root;
    }

    Optional<TomlLines> toml() {
        return toml;
    }

    List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    void warn(int line, String message) {
        diagnostics.add(Diagnostic.warning(file.path(), line, message));
    }

    void error(int line, String message) {
        diagnostics.add(Diagnostic.error(file.path(), line, message));
    }

    Optional<ConfigValue.Text> text(ConfigValue.Members in, String key) {
        return setting(in, key, ConfigValue.Text.class, "a string");
    }

    Optional<ConfigValue.Flag> flag(ConfigValue.Members in, String key) {
        return setting(in, key, ConfigValue.Flag.class, "true or false");
    }

    ConfigValue.Members members(ConfigValue.Members in, String key) {
        return setting(in, key, ConfigValue.Members.class, "an object").orElse(ConfigValue.Members.NONE);
    }

    /** Returns the tables in {@code in} under their keys, whatever else stands there being reported. */
    Map<String, ConfigValue.Members> tables(ConfigValue.Members in) {
        var tables = new LinkedHashMap<String, ConfigValue.Members>();
        in.byName().keySet().forEach(key -> setting(in, key, ConfigValue.Members.class, "an object")
                .ifPresent(table -> tables.put(key, table)));
        return tables;
    }

    List<ConfigValue.Text> texts(ConfigValue.Members in, String key) {
        return list(in, key, ConfigValue.Text.class, "strings");
    }

    List<ConfigValue.Members> tables(ConfigValue.Members in, String key) {
        return list(in, key, ConfigValue.Members.class, "objects");
    }

    /** Returns where {@code value} stands: by its own account, or by looking for {@code key}. */
    int line(ConfigValue value, String key) {
        return toml.map(lines -> lines.key(key)).orElse(value.line());
    }

    private <T extends ConfigValue> Optional<T> setting(
            ConfigValue.Members in, String key, Class<T> type, String expected) {
        ConfigValue value = in.byName().get(key);
        if (value == null || value instanceof ConfigValue.Nothing) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            warn(
                    line(value, key),
                    "\"%s\" is %s where %s belongs; it was ignored".formatted(key, value.kind(), expected));
            return Optional.empty();
        }
        return Optional.of(type.cast(value));
    }

    private <T extends ConfigValue> List<T> list(ConfigValue.Members in, String key, Class<T> type, String expected) {
        var wanted = new ArrayList<T>();
        setting(in, key, ConfigValue.Items.class, "an array").ifPresent(items -> {
            for (ConfigValue item : items.values()) {
                if (type.isInstance(item)) {
                    wanted.add(type.cast(item));
                } else {
                    warn(
                            line(item, key),
                            "\"%s\" holds %s where only %s belong; it was ignored"
                                    .formatted(key, item.kind(), expected));
                }
            }
        });
        return wanted;
    }
}
