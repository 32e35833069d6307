package dev.dopi.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dopi.process.Command;
import dev.dopi.process.Outcome;
import dev.dopi.project.Project;
import dev.dopi.workerd.NodeModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The generated tests, run in workerd: each is red on the code as it was and green on the code as the plan makes it, and
 * a strict tsc accepts the outcome.
 */
@Tag("workerd")
@Timeout(600)
final class GeneratedTestsInWorkerdTest {

    private static final List<String> CASES = List.of(
            "ttl-cleanup/timestamp-column",
            "ttl-cleanup/timestamp-sqlite-text",
            "ttl-cleanup/own-alarm-timeout",
            "ttl-cleanup/expires-column",
            "ttl-cleanup/two-tables",
            "ttl-cleanup/plain-javascript",
            "ttl-cleanup/plain-class-own-alarm",
            "ttl-cleanup/no-semicolons",
            "ttl-cleanup/insert-returned",
            "ttl-cleanup/in-a-transaction",
            "ttl-cleanup/insert-in-a-switch",
            "ttl-cleanup/expires-column-of-its-own",
            "ttl-cleanup/lapses-in-seconds",
            "ttl-cleanup/lapses-in-javascript",
            "ttl-cleanup/lapses-beside-messages",
            "sql-index/merged",
            "sql-index/order-by-limit",
            "sql-index/alias",
            "sql-index/tabs-and-single-quotes",
            "sql-index/javascript",
            "ttl-cleanup/keys-in-javascript",
            "ttl-cleanup/keys-that-are-times",
            "rpc-metadata/constant-fallback",
            "rpc-metadata/the-id-instead",
            "rpc-metadata/kept-by-hand",
            "rpc-metadata/plain-javascript",
            "websocket-hibernation/set-of-sockets",
            "websocket-hibernation/map-of-sessions",
            "websocket-hibernation/presence-in-javascript",
            "websocket-hibernation/fields-in-memory",
            "websocket-hibernation/fields-from-storage",
            "websocket-hibernation/delayed-messages",
            "websocket-hibernation/delayed-messages-in-javascript",
            "websocket-hibernation/interval-and-hibernation",
            "websocket-hibernation/interval-that-is-ended",
            "websocket-hibernation/sockets-and-timers",
            "websocket-hibernation/kept-values",
            "websocket-hibernation/storage-alone",
            "websocket-hibernation/no-constructor",
            "websocket-hibernation/timers-of-a-plain-class",
            "websocket-hibernation/ping-and-pong",
            "websocket-hibernation/ping-of-a-listener",
            "together/typescript",
            "together/timers",
            "together/javascript");

    private static final String PLUGIN = "@cloudflare/vitest-plugin";
    private static final Map<String, String> QUIET = Map.of(
            "CI", "1",
            "NO_COLOR", "1",
            "WRANGLER_SEND_METRICS", "false",
            "WRANGLER_HIDE_BANNER", "true",
            "WRANGLER_WRITE_LOGS", "false",
            "CLOUDFLARE_CF_FETCH_ENABLED", "false");

    private static final String SETTINGS = """
            import { cloudflareTest } from "@cloudflare/vitest-plugin";
            import { defineConfig } from "vitest/config";

            export default defineConfig({
              plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.jsonc" } })],
              test: { name: "NAME" },
            });
            """;
    private static final String OLDER_SETTINGS = """
            import { defineWorkersConfig } from "@cloudflare/vitest-pool-workers/config";

            export default defineWorkersConfig({
              test: { poolOptions: { workers: { wrangler: { configPath: "./wrangler.jsonc" } } } },
            });
            """;
    private static final String ALL_SETTINGS = """
            import { defineConfig } from "vitest/config";

            export default defineConfig({ test: { projects: ["*/vitest.config.mts"] } });
            """;
    private static final String TSCONFIG = """
            {
              "compilerOptions": {
                "target": "ES2023", "lib": ["ES2023"], "module": "ESNext", "moduleResolution": "Bundler",
                "strict": true, "noUncheckedIndexedAccess": true, "noUnusedLocals": true, "noUnusedParameters": true,
                "noImplicitReturns": true, "exactOptionalPropertyTypes": true, "noEmit": true, "skipLibCheck": true,
                "types": [TYPES]
              },
              "include": [INCLUDE]
            }
            """;

    @Test
    void areRedBeforeAndGreenAfter() throws Exception {
        Path red = layOut("generated-red", false);
        Map<String, Counted> before = vitest(red);
        Path green = layOut("generated-green", true);
        Map<String, Counted> after = vitest(green);

        assertEquals(after.keySet(), before.keySet());
        assertEquals(files(green), after.keySet());
        before.forEach((file, counted) -> assertTrue(counted.failed() > 0, file + " is red before"));
        after.forEach((file, counted) -> assertEquals(List.of(), counted.failures(), file));
        after.forEach((file, counted) -> assertTrue(counted.passed() > 1, file));

        Path typed = NodeModules.CURRENT.project("generated-types", green.resolve("ttl-cleanup-timestamp-column"));
        NodeModules.CURRENT.writeTypes(typed);
        typeChecks(
                green,
                "\"../generated-types/worker-configuration.d.ts\", \"" + PLUGIN + "/types\"",
                "\"*/src\", \"*/test\"");
    }

    @Test
    void areRedBeforeAndGreenAfterOnAnOlderSetUp() throws Exception {
        String pool = "@cloudflare/vitest-pool-workers";
        Fixture fixture = Fixture.of("ttl-cleanup", "expires-column");
        var before = new TreeMap<>(fixture.texts("before"));
        before.computeIfPresent(
                "package.json", (_, text) -> text.replace(PLUGIN, pool).replace("1.5.0", "0.12.21"));
        before.computeIfPresent("wrangler.jsonc", (_, text) -> text.replace("2026-10-15", "2026-03-01"));
        Map<String, String> changed =
                fixture.run(Fixture.project(before, text -> text)).changed();
        Path project = NodeModules.OLDER.emptyProject("generated-older");
        write(project, before);
        write(project, Map.of("vitest.config.mts", OLDER_SETTINGS));
        write(project, onlyTests(changed));
        Counted red = vitest(project).values().iterator().next();
        write(project, changed);
        Counted green = vitest(project).values().iterator().next();

        assertTrue(red.failed() > 0);
        assertEquals(List.of(), green.failures());
        assertEquals(4, green.passed());
        NodeModules.OLDER.writeTypes(project);
        typeChecks(project, "\"./worker-configuration.d.ts\", \"" + pool + "\"", "\"src\", \"test\"");
    }

    @Test
    void areRedBeforeAndGreenAfterWithTheSetUpThatDopiMakes() throws Exception {
        for (String name : List.of("plain-javascript", "timestamp-column")) {
            var before = new TreeMap<>(Fixture.of("ttl-cleanup", name).texts("before"));
            before.put("package.json", "{\n  \"private\": true\n}\n");
            before.put(
                    "tsconfig.json",
                    "{\n  \"compilerOptions\": { \"moduleResolution\": \"node\", \"strict\": true }\n}\n");
            Map<String, String> made = TestStackTest.made(before);
            Path project = NodeModules.CURRENT.emptyProject("generated-set-up-" + name);
            write(project, before);
            var setUp = new TreeMap<>(made);
            setUp.keySet().removeIf(path -> path.startsWith("src/"));
            write(project, setUp);
            Counted red = vitest(project).values().iterator().next();
            write(project, made);
            Counted green = vitest(project).values().iterator().next();

            assertTrue(red.failed() > 0, name);
            assertEquals(List.of(), green.failures(), name);
            assertEquals(3, green.passed(), name);
        }
    }

    @Test
    void areRedBeforeAndGreenAfterOnAFramework() throws Exception {
        Fixture fixture = Fixture.of("websocket-hibernation", "framework-option");
        Map<String, String> before = fixture.texts("before");
        Map<String, String> changed =
                fixture.run(Fixture.project(before, text -> text)).changed();
        Path root = NodeModules.CURRENT.emptyProject("generated-framework", "partyserver@0.5.4");
        write(root, Map.of("vitest.config.mts", ALL_SETTINGS));
        layOut(root.resolve("red"), before, onlyTests(changed));
        layOut(root.resolve("green"), before, changed);

        Map<String, Counted> counted = vitest(root);

        counted.forEach((file, each) -> {
            if (file.startsWith("red/")) {
                assertEquals(0, each.passed(), file);
            } else {
                assertEquals(List.of(), each.failures(), file);
            }
        });
        assertEquals(2, counted.size());
    }

    private static Path layOut(String folder, boolean code) throws IOException {
        Path root = NodeModules.CURRENT.emptyProject(folder);
        write(root, Map.of("vitest.config.mts", ALL_SETTINGS));
        for (String each : CASES) {
            String set = each.substring(0, each.indexOf('/'));
            String name = each.substring(each.indexOf('/') + 1);
            boolean together = set.equals("together");
            Map<String, String> before =
                    together ? Fixture.together(name) : Fixture.of(set, name).texts("before");
            Project found = Fixture.project(before, text -> text);
            Map<String, String> changed = together
                    ? Fixture.allOf(found)
                    : Fixture.of(set, name).run(found).changed();
            layOut(root.resolve(set + "-" + name), before, code ? changed : onlyTests(changed));
        }
        return root;
    }

    private static void layOut(Path project, Map<String, String> before, Map<String, String> changed)
            throws IOException {
        write(project, before);
        String settings = SETTINGS.replace("NAME", project.getFileName().toString());
        write(project, Map.of("vitest.config.mts", settings));
        write(project, changed);
    }

    private static Map<String, String> onlyTests(Map<String, String> changed) {
        var tests = new TreeMap<>(changed);
        tests.keySet().removeIf(path -> !path.startsWith("test/"));
        assertTrue(!tests.isEmpty() && tests.size() < changed.size(), () -> "a test beside code: " + changed.keySet());
        return tests;
    }

    private static void write(Path folder, Map<String, String> texts) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = folder.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
    }

    /** What became of the tests of one file. */
    private record Counted(int passed, List<String> failures) {
        int failed() {
            return failures.size();
        }
    }

    private static Map<String, Counted> vitest(Path folder) throws Exception {
        Path result = folder.resolve("result.json");
        Files.deleteIfExists(result);
        String printed = run(
                folder,
                "node",
                "../../node_modules/vitest/vitest.mjs",
                "run",
                "--reporter=json",
                "--outputFile=result.json");
        assertTrue(Files.exists(result), printed);
        var counted = new TreeMap<String, Counted>();
        for (JsonNode file : new ObjectMapper().readTree(result.toFile()).path("testResults")) {
            int passed = 0;
            var failures = new ArrayList<String>();
            for (JsonNode test : file.path("assertionResults")) {
                if (test.path("status").asText().equals("passed")) {
                    passed++;
                } else {
                    failures.add(test.path("fullName").asText() + ": "
                            + test.path("failureMessages").path(0).asText());
                }
            }
            String name = folder.toRealPath()
                    .relativize(Path.of(file.path("name").asText()))
                    .toString();
            assertTrue(
                    passed + failures.size() > 0,
                    () -> name + " did not run: " + file.path("message").asText());
            counted.put(name, new Counted(passed, failures));
        }
        assertTrue(!counted.isEmpty(), printed);
        return counted;
    }

    private static Set<String> files(Path folder) throws IOException {
        var files = new TreeSet<String>();
        try (var all = Files.walk(folder)) {
            all.filter(file -> file.toString().matches(".*\\.test\\.[jt]s"))
                    .forEach(file -> files.add(folder.relativize(file).toString()));
        }
        return files;
    }

    private static void typeChecks(Path folder, String types, String include) throws Exception {
        write(folder, Map.of("tsconfig.json", TSCONFIG.replace("TYPES", types).replace("INCLUDE", include)));
        assertEquals("", run(folder, "node", "../../node_modules/typescript/bin/tsc", "-p", "."));
    }

    private static String run(Path folder, String... words) throws InterruptedException {
        var printed = new StringBuilder();
        Outcome outcome = new Command(List.of(words), folder, QUIET, Set.of(), Duration.ofMinutes(4))
                .run(line -> printed.append(line.text()).append('\n'));
        assertTrue(outcome instanceof Outcome.Exited, () -> outcome + "\n" + printed);
        return printed.toString();
    }
}
