package dev.dopi.edit;

import dev.dopi.project.Project;
import dev.dopi.project.TestSetup;
import dev.dopi.project.TypeScriptConfig;
import dev.dopi.source.Paths;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What TypeScript must be told so that it understands tests in the Workers runtime.
 *
 * <p>Where the project's own configuration looks at the tests and finds newer packages, one line that names the types does.
 * Else the tests get a configuration of their own, and the project's leaves them out.
 */
record TestTypes(Project project, TestSetup setup, String vitestConfig) {

    /** Returns the hunks, none where tests are JavaScript or nothing checks types. */
    List<Hunk> hunks(CodeStyle style) {
        Optional<TypeScriptConfig> own = TypeScriptConfig.nearest(project, setup.folder());
        if (!setup.typed() || own.isEmpty()) {
            return List.of();
        }
        boolean covered = own.get().covers(setup);
        if (covered && own.get().findsExports()) {
            return List.of(
                    created("env.d.ts", line(setup, style), "TypeScript knows the module cloudflare:test by it."));
        }
        var hunks = new ArrayList<Hunk>();
        hunks.add(created(
                "tsconfig.json",
                tsconfig(own.get(), style),
                "The tests have types of their own, cloudflare:test among them."));
        leftOut(own.get()).ifPresent(hunks::add);
        return hunks;
    }

    /**
     * Returns what goes before a test at {@code path}, where the project's configuration looks at it and nothing there says
     * where its types are; the project's own tests are no better off then.
     */
    static String reference(Project project, TestSetup setup, String path, CodeStyle style) {
        Optional<TypeScriptConfig> own = TypeScriptConfig.nearest(project, setup.folder());
        boolean lacks = setup.typed()
                && own.filter(config -> config.covers(path)
                                && config.types().stream().noneMatch(type -> type.startsWith(setup.packageName())))
                        .isPresent()
                && project.paths().stream()
                        .filter(each ->
                                each.endsWith(".ts") && !Paths.name(each).startsWith("vite"))
                        .noneMatch(each -> project.mentions(each, setup.packageName())
                                || each.endsWith(".d.ts") && project.mentions(each, "cloudflare:test"));
        return lacks ? line(setup, style) : "";
    }

    private static String line(TestSetup setup, CodeStyle style) {
        return CodeTemplate.beside(TestTypes.class, "test-types.ts.txt")
                .renderFile(typed(style), Map.of("TYPES", setup.types()), Set.of());
    }

    private static CodeStyle typed(CodeStyle style) {
        // JSON and a directive have their own quotes and take no semicolon.
        return new CodeStyle(style.indent(), '"', true, style.lineEnd(), true);
    }

    private Hunk created(String name, String text, String reason) {
        return new Hunk(
                TestStack.ID + "types",
                setup.folder() + "/" + name,
                true,
                TextEdits.of(TextEdit.insert(0, text)),
                Applicability.REVIEW,
                "Types for the tests",
                reason,
                Set.of(TestStack.PACKAGES));
    }

    private String tsconfig(TypeScriptConfig own, CodeStyle style) {
        String up = "../".repeat(depth(setup.folder()) - depth(own.folder()));
        var types = new LinkedHashSet<String>();
        var include = new LinkedHashSet<>(List.of("./**/*.ts"));
        for (String type : own.types()) {
            if (type.startsWith(".")) {
                include.add(up + type.replaceFirst("^\\./", ""));
            } else {
                types.add(type);
            }
        }
        types.add(setup.types());
        if (project.read(Paths.in(own.folder(), "worker-configuration.d.ts")).isPresent()) {
            include.add(up + "worker-configuration.d.ts");
        }
        return CodeTemplate.beside(TestTypes.class, "test-tsconfig.json.txt")
                .renderFile(
                        typed(style),
                        Map.of("EXTENDS", up + "tsconfig.json", "TYPES", quoted(types), "INCLUDE", quoted(include)),
                        own.findsExports() ? Set.of() : Set.of("RESOLUTION"));
    }

    private static int depth(String folder) {
        return folder.isEmpty() ? 0 : folder.split("/", -1).length;
    }

    private static String quoted(Set<String> texts) {
        return texts.stream().map(text -> "\"" + text + "\"").collect(Collectors.joining(", "));
    }

    /** Has the project's own configuration leave out what it would look at and not understand. */
    private Optional<Hunk> leftOut(TypeScriptConfig own) {
        String start = Paths.in(own.folder(), "");
        var names = new TreeSet<String>();
        if (own.covers(setup)) {
            names.add(setup.folder().substring(start.length()));
        }
        if (!own.findsExports() && own.covers(vitestConfig)) {
            names.add(vitestConfig.substring(start.length()));
        }
        Optional<SourceFile> file = project.read(own.path()).filter(_ -> !names.isEmpty());
        return file.flatMap(JsonObject::of).map(root -> {
            var all = new ArrayList<>(own.exclude());
            if (root.member("exclude").isEmpty()) {
                // What is left out where nothing is said.
                all.add("node_modules");
            }
            all.addAll(names);
            String list = all.stream().map(each -> "\"" + each + "\"").collect(Collectors.joining(", ", "[", "]"));
            return new Hunk(
                    TestStack.ID + "exclude",
                    file.get().path(),
                    false,
                    TextEdits.of(root.member("exclude")
                            .map(member -> new TextEdit(member.value(), list))
                            .orElseGet(() -> root.adding("exclude", list))),
                    Applicability.REVIEW,
                    "The Worker's types are checked without the tests",
                    "This configuration finds packages in an older way, in which it would not understand them.",
                    Set.of(TestStack.ID + "types"));
        });
    }
}
