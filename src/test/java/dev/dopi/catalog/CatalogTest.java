package dev.dopi.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.pattern.Pattern;
import dev.dopi.pattern.PatternInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every pattern of the catalog has: a page, fixtures and a name in the one style. */
final class CatalogTest {

    private static final Path CATALOG = Path.of("src/main/java/dev/dopi/catalog");
    private static final List<String> HEADINGS =
            List.of("## What it does", "## Why", "## Before", "## After", "## When to leave it", "## References");

    static List<Pattern<?>> patterns() {
        return Catalog.patterns();
    }

    @Test
    void everyFolderIsOfOnePattern() throws IOException {
        var folders = new TreeSet<String>();
        try (Stream<Path> all = Files.list(CATALOG)) {
            all.filter(Files::isDirectory)
                    .filter(folder -> !folder.endsWith("alarmjobs")) // what patterns share is none
                    .forEach(folder -> folders.add(folder.getFileName().toString()));
        }
        var named = new TreeSet<String>();
        patterns().forEach(pattern -> named.add(pattern.info().id().replace("-", "")));
        assertEquals(folders, named);
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void pageHasTheFixedHeadings(Pattern<?> pattern) throws IOException {
        List<String> lines = page(pattern);
        assertEquals("# " + pattern.info().title(), lines.getFirst());
        assertEquals(
                HEADINGS, lines.stream().filter(line -> line.startsWith("## ")).toList());
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void pageSaysSomethingUnderEachHeading(Pattern<?> pattern) throws IOException {
        List<String> lines = page(pattern);
        var empty = new ArrayList<String>();
        for (String heading : HEADINGS) {
            List<String> below = lines.subList(lines.indexOf(heading) + 1, lines.size());
            long words = below.stream()
                    .takeWhile(line -> !line.startsWith("## "))
                    .filter(line -> !line.isBlank())
                    .count();
            if (words < 3) {
                empty.add(heading);
            }
        }
        assertEquals(List.of(), empty);
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void pageShowsCodeBeforeAndAfterAndNamesSources(Pattern<?> pattern) throws IOException {
        String page = String.join("\n", page(pattern));
        assertTrue(page.matches("(?s).*\n## Before\n\n```ts\n.*\n```\n\n## After\n\n```ts\n.*\n```\n.*"));
        assertTrue(page.substring(page.indexOf("## References")).contains("](https://developers.cloudflare.com/"));
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void idsAndTitlesAreInTheOneStyle(Pattern<?> pattern) {
        PatternInfo info = pattern.info();
        assertTrue(info.id().matches("[a-z]+(-[a-z]+)+"), info.id());
        assertTrue(info.title().matches("[A-Z][^.]{5,40}"), info.title());
        assertTrue(info.summary().matches("[A-Z].{20,120}\\."), info.summary());
        assertFalse(info.summary().contains("  "));
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void hasFixturesThatItChangesAndThatItLeavesAlone(Pattern<?> pattern) {
        List<Fixture> own = Fixture.all().stream()
                .filter(fixture -> fixture.pattern().info().equals(pattern.info()))
                .toList();
        assertTrue(own.stream().filter(Fixture::leftAlone).count() >= 3);
        assertTrue(own.stream().filter(fixture -> !fixture.leftAlone()).count() >= 3);
    }

    private static List<String> page(Pattern<?> pattern) throws IOException {
        return Files.readAllLines(
                CATALOG.resolve(pattern.info().id().replace("-", "")).resolve("pattern.md"));
    }
}
