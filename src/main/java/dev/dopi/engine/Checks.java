package dev.dopi.engine;

import dev.dopi.model.Model;
import dev.dopi.model.Worker;
import dev.dopi.process.Programs;
import dev.dopi.project.PackageManifest;
import dev.dopi.project.Project;
import dev.dopi.project.TestSetup;
import dev.dopi.project.TypeScriptConfig;
import dev.dopi.source.Paths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What validation runs in a project: the type check, the project's own lint and test scripts, wrangler's checks, and
 * the proof that the Durable Objects answer in the runtime.
 *
 * <p>Each stands there once for each folder that it is about, also where it cannot run; it says why then. Where there is
 * no lint script, or no types that wrangler generated, there is no such check. Programs are
 * those that the project installed, never ones that would have to be fetched.
 */
public final class Checks {

    private static final NodeRange ANY = new NodeRange(">=0");
    private static final NodeRange TYPES_CHECK = new NodeRange(">=4.65");
    private static final NodeRange WITH_OBJECTS = new NodeRange(">=3.78");
    private static final Pattern PAGES =
            Pattern.compile("^\\s*\"?pages_build_output_dir\"?\\s*[=:]", Pattern.MULTILINE);
    private static final String TEST = "test";
    private static final String WORKERS_TEST = "test:workers";
    private static final Pattern CHANGES_FILES = Pattern.compile("--(fix|write|apply)\\b");

    private final Path root;
    private final Project project;
    private final Programs machine;

    private Checks(Path root, Project project, Programs machine) {
        this.root = root;
        this.project = project;
        this.machine = machine;
    }

    /** Returns the checks of the project at {@code root}: type checks first, then tests, then dry runs. */
    public static List<Check> of(Path root, Project project, Model model) {
        return of(root, project, model, Programs.ofThisMachine());
    }

    static List<Check> of(Path root, Project project, Model model, Programs machine) {
        return new Checks(root.toAbsolutePath().normalize(), project, machine).all(model);
    }

    private List<Check> all(Model model) {
        var folders = new TreeSet<String>();
        var configs = new TreeSet<String>();
        for (Worker worker : model.workers()) {
            folders.add(worker.folder());
            worker.config().ifPresent(configs::add);
        }
        if (folders.isEmpty()) {
            folders.add("");
        }
        var checks = new ArrayList<Check>();
        checks.addAll(named(CheckKind.TYPES, typeChecks(folders)));
        checks.addAll(named(CheckKind.LINT, lints(folders)));
        checks.addAll(named(CheckKind.CONFIG_TYPES, configTypes(configs)));
        checks.addAll(named(CheckKind.TESTS, tests(folders)));
        checks.addAll(named(CheckKind.DRY_RUN, dryRuns(configs)));
        checks.addAll(named(CheckKind.OBJECTS, objects(model)));
        return List.copyOf(checks);
    }

    private List<Check> named(CheckKind kind, Map<String, CheckDraft> drafts) {
        var checks = new ArrayList<Check>();
        drafts.forEach((place, draft) -> checks.add(new Check(
                drafts.size() == 1 ? kind.id() : kind.id() + ":" + (place.isEmpty() ? "." : place),
                drafts.size() == 1 ? kind.title() : kind.title() + " in " + (place.isEmpty() ? "." : place),
                draft.command(),
                draft.folder(),
                kind.limit(),
                draft.obstacle())));
        return checks;
    }

    private Map<String, CheckDraft> typeChecks(Set<String> folders) {
        var drafts = new LinkedHashMap<String, CheckDraft>();
        for (String folder : folders) {
            Optional<String> governing = governing(folder, "tsconfig.json");
            String place = governing.orElse(folder);
            drafts.putIfAbsent(
                    place,
                    governing.isPresent()
                            ? typeCheck(place)
                            : CheckDraft.nothing(path(folder), "There is no tsconfig.json, so no types to check."));
        }
        return drafts;
    }

    private CheckDraft typeCheck(String place) {
        Path folder = path(place);
        Toolchain tools = Toolchain.of(folder, machine);
        Optional<String> tsc = tools.packaged("tsc");
        if (tsc.isEmpty()) {
            return CheckDraft.missing(folder, notInstalled(tools, place, "typescript", "tsc"));
        }
        if (tools.node().isEmpty()) {
            return CheckDraft.missing(folder, nodeMissing("tsc"));
        }
        Optional<String> uninstalled = uninstalledTests(place).filter(_ -> coversTests(place));
        if (uninstalled.isPresent()) {
            return CheckDraft.missing(folder, uninstalled.get());
        }
        var config = Toolchain.json(folder.resolve("tsconfig.json"));
        boolean references = !config.path("references").isEmpty();
        if (!references) {
            return CheckDraft.of(folder, List.of(tsc.get(), "--noEmit", "-p", "tsconfig.json"));
        }
        String version = tools.manifest("typescript").path("version").asText("");
        if (!new NodeRange(">=5.6").allows(version)) {
            return CheckDraft.nothing(
                    folder,
                    "Checking a tsconfig.json with references without writing files needs TypeScript 5.6 or newer, and"
                            + " here is " + version + "; that is not supported yet.");
        }
        return CheckDraft.of(folder, List.of(tsc.get(), "-b", "--noEmit", "tsconfig.json"));
    }

    private boolean coversTests(String place) {
        return TestSetup.of(project, place)
                .filter(setup -> TypeScriptConfig.nearest(project, place)
                        .filter(types -> types.covers(setup.folder() + "/a" + setup.ending()))
                        .isPresent())
                .isPresent();
    }

    private Map<String, CheckDraft> lints(Set<String> folders) {
        var drafts = new LinkedHashMap<String, CheckDraft>();
        for (String folder : folders) {
            withScript(folder, "lint").ifPresent(manifest -> drafts.putIfAbsent(manifest.folder(), lint(manifest)));
        }
        return drafts;
    }

    private CheckDraft lint(PackageManifest manifest) {
        String script = manifest.scripts().getOrDefault("lint", "");
        if (CHANGES_FILES.matcher(script).find()) {
            return CheckDraft.nothing(
                    path(manifest.folder()), "The lint script changes files (%s), so it is not run.".formatted(script));
        }
        return script(manifest, "the lint script", manager -> manager.run("lint"));
    }

    private Map<String, CheckDraft> configTypes(Set<String> configs) {
        var drafts = new LinkedHashMap<String, CheckDraft>();
        for (String config : configs) {
            if (Files.isRegularFile(path(Paths.folder(config)).resolve("worker-configuration.d.ts"))) {
                drafts.put(config, wrangler(config, List.of("types", "--check"), TYPES_CHECK));
            }
        }
        return drafts;
    }

    private Map<String, CheckDraft> objects(Model model) {
        var drafts = new LinkedHashMap<String, CheckDraft>();
        for (Worker worker : model.workers()) {
            if (worker.config().isPresent() && worker.durableObjects().stream().anyMatch(ObjectsPlan::isProvable)) {
                drafts.put(worker.id(), objects(worker.id()));
            }
        }
        return drafts;
    }

    private CheckDraft objects(String config) {
        CheckDraft bundled = wrangler(config, List.of(), WITH_OBJECTS);
        String name = Paths.name(config);
        return bundled.obstacle().isPresent()
                ? bundled
                : CheckDraft.of(bundled.folder(), List.of("node", "objects.mjs", name));
    }

    private Map<String, CheckDraft> tests(Set<String> folders) {
        var drafts = new LinkedHashMap<String, CheckDraft>();
        for (String folder : folders) {
            Optional<PackageManifest> manifest = withScript(folder, TEST);
            manifest.ifPresent(each -> drafts.putIfAbsent(each.folder(), test(each)));
            Optional<PackageManifest> ofWorkers = withScript(folder, WORKERS_TEST)
                    .filter(each -> !each.scripts().getOrDefault(TEST, "").contains(WORKERS_TEST));
            ofWorkers.ifPresent(each -> drafts.putIfAbsent(
                    "%s (%s)".formatted(each.folder().isEmpty() ? "." : each.folder(), WORKERS_TEST),
                    workersTest(each, manager -> manager.run(WORKERS_TEST))));
            if (manifest.isEmpty() && ofWorkers.isEmpty()) {
                drafts.putIfAbsent(
                        folder, CheckDraft.nothing(path(folder), "No package.json here has a test script of its own."));
            }
        }
        return drafts;
    }

    private CheckDraft test(PackageManifest manifest) {
        String script = manifest.scripts().getOrDefault(TEST, "");
        Function<PackageManager, List<String>> words = manager -> manager.test(script);
        // With a script of their own beside it, tests in the Workers runtime are none of this one's.
        boolean ofWorkers = script.contains("vitest") && !manifest.scripts().containsKey(WORKERS_TEST);
        return ofWorkers ? workersTest(manifest, words) : script(manifest, "the tests", words);
    }

    /** A script that needs the packages for tests in the Workers runtime, where the project asks for them. */
    private CheckDraft workersTest(PackageManifest manifest, Function<PackageManager, List<String>> words) {
        return uninstalledTests(manifest.folder())
                .map(reason -> CheckDraft.missing(path(manifest.folder()), reason))
                .orElseGet(() -> script(manifest, "the tests", words));
    }

    /** Says what is to be installed where the project asks for packages that run its tests and has them not yet. */
    private Optional<String> uninstalledTests(String folder) {
        Toolchain tools = Toolchain.of(path(folder), machine);
        return TestSetup.of(project, folder)
                .map(TestSetup::packageName)
                .filter(name -> !tools.isPlugAndPlay() && !tools.has(name))
                .map(name -> "The tests need %s, which is not installed: run `%s` in %s first."
                        .formatted(name, manager(folder).installing(), folder.isEmpty() ? "its folder" : folder));
    }

    private CheckDraft script(PackageManifest manifest, String what, Function<PackageManager, List<String>> words) {
        Path folder = path(manifest.folder());
        Toolchain tools = Toolchain.of(folder, machine);
        PackageManager manager = PackageManager.named(manifest.packageManager());
        if (tools.node().isEmpty() && manager != PackageManager.BUN) {
            return CheckDraft.missing(folder, nodeMissing(what));
        }
        if (tools.programs().find(manager.program(), folder).isEmpty()) {
            return CheckDraft.missing(folder, "%s is not on PATH. %s.".formatted(manager.program(), manager.remedy()));
        }
        boolean installed = manifest.dependencies().isEmpty()
                || tools.isPlugAndPlay()
                || manifest.dependencies().keySet().stream().anyMatch(tools::has);
        if (!installed) {
            return CheckDraft.missing(folder, toInstall(manager, manifest.folder()));
        }
        return CheckDraft.of(folder, words.apply(manager));
    }

    /** Returns the nearest manifest at or above {@code folder} with such a script that is not the one npm starts with. */
    private Optional<PackageManifest> withScript(String folder, String name) {
        for (String at = folder; ; at = Paths.folder(at)) {
            Optional<PackageManifest> manifest = PackageManifest.nearest(project, at);
            String script =
                    manifest.map(each -> each.scripts().getOrDefault(name, "")).orElse("");
            if (!script.isBlank() && !script.contains("no test specified")) {
                return manifest;
            }
            if (manifest.isEmpty() || at.isEmpty()) {
                return Optional.empty();
            }
            at = manifest.get().folder();
            if (at.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    private Map<String, CheckDraft> dryRuns(Set<String> configs) {
        var drafts = new LinkedHashMap<String, CheckDraft>();
        configs.forEach(config -> drafts.put(config, dryRun(config)));
        if (drafts.isEmpty()) {
            drafts.put("", CheckDraft.nothing(root, "There is no wrangler configuration, so nothing to bundle."));
        }
        return drafts;
    }

    private CheckDraft dryRun(String config) {
        if (isOfPages(path(config))) {
            return CheckDraft.nothing(
                    path(Paths.folder(config)), config + " is of a Pages project, for which wrangler has no dry run.");
        }
        return wrangler(config, List.of("deploy", "--dry-run"), ANY);
    }

    private static boolean isOfPages(Path config) {
        try {
            return PAGES.matcher(Files.readString(config)).find();
        } catch (IOException e) {
            return false; // wrangler says better what is wrong with it.
        }
    }

    /** A command of wrangler on {@code config}, where the installed one is one of {@code versions}. */
    private CheckDraft wrangler(String config, List<String> words, NodeRange versions) {
        Path file = path(config);
        Path folder = Optional.ofNullable(file.getParent()).orElse(root);
        Toolchain tools = Toolchain.of(folder, machine);
        Optional<String> wrangler = tools.packaged("wrangler");
        if (wrangler.isEmpty()) {
            return CheckDraft.missing(folder, notInstalled(tools, Paths.folder(config), "wrangler", "wrangler"));
        }
        if (tools.node().isEmpty()) {
            return CheckDraft.missing(folder, nodeMissing("wrangler"));
        }
        var manifest = tools.manifest("wrangler");
        String version = manifest.path("version").asText("");
        if (!versions.allows(version)) {
            return CheckDraft.nothing(
                    folder,
                    "wrangler %s is too old for this: it needs wrangler %s."
                            .formatted(version, versions.text().replace(">=", "") + " or newer"));
        }
        var needed = new NodeRange(manifest.path("engines").path("node").asText(""));
        Optional<String> found = tools.nodeVersion();
        if (found.isPresent() && !needed.allows(found.get())) {
            return CheckDraft.missing(
                    folder,
                    "wrangler %s needs %s but PATH has %s: put a newer node first on PATH, or add one to the project (%s)."
                            .formatted(
                                    version,
                                    needed.words(),
                                    found.get(),
                                    manager(Paths.folder(config)).adding("node@22")));
        }
        var command = new ArrayList<String>();
        command.add(wrangler.get());
        command.addAll(words);
        command.addAll(List.of("--config", folder.relativize(file).toString()));
        return CheckDraft.of(folder, command);
    }

    private String notInstalled(Toolchain tools, String folder, String packageName, String program) {
        PackageManager manager = manager(folder);
        if (tools.isPlugAndPlay()) {
            return "%s is not in node_modules, and Yarn Plug'n'Play is not supported yet.".formatted(program);
        }
        boolean wanted = PackageManifest.nearest(project, folder)
                .map(manifest -> manifest.dependencies().containsKey(packageName))
                .orElse(false);
        boolean wantedAbove = wanted
                || PackageManifest.nearest(project, "")
                        .map(manifest -> manifest.dependencies().containsKey(packageName))
                        .orElse(false);
        return wantedAbove
                ? toInstall(manager, folder)
                : "%s is not a dependency of the project: add it with `%s`."
                        .formatted(program, manager.adding(packageName));
    }

    private static String toInstall(PackageManager manager, String folder) {
        return "The project's packages are not installed: run `%s` in %s first."
                .formatted(manager.installing(), folder.isEmpty() ? "its folder" : folder);
    }

    private static String nodeMissing(String what) {
        return "node is not on PATH, which %s need%s: install Node.js 22 or newer."
                .formatted(what, what.endsWith("s") ? "" : "s");
    }

    private PackageManager manager(String folder) {
        return PackageManager.named(PackageManifest.nearest(project, folder)
                .map(PackageManifest::packageManager)
                .orElse("npm"));
    }

    /** Returns the nearest folder at or above {@code folder} that holds the file. */
    private Optional<String> governing(String folder, String name) {
        for (String at = folder; ; at = Paths.folder(at)) {
            if (Files.isRegularFile(path(at).resolve(name))) {
                return Optional.of(at);
            }
            if (at.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    private Path path(String relative) {
        return relative.isEmpty() ? root : root.resolve(relative);
    }
}
