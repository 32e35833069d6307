package dev.dopi.project;

import java.util.List;
import java.util.Map;

/**
 * A value in a configuration file, and where it stands.
 *
 * <p>{@code line} counts from one; 0 in TOML, whose reader does not tell ({@link TomlLines} does).
 */
sealed interface ConfigValue {

    int line();

    /** A string; in TOML also a date. */
    record Text(String text, int line) implements ConfigValue {}

    record Members(Map<String, ConfigValue> byName, int line) implements ConfigValue {
        static final Members NONE = new Members(Map.of(), 0);
    }

    record Items(List<ConfigValue> values, int line) implements ConfigValue {}

    /** {@code null}, which says the same as leaving the key out. */
    record Nothing(int line) implements ConfigValue {}

    record Flag(boolean value, int line) implements ConfigValue {}

    /** Anything that no setting of interest is made of: numbers, values nested absurdly deep. */
    record Other(String kind, int line) implements ConfigValue {}

    /** Returns what this is in a sentence: "an array". */
    default String kind() {
        return switch (this) {
            case Text _ -> "a string";
            case Members _ -> "an object";
            case Items _ -> "an array";
            case Nothing _ -> "null";
            case Flag _ -> "true or false";
            case Other other -> other.kind();
        };
    }
}
