package dev.dopi.ui.theme;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads theme files: {@code role.fg}, {@code role.bg} and {@code role.sgr}, each with {@code @256} and {@code @16}
 * variants for terminals of fewer colours.
 *
 * <p>A line that is not understood is refused by name, line and value, rather than ignored.
 */
final class ThemeReader {

    private static final Set<String> ABOUT = Set.of("name", "appearance", "inherits");

    private final Path userFolder;

    ThemeReader(Path userFolder) {
        this.userFolder = userFolder;
    }

    Theme read(String name, Depth depth) throws ThemeException {
        if (!Theme.isFile(name) && !name.matches("[A-Za-z0-9_-]+")) {
            throw new ThemeException("A theme is named by letters, digits and hyphens, not \"" + name + "\".");
        }
        if (depth == Depth.NONE && !name.equals("mono")) {
            // What is wrong with it is said, though nothing of it will show.
            read(name, Depth.TRUE);
        }
        // Without colours a theme that tells things apart by colour would hide them.
        Map<String, Entry> entries = entries(depth == Depth.NONE ? "mono" : name, new ArrayList<>());
        var styles = new EnumMap<Role, Style>(Role.class);
        for (Role role : Role.values()) {
            styles.put(
                    role,
                    new Style(
                            colour(entries, role.key() + ".fg", depth),
                            colour(entries, role.key() + ".bg", depth),
                            attributes(entries, role.key() + ".sgr", depth)));
        }
        return new Theme(name, depth, styles);
    }

    /** Returns what the file {@code name} itself says, without what it inherits. */
    Map<String, Entry> own(String name) throws ThemeException {
        String text = Theme.text(name, userFolder)
                .orElseThrow(() -> new ThemeException("There is no theme " + name + ": choose one of "
                        + String.join(", ", Theme.BUILT_IN) + ", or put " + name + ".properties into " + userFolder
                        + "."));
        var entries = new HashMap<String, Entry>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            int equals = stripped.indexOf('=');
            String key = equals < 0 ? stripped : stripped.substring(0, equals).strip();
            String value = equals < 0 ? "" : stripped.substring(equals + 1).strip();
            if (equals < 0 || !known(key)) {
                throw new ThemeException(
                        "Theme %s, line %d: \"%s\" is not a key of a theme.".formatted(name, number, key));
            }
            entries.put(key, new Entry(name, number, value));
        }
        check(entries);
        return entries;
    }

    private Map<String, Entry> entries(String name, List<String> heirs) throws ThemeException {
        if (heirs.contains(name)) {
            throw new ThemeException("Theme %s inherits from itself through %s.".formatted(name, heirs));
        }
        Map<String, Entry> own = own(name);
        heirs.add(name);
        Entry parent = own.get("inherits");
        var all = new HashMap<String, Entry>();
        if (parent != null) {
            all.putAll(entries(parent.value(), heirs));
        } else if (!Theme.BUILT_IN.contains(name)) {
            all.putAll(entries("dark", heirs));
        }
        // A plain value says more than what was inherited for fewer colours.
        own.keySet().stream().filter(key -> !key.contains("@")).forEach(key -> {
            all.remove(key + "@256");
            all.remove(key + "@16");
        });
        all.putAll(own);
        return all;
    }

    private static boolean known(String key) {
        if (ABOUT.contains(key)) {
            return true;
        }
        String plain = key.endsWith("@256") || key.endsWith("@16") ? key.substring(0, key.lastIndexOf('@')) : key;
        int dot = plain.lastIndexOf('.');
        return dot > 0
                && Role.of(plain.substring(0, dot)).isPresent()
                && Set.of("fg", "bg", "sgr").contains(plain.substring(dot + 1));
    }

    private static void check(Map<String, Entry> entries) throws ThemeException {
        for (var each : entries.entrySet()) {
            Entry entry = each.getValue();
            String key = each.getKey();
            boolean good = ABOUT.contains(key)
                    || (key.contains(".sgr")
                            ? attributes(entry.value()).isPresent()
                            : Colour.parse(entry.value()).isPresent());
            if (!good) {
                throw new ThemeException("Theme %s, line %d: %s cannot be \"%s\"; write %s."
                        .formatted(
                                entry.theme(),
                                entry.line(),
                                key,
                                entry.value(),
                                key.contains(".sgr")
                                        ? "bold, italic, underline or reverse, with commas between"
                                        : "default, #rrggbb, #0 to #255, or a name such as bright-red"));
            }
        }
    }

    private static Optional<Entry> entry(Map<String, Entry> entries, String key, Depth depth) {
        List<String> keys =
                switch (depth) {
                    case TRUE, NONE -> List.of(key);
                    case INDEXED_256 -> List.of(key + "@256", key);
                    case ANSI_16 -> List.of(key + "@16", key + "@256", key);
                };
        return keys.stream().filter(entries::containsKey).findFirst().map(entries::get);
    }

    private static Colour colour(Map<String, Entry> entries, String key, Depth depth) {
        return entry(entries, key, depth)
                .flatMap(entry -> Colour.parse(entry.value()))
                .orElse(Colour.Default.COLOUR)
                .at(depth);
    }

    private static Set<Style.Attribute> attributes(Map<String, Entry> entries, String key, Depth depth) {
        return entry(entries, key, depth)
                .flatMap(entry -> attributes(entry.value()))
                .orElse(Set.of());
    }

    private static Optional<Set<Style.Attribute>> attributes(String text) {
        var found = EnumSet.noneOf(Style.Attribute.class);
        for (String word : text.split(",", -1)) {
            String name = word.strip().toUpperCase(Locale.ROOT);
            if (name.isEmpty() || name.equals("NONE")) {
                continue;
            }
            Optional<Style.Attribute> attribute = EnumSet.allOf(Style.Attribute.class).stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst();
            if (attribute.isEmpty()) {
                return Optional.empty();
            }
            found.add(attribute.get());
        }
        return Optional.of(found);
    }

    /** A value, with where it stands. */
    record Entry(String theme, int line, String value) {}
}
