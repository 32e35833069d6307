package dev.dopi.edit;

import dev.dopi.project.PackageManifest;
import dev.dopi.project.Project;
import dev.dopi.project.TestSetup;
import dev.dopi.source.Paths;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What it takes to run tests in the Workers runtime in a project that cannot yet: packages, Vitest's configuration, a
 * script, and types.
 *
 * <p>A project that has tests of its own keeps them as they are: what is for the Workers runtime then has a
 * configuration, a folder and an ending of its own, which no other test runner looks at. Nothing is installed.
 *
 * @param setup how tests will be run
 * @param config what Vitest's configuration will be called
 * @param beside whether the project has tests of its own already
 */
public record TestStack(
        Project project,
        PackageManifest manifest,
        TestPackages packages,
        TestSetup setup,
        String config,
        boolean beside) {

    /** How the ids of its hunks begin. */
    static final String ID = "test-setup-";

    static final String CONFIG = ID + "config";
    static final String PACKAGES = ID + "packages";

    private static final String SCRIPT = "test";
    private static final String OWN_SCRIPT = "test:workers";
    private static final Pattern RUNNER = Pattern.compile("vitest|jest|mocha|ava|tap|uvu|jasmine");
    /** Bindings that are somewhere else even in local development, where they need an account. */
    private static final Pattern REMOTE = Pattern.compile(
            "(?m)^\\s*\\[{0,2}\\s*\"?(?:ai|vectorize|media|mtls_certificates|dispatch_namespaces|vpc_services)\"?\\s*[]:=]"
                    + "|\\b(?:experimental_)?remote\"?\\s*[:=]\\s*true");

    private static final Pattern SETTINGS = Pattern.compile("vitest(\\.[\\w-]+)*\\.(config|workspace)\\.[cm]?[jt]s");

    /** Whether a set-up can be made. */
    sealed interface Answer {
        /** It can. */
        record Possible(TestStack stack) implements Answer {}

        /** It cannot; the reason is a sentence for the user. */
        record Impossible(String reason) implements Answer {}
    }

    /** Returns whether tests of {@code target} lack a set-up, and nothing else, and it can be made. */
    public static boolean isOffered(Project project, TestTarget target) {
        return !target.bindings().isEmpty()
                && TestSetup.of(project, target.folder()).isEmpty()
                && of(project, target) instanceof Answer.Possible;
    }

    static Answer of(Project project, TestTarget target) {
        Optional<PackageManifest> manifest = PackageManifest.nearest(project, target.folder());
        if (manifest.isEmpty() || target.config().isEmpty()) {
            return new Answer.Impossible("No set-up for tests can be made in %s, which has no %s that can be read."
                    .formatted(target.place(), manifest.isEmpty() ? "package.json" : "wrangler configuration"));
        }
        Optional<TestPackages> packages = TestPackages.of(project, manifest.get());
        if (packages.isEmpty()) {
            return new Answer.Impossible(
                    "The project's Vitest (%s) is one that no package for tests in the Workers runtime takes, so no test is generated: one needs Vitest 4.1 or newer."
                            .formatted(manifest.get().dependencies().get("vitest")));
        }
        boolean beside = hasTests(project, manifest.get());
        String language = TestSetup.language(target.file());
        String config = config(project, manifest.get(), beside, language);
        boolean taken = beside && manifest.get().scripts().containsKey(OWN_SCRIPT) || project.isListed(config);
        return taken
                ? new Answer.Impossible(
                        "%s has a script %s or a file %s already that is not for tests in the Workers runtime, so no test is generated."
                                .formatted(manifest.get().path(), OWN_SCRIPT, config))
                : new Answer.Possible(new TestStack(
                        project,
                        manifest.get(),
                        packages.get(),
                        setup(project, manifest.get(), packages.get(), beside, language, target.config()),
                        config,
                        beside));
    }

    private static TestSetup setup(
            Project project,
            PackageManifest manifest,
            TestPackages packages,
            boolean beside,
            String language,
            Optional<String> config) {
        return new TestSetup(
                packages.name(),
                packages.range(),
                packages.modern() && (!language.equals(".ts") || TestSetup.knowsEnv(project, manifest)),
                packages.modern(),
                file(manifest, beside ? "test-workers" : "test"),
                (beside ? ".workers" : ".test") + language,
                Optional.empty(),
                config);
    }

    private static boolean hasTests(Project project, PackageManifest manifest) {
        String start = file(manifest, "");
        return manifest.ownScript(SCRIPT).isPresent()
                || manifest.dependencies().keySet().stream()
                        .anyMatch(name -> RUNNER.matcher(name).matches())
                || project.paths().stream()
                        .anyMatch(path -> path.startsWith(start)
                                && SETTINGS.matcher(path.substring(start.length()))
                                        .matches());
    }

    private static String config(Project project, PackageManifest manifest, boolean beside, String language) {
        String ending = language.equals(".ts") ? ".mts" : isModule(project, manifest) ? ".js" : ".mjs";
        return file(manifest, (beside ? "vitest.workers.config" : "vitest.config") + ending);
    }

    private static boolean isModule(Project project, PackageManifest manifest) {
        return project.read(manifest.path())
                .flatMap(JsonObject::of)
                .flatMap(root -> root.member("type").map(root::text))
                .filter("\"module\""::equals)
                .isPresent();
    }

    private static String file(PackageManifest manifest, String name) {
        return Paths.in(manifest.folder(), name);
    }

    /** Returns the hunks that make it, in {@code style}; each falls with any of {@code required}. */
    List<Hunk> hunks(CodeStyle style, Set<String> required) {
        var hunks = new ArrayList<Hunk>();
        project.read(manifest.path()).ifPresent(file -> {
            hunks.add(packages(file, required));
            script(file)
                    .ifPresent(edits -> hunks.add(new Hunk(
                            ID + "script",
                            file.path(),
                            false,
                            edits,
                            Applicability.REVIEW,
                            "Script: npm run " + (beside ? OWN_SCRIPT : SCRIPT),
                            beside
                                    ? "Runs the tests in the Workers runtime; your own test script stays as it is."
                                    : "Runs the tests once.",
                            Set.of(CONFIG))));
        });
        hunks.add(config(style));
        hunks.addAll(new TestTypes(project, setup, config).hunks(style));
        return hunks;
    }

    private Hunk packages(SourceFile file, Set<String> required) {
        String names = String.join(", ", new TreeMap<>(packages.missing()).keySet());
        return new Hunk(
                PACKAGES,
                file.path(),
                false,
                JsonObject.adding(file, "devDependencies", new TreeMap<>(packages.missing())),
                Applicability.REVIEW,
                "Development packages: " + names,
                "Run tests in the Workers runtime; nothing is installed until you run `%s install`."
                        .formatted(manifest.packageManager()),
                required);
    }

    private Optional<TextEdits> script(SourceFile file) {
        String name = beside ? OWN_SCRIPT : SCRIPT;
        String run = beside ? "vitest run --config " + Paths.name(config) : "vitest run";
        if (!manifest.scripts().containsKey(name)) {
            return Optional.of(JsonObject.adding(file, "scripts", new TreeMap<>(Map.of(name, run))));
        }
        return JsonObject.of(file)
                .flatMap(root -> root.child("scripts"))
                .flatMap(scripts -> scripts.member(name))
                .map(member -> TextEdits.of(new TextEdit(member.value(), "\"" + run + "\"")));
    }

    private Hunk config(CodeStyle style) {
        String below = manifest.folder();
        String wrangler = setup.config().orElseThrow();
        String path = "./" + (below.isEmpty() ? wrangler : wrangler.substring(below.length() + 1));
        boolean typed = config.endsWith("ts");
        String code = CodeTemplate.beside(TestStack.class, "vitest-config.ts.txt")
                .renderFile(
                        new CodeStyle(style.indent(), style.quote(), style.semicolons(), style.lineEnd(), typed),
                        Map.of("CONFIG", path, "INCLUDE", "test-workers/**/*" + setup.ending()),
                        flags());
        return new Hunk(
                CONFIG,
                config,
                true,
                TextEdits.of(TextEdit.insert(0, code)),
                Applicability.REVIEW,
                "Vitest runs the tests in the Workers runtime",
                "With the Worker's own configuration, %s, so that they meet the same bindings.".formatted(wrangler),
                Set.of(PACKAGES));
    }

    private Set<String> flags() {
        var flags = new HashSet<String>();
        if (packages.modern()) {
            flags.add("MODERN");
        }
        if (beside) {
            flags.add("OWN");
        }
        boolean reachesOut = setup.config()
                .flatMap(project::read)
                .filter(file -> REMOTE.matcher(file.text()).find())
                .isPresent();
        if (reachesOut) {
            flags.add("LOCAL");
        }
        return flags;
    }
}
