package dev.dopi.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a class keeps, in the words of a label or of dopi, in a form in which the two can be compared.
 *
 * <p>Tables are the same by name, without a remark in brackets. Keys with a part that varies are the same by what they
 * begin with, for a reader names the part in words of his own; keys that are written down whole are one lot, {@code fixed
 * keys}, because readers name these by what they hold and not one by one. A label's entry that names no table, and a
 * bounded table of a library's own, count neither way: dopi tells what the project's code keeps, and of a library what
 * grows.
 */
record Kept(List<Entry> entries) {

    private static final String FIXED = "fixed keys";

    /** A table, the keys that begin alike, or the fixed keys. */
    private record Entry(String name, String growth) {

        boolean isFixed() {
            return name.equals(FIXED);
        }
    }

    static Kept labelled(JsonNode tables) {
        return new Kept(Labels.elements(tables)
                .filter(each -> !isLibrarys(each))
                .flatMap(each -> names(each.path("name").asText()).map(name -> entry(name, each)))
                .toList());
    }

    static Kept told(JsonNode tables) {
        return new Kept(Labels.elements(tables)
                .map(each -> entry(each.path("name").asText(), each))
                .toList());
    }

    private static boolean isLibrarys(JsonNode entry) {
        String words = entry.path("name").asText() + " " + entry.path("reason").asText();
        return entry.path("growth").asText().equals("bounded") && words.matches("(?is).*(library|framework).*");
    }

    /** Returns the names in {@code text}, without remarks; none where it is only a remark. */
    private static Stream<String> names(String text) {
        return Stream.of(text.replaceAll("\\s*\\([^)]*\\)", "").split("\\s+/\\s+"))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty));
    }

    private static Entry entry(String name, JsonNode node) {
        return new Entry(form(name), node.path("growth").asText());
    }

    private static String form(String name) {
        if (!name.startsWith("kv:")) {
            return name;
        }
        String prefix = name.replaceFirst("[<*].*", "");
        return prefix.equals(name) ? FIXED : prefix + "<>";
    }

    private Set<String> names() {
        return entries.stream().map(Entry::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the names to compare with those of {@code other}: fixed keys only where that speaks of some. */
    Set<String> namesBeside(Kept other) {
        Set<String> names = names();
        if (!other.names().contains(FIXED)) {
            names.remove(FIXED);
        }
        return names;
    }

    /** Returns how each grows that {@code other} names too; of fixed keys, that growth which both know of some. */
    Set<String> growthBeside(Kept other) {
        return entries.stream()
                .filter(each -> other.names().contains(each.name()))
                .filter(each -> !each.isFixed() || other.entries.contains(each) || !sharesFixed(other))
                .map(each -> each.name() + " " + each.growth())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean sharesFixed(Kept other) {
        Optional<Entry> shared = entries.stream()
                .filter(each -> each.isFixed() && other.entries.contains(each))
                .findFirst();
        return shared.isPresent();
    }
}
