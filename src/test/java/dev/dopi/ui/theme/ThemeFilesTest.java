package dev.dopi.ui.theme;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ThemeFilesTest {

    private static final Path NOWHERE = Path.of("no-such-folder");
    private static final double READABLE = 4.5;

    static Stream<String> themes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("themes"))) {
            return files
                    .map(file -> file.getFileName().toString().replace(".properties", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void everyFileIsBuiltIn() throws IOException {
        assertEquals(Theme.BUILT_IN.stream().sorted().toList(), themes().toList());
    }

    @ParameterizedTest
    @MethodSource("themes")
    void saysEveryRole(String name) throws ThemeException {
        var reader = new ThemeReader(NOWHERE);
        Map<String, ThemeReader.Entry> own = reader.own(name);
        ThemeReader.Entry parent = own.get("inherits");
        var inherited = parent == null ? own : reader.own(parent.value());

        for (Role role : Role.values()) {
            assertTrue(
                    Stream.concat(own.keySet().stream(), inherited.keySet().stream())
                            .anyMatch(key -> key.startsWith(role.key() + ".")
                                    && Role.of(key.substring(0, key.lastIndexOf('.')))
                                            .isPresent()),
                    () -> name + " says nothing of " + role.key());
        }
    }

    @ParameterizedTest
    @MethodSource("themes")
    void canBeReadAtEveryDepth(String name) throws ThemeException {
        Optional<Colour> paper = background(name);
        for (Depth depth : List.of(Depth.INDEXED_256, Depth.TRUE)) {
            Theme theme = Theme.load(name, depth, NOWHERE);
            for (Role role : Role.values()) {
                Style style = theme.style(role);
                Optional<Colour.Rgb> front = style.foreground().rgb();
                Optional<Colour.Rgb> back = style.background().rgb().or(() -> paper.flatMap(Colour::rgb));
                if (front.isPresent() && back.isPresent()) {
                    double contrast = Colour.contrast(front.get(), back.get());
                    assertTrue(contrast >= READABLE, () -> "%s, %s at %s: %.2f"
                            .formatted(name, role.key(), depth, contrast));
                }
            }
        }
    }

    // A dark theme is read on black to dark grey, a light one on white.
    private static Optional<Colour> background(String name) throws ThemeException {
        return switch (requireNonNull(new ThemeReader(NOWHERE).own(name).get("appearance"))
                .value()) {
            case "dark" -> Colour.parse("#1e1e1e");
            case "light" -> Colour.parse("#ffffff");
            default -> Optional.empty();
        };
    }

    @ParameterizedTest
    @MethodSource("themes")
    void tellsAddedFromRemovedAtEveryDepth(String name) throws ThemeException {
        for (Depth depth : Depth.values()) {
            Theme theme = Theme.load(name, depth, NOWHERE);

            assertTrue(!theme.style(Role.DIFF_ADD).equals(theme.style(Role.DIFF_DEL)), () -> name + " at " + depth);
            assertTrue(!theme.style(Role.SELECT).equals(theme.style(Role.TEXT)), () -> name + " at " + depth);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'text.fg = #12345', 'Theme mine, line 1: text.fg cannot be \"#12345\"; write default, #rrggbb, #0 to #255, or a name such as bright-red.'",
        "'txet.fg = red', 'Theme mine, line 1: \"txet.fg\" is not a key of a theme.'",
        "'text.sgr = blinking', 'Theme mine, line 1: text.sgr cannot be \"blinking\"; write bold, italic, underline or reverse, with commas between.'",
        "'inherits = mine', 'Theme mine inherits from itself through [mine].'",
    })
    void saysWhatIsWrongWithATheme(String line, String message, @TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("mine.properties"), line);

        for (Depth depth : List.of(Depth.TRUE, Depth.NONE)) {
            assertEquals(
                    message,
                    assertThrows(ThemeException.class, () -> Theme.load("mine", depth, folder))
                            .getMessage());
        }
    }

    @Test
    void aUsersThemeNeedsOnlyWhatDiffers(@TempDir Path folder) throws IOException, ThemeException {
        Files.writeString(folder.resolve("mine.properties"), "diff.add.bg = #000080\n");

        Theme mine = Theme.load("mine", Depth.INDEXED_256, folder);

        assertEquals(new Colour.Indexed(18), mine.style(Role.DIFF_ADD).background());
        assertEquals(Theme.load("dark", Depth.INDEXED_256, NOWHERE).style(Role.FAIL), mine.style(Role.FAIL));
    }

    @ParameterizedTest
    @CsvSource({"'#fefefe', 231", "'#c9d1d9', 252", "'#5f87af', 67", "'#080808', 232"})
    void findsTheNearestOfThePalette(String colour, int index) {
        assertEquals(
                new Colour.Indexed(index), Colour.parse(colour).orElseThrow().at(Depth.INDEXED_256));
    }

    @ParameterizedTest
    @CsvSource({
        "'', xterm-256color, '', INDEXED_256",
        "truecolor, xterm-256color, '', TRUE",
        "'', xterm-kitty, '', TRUE",
        "'', screen, '', ANSI_16",
        "'', vt100, '', NONE",
        "truecolor, xterm, 1, NONE",
    })
    void tellsHowManyColoursThereAre(String colorterm, String term, String none, Depth depth) {
        assertEquals(depth, Depth.of(Map.of("COLORTERM", colorterm, "TERM", term, "NO_COLOR", none)));
    }
}
