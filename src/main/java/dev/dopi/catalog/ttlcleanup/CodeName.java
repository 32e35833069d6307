package dev.dopi.catalog.ttlcleanup;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What names in generated code are made of: the words of a table's or a key's name. */
record CodeName(List<String> words) {

    /** Cuts {@code name} where it changes to capitals, and at all that is neither letter nor digit. */
    static CodeName of(String name) {
        return new CodeName(Arrays.stream(name.split("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList());
    }

    /** {@code link_clicks} and {@code linkClicks} as {@code LINK_CLICKS}. */
    String constant() {
        return String.join("_", words).toUpperCase(Locale.ROOT);
    }

    /** {@code link_clicks} and {@code linkClicks} as {@code LinkClicks}. */
    String pascal() {
        return words.stream()
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
