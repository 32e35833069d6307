package dev.dopi.engine;

import dev.dopi.engine.Check.Obstacle;
import dev.dopi.model.Model;
import dev.dopi.model.Worker;
import dev.dopi.process.Programs;
import dev.dopi.project.PackageManifest;
import dev.dopi.project.Project;
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

    /** The words or the obstacle of one check, and the folder that it is about. */
    private record Draft(Path folder, List<String> command, Optional<Obstacle> obstacle) {

        static Draft of(Path folder, List<String> command) {
            return new Draft(folder, command, Optional.empty());
        }

        static Draft nothing(Path folder, String reason) {
            return new Draft(folder, List.of(), Optional.of(new Obstacle(reason, false)));
        }

        static Draft missing(Path folder, String reason) {
            return new Draft(folder, List.of(), Optional.of(new Obstacle(reason, true)));
        }
    }

    private List<Check> named(CheckKind kind, Map<String, Draft> drafts) {
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

    private Map<String, Draft> typeChecks(Set<String> folders) {
        var drafts = new LinkedHashMap<String, Draft>();
        for (String folder : folders) {
            Optional<String> governing = governing(folder, "tsconfig.json");
            String place = governing.orElse(folder);
            drafts.putIfAbsent(
                    place,
                    governing.isPresent()
                            ? typeCheck(place)
                            : Draft.nothing(path(folder), "There is no tsconfig.json, so no types to check."));
        }
        return drafts;
    }

    private Draft typeCheck(String place) {
        Path folder = path(place);
        Toolchain tools = Toolchain.of(folder, machine);
        Optional<String> tsc = tools.packaged("tsc");
        if (tsc.isEmpty()) {
            return Draft.missing(folder, notInstalled(tools, place, "typescript", "tsc"));
        }
        if (tools.node().isEmpty()) {
            return Draft.missing(folder, nodeMissing("tsc"));
        }
        var config = Toolchain.json(folder.resolve("tsconfig.json"));
        boolean references = !config.path("references").isEmpty();
        if (!references) {
            return Draft.of(folder, List.of(tsc.get(), "--noEmit", "-p", "tsconfig.json"));
        }
        String version = tools.manifest("typescript").path("version").asText("");
        if (!new NodeRange(">=5.6").allows(version)) {
            return Draft.nothing(
                    folder,
                    "Checking a tsconfig.json with references without writing files needs TypeScript 5.6 or newer, and"
                            + " here is " + version + "; that is not supported yet.");
        }
        return Draft.of(folder, List.of(tsc.get(), "-b", "--noEmit", "tsconfig.json"));
    }

    private Map<String, Draft> lints(Set<String> folders) {
        var drafts = new LinkedHashMap<String, Draft>();
        for (String folder : folders) {
            withScript(folder, "lint").ifPresent(manifest -> drafts.putIfAbsent(manifest.folder(), lint(manifest)));
        }
        return drafts;
    }

    private Draft lint(PackageManifest manifest) {
        String script = manifest.scripts().getOrDefault("lint", "");
        if (CHANGES_FILES.matcher(script).find()) {
            return Draft.nothing(
                    path(manifest.folder()), "The lint script changes files (%s), so it is not run.".formatted(script));
        }
        return script(manifest, "the lint script", manager -> manager.run("lint"));
    }

    private Map<String, Draft> configTypes(Set<String> configs) {
        var drafts = new LinkedHashMap<String, Draft>();
        for (String config : configs) {
            if (Files.isRegularFile(path(Paths.folder(config)).resolve("worker-configuration.d.ts"))) {
                drafts.put(config, wrangler(config, List.of("types", "--check"), TYPES_CHECK));
            }
        }
        return drafts;
    }

    private Map<String, Draft> objects(Model model) {
        var drafts = new LinkedHashMap<String, Draft>();
        for (Worker worker : model.workers()) {
            if (worker.config().isPresent() && worker.durableObjects().stream().anyMatch(ObjectsPlan::isProvable)) {
                drafts.put(worker.id(), objects(worker.id()));
            }
        }
        return drafts;
    }

    private Draft objects(String config) {
        Draft bundled = wrangler(config, List.of(), WITH_OBJECTS);
        String name = Paths.name(config);
        return bundled.obstacle().isPresent()
                ? bundled
                : Draft.of(bundled.folder(), List.of("node", "objects.mjs", name));
    }

    private Map<String, Draft> tests(Set<String> folders) {
        var drafts = new LinkedHashMap<String, Draft>();
        for (String folder : folders) {
            Optional<PackageManifest> manifest = withTests(folder);
            drafts.putIfAbsent(
                    manifest.map(PackageManifest::folder).orElse(folder),
                    manifest.map(this::test)
                            .orElseGet(() ->
                                    Draft.nothing(path(folder), "No package.json here has a test script of its own.")));
        }
        return drafts;
    }

    private Draft test(PackageManifest manifest) {
        return script(
                manifest,
                "the tests",
                manager -> manager.test(manifest.scripts().getOrDefault("test", "")));
    }

    private Draft script(PackageManifest manifest, String what, Function<PackageManager, List<String>> words) {
        Path folder = path(manifest.folder());
        Toolchain tools = Toolchain.of(folder, machine);
        PackageManager manager = PackageManager.named(manifest.packageManager());
        if (tools.node().isEmpty() && manager != PackageManager.BUN) {
            return Draft.missing(folder, nodeMissing(what));
        }
        if (tools.programs().find(manager.program(), folder).isEmpty()) {
            return Draft.missing(folder, "%s is not on PATH. %s.".formatted(manager.program(), manager.remedy()));
        }
        boolean installed = manifest.dependencies().isEmpty()
                || tools.isPlugAndPlay()
                || manifest.dependencies().keySet().stream().anyMatch(tools::has);
        if (!installed) {
            return Draft.missing(folder, toInstall(manager, manifest.folder()));
        }
        return Draft.of(folder, words.apply(manager));
    }

    private Optional<PackageManifest> withTests(String folder) {
        return withScript(folder, "test");
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

    private Map<String, Draft> dryRuns(Set<String> configs) {
        var drafts = new LinkedHashMap<String, Draft>();
        configs.forEach(config -> drafts.put(config, dryRun(config)));
        if (drafts.isEmpty()) {
            drafts.put("", Draft.nothing(root, "There is no wrangler configuration, so nothing to bundle."));
        }
        return drafts;
    }

    private Draft dryRun(String config) {
        if (isOfPages(path(config))) {
            return Draft.nothing(
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
    private Draft wrangler(String config, List<String> words, NodeRange versions) {
        Path file = path(config);
        Path folder = Optional.ofNullable(file.getParent()).orElse(root);
        Toolchain tools = Toolchain.of(folder, machine);
        Optional<String> wrangler = tools.packaged("wrangler");
        if (wrangler.isEmpty()) {
            return Draft.missing(folder, notInstalled(tools, Paths.folder(config), "wrangler", "wrangler"));
        }
        if (tools.node().isEmpty()) {
            return Draft.missing(folder, nodeMissing("wrangler"));
        }
        var manifest = tools.manifest("wrangler");
        String version = manifest.path("version").asText("");
        if (!versions.allows(version)) {
            return Draft.nothing(
                    folder,
                    "wrangler %s is too old for this: it needs wrangler %s."
                            .formatted(version, versions.text().replace(">=", "") + " or newer"));
        }
        var needed = new NodeRange(manifest.path("engines").path("node").asText(""));
        Optional<String> found = tools.nodeVersion();
        if (found.isPresent() && !needed.allows(found.get())) {
            return Draft.missing(
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
        return Draft.of(folder, command);
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
