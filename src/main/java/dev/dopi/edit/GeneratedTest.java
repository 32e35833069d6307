package dev.dopi.edit;

import dev.dopi.project.Project;
import dev.dopi.project.TestSetup;
import dev.dopi.source.SourceFile;
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
 * @param stack what makes that set-up, where the project does not have it
 */
public record GeneratedTest(String className, String binding, TestSetup setup, Optional<TestStack> stack) {

    private static final String OWN = "test-";
    private static final String TITLE = "Test: ";

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

    /** Looks whether the project can run a test of {@code target}, or can be made to where that is wanted. */
    public static Answer of(Project project, TestTarget target) {
        Optional<TestSetup> setup = TestSetup.of(project, target.folder(), target.file());
        if (setup.isPresent()) {
            return in(project, target, setup.get());
        }
        if (target.bindings().isEmpty()) {
            return unbound(target);
        }
        return switch (TestStack.of(project, target)) {
            case TestStack.Answer.Impossible(String reason) -> new Answer.Impossible(reason);
            case TestStack.Answer.Possible(TestStack stack) ->
                target.setUp()
                        ? new Answer.Possible(new GeneratedTest(
                                target.className(), target.bindings().getFirst(), stack.setup(), Optional.of(stack)))
                        : new Answer.Impossible(
                                "No Vitest set-up for Workers was found in %s, so no test is generated; with test-setup=add, dopi makes one."
                                        .formatted(target.place()));
        };
    }

    private static Answer unbound(TestTarget target) {
        return new Answer.Impossible(
                "The configuration has no binding for %s, so no test is generated.".formatted(target.className()));
    }

    private static Answer in(Project project, TestTarget target, TestSetup setup) {
        if (target.bindings().isEmpty()) {
            return unbound(target);
        }
        String binding = target.bindings().getFirst();
        Optional<String> other = setup.config()
                .filter(path -> !target.config().equals(Optional.of(path)) && !binds(project, path, binding));
        return other.<Answer>map(path -> new Answer.Impossible(
                        "The tests in %s run with %s, which does not bind %s, so no test is generated."
                                .formatted(target.place(), path, binding)))
                .orElseGet(() ->
                        new Answer.Possible(new GeneratedTest(target.className(), binding, setup, Optional.empty())));
    }

    /** Returns whether a hunk of this title makes a test. */
    public static boolean isTitle(String title) {
        return title.startsWith(TITLE);
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
        all.put("EVICTS", setup.evicts() ? "evictDurableObject, " : "");
        var chosen = new HashSet<>(flags);
        if (setup.modern()) {
            chosen.add("MODERN");
        }
        if (setup.evicts()) {
            chosen.add("EVICT");
        }
        CodeStyle style = style(project, fallback);
        String path = setup.newTest(project.with(newFiles(plan)), kebab(className) + "." + suffix);
        String types = stack.isPresent() ? "" : TestTypes.reference(project, setup, path, style);
        String code = types + template.renderFile(style, all, chosen);
        Set<String> required = others(plan);
        var hunks = new ArrayList<>(plan.hunks());
        if (plan.hunks().stream().noneMatch(hunk -> hunk.id().startsWith(TestStack.ID))) {
            stack.ifPresent(it -> hunks.addAll(it.hunks(style, required)));
        }
        var needed = new HashSet<>(required);
        if (stack.isPresent()) {
            needed.add(TestStack.CONFIG);
        }
        hunks.add(new Hunk(
                OWN + suffix,
                path,
                true,
                TextEdits.of(TextEdit.insert(0, code)),
                Applicability.SAFE,
                TITLE + className + " " + suffix,
                "Fails on the class as it is and passes with the change; run it with your other tests.",
                needed));
        return new EditPlan(hunks, plan.refusals(), plan.notes());
    }

    /** The hunks that the tests are about. */
    private static Set<String> others(EditPlan plan) {
        return plan.hunks().stream()
                .map(Hunk::id)
                .filter(id -> !id.startsWith(OWN))
                .collect(Collectors.toSet());
    }

    private static List<SourceFile> newFiles(EditPlan plan) {
        return plan.hunks().stream()
                .filter(Hunk::creates)
                .map(hunk -> new SourceFile(hunk.file(), hunk.edits().applyTo("")))
                .toList();
    }

    private CodeStyle style(Project project, CodeStyle fallback) {
        return setup.example()
                .flatMap(project::read)
                .map(file -> CodeStyle.of(file, setup.typed()))
                .orElse(new CodeStyle(
                        fallback.indent(), fallback.quote(), fallback.semicolons(), fallback.lineEnd(), setup.typed()));
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
