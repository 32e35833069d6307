package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.model.Model;
import dev.dopi.model.Worker;
import dev.dopi.process.Programs;
import dev.dopi.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which checks there are. The installed programs stand as small scripts, as none of them is run for more than a version. */
final class ChecksTest {

    private final Path root;
    private final Programs machine;

    ChecksTest(@TempDir Path folder) throws IOException {
        root = Files.createDirectory(folder.resolve("project"));
        Path bin = Files.createDirectory(folder.resolve("bin"));
        program(bin.resolve("node"), "echo v20.20.2");
        program(bin.resolve("npm"), "exit 1");
        machine = new Programs(bin.toString());
    }

    @BeforeEach
    void startWithAProjectThatHasAll() throws IOException {
        write("wrangler.jsonc", "{}");
        write("tsconfig.json", "{ /* strict */ \"include\": [\"src\"], }");
        write(
                "package.json",
                "{\"scripts\":{\"test\":\"vitest run\"},\"devDependencies\":{\"wrangler\":\"4\",\"typescript\":\"5\"}}");
        install("wrangler", "4.84.1", ">=20.3.0");
        install("typescript", "5.9.3", ">=14.17");
    }

    @Test
    void runsWhatTheProjectInstalled() throws ProjectException {
        List<Check> checks = checks("wrangler.jsonc");
        assertEquals(
                List.of("tsc", "test", "dry-run"),
                checks.stream().map(Check::id).toList());
        assertEquals(
                List.of(
                        List.of("node_modules/.bin/tsc", "--noEmit", "-p", "tsconfig.json"),
                        List.of("npm", "test"),
                        List.of("node_modules/.bin/wrangler", "deploy", "--dry-run", "--config", "wrangler.jsonc")),
                checks.stream().map(Check::command).toList());
        assertTrue(checks.stream().allMatch(check -> check.cannotRun().isEmpty()));
        assertTrue(checks.stream().allMatch(check -> check.folder().equals(root)));
    }

    @Test
    void saysWhatToInstallWhileTheTestsPackagesAreNotThere() throws Exception {
        write("pnpm-lock.yaml", "");
        write("tsconfig.json", "{}");
        write("vitest.config.mts", "import { cloudflareTest } from \"@cloudflare/vitest-plugin\";\n");
        write(
                "package.json",
                "{\"scripts\":{\"test\":\"vitest run\"},\"devDependencies\":{\"wrangler\":\"4\",\"@cloudflare/vitest-plugin\":\"^1.5.0\"}}");
        List<Check> checks = checks("wrangler.jsonc");
        for (int each : List.of(0, 1)) {
            assertEquals(
                    "The tests need @cloudflare/vitest-plugin, which is not installed: run `pnpm install` in its folder first.",
                    checks.get(each).cannotRun().orElseThrow().reason());
        }
    }

    @Test
    void runsTheTestsInTheWorkersRuntimeBesideTheProjectsOwn() throws Exception {
        write(
                "package.json",
                "{\"scripts\":{\"test\":\"jest\",\"test:workers\":\"vitest run --config vitest.workers.config.mjs\"},\"devDependencies\":{\"wrangler\":\"4\"}}");
        List<Check> checks = checks("wrangler.jsonc");
        assertEquals(List.of("npm", "test"), checks.get(1).command());
        assertEquals(List.of("npm", "run", "test:workers"), checks.get(2).command());
        assertEquals("Tests in . (test:workers)", checks.get(2).title());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wrangler.jsonc | {ROW  "pages_build_output_dir": "./dist"ROW}
            wrangler.toml  | name = "site"ROWpages_build_output_dir = "dist"
            """)
    void aPagesProjectHasNoDryRun(String config, String text) throws Exception {
        write(config, text.replace("ROW", "\n"));
        Check dryRun = checks(config).stream()
                .filter(check -> check.id().equals("dry-run"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                config + " is of a Pages project, for which wrangler has no dry run.",
                dryRun.cannotRun().orElseThrow().reason());
    }

    @Test
    void checksEachWorkerOnceAndWhatTheyShareOnce() throws Exception {
        write("workers/one/wrangler.toml", "");
        write("workers/two/wrangler.json", "{}");
        write("workers/two/tsconfig.json", "{}");
        write("workers/two/package.json", "{\"scripts\":{\"test\":\"node --test\"}}");
        List<Check> checks = checks("wrangler.jsonc", "workers/one/wrangler.toml", "workers/two/wrangler.json");
        assertEquals(
                List.of(
                        "tsc:.",
                        "tsc:workers/two",
                        "test:.",
                        "test:workers/two",
                        "dry-run:workers/one/wrangler.toml",
                        "dry-run:workers/two/wrangler.json",
                        "dry-run:wrangler.jsonc"),
                checks.stream().map(Check::id).toList());
        assertEquals(
                List.of("../../node_modules/.bin/wrangler", "deploy", "--dry-run", "--config", "wrangler.toml"),
                checks.get(4).command());
        assertTrue(checks.stream().allMatch(check -> check.cannotRun().isEmpty()));
    }

    @Test
    void saysThatThePackagesAreNotInstalled() throws Exception {
        Leftovers.delete(root.resolve("node_modules"));
        for (Check check : checks("wrangler.jsonc")) {
            assertEquals(
                    Optional.of(new Check.Obstacle(
                            "The project's packages are not installed: run `npm install` in its folder first.", true)),
                    check.cannotRun());
        }
    }

    @Test
    void namesTheUsersOwnPackageManager() throws Exception {
        Leftovers.delete(root.resolve("node_modules"));
        write("pnpm-lock.yaml", "lockfileVersion: '9.0'\n");
        List<Check> checks = checks("wrangler.jsonc");
        assertEquals(
                "The project's packages are not installed: run `pnpm install` in its folder first.",
                reason(checks.getFirst()));
        assertEquals("pnpm is not on PATH. Install it (npm install -g pnpm).", reason(checks.get(1)));
    }

    @Test
    void saysThatAProgramIsNoDependency() throws Exception {
        Leftovers.delete(root.resolve("node_modules/wrangler"));
        Files.delete(root.resolve("node_modules/.bin/wrangler"));
        write("package.json", "{\"scripts\":{\"test\":\"echo \\\"Error: no test specified\\\" && exit 1\"}}");
        List<Check> checks = checks("wrangler.jsonc");
        assertEquals(
                "wrangler is not a dependency of the project: add it with `npm install -D wrangler`.",
                reason(checks.get(2)));
        assertEquals(
                Optional.of(new Check.Obstacle("No package.json here has a test script of its own.", false)),
                checks.get(1).cannotRun());
    }

    @Test
    void saysThatNodeIsTooOldForTheInstalledWrangler() throws Exception {
        install("wrangler", "4.164.0", ">=22.0.0");
        assertEquals(
                Optional.of(new Check.Obstacle(
                        "wrangler 4.164.0 needs Node 22 or newer but PATH has 20.20.2: put a newer node first on PATH, or"
                                + " add one to the project (npm install -D node@22).",
                        true)),
                checks("wrangler.jsonc").get(2).cannotRun());
    }

    @Test
    void takesTheNodeThatTheProjectInstalledFirst() throws Exception {
        install("wrangler", "4.164.0", ">=22.0.0");
        program(root.resolve("node_modules/.bin/node"), "echo v22.23.3");
        assertEquals(Optional.empty(), checks("wrangler.jsonc").get(2).cannotRun());
    }

    @Test
    void saysThatNodeIsMissing() throws ProjectException {
        List<Check> checks = Checks.of(root, project(), model("wrangler.jsonc"), new Programs("/nowhere"));
        assertEquals("node is not on PATH, which tsc needs: install Node.js 22 or newer.", reason(checks.get(0)));
        assertEquals("node is not on PATH, which the tests need: install Node.js 22 or newer.", reason(checks.get(1)));
        assertEquals("node is not on PATH, which wrangler needs: install Node.js 22 or newer.", reason(checks.get(2)));
        assertTrue(checks.stream()
                .allMatch(check -> check.cannotRun().orElseThrow().missingProgram()));
    }

    @Test
    void saysThatThereIsNothingToCheck() throws Exception {
        Files.delete(root.resolve("tsconfig.json"));
        Files.delete(root.resolve("package.json"));
        List<Check> checks = Checks.of(root, project(), new Model(List.of()), machine);
        assertEquals(
                List.of(
                        "There is no tsconfig.json, so no types to check.",
                        "No package.json here has a test script of its own.",
                        "There is no wrangler configuration, so nothing to bundle."),
                checks.stream().map(ChecksTest::reason).toList());
        assertTrue(checks.stream()
                .noneMatch(check -> check.cannotRun().orElseThrow().missingProgram()));
    }

    @ParameterizedTest
    @CsvSource({
        "5.5.4, ''",
        "5.6.2, node_modules/.bin/tsc -b --noEmit tsconfig.json",
        "7.0.2, node_modules/.bin/tsc -b --noEmit tsconfig.json"
    })
    void buildsProjectReferencesWhereTypeScriptCanWithoutWriting(String version, String command) throws Exception {
        write("tsconfig.json", "{ \"files\": [], // only others\n \"references\": [{ \"path\": \"a\" }] }");
        install("typescript", version, ">=14.17");
        Check check = checks("wrangler.jsonc").getFirst();
        assertEquals(command, String.join(" ", check.command()));
        assertEquals(command.isEmpty(), check.cannotRun().isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "package-lock.json, vitest, npm test -- run",
        "package-lock.json, vitest --coverage, npm test",
        "pnpm-lock.yaml, vitest, pnpm test run",
        "yarn.lock, vitest, yarn test run",
        "yarn.lock, vitest run, yarn test",
        "bun.lock, vitest, bun run test run",
        "bun.lock, bun test, bun run test"
    })
    void runsTheTestScriptSoThatItEnds(String lock, String script, String command) throws Exception {
        write(lock, "");
        write("package.json", "{\"scripts\":{\"test\":\"" + script + "\"}}");
        for (String manager : List.of("pnpm", "yarn", "bun")) {
            program(root.resolve("node_modules/.bin/" + manager), "exit 1");
        }
        assertEquals(command, String.join(" ", checks("wrangler.jsonc").get(1).command()));
    }

    private List<Check> checks(String... configs) throws ProjectException {
        return Checks.of(root, project(), model(configs), machine);
    }

    private Project project() throws ProjectException {
        return Project.of(DiskTree.open(root));
    }

    private static Model model(String... configs) {
        return new Model(List.of(configs).stream()
                .map(config -> new Worker(
                        Optional.of(config), "jsonc", Optional.empty(), Optional.empty(), Optional.empty(), List.of()))
                .toList());
    }

    private static String reason(Check check) {
        return check.cannotRun().map(Check.Obstacle::reason).orElse("(runs)");
    }

    private void install(String name, String version, String engines) throws IOException {
        write(
                "node_modules/" + name + "/package.json",
                "{\"version\":\"%s\",\"engines\":{\"node\":\"%s\"}}".formatted(version, engines));
        program(root.resolve("node_modules/.bin/" + (name.equals("typescript") ? "tsc" : name)), "exit 1");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    static void program(Path file, String script) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
