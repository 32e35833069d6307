package dev.dopi.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.analysis.Analyzer;
import dev.dopi.catalog.ttlcleanup.TtlCleanupPattern;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.FileChange;
import dev.dopi.edit.Hunk;
import dev.dopi.pattern.Detected;
import dev.dopi.pattern.Option;
import dev.dopi.pattern.Options;
import dev.dopi.project.Project;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The set-up that dopi makes for tests where a project has none, and when it does not. */
final class TestStackTest {

    private static final String PACKAGE = """
            {
            \t"name": "room",
            \t"scripts": {
            \t\t"dev": "wrangler dev"
            \t},
            \t"devDependencies": {
            \t\t"typescript": "^5.5.2",
            \t\t"wrangler": "^4"
            \t}
            }
            """;

    @Test
    void isOfferedAndMadeOnlyWhenChosen() {
        Map<String, String> texts = project("plain-javascript", PACKAGE);
        assertTrue(keys(texts).contains("test-setup"));
        EditPlan plan = plan(texts, Options.DEFAULTS);
        assertTrue(plan.hunks().stream().noneMatch(hunk -> hunk.id().startsWith("test-")));
        assertFalse(keys(Fixture.of("ttl-cleanup", "timestamp-column").texts("before"))
                .contains("test-setup"));
    }

    @Test
    void addsPackagesScriptAndConfigurationInTheProjectsOwnForm() {
        Map<String, String> made = made(project("plain-javascript", PACKAGE));
        assertEquals(
                Set.of("src/index.js", "package.json", "vitest.config.mjs", "test/chat-room.ttl-cleanup.test.js"),
                made.keySet());
        assertEquals("""
                {
                \t"name": "room",
                \t"scripts": {
                \t\t"dev": "wrangler dev",
                \t\t"test": "vitest run"
                \t},
                \t"devDependencies": {
                \t\t"@cloudflare/vitest-plugin": "^1.5.0",
                \t\t"typescript": "^5.5.2",
                \t\t"vitest": "^4.1.0",
                \t\t"wrangler": "^4"
                \t}
                }
                """, made.get("package.json"));
        assertTrue(made.getOrDefault("vitest.config.mjs", "").contains("configPath: \"./wrangler.jsonc\""));
        assertFalse(made.getOrDefault("vitest.config.mjs", "").contains("remoteBindings"));
    }

    @Test
    void isThereTheSecondTime() {
        var texts = new TreeMap<>(project("plain-javascript", PACKAGE));
        var made = new TreeMap<>(made(texts));
        made.remove("src/index.js");
        texts.putAll(made);
        assertFalse(keys(texts).contains("test-setup"));
        assertEquals(
                List.of("src/index.js", "test/chat-room.ttl-cleanup-2.test.js"),
                List.copyOf(made(texts).keySet()));
    }

    @Test
    void fallsWithWhatTheTestIsAbout() {
        EditPlan plan = plan(project("plain-javascript", PACKAGE), adding());
        Hunk first = plan.hunks().getFirst();
        List<String> ids = plan.hunks().stream().map(Hunk::id).toList();
        assertTrue(ids.containsAll(
                List.of("test-setup-packages", "test-setup-config", "test-setup-script", "test-ttl-cleanup")));
        assertTrue(plan.rejectedWith(Set.of(first.id()))
                .containsAll(ids.stream().filter(id -> id.startsWith("test-")).toList()));
        assertTrue(plan.rejectedWith(Set.of("test-setup-config")).contains("test-ttl-cleanup"));
        assertFalse(plan.rejectedWith(Set.of("test-setup-script")).contains("test-ttl-cleanup"));
    }

    @Test
    void leavesTestsOfTheProjectsOwnAlone() {
        String own = PACKAGE.replace("\"dev\": \"wrangler dev\"", "\"test\": \"jest\"");
        Map<String, String> texts = project("plain-javascript", own);
        Map<String, String> made = made(texts);
        String manifest = made.getOrDefault("package.json", "");
        assertTrue(manifest.contains("\"test\": \"jest\","));
        assertTrue(manifest.contains("\"test:workers\": \"vitest run --config vitest.workers.config.mjs\""));
        assertTrue(made.containsKey("test-workers/chat-room.ttl-cleanup.workers.js"));
        assertTrue(made.getOrDefault("vitest.workers.config.mjs", "")
                .contains("include: [\"test-workers/**/*.workers.js\"]"));

        var after = new TreeMap<>(texts);
        made.forEach((path, text) -> {
            if (!path.startsWith("src/")) {
                after.put(path, text);
            }
        });
        assertTrue(made(after).containsKey("test-workers/chat-room.ttl-cleanup-2.workers.js"));
    }

    @Test
    void fitsTheVitestThatThereIs() {
        String older = PACKAGE.replace("\"wrangler\": \"^4\"", "\"vitest\": \"^3.1.0\"");
        Map<String, String> made = made(project("plain-javascript", older));
        assertTrue(made.getOrDefault("package.json", "").contains("\"@cloudflare/vitest-pool-workers\": \"^0.12.21\""));
        assertTrue(made.getOrDefault("vitest.workers.config.mjs", "").contains("defineWorkersConfig"));
        String oldest = PACKAGE.replace("\"wrangler\": \"^4\"", "\"vitest\": \"^1.6.0\"");
        assertEquals(
                List.of(
                        "The project's Vitest (^1.6.0) is one that no package for tests in the Workers runtime takes, so no test is generated: one needs Vitest 4.1 or newer."),
                plan(project("plain-javascript", oldest), adding()).notes());
    }

    @Test
    void tellsTypeScriptOfTheTestsWhereItsConfigurationFindsThem() {
        var texts = new TreeMap<>(project("timestamp-column", PACKAGE));
        texts.put("tsconfig.json", "{ \"compilerOptions\": { \"moduleResolution\": \"Bundler\" } }\n");
        Map<String, String> made = made(texts);
        assertEquals("/// <reference types=\"@cloudflare/vitest-plugin/types\" />\n", made.get("test/env.d.ts"));
        assertFalse(made.containsKey("tsconfig.json"));
        assertTrue(made.containsKey("vitest.config.mts"));
    }

    @Test
    void givesTheTestsAConfigurationWhereTheProjectsWouldNotUnderstandThem() {
        var texts = new TreeMap<>(project("timestamp-column", PACKAGE));
        texts.put(
                "tsconfig.json",
                "{\n  // old\n  \"compilerOptions\": { \"moduleResolution\": \"node\", \"types\": [\"./worker-configuration.d.ts\"] }\n}\n");
        Map<String, String> made = made(texts);
        assertEquals("""
                {
                  // old
                  "compilerOptions": { "moduleResolution": "node", "types": ["./worker-configuration.d.ts"] },
                  "exclude": ["node_modules", "test", "vitest.config.mts"]
                }
                """, made.get("tsconfig.json"));
        String own = made.getOrDefault("test/tsconfig.json", "");
        assertTrue(own.contains("\"extends\": \"../tsconfig.json\""), own);
        assertTrue(own.contains("\"moduleResolution\": \"Bundler\""), own);
        assertTrue(own.contains("\"include\": [\"./**/*.ts\", \"../worker-configuration.d.ts\"]"), own);
    }

    @Test
    void keepsTestsOnThisMachineAndToTheTypesThereAre() {
        String dated = PACKAGE.replace(
                "\"typescript\"", "\"@cloudflare/workers-types\": \"^4.20240909.0\",\n\t\t\"typescript\"");
        var texts = new TreeMap<>(project("timestamp-column", dated));
        texts.computeIfPresent(
                "wrangler.jsonc", (_, text) -> text.replaceFirst("\\{", "{\n  \"ai\": { \"binding\": \"AI\" },"));
        Map<String, String> made = made(texts);
        assertTrue(made.getOrDefault("vitest.config.mts", "").contains("remoteBindings: false"));
        assertTrue(
                made.getOrDefault("test/chat-room.ttl-cleanup.test.ts", "")
                        .contains(
                                "import { env, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from \"cloudflare:test\";"));
    }

    @Test
    void needsAPackage() {
        var texts = new TreeMap<>(project("plain-javascript", PACKAGE));
        texts.remove("package.json");
        assertEquals(
                List.of(
                        "No set-up for tests can be made in the project's folder, which has no package.json that can be read."),
                plan(texts, adding()).notes());
        assertFalse(keys(texts).contains("test-setup"));
    }

    private static Options adding() {
        return Options.DEFAULTS.with("test-setup", "add");
    }

    private static Map<String, String> project(String fixture, String manifest) {
        var texts = new TreeMap<>(Fixture.of("ttl-cleanup", fixture).texts("before"));
        texts.put("package.json", manifest);
        return texts;
    }

    private static Set<String> keys(Map<String, String> texts) {
        return detected(Fixture.project(texts, text -> text)).finding().options().stream()
                .map(Option::key)
                .collect(Collectors.toSet());
    }

    static Map<String, String> made(Map<String, String> texts) {
        Project project = Fixture.project(texts, text -> text);
        var made = new TreeMap<String, String>();
        for (FileChange change : detected(project).plan(project, adding()).changes(project, Set.of())) {
            made.put(change.path(), change.after());
        }
        return made;
    }

    private static EditPlan plan(Map<String, String> texts, Options options) {
        Project project = Fixture.project(texts, text -> text);
        return detected(project).plan(project, options);
    }

    private static Detected<?> detected(Project project) {
        return Detected.all(
                        new TtlCleanupPattern(),
                        project,
                        Analyzer.analyse(project, _ -> {}).model())
                .getFirst();
    }
}
