package dev.dopi.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestSetupTest {

    private static final String POOL = "@cloudflare/vitest-pool-workers";
    private static final String PLUGIN = "@cloudflare/vitest-plugin";

    @ParameterizedTest
    @CsvSource({
        PLUGIN + ", 1.5.0, true, true",
        PLUGIN + ", ^1, true, true",
        PLUGIN + ", catalog:, true, true",
        POOL + ", 0.23.0, true, true",
        POOL + ", ^0.17.0, true, true",
        POOL + ", ~0.16.14, true, false",
        POOL + ", 0.13.0, true, false",
        POOL + ", ^0.12.21, false, false",
        POOL + ", >=0.5 <1, false, false",
        POOL + ", catalog:, true, false",
    })
    void readsTheFormOffTheRange(String name, String range, boolean modern, boolean evicts) {
        TestSetup setup = TestSetup.of(MemoryTree.of("package.json", manifest(name, range)), "")
                .orElseThrow();
        assertEquals(name, setup.packageName());
        assertEquals(range, setup.version());
        assertEquals(modern, setup.modern());
        assertEquals(evicts, setup.evicts());
    }

    @Test
    void believesWhatIsInstalledRatherThanTheRange() {
        TestSetup setup = TestSetup.of(
                        MemoryTree.of(
                                "package.json",
                                manifest(POOL, "^0.12.0"),
                                "node_modules/" + POOL + "/package.json",
                                "{ \"version\": \"0.14.9\" }"),
                        "")
                .orElseThrow();
        assertEquals("0.14.9", setup.version());
        assertTrue(setup.modern());
        assertFalse(setup.evicts());
    }

    @Test
    void knowsTheOldFormByItsFunctionWhereNoVersionTells() {
        TestSetup setup = TestSetup.of(
                        MemoryTree.of(
                                "package.json",
                                manifest(POOL, "workspace:*"),
                                "vitest.config.ts",
                                "import { defineWorkersConfig } from \"" + POOL + "/config\";"),
                        "")
                .orElseThrow();
        assertFalse(setup.modern());
    }

    @Test
    void isEmptyWithoutTheTestPackage() {
        assertEquals(Optional.empty(), TestSetup.of(MemoryTree.of("package.json", manifest("vitest", "4.1.12")), ""));
        assertEquals(Optional.empty(), TestSetup.of(MemoryTree.of("src/index.ts", ""), ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            none             | none | false
            vite.config.ts   | import react from "@vitejs/plugin-react" | false
            vitest.config.ts | import { defineWorkersConfig } from "@cloudflare/vitest-pool-workers/config" | true
            vitest.config.ts | import shared from "../../vitest.shared" | true
            room.test.ts     | import { env } from "cloudflare:test" | true
            room.test.ts     | import { expect } from "vitest" | false
            """)
    void whereVitestRunsItHasToBeToldOfTheTestPackage(String path, String text, boolean expected) {
        String manifest = "{ \"scripts\": { \"test\": \"vitest\" }, \"devDependencies\": { \"%s\": \"^0.5.2\" } }"
                .formatted(POOL);
        MemoryTree files = path == null
                ? MemoryTree.of("package.json", manifest)
                : MemoryTree.of("package.json", manifest, path, text);
        assertEquals(expected, TestSetup.of(files, "").isPresent());
    }

    @Test
    void findsTheTestsOfTheWorkersOwnPackage() {
        MemoryTree files = MemoryTree.of(
                "package.json", manifest(PLUGIN, "1.5.0"),
                "a/chat.test.ts", "import { it } from \"vitest\";",
                "packages/room/package.json", "{}",
                "packages/room/wrangler.jsonc", "{}",
                "packages/room/spec/unit/plain.spec.ts", "",
                "packages/room/spec/worker/room.spec.ts", "import { env } from \"cloudflare:workers\";",
                "packages/room/nested/package.json", "{}",
                "packages/room/nested/a.test.ts", "import { env } from \"cloudflare:test\";");
        TestSetup setup = TestSetup.of(files, "packages/room").orElseThrow();
        assertEquals("packages/room/spec/worker", setup.folder());
        assertEquals(".spec.ts", setup.ending());
        assertEquals(Optional.of("packages/room/spec/worker/room.spec.ts"), setup.example());
        assertEquals("packages/room/spec/worker/new.spec.ts", setup.newTest(files, "new"));
        assertEquals("packages/room/spec/worker/room-2.spec.ts", setup.newTest(files, "room"));
    }

    @Test
    void takesTheUsualFolderWhereThereIsNoTest() {
        TestSetup setup = TestSetup.of(MemoryTree.of("w/package.json", manifest(PLUGIN, "1.5.0")), "w")
                .orElseThrow();
        assertEquals("w/test", setup.folder());
        assertEquals(".test.ts", setup.ending());
        assertTrue(setup.typed());
    }

    @Test
    void knowsTestsInJavaScript() {
        TestSetup setup = TestSetup.of(
                        MemoryTree.of("package.json", manifest(PLUGIN, "1.5.0"), "src/room.test.mjs", ""), "")
                .orElseThrow();
        assertEquals(".test.mjs", setup.ending());
        assertFalse(setup.typed());
    }

    @ParameterizedTest
    @CsvSource({
        "vitest.config.mts, ./wrangler.jsonc, wrangler.jsonc",
        "vitest.config.ts, ./test/../test/wrangler.test.toml, test/wrangler.test.toml",
        "test/vitest.config.js, ../wrangler.jsonc, wrangler.jsonc",
        "vitest.workers.config.ts, ./wrangler.jsonc, wrangler.jsonc",
        "vite.config.ts, ./wrangler.jsonc, wrangler.jsonc",
        "src/other.config.ts, ./wrangler.jsonc,",
        "vitest.config.ts, ./${NAME}.jsonc,",
    })
    void readsTheConfigurationThatTheTestsRunWith(String settings, String path, String expected) {
        TestSetup setup = TestSetup.of(
                        MemoryTree.of(
                                "package.json",
                                manifest(PLUGIN, "1.5.0"),
                                settings,
                                "export default { plugins: [cloudflareTest({ wrangler: { configPath: \"" + path
                                        + "\" } })] };"),
                        "")
                .orElseThrow();
        assertEquals(Optional.ofNullable(expected), setup.config());
    }

    private static String manifest(String name, String range) {
        return "{ \"devDependencies\": { \"%s\": \"%s\" } }".formatted(name, range);
    }
}
