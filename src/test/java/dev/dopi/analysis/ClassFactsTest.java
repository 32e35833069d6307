package dev.dopi.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.project.Diagnostic;
import dev.dopi.project.MemoryTree;
import dev.dopi.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is known of a class, by the shapes in which projects write it: {@code src/test/fixtures/facts/CASE.txt}.
 *
 * <p>A case holds the files of a project, then what is known of its classes, then what is told about it; {@code
 * -Dgolden.update=true} writes the last two anew.
 */
final class ClassFactsTest {

    private static final Path CASES = Path.of("src", "test", "fixtures", "facts");
    private static final String CONFIG = """
            { "name": "app", "main": "src/index.ts", "compatibility_date": "2026-10-15",
              "durable_objects": { "bindings": [{ "name": "ROOM", "class_name": "Room" }] },
              "migrations": [{ "tag": "v1", "new_sqlite_classes": ["Room"] }] }
            """;

    static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void knowsWhatACarefulReaderKnows(Path file) throws IOException {
        String text = Files.readString(file);
        int end = text.indexOf("=== facts\n");
        String given = end < 0 ? text : text.substring(0, end);
        var tree = MemoryTree.of().with("wrangler.jsonc", CONFIG);
        for (String section : given.split("(?m)^--- ", -1)) {
            int line = section.indexOf('\n');
            if (line > 0) {
                tree = tree.with(section.substring(0, line), section.substring(line + 1));
            }
        }
        String now = given + "=== facts\n" + facts(Project.of(tree));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, now);
        }
        assertEquals(text, now);
    }

    private static String facts(Project project) {
        Analyzer.Result result = Analyzer.analyse(project, _ -> {});
        var lines = new ArrayList<String>();
        result.model().durableObjects().forEach(each -> describe(each, lines));
        Stream.concat(project.diagnostics().stream(), result.diagnostics().stream())
                .map(ClassFactsTest::told)
                .sorted()
                .forEach(lines::add);
        return String.join("\n", lines) + "\n";
    }

    private static void describe(DurableObjectClass type, List<String> lines) {
        lines.add("%s %s:%d %s %s"
                .formatted(
                        type.className(),
                        type.file(),
                        type.line(),
                        word(type.declaration()),
                        type.storage().stream()
                                .map(ClassFactsTest::word)
                                .sorted()
                                .toList()));
        type.statements().forEach(each -> lines.add(statement(each)));
        type.tables().forEach(each -> lines.add(table(each)));
        type.series()
                .forEach(each ->
                        lines.add("  key %s %s: %s".formatted(each.key(), word(each.growth()), each.growthReason())));
        type.alarmHandler().ifPresent(place -> lines.add("  alarm() line " + place.line()));
        if (type.inheritsAlarm()) {
            lines.add("  a base class uses the alarm");
        }
        type.alarmUses()
                .forEach(use -> lines.add("  %s line %d%s%s"
                        .formatted(
                                use.method(),
                                use.place().line(),
                                use.inConstructor() ? ", in the constructor" : "",
                                use.guarded() ? ", guarded" : "")));
        lines.add("  sockets " + word(type.webSocket()));
        type.sockets()
                .forEach(use -> lines.add("  %s %s:%d"
                        .formatted(word(use.kind()), use.file(), use.place().line())));
        type.timers()
                .forEach(timer -> lines.add("  %s %s:%d %s"
                        .formatted(timer.kind(), timer.file(), timer.place().line(), word(timer.purpose()))));
        type.names()
                .forEach(use -> lines.add("  name %s %s:%d"
                        .formatted(word(use.kind()), use.file(), use.place().line())));
        type.doubts().forEach(doubt -> lines.add("  unclear: " + doubt));
    }

    private static String statement(SqlStatement each) {
        String text = each.sql().strip().replaceAll("\\s+", " ");
        return "  sql %s:%d %s%s%s"
                .formatted(
                        each.file(),
                        each.line(),
                        text,
                        each.dynamic().map(why -> " [" + why + "]").orElse(""),
                        each.plan().isEmpty() ? "" : " -> " + String.join("; ", each.plan()));
    }

    private static String table(Table each) {
        List<String> columns = each.columns().stream()
                .map(column -> column.name() + (column.keyPart() > 0 ? " key" : ""))
                .toList();
        return "  table %s %s %s: %s%s"
                .formatted(
                        each.name(),
                        columns,
                        word(each.growth()),
                        each.growthReason(),
                        each.timestamp()
                                .map(it -> " Made at " + it.column() + ", " + word(it.unit()) + ".")
                                .orElse(""));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String told(Diagnostic each) {
        return word(each.severity()) + " " + each.file() + ":" + each.line() + " " + each.message();
    }
}
