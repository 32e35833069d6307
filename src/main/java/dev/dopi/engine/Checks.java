package dev.dopi.engine;

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
    private static final String TEST = "test";
    private static final String WORKERS_TEST = "test:workers";
    private static final Pattern CHANGES_FILES = Pattern.compile("--(fix|write|apply)\\b");

    private final Path root;
    private final Project project;
    private final CheckCommands commands;

    private Checks(Path root, Project project, Programs machine) {
        this.root = root;
        this.project = project;
        this.commands = new CheckCommands(root, project, machine);
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
                            ? commands.typeCheck(place)
                            : CheckDraft.nothing(path(folder), "There is no tsconfig.json, so no types to check."));
        }
        return drafts;
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
        return commands.script(manifest, "the lint script", manager -> manager.run("lint"));
    }

    private Map<String, CheckDraft> configTypes(Set<String> configs) {
        var drafts = new LinkedHashMap<String, CheckDraft>();
        for (String config : configs) {
            if (Files.isRegularFile(path(Paths.folder(config)).resolve("worker-configuration.d.ts"))) {
                drafts.put(config, commands.wrangler(config, List.of("types", "--check"), TYPES_CHECK));
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
        CheckDraft bundled = commands.wrangler(config, List.of(), WITH_OBJECTS);
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
                    commands.workersTest(each, manager -> manager.run(WORKERS_TEST))));
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
        return ofWorkers ? commands.workersTest(manifest, words) : commands.script(manifest, "the tests", words);
    }

    /** Returns the nearest manifest at or above {@code folder} with such a script that is not the one npm starts with. */
    private Optional<PackageManifest> withScript(String folder, String name) {
        for (String at = folder; ; at = Paths.folder(at)) {
            Optional<PackageManifest> manifest = PackageManifest.nearest(project, at);
            if (manifest.flatMap(each -> each.ownScript(name)).isPresent()) {
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
        return commands.wrangler(config, List.of("deploy", "--dry-run"), ANY);
    }

    private static boolean isOfPages(Path config) {
        try {
            return PAGES.matcher(Files.readString(config)).find();
        } catch (IOException e) {
            return false; // wrangler says better what is wrong with it.
        }
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
