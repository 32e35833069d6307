package dev.dopi.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.analysis.Analyzer;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.GeneratedTest;
import dev.dopi.pattern.Detected;
import dev.dopi.pattern.Options;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pattern on every one of its fixtures; {@code -Dgolden.update=true} writes what comes out anew. */
final class PatternFixturesTest {

    static List<Fixture> fixtures() {
        return Fixture.all();
    }

    static List<Fixture> changed() {
        return Fixture.all().stream().filter(fixture -> !fixture.leftAlone()).toList();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void findsWhatIsThere(Fixture fixture) throws IOException {
        String told = fixture.run(Fixture.project(fixture.texts("before"), text -> text))
                .told();
        Path file = fixture.folder().resolve("findings.txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, told);
        }
        assertEquals(Files.readString(file), told);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void turnsBeforeIntoAfterToTheLetter(Fixture fixture) throws IOException {
        Map<String, String> before = fixture.texts("before");
        Map<String, String> made =
                fixture.run(Fixture.project(before, text -> text)).changed();
        var after = new TreeMap<>(before);
        after.putAll(made);
        if (Boolean.getBoolean("golden.update") && !made.isEmpty()) {
            write(fixture, after);
        }
        if (fixture.leftAlone()) {
            assertEquals(Map.of(), made);
            return;
        }
        assertEquals(fixture.texts("after"), after);
        assertFalse(made.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("changed")
    void leavesAfterAlone(Fixture fixture) throws IOException {
        Fixture.Outcome again = fixture.run(Fixture.project(fixture.texts("after"), text -> text));
        assertFalse(again.recommends(), again::told);
        assertEquals(Map.of(), again.changed());
    }

    @ParameterizedTest
    @MethodSource("changed")
    void keepsCarriageReturns(Fixture fixture) throws IOException {
        Fixture.Outcome outcome = fixture.run(Fixture.project(fixture.texts("before"), PatternFixturesTest::crlf));
        Map<String, String> after = fixture.texts("after");
        assertFalse(outcome.changed().isEmpty());
        outcome.changed().forEach((path, text) -> {
            String expected = after.getOrDefault(path, "");
            // The line that names an interpreter must not end with a carriage return.
            assertEquals(expected.startsWith("#!") ? expected : crlf(expected), text, path);
        });
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void parsesAsWellAsBefore(Fixture fixture) throws IOException {
        Map<String, String> before = fixture.texts("before");
        fixture.run(Fixture.project(before, text -> text))
                .changed()
                .forEach((path, text) ->
                        assertTrue(errors(path, text) <= errors(path, before.getOrDefault(path, "")), path));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void outlinesWhatItPlans(Fixture fixture) {
        Project project = Fixture.project(fixture.texts("before"), text -> text);
        for (Detected<?> found : Detected.all(
                fixture.pattern(), project, Analyzer.analyse(project, _ -> {}).model())) {
            EditPlan plan = found.plan(project, Options.DEFAULTS);
            EditPlan outline = found.outline(project);
            assertEquals(plan.hunks().isEmpty(), outline.hunks().isEmpty());
            if (plan.hunks().isEmpty()) {
                assertEquals(plan.refusals(), outline.refusals());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("changed")
    void outlinesNoTests(Fixture fixture) {
        Project project = Fixture.project(fixture.texts("before"), text -> text);
        Detected.all(
                        fixture.pattern(),
                        project,
                        Analyzer.analyse(project, _ -> {}).model())
                .forEach(found -> assertTrue(found.outline(project).hunks().stream()
                        .noneMatch(hunk -> GeneratedTest.isTitle(hunk.title()))));
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

    private static String crlf(String text) {
        return text.replace("\n", "\r\n");
    }

    private static void write(Fixture fixture, Map<String, String> after) throws IOException {
        for (Map.Entry<String, String> file : after.entrySet()) {
            Path path = fixture.folder().resolve("after").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, Fixture.kept(path, file.getValue()));
        }
    }
}
