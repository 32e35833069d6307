package dev.dopi.engine;

import dev.dopi.process.Programs;
import dev.dopi.project.PackageManifest;
import dev.dopi.project.Project;
import dev.dopi.project.TestSetup;
import dev.dopi.project.TypeScriptConfig;
import dev.dopi.source.Paths;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The commands of checks, made of what the project installed.
 *
 * <p>Where something is missing or too old, there is a sentence instead that says what to do; nothing is ever fetched.
 */
record CheckCommands(Path root, Project project, Programs machine) {

    /** The type check of the {@code tsconfig.json} in {@code place}. */
    CheckDraft typeCheck(String place) {
        Path folder = path(place);
        Toolchain tools = Toolchain.of(folder, machine);
        Optional<String> tsc = tools.packaged("tsc");
        if (tsc.isEmpty()) {
            return CheckDraft.missing(folder, notInstalled(tools, place, "typescript", "tsc"));
        }
        if (tools.node().isEmpty()) {
            return CheckDraft.missing(folder, nodeMissing("tsc"));
        }
        Optional<String> uninstalled = TestSetup.of(project, place)
                .filter(setup -> TypeScriptConfig.nearest(project, place)
                        .filter(types -> types.covers(setup))
                        .isPresent())
                .flatMap(setup -> uninstalled(setup, place));
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

    /** A script that needs the packages for tests in the Workers runtime, where the project asks for them. */
    CheckDraft workersTest(PackageManifest manifest, Function<PackageManager, List<String>> words) {
        return TestSetup.of(project, manifest.folder())
                .flatMap(setup -> uninstalled(setup, manifest.folder()))
                .map(reason -> CheckDraft.missing(path(manifest.folder()), reason))
                .orElseGet(() -> script(manifest, "the tests", words));
    }

    /** Says what is to be installed where the project asks for packages that run its tests and has them not yet. */
    private Optional<String> uninstalled(TestSetup setup, String folder) {
        Toolchain tools = Toolchain.of(path(folder), machine);
        return Optional.of(setup.packageName())
                .filter(name -> !tools.isPlugAndPlay() && !tools.has(name))
                .map(name -> "The tests need %s, which is not installed: run `%s` in %s first."
                        .formatted(name, manager(folder).installing(), folder.isEmpty() ? "its folder" : folder));
    }

    /** A script of {@code manifest}, as its package manager runs it; {@code what} names it in a sentence. */
    CheckDraft script(PackageManifest manifest, String what, Function<PackageManager, List<String>> words) {
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

    /** A command of wrangler on {@code config}, where the installed one is one of {@code versions}. */
    CheckDraft wrangler(String config, List<String> words, NodeRange versions) {
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

    private Path path(String relative) {
        return relative.isEmpty() ? root : root.resolve(relative);
    }
}
