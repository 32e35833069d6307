package dev.dopi.pattern;

import java.util.Map;
import java.util.TreeMap;

/** The values that the user chose, by key; what was not chosen keeps its default. */
public record Options(Map<String, String> values) {

    public static final Options DEFAULTS = new Options(Map.of());

    public Options {
        values = Map.copyOf(values);
    }

    public String of(Option option) {
        return values.getOrDefault(option.key(), option.value());
    }

    public Options with(String key, String value) {
        var next = new TreeMap<>(values);
        next.put(key, value);
        return new Options(next);
    }
}
