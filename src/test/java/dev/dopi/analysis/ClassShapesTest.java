package dev.dopi.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.Declaration;
import dev.dopi.model.DurableObjectClass.Made;
import dev.dopi.model.Worker;
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
 * The shapes in which projects declare and configure their objects: {@code src/test/fixtures/classes/CASE.txt}.
 *
 * <p>A case holds the files of a project, then the classes that are found, a line each, then what is told about it.
 */
final class ClassShapesTest {

    private static final Path CASES = Path.of("src", "test", "fixtures", "classes");

    static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWhatIsThereAndNothingElse(Path file) throws IOException {
        var project = MemoryTree.of();
        var classes = new ArrayList<String>();
        var told = new ArrayList<String>();
        String[] sections = Files.readString(file).split("(?m)^(?=--- |=== )", -1);
        for (String section : sections) {
            String head = section.lines().findFirst().orElse("");
            List<String> lines = section.lines().skip(1).toList();
            switch (head) {
                case "=== classes" -> classes.addAll(lines);
                case "=== told" -> told.addAll(lines);
                default -> project = project.with(head.substring("--- ".length()), String.join("\n", lines) + "\n");
            }
        }
        var opened = Project.of(project);
        Analyzer.Result result = Analyzer.analyse(opened, _ -> {});

        assertEquals(String.join("\n", classes), String.join("\n", found(result)));
        assertEquals(
                String.join("\n", told.stream().sorted().toList()),
                Stream.concat(opened.diagnostics().stream(), result.diagnostics().stream())
                        .map(ClassShapesTest::line)
                        .sorted()
                        .reduce((one, other) -> one + "\n" + other)
                        .orElse(""));
    }

    private static List<String> found(Analyzer.Result result) {
        return result.model().workers().stream()
                .flatMap(worker -> worker.durableObjects().stream().map(each -> line(worker, each)))
                .toList();
    }

    private static String line(Worker worker, DurableObjectClass each) {
        var words = new ArrayList<String>();
        words.add(worker.config().orElse("none") + ":");
        words.add(each.className());
        if (!each.exportedAs().equals(each.className())) {
            words.add("as " + each.exportedAs());
        }
        each.made()
                .filter(made -> !made.file().equals(each.file()) || made.line() != each.line())
                .filter(made -> !made.inner().equals(each.className()))
                .ifPresentOrElse(made -> words.add(made(made, each)), () -> words.add(place(each)));
        words.add(each.declaration().name().toLowerCase(Locale.ROOT));
        words.add(each.bindings().toString());
        each.framework().ifPresent(words::add);
        each.sqlite().ifPresent(sqlite -> words.add(sqlite ? "sqlite" : "kv"));
        return String.join(" ", words);
    }

    private static String made(Made made, DurableObjectClass each) {
        return "(%s) %s:%d".formatted((made.inner() + " " + place(each)).strip(), made.file(), made.line());
    }

    private static String place(DurableObjectClass each) {
        return each.declaration() == Declaration.EXTERNAL ? "PACKAGE" : each.file() + ":" + each.line();
    }

    private static String line(Diagnostic each) {
        return each.severity().name().toLowerCase(Locale.ROOT) + " " + each.file() + ":" + each.line() + " "
                + each.message();
    }
}
