package dev.dopi.catalog;

import dev.dopi.analysis.Analyzer;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.FileChange;
import dev.dopi.pattern.Detected;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Pattern;
import dev.dopi.project.MemoryTree;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One case of one pattern: {@code src/test/fixtures/PATTERN/CASE/{before,after,findings.txt,options.txt}}.
 *
 * <p>Without {@code after} the pattern must leave the project alone.
 */
public record Fixture(Pattern<?> pattern, Path folder) {

    private static final String RESOURCE = "@resource ";
    private static final Path RESOURCES = Path.of("src", "main", "java", "dev", "dopi");
    private static final Path ALL = Path.of("src", "test", "fixtures");

    /** Returns every case of every pattern. */
    public static List<Fixture> all() {
        var fixtures = new ArrayList<Fixture>();
        for (Pattern<?> pattern : Catalog.patterns()) {
            try (Stream<Path> folders = Files.list(ALL.resolve(pattern.info().id()))) {
                folders.filter(folder -> Files.isDirectory(folder.resolve("before")))
                        .sorted()
                        .forEach(folder -> fixtures.add(new Fixture(pattern, folder)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return fixtures;
    }

    /** Returns the case {@code name} of the pattern {@code id}. */
    public static Fixture of(String id, String name) {
        return all().stream()
                .filter(fixture -> fixture.toString().equals(id + "/" + name))
                .findFirst()
                .orElseThrow();
    }

    public boolean leftAlone() {
        return !Files.exists(folder.resolve("after"));
    }

    /** Returns the files of {@code together/NAME}: a class that lacks every pattern. */
    public static Map<String, String> together(String name) {
        return texts(ALL.resolve("together").resolve(name));
    }

    /** Returns what becomes of the files when all patterns are applied, each on what the ones before it leave. */
    static Map<String, String> allOf(Project project) throws IOException {
        Project now = project;
        var changed = new TreeMap<String, String>();
        for (Pattern<?> pattern : Catalog.patterns()) {
            Map<String, String> made =
                    new Fixture(pattern, ALL.resolve("together")).run(now).changed();
            changed.putAll(made);
            now = now.with(made.entrySet().stream()
                    .map(file -> new SourceFile(file.getKey(), file.getValue()))
                    .toList());
        }
        return changed;
    }

    /** Returns the files of {@code side} by their path. */
    public Map<String, String> texts(String side) {
        return texts(folder.resolve(side));
    }

    private static Map<String, String> texts(Path root) {
        var texts = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                texts.put(root.relativize(file).toString(), filled(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** A file of one line {@code @resource PATH} stands for that resource of dopi's own, which is written as it is. */
    private static String filled(String text) throws IOException {
        return text.startsWith(RESOURCE)
                ? Files.readString(
                        RESOURCES.resolve(text.substring(RESOURCE.length()).strip()))
                : text;
    }

    /** Returns what stands for {@code text} in the file {@code file}: where it named a resource, that goes on. */
    static String kept(Path file, String text) throws IOException {
        if (Files.exists(file)) {
            String there = Files.readString(file);
            if (there.startsWith(RESOURCE) && filled(there).equals(text)) {
                return there;
            }
        }
        return text;
    }

    public Options options() throws IOException {
        Options options = Options.DEFAULTS;
        Path file = folder.resolve("options.txt");
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                options = options.with(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
        }
        return options;
    }

    public static Project project(Map<String, String> texts, UnaryOperator<String> change) {
        MemoryTree tree = MemoryTree.of();
        for (Map.Entry<String, String> file : texts.entrySet()) {
            tree = tree.with(file.getKey(), change.apply(file.getValue()));
        }
        return Project.of(tree);
    }

    /** What the pattern makes of a project: what it finds, what it refuses, and what each file would be. */
    public record Outcome(List<Finding> findings, List<EditPlan> plans, Map<String, String> changed) {

        /** Returns findings, evidence and refusals as lines. */
        public String told() {
            var lines = new ArrayList<String>();
            for (int i = 0; i < findings.size(); i++) {
                Finding finding = findings.get(i);
                lines.add("%s: %s, %s".formatted(finding.subject().label(), finding.status(), finding.priority()));
                lines.add("  " + finding.reason());
                for (Evidence each : finding.evidence()) {
                    lines.add("  %s:%d %s".formatted(each.file(), each.line(), each.message()));
                }
                finding.measured()
                        .forEach(each -> lines.add("  plan: %s -> %s".formatted(each.before(), each.after())));
                plans.get(i).refusals().forEach(refusal -> lines.add("  refused: " + refusal));
                plans.get(i).notes().forEach(note -> lines.add("  note: " + note));
            }
            return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
        }

        public boolean recommends() {
            return findings.stream().anyMatch(finding -> finding.status().recommended());
        }
    }

    /** Runs the pattern over {@code project}, each class on what the one before it leaves. */
    public Outcome run(Project project) throws IOException {
        Project now = project;
        var findings = new ArrayList<Finding>();
        var plans = new ArrayList<EditPlan>();
        var changed = new TreeMap<String, String>();
        for (int i = 0; ; i++) {
            List<? extends Detected<?>> found =
                    Detected.all(pattern, now, Analyzer.analyse(now, _ -> {}).model());
            if (i >= found.size()) {
                return new Outcome(findings, plans, changed);
            }
            Detected<?> match = found.get(i);
            findings.add(match.finding());
            EditPlan plan = match.finding().status().recommended() ? match.plan(now, options()) : EditPlan.EMPTY;
            plans.add(plan);
            List<FileChange> changes = plan.changes(now, java.util.Set.of());
            changes.forEach(change -> changed.put(change.path(), change.after()));
            now = now.with(changes.stream().map(FileChange::file).toList());
        }
    }

    @Override
    public String toString() {
        return pattern.info().id() + "/" + folder.getFileName();
    }
}
