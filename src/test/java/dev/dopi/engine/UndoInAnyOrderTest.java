package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.dopi.analysis.Analyzer;
import dev.dopi.catalog.Catalog;
import dev.dopi.catalog.Fixture;
import dev.dopi.edit.FileChange;
import dev.dopi.model.Model;
import dev.dopi.pattern.Detected;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Pattern;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real patterns, applied in a random order and undone in another: after each step the project is what it would be had
 * the undone ones never been applied, and at the end it is, byte for byte, what it was.
 */
final class UndoInAnyOrderTest {

    /** What stands: the journal's entry, and what it was made of. */
    private record Standing(UndoEntry entry, Choice choice) {}

    private final Path temporary;
    private final Planner planner = new Planner(Catalog.patterns(), UndoInAnyOrderTest::told);

    UndoInAnyOrderTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }

    private static void told(Event event) {
        if (event instanceof Event.PatternFailed failed) {
            fail(failed.cause());
        }
    }

    @ParameterizedTest
    @CsvSource({"typescript, timestamp-column", "javascript, expires-column"})
    void ofAllFivePatternsOnOneClass(String language, String strategy) throws Exception {
        Options options = Options.DEFAULTS.with("strategy", strategy);
        int inTheMiddle = 0;
        for (int seed = 1; seed <= 3; seed++) {
            inTheMiddle += thereAndBack(Fixture.together(language), options, new Random(seed), 5);
        }
        assertTrue(inTheMiddle >= 6, "only %d were undone in the middle".formatted(inTheMiddle));
    }

    static List<Fixture> fixtures() {
        return Fixture.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void ofWhateverApplies(Fixture fixture) throws Exception {
        thereAndBack(
                fixture.texts("before"),
                fixture.options(),
                new Random(fixture.toString().hashCode()),
                0);
    }

    /** Returns how many were undone while a later one stood. */
    private int thereAndBack(Map<String, String> texts, Options options, Random random, int atLeast) throws Exception {
        Path home = Files.createTempDirectory(temporary, "case");
        Folder folder = Folder.in(home);
        for (var each : texts.entrySet()) {
            folder.with(each.getKey(), each.getValue());
        }
        var before = folder.everything();
        var workspace = new Workspace(new Journal(folder.state(), new Disk(_ -> {}, false)), planner::again);
        List<Standing> standing = apply(folder, workspace, options, random);
        assertTrue(standing.size() >= atLeast, () -> standing.size() + " were applied");
        int inTheMiddle = 0;
        while (!standing.isEmpty()) {
            int at = random.nextInt(standing.size());
            inTheMiddle += at < standing.size() - 1 ? 1 : 0;
            workspace.undo(List.of(standing.remove(at).entry()));
            parsesAsWellAs(texts, folder);
            assertEquals(expected(texts, standing), texts(folder), () -> "with " + standing);
        }
        assertEquals(before, folder.everything());
        assertEquals(List.of(), workspace.undoable());
        return inTheMiddle;
    }

    private List<Standing> apply(Folder folder, Workspace workspace, Options options, Random random) throws Exception {
        var order = new ArrayList<Pattern<?>>(Catalog.patterns());
        Collections.shuffle(order, random);
        var standing = new ArrayList<Standing>();
        for (Pattern<?> pattern : order) {
            Project project = Project.of(DiskTree.open(folder.root()));
            Model model = Analyzer.analyse(project, _ -> {}).model();
            for (Detected<?> found : Detected.all(pattern, project, model)) {
                if (found.finding().status().recommended()) {
                    Choice choice = Choice.of(found.finding()).with(known(found, options));
                    List<FileChange> changes = planner.again(choice, Project.of(DiskTree.open(folder.root())))
                            .map(Remake.Made::changes)
                            .orElse(List.of());
                    if (!changes.isEmpty()) {
                        var transaction = new Transaction(
                                choice.pattern(), choice.subject().label(), changes, Optional.of(choice));
                        standing.add(new Standing(
                                workspace.apply(List.of(transaction)).getFirst(), choice));
                    }
                }
            }
        }
        return standing;
    }

    private static Options known(Detected<?> found, Options options) {
        Options known = Options.DEFAULTS;
        for (var option : found.finding().options()) {
            if (options.values().containsKey(option.key())) {
                known = known.with(option.key(), options.of(option));
            }
        }
        return known;
    }

    /** What applying {@code standing} one after the other, and nothing else, makes of the project. */
    private Map<String, String> expected(Map<String, String> texts, List<Standing> standing) {
        var now = new TreeMap<>(texts);
        for (Standing each : standing) {
            planner.again(each.choice(), Fixture.project(now, text -> text))
                    .orElseThrow()
                    .changes()
                    .forEach(change -> now.put(change.path(), change.after()));
        }
        return now;
    }

    private static Map<String, String> texts(Folder folder) throws IOException {
        var texts = new TreeMap<String, String>();
        try (var files = Files.walk(folder.root())) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                texts.put(folder.root().relativize(each).toString(), Files.readString(each));
            }
        }
        return texts;
    }

    private static void parsesAsWellAs(Map<String, String> before, Folder folder) throws IOException {
        texts(folder)
                .forEach((path, text) ->
                        assertTrue(errors(path, text) <= errors(path, before.getOrDefault(path, "")), path));
    }

    private static int errors(String path, String text) {
        return Grammar.of(path)
                .map(grammar -> {
                    try (SyntaxTree tree = SyntaxTree.parse(new SourceFile(path, text), grammar)) {
                        return tree.errors();
                    }
                })
                .orElse(0);
    }
}
