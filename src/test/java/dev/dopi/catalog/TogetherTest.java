package dev.dopi.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.analysis.Analyzer;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.FileChange;
import dev.dopi.edit.ReadmeSection;
import dev.dopi.model.Model;
import dev.dopi.model.SqlStatement;
import dev.dopi.pattern.Detected;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Pattern;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.sql.ScratchDatabase;
import dev.dopi.sql.TableShape;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * All five patterns on one class that lacks them all: every subset, in every order.
 *
 * <p>Orders that come to the same text are gone on from once: what follows from a text does not depend on how it came to be.
 */
final class TogetherTest {

    /** The files after some patterns, and what was found out about them. */
    private record State(Set<String> done, Map<String, String> texts) {}

    private final Set<State> seen = new HashSet<>();
    private String readme = "";
    private final Set<String> parsed = new HashSet<>();
    private final Map<Set<String>, Set<List<String>>> members = new HashMap<>();

    @ParameterizedTest
    @CsvSource({"typescript, timestamp-column", "javascript, expires-column"})
    void composeInEveryOrder(String language, String strategy) {
        Options options = Options.DEFAULTS.with("strategy", strategy);

        Map<String, String> texts = Fixture.together(language);
        readme = texts.getOrDefault("README.md", "");
        goOn(new State(Set.of(), texts), options);

        Set<String> all = new TreeSet<>(
                Catalog.patterns().stream().map(each -> each.info().id()).toList());
        assertEquals(1 << all.size(), members.size(), "every subset was reached");
        members.forEach(
                (done, orders) -> assertEquals(1, orders.size(), () -> done + " has in each order the same members"));
    }

    @ParameterizedTest
    @CsvSource({"ttl-cleanup, websocket-hibernation", "websocket-hibernation, ttl-cleanup"})
    void shareOneAlarmWhereTimersWaitInStorage(String first, String second) throws IOException {
        var texts = new TreeMap<>(Fixture.together("timers"));
        for (String id : List.of(first, second)) {
            Fixture.Outcome outcome = applied(id, texts);
            assertTrue(outcome.recommends(), () -> id + "\n" + outcome.told());
            outcome.plans().forEach(plan -> assertEquals(List.of(), plan.refusals()));
            texts.putAll(outcome.changed());
        }
        String code = texts.getOrDefault("src/index.ts", "");

        for (String id : List.of(first, second)) {
            assertEquals(Map.of(), applied(id, texts).changed(), () -> id + " again");
        }
        try (SyntaxTree tree = SyntaxTree.parse(new SourceFile("src/index.ts", code), Grammar.TYPESCRIPT)) {
            assertEquals(0, tree.errors(), code);
            isOneOfEach(new State(Set.of(first, second), texts), tree);
        }
        assertEquals(1, code.split("new AlarmJobs\\(", -1).length - 1, code);
        assertEquals(1, code.split("this\\.#alarms\\.run\\(", -1).length - 1, code);
        assertFalse(code.contains("storage.setAlarm("), code);
        assertFalse(code.matches("(?s).*\\bset(Interval|Timeout)\\(.*"), code);
    }

    private static Fixture.Outcome applied(String id, Map<String, String> texts) throws IOException {
        Pattern<?> pattern = Catalog.patterns().stream()
                .filter(each -> each.info().id().equals(id))
                .findFirst()
                .orElseThrow();
        return new Fixture(pattern, Path.of("none")).run(Fixture.project(texts, text -> text));
    }

    private void goOn(State state, Options options) {
        if (!seen.add(state)) {
            return;
        }
        Project project = Fixture.project(state.texts(), text -> text);
        Model model = Analyzer.analyse(project, _ -> {}).model();
        isSound(state, model);
        isToldInReadme(state, readme);
        for (Pattern<?> pattern : Catalog.patterns()) {
            String id = pattern.info().id();
            List<? extends Detected<?>> found = Detected.all(pattern, project, model);
            assertEquals(1, found.size(), () -> state.done() + ": findings of " + id);
            Detected<?> match = found.getFirst();
            if (state.done().contains(id)) {
                assertFalse(match.finding().status().recommended(), () -> state.done() + ": again " + match.finding());
                continue;
            }
            assertTrue(match.finding().status().recommended(), () -> state.done() + " hides " + match.finding());
            EditPlan plan = match.plan(project, known(match, options));
            assertEquals(List.of(), plan.refusals(), () -> state.done() + " then " + id);
            List<FileChange> changes = plan.changes(project, Set.of());
            assertFalse(changes.isEmpty(), () -> state.done() + " then " + id);
            var texts = new TreeMap<>(state.texts());
            changes.forEach(change -> texts.put(change.path(), change.after()));
            var done = new TreeSet<>(state.done());
            done.add(id);
            goOn(new State(done, texts), options);
        }
    }

    private static Options known(Detected<?> match, Options options) {
        boolean takes =
                match.finding().options().stream().anyMatch(each -> each.key().equals("strategy"));
        return takes ? options : Options.DEFAULTS;
    }

    private void isSound(State state, Model model) {
        state.texts().forEach((path, text) -> Grammar.of(path).ifPresent(grammar -> {
            if (!path.startsWith("src/index.") && !parsed.add(text)) {
                return;
            }
            try (SyntaxTree tree = SyntaxTree.parse(new SourceFile(path, text), grammar)) {
                assertEquals(0, tree.errors(), () -> state.done() + ": " + path + "\n" + text);
                if (path.startsWith("src/index.")) {
                    isOneOfEach(state, tree);
                }
            }
        }));
        var type = model.workers().getFirst().durableObjects().getFirst();
        List<String> schema = SqlStatement.schema(type.statements());
        assertEquals(schema.stream().distinct().toList(), schema, () -> state.done() + ": each set-up statement once");
        try (ScratchDatabase database = ScratchDatabase.of(schema)) {
            for (TableShape table : database.tables()) {
                List<String> indexes = table.indexes().stream()
                        .map(index -> index.columns().toString())
                        .toList();
                assertEquals(
                        indexes.stream().distinct().toList(), indexes, () -> state.done() + ": one index for columns");
            }
        }
    }

    /** What was there, then one section with a paragraph for each pattern, sorted. */
    private static void isToldInReadme(State state, String before) {
        String readme = state.texts().getOrDefault("README.md", "");
        ReadmeSection section = ReadmeSection.in(readme);
        List<String> headings = section.headings();
        Set<String> told =
                headings.stream().map(each -> each.replaceFirst("^\\w+: ", "")).collect(Collectors.toSet());
        assertEquals(Optional.empty(), section.problem());
        assertEquals(state.done(), told);
        assertEquals(headings.stream().sorted().distinct().toList(), headings);
        assertTrue(readme.startsWith(before), readme);
        assertEquals(state.done().isEmpty(), readme.equals(before));
        assertFalse(readme.replace(before.contains("\r") ? "\r\n" : "\n", "").matches("(?s).*[\r\n].*"), readme);
    }

    /** One constructor, one alarm(), one of each handler, and nothing declared or imported twice. */
    private void isOneOfEach(State state, SyntaxTree tree) {
        Predicate<SyntaxNode> classes = node -> node.is("class_declaration");
        List<SyntaxNode> bodies = tree.root()
                .descendants()
                .filter(classes)
                .flatMap(node -> node.field("body").stream())
                .toList();
        assertEquals(1, bodies.size());
        List<String> names = bodies.getFirst().children().stream()
                .flatMap(member -> member.field("name").or(() -> member.field("property")).stream())
                .map(SyntaxNode::text)
                .sorted()
                .toList();
        assertEquals(names.stream().distinct().toList(), names, () -> state.done() + ": each member once");
        assertTrue(names.contains("constructor"));
        assertEquals(state.done().contains("websocket-hibernation"), names.contains("webSocketMessage"));
        assertEquals(state.done().contains("websocket-hibernation"), names.contains("webSocketClose"));
        if (state.done().contains("ttl-cleanup")) {
            assertTrue(names.contains("alarm"));
        }
        members.computeIfAbsent(state.done(), _ -> new HashSet<>()).add(names);
        var declared = new ArrayList<String>();
        tree.root().children().forEach(node -> {
            node.descendants()
                    .filter(each -> each.is("import_specifier"))
                    .map(SyntaxNode::text)
                    .forEach(declared::add);
            if (node.is("lexical_declaration")) {
                node.children().forEach(each -> declared.add(each.fieldText("name")));
            }
        });
        assertEquals(declared.stream().distinct().toList(), declared, () -> state.done() + ": each name once");
    }
}
