package dev.dopi.edit;

import dev.dopi.project.Project;
import dev.dopi.project.TestSetup;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A test file that a plan brings with it: red without the plan's other hunks, green with them.
 *
 * @param className the class under test
 * @param binding the name under which tests reach it
 * @param setup how the project's tests are run
 */
public record GeneratedTest(String className, String binding, TestSetup setup) {

    /** Whether a test can be generated. */
    public sealed interface Answer {

        /** Returns what {@code make} makes of {@code plan} with the test, or {@code plan} with the reason why there is none. */
        default EditPlan addTo(EditPlan plan, Function<GeneratedTest, EditPlan> make) {
            return switch (this) {
                case Impossible(String reason) -> plan.noting(reason);
                case Possible(GeneratedTest test) -> make.apply(test);
            };
        }

        /** It can. */
        record Possible(GeneratedTest test) implements Answer {}

        /** It cannot; the reason is a sentence for the user. */
        record Impossible(String reason) implements Answer {}
    }

    /**
     * Looks whether the project can run a test of {@code className}.
     *
     * @param folder the Worker's folder
     * @param config the Worker's configuration, or empty where it has none
     */
    public static Answer of(
            Project project, String className, List<String> bindings, String folder, Optional<String> config) {
        String place = folder.isEmpty() ? "the project's folder" : folder;
        Optional<TestSetup> setup = TestSetup.of(project, folder);
        if (setup.isEmpty()) {
            return new Answer.Impossible(
                    "No Vitest set-up for Workers was found in %s, so no test is generated: dopi does not support setting one up yet."
                            .formatted(place));
        }
        if (bindings.isEmpty()) {
            return new Answer.Impossible(
                    "The configuration has no binding for %s, so no test is generated.".formatted(className));
        }
        if (!setup.get().typed()) {
            return new Answer.Impossible(
                    "The project's tests are written in JavaScript (%s), for which generating a test is not supported yet."
                            .formatted(setup.get().example().orElse(place)));
        }
        String binding = bindings.getFirst();
        Optional<String> other = setup.get()
                .config()
                .filter(path -> !config.equals(Optional.of(path)) && !binds(project, path, binding));
        return other.<Answer>map(path -> new Answer.Impossible(
                        "The tests in %s run with %s, which does not bind %s, so no test is generated."
                                .formatted(place, path, binding)))
                .orElseGet(() -> new Answer.Possible(new GeneratedTest(className, binding, setup.get())));
    }

    private static boolean binds(Project project, String config, String binding) {
        return project.mentions(config, "\"" + binding + "\"");
    }

    /**
     * Returns {@code plan} with one hunk more, which makes the test and falls when any other hunk is rejected.
     *
     * @param suffix what comes after the class in the file's name
     * @param values for the template, beside {@code CLASS} and {@code BINDING}
     * @param flags for the template, beside those that the set-up decides
     * @param fallback the style where there is no test yet to take it from
     */
    public EditPlan addTo(
            EditPlan plan,
            Project project,
            CodeTemplate template,
            String suffix,
            Map<String, String> values,
            Set<String> flags,
            CodeStyle fallback) {
        var all = new HashMap<>(values);
        all.put("CLASS", className);
        all.put("BINDING", binding);
        var chosen = new HashSet<>(flags);
        if (setup.modern()) {
            chosen.add("MODERN");
        }
        if (setup.evicts()) {
            chosen.add("EVICT");
        }
        CodeStyle style = style(project, fallback);
        String code = template.render(style, "", all, chosen) + style.lineEnd();
        String path = setup.newTest(project.with(newFiles(plan)), kebab(className) + "." + suffix);
        var hunks = new ArrayList<>(plan.hunks());
        hunks.add(new Hunk(
                "test-" + suffix,
                path,
                true,
                TextEdits.of(TextEdit.insert(0, code)),
                Applicability.SAFE,
                "Test: " + className + " " + suffix,
                "Fails on the class as it is and passes with the change; run it with your other tests.",
                plan.hunks().stream()
                        .filter(hunk -> !hunk.id().startsWith("test-"))
                        .map(Hunk::id)
                        .collect(Collectors.toSet())));
        return new EditPlan(hunks, plan.refusals(), plan.notes());
    }

    private static List<dev.dopi.source.SourceFile> newFiles(EditPlan plan) {
        return plan.hunks().stream()
                .filter(Hunk::creates)
                .map(hunk ->
                        new dev.dopi.source.SourceFile(hunk.file(), hunk.edits().applyTo("")))
                .toList();
    }

    private CodeStyle style(Project project, CodeStyle fallback) {
        return setup.example()
                .flatMap(project::read)
                .map(file -> CodeStyle.of(file, true))
                .orElse(new CodeStyle(
                        fallback.indent(), fallback.quote(), fallback.semicolons(), fallback.lineEnd(), true));
    }

    /** Returns {@code sql} as a literal on one line, in signs that need no escape where there are such. */
    public static String literal(String sql) {
        boolean simple = sql.indexOf('\'') < 0 && !sql.contains("--") && !sql.contains("/*") && sql.indexOf('"') < 0;
        String line = simple ? sql.strip().replaceAll("\\s+", " ") : sql.strip();
        // In a template: the style's quotes could be part of the SQL.
        char sign = line.indexOf('"') >= 0 ? '`' : '"';
        String escaped = line.replace("\\", "\\\\")
                .replace("\r", "")
                .replace("\n", "\\n")
                .replace("\t", "\\t");
        return sign == '`' ? sign + escaped.replace("`", "\\`").replace("${", "\\${") + sign : sign + escaped + sign;
    }

    /** {@code ChatRoom} as {@code chat-room}. */
    private static String kebab(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-")
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
    }
}
