package dev.dopi.ui.theme;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How each role looks on this terminal.
 *
 * <p>Every role has a style whose colours the terminal can show: what a theme leaves out comes from the one it
 * inherits, at last from {@code dark}.
 */
public final class Theme {

    /** The themes that come with dopi. */
    public static final List<String> BUILT_IN = List.of("dark", "light", "high-contrast", "colour-blind", "mono");

    private final String name;
    private final Depth depth;
    private final Map<Role, Style> styles;

    Theme(String name, Depth depth, Map<Role, Style> styles) {
        this.name = name;
        this.depth = depth;
        this.styles = new EnumMap<>(styles);
    }

    /**
     * Returns the theme {@code name} of the user's folder or, where that has none, of dopi's own; a name with a slash in
     * it, or one that ends in {@code .properties}, is that of a file.
     */
    public static Theme load(String name, Depth depth) throws ThemeException {
        return load(name, depth, userFolder(System.getenv()));
    }

    public static Theme load(String name, Depth depth, Path userFolder) throws ThemeException {
        return new ThemeReader(userFolder).read(name, depth);
    }

    /** Returns whether {@code name} is that of a file rather than of a theme. */
    static boolean isFile(String name) {
        return name.contains("/") || name.endsWith(".properties");
    }

    /** Returns the names of the user's own themes, in order. */
    public static List<String> own(Map<String, String> environment) {
        try (Stream<Path> files = Files.list(userFolder(environment))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".properties"))
                    .map(name -> name.substring(0, name.length() - ".properties".length()))
                    .filter(name -> !BUILT_IN.contains(name))
                    .sorted()
                    .toList();
        } catch (IOException _) {
            // There is no such folder, or none that can be read: no themes either way.
            return List.of();
        }
    }

    public static Path userFolder(Map<String, String> environment) {
        String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path config =
                configured.isEmpty() ? Path.of(environment.getOrDefault("HOME", "."), ".config") : Path.of(configured);
        return config.resolve("dopi").resolve("themes");
    }

    static Optional<String> text(String name, Path userFolder) throws ThemeException {
        Path file = isFile(name) ? Path.of(name) : userFolder.resolve(name + ".properties");
        try {
            if (Files.isRegularFile(file)) {
                return Optional.of(Files.readString(file));
            }
            if (isFile(name)) {
                throw new ThemeException("There is no theme file " + name + ".");
            }
            try (InputStream resource = Theme.class.getResourceAsStream("/themes/" + name + ".properties")) {
                return resource == null
                        ? Optional.empty()
                        : Optional.of(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new ThemeException("The theme " + name + " cannot be read: " + e.getMessage() + ".");
        }
    }

    public String name() {
        return name;
    }

    public Depth depth() {
        return depth;
    }

    public Style style(Role role) {
        return styles.getOrDefault(role, Style.PLAIN);
    }
}
