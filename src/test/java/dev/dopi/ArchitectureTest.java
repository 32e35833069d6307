package dev.dopi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may use which; what {@code ARCHITECTURE.md} draws. */
final class ArchitectureTest {

    private static final Path ROOT = Path.of("src/main/java/dev/dopi");

    /** Each package with all that it may use; a package not named here may use everything. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("source", Set.of()),
            Map.entry("process", Set.of()),
            Map.entry("natives", Set.of()),
            Map.entry("syntax", Set.of("source", "natives")),
            Map.entry("sql", Set.of("source", "natives")),
            Map.entry("model", Set.of("source")),
            Map.entry("project", Set.of("source", "syntax")),
            Map.entry("analysis", Set.of("source", "syntax", "sql", "model", "project")),
            Map.entry("edit", Set.of("source", "syntax", "project")),
            Map.entry("pattern", Set.of("source", "syntax", "sql", "model", "project", "analysis", "edit")),
            Map.entry(
                    "engine",
                    Set.of("source", "syntax", "sql", "model", "project", "analysis", "edit", "pattern", "process")),
            Map.entry("catalog", Set.of("source", "syntax", "sql", "model", "project", "analysis", "edit", "pattern")),
            Map.entry("report", Set.of("source", "model", "project", "edit", "pattern", "engine", "process")));

    /** No pattern: what lets several of them share the one alarm of an object. */
    private static final String SHARED_BY_PATTERNS = "dev.dopi.catalog.alarmjobs.";

    static Stream<String> restrictedPackages() {
        return MAY_USE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("restrictedPackages")
    void packageUsesOnlyWhatItMay(String name) throws IOException {
        Set<String> used = packagesUsedBy(ROOT.resolve(name));
        used.remove(name);
        used.removeAll(MAY_USE.get(name));

        assertEquals(Set.of(), used, name);
    }

    @Test
    void onlyOnePackageKnowsEachLibrary() throws IOException {
        assertEquals(Set.of("syntax"), packagesImporting("org.treesitter."));
        assertEquals(Set.of("sql"), packagesImporting("org.sqlite."));
        assertEquals(Set.of("ui/tui"), packagesImporting("com.googlecode.lanterna."));
        assertEquals(Set.of("ui/line"), packagesImporting("org.jline."));
        assertEquals(Set.of("cli"), packagesImporting("picocli."));
    }

    @Test
    void onlyProcessStartsPrograms() throws IOException {
        assertEquals(Set.of(), without(packagesMentioning("new ProcessBuilder"), "process", "ui/tui", "ui/line"));
    }

    @Test
    void onlyTheCommandLineExits() throws IOException {
        assertEquals(Set.of(), without(packagesMentioning("System.exit("), "cli"));
    }

    @Test
    void patternsDoNotKnowEachOther() throws IOException {
        for (Path pattern : folders(ROOT.resolve("catalog"))) {
            String own = "dev.dopi.catalog." + pattern.getFileName() + ".";
            for (String name : imports(pattern)) {
                boolean allowed = name.startsWith(own) || name.startsWith(SHARED_BY_PATTERNS);
                assertEquals(name.startsWith("dev.dopi.catalog."), allowed, pattern + " uses " + name);
            }
        }
    }

    @Test
    void whatPatternsShareKnowsNoneOfThem() throws IOException {
        for (String name : imports(ROOT.resolve("catalog/alarmjobs"))) {
            assertEquals(
                    name.startsWith("dev.dopi.catalog."),
                    name.startsWith(SHARED_BY_PATTERNS),
                    "alarmjobs uses " + name);
        }
    }

    @Test
    void frontEndsDoNotKnowEachOther() throws IOException {
        for (String front : List.of("tui", "line", "json")) {
            Set<String> others = new TreeSet<>();
            for (String name : imports(ROOT.resolve("ui").resolve(front))) {
                if (name.matches("dev\\.dopi\\.ui\\.(tui|line|json)\\..*")
                        && !name.startsWith("dev.dopi.ui." + front)) {
                    others.add(name);
                }
            }
            assertEquals(Set.of(), others, front);
        }
    }

    private static Set<String> packagesUsedBy(Path folder) throws IOException {
        var used = new TreeSet<String>();
        for (String name : imports(folder)) {
            if (name.startsWith("dev.dopi.")) {
                used.add(name.split("\\.", -1)[2]);
            }
        }
        return used;
    }

    private static Set<String> packagesImporting(String prefix) throws IOException {
        var packages = new TreeSet<String>();
        for (Path file : javaFiles(ROOT)) {
            if (IMPORT.matcher(Files.readString(file)).results().anyMatch(it -> it.group(1)
                    .startsWith(prefix))) {
                packages.add(ROOT.relativize(file.getParent()).toString());
            }
        }
        return packages;
    }

    private static Set<String> packagesMentioning(String words) throws IOException {
        var packages = new TreeSet<String>();
        for (Path file : javaFiles(ROOT)) {
            if (Files.readString(file).contains(words)) {
                packages.add(ROOT.relativize(file.getParent()).toString());
            }
        }
        return packages;
    }

    private static Set<String> without(Set<String> packages, String... allowed) {
        var rest = new TreeSet<>(packages);
        rest.removeAll(Set.of(allowed));
        return rest;
    }

    // A name written out in full counts as an import: it is the same use.
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+)", Pattern.MULTILINE);
    private static final Pattern QUALIFIED = Pattern.compile("\\b(dev\\.dopi\\.[a-z][\\w.]*[A-Z]\\w*)");

    private static Set<String> imports(Path folder) throws IOException {
        var imports = new TreeSet<String>();
        for (Path file : javaFiles(folder)) {
            String text = Files.readString(file);
            IMPORT.matcher(text).results().forEach(match -> imports.add(match.group(1)));
            QUALIFIED.matcher(text).results().forEach(match -> imports.add(match.group(1)));
        }
        return imports;
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> path.toString().endsWith(".java")).toList();
        }
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory).toList();
        }
    }
}
