package dev.dopi.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.analysis.Analyzer;
import dev.dopi.catalog.ttlcleanup.TtlCleanupPattern;
import dev.dopi.edit.Applicability;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.pattern.Detected;
import dev.dopi.pattern.Options;
import dev.dopi.project.Project;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a plan brings a test, and what it says where it brings none. */
final class GeneratedTestPlanTest {

    @Test
    void fallsWithAnyOtherHunk() {
        EditPlan plan = plan("", "");
        Hunk test = plan.hunks().getLast();
        assertEquals("test-ttl-cleanup", test.id());
        assertEquals(Applicability.SAFE, test.applicability());
        assertTrue(test.creates());
        for (Hunk hunk : plan.hunks()) {
            assertTrue(plan.rejectedWith(Set.of(hunk.id())).contains(test.id()), hunk.id());
        }
        assertEquals(Set.of(test.id()), plan.rejectedWith(Set.of(test.id())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@cloudflare/vitest-plugin | some-package | No Vitest set-up for Workers was found in the project's folder, so no test is generated; with test-setup=add, dopi makes one.",
                "\"class_name\": \"ChatRoom\" | \"class_name\": \"Other\" | The configuration has no binding for ChatRoom, so no test is generated.",
            })
    void offersTheOtherHunksAndSaysWhyThereIsNoTest(String before, String after, String why) {
        EditPlan plan = plan(before, after);
        assertEquals(List.of(why), plan.notes());
        assertTrue(plan.hunks().size() > 3);
        assertTrue(plan.hunks().stream().noneMatch(hunk -> hunk.id().startsWith("test-")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "test/room.test.js | test/chat-room.ttl-cleanup.test.js | function newObject(name) {",
                "spec/room.spec.mjs | spec/chat-room.ttl-cleanup.spec.mjs | function newObject(name) {",
                "test/room.test.cjs | test/chat-room.ttl-cleanup.test.mjs | function newObject(name) {",
                "test/room.test.mts | test/chat-room.ttl-cleanup.test.mts | function newObject(name: string): DurableObjectStub {",
            })
    void writesTheTestInTheLanguageOfTheOthers(String example, String expected, String line) {
        EditPlan plan = plan(with(example, "import { env } from \"cloudflare:workers\";"));
        Hunk test = plan.hunks().getLast();
        assertEquals(expected, test.file());
        assertTrue(test.edits().applyTo("").contains(line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "test/**/*.ts | [] | none | true",
                "test/**/*.ts | [\"@cloudflare/workers-types\"] | none | true",
                "test/**/*.ts | [\"@cloudflare/vitest-plugin/types\"] | none | false",
                "test/**/*.ts | [] | /// <reference types=\"@cloudflare/vitest-plugin/types\" /> | false",
                "test/**/*.ts | [] | declare module \"cloudflare:test\" {} | false",
                "src/**/*.ts | [] | none | false",
            })
    void namesTheTypesOfTheTestModuleWhereNothingElseDoes(
            String include, String types, @Nullable String declared, boolean named) {
        var texts = new TreeMap<>(Fixture.of("ttl-cleanup", "timestamp-column").texts("before"));
        texts.put(
                "tsconfig.json",
                "{ \"compilerOptions\": { \"moduleResolution\": \"bundler\", \"types\": %s }, \"include\": [\"%s\"] }"
                        .formatted(types, include));
        if (declared != null) {
            texts.put("test/env.d.ts", declared);
        }
        String test = plan(texts).hunks().getLast().edits().applyTo("");
        assertEquals(
                named,
                test.startsWith("/// <reference types=\"@cloudflare/vitest-plugin/types\" />\n// Made by dopi"),
                test);
    }

    @Test
    void writesTypesWhereTheWorkerIsJavaScriptAndItsTestsAreNot() {
        var texts = new TreeMap<>(Fixture.of("ttl-cleanup", "plain-javascript").texts("before"));
        assertEquals(
                "test/chat-room.ttl-cleanup.test.js",
                plan(texts).hunks().getLast().file());
        texts.put("test/other.test.ts", "import { env } from \"cloudflare:workers\";");
        Hunk test = plan(texts).hunks().getLast();
        assertEquals("test/chat-room.ttl-cleanup.test.ts", test.file());
        assertTrue(test.edits().applyTo("").contains("(name: string)"));
    }

    @Test
    void saysThatTheTestsRunAnotherWorker() {
        EditPlan plan = plan(with("vitest.config.mts", "export default { configPath: \"./other/wrangler.jsonc\" };"));
        assertEquals(
                List.of(
                        "The tests in the project's folder run with other/wrangler.jsonc, which does not bind ROOM, so no test is generated."),
                plan.notes());
    }

    @Test
    void takesAFreeNameInTheProjectsStyle() {
        EditPlan plan = plan(with(
                "tests/chat-room.ttl-cleanup.spec.ts",
                "import { env } from 'cloudflare:workers'\nit('a', () => {})\n"));
        Hunk test = plan.hunks().getLast();
        assertEquals("tests/chat-room.ttl-cleanup-2.spec.ts", test.file());
        assertTrue(test.edits().applyTo("").contains("import { env } from 'cloudflare:workers'\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "author TEXT NOT NULL UNIQUE | author | \"INSERT INTO messages (author, created_at) VALUES (?, ?)\", `author ${n}`, time",
                "kind TEXT NOT NULL CHECK (kind IN ('a', 'b')) | kind | \"INSERT INTO messages (kind, created_at) VALUES (?, ?)\", \"a\", time",
                "n REAL NOT NULL, x BLOB NOT NULL | n, x | \"INSERT INTO messages (n, x, created_at) VALUES (?, ?, ?)\", n, new ArrayBuffer(n), time",
                "note TEXT, size INTEGER NOT NULL DEFAULT 0 | note | \"INSERT INTO messages (created_at) VALUES (?)\", time",
                "data TEXT NOT NULL CHECK (json_valid(data)) | data | \"INSERT INTO messages (data, created_at) VALUES (?, ?)\", JSON.stringify(n), time",
                "twin INTEGER REFERENCES rooms(id), room TEXT NOT NULL | room | \"INSERT INTO messages (room, created_at) VALUES (?, ?)\", `room ${n}`, time",
            })
    void makesUpRowsThatTheTableTakes(String columns, String written, String expected) {
        EditPlan plan = planOf(columns, written);
        assertEquals(List.of(), plan.notes());
        String test = plan.hunks().getLast().edits().applyTo("");
        assertTrue(test.contains("state.storage.sql.exec(" + expected + ");"), test);
        assertEquals(
                expected.contains("n}") || expected.contains(" n") || expected.contains("(n)"),
                test.contains("const n = ++rows;"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "author INTEGER NOT NULL REFERENCES authors(id) | author | author must refer to a row of another table",
                "size INTEGER NOT NULL CHECK (size > 99999999) | size | SQLite refuses one (CHECK constraint failed: size > 99999999)",
            })
    void saysWhyNoRowCanBeMadeUp(String columns, String written, String why) {
        EditPlan plan = planOf(columns, written);
        assertEquals(
                List.of("No test is generated for messages, as no row of it can be made up: " + why + "."),
                plan.notes());
        assertTrue(plan.hunks().size() > 3);
    }

    private static Map<String, String> with(String path, String text) {
        var texts = new TreeMap<>(Fixture.of("ttl-cleanup", "timestamp-column").texts("before"));
        texts.put(path, text);
        return texts;
    }

    private static EditPlan plan(String before, String after) {
        var texts = new TreeMap<>(Fixture.of("ttl-cleanup", "timestamp-column").texts("before"));
        texts.replaceAll((_, text) -> before.isEmpty() ? text : text.replace(before, after));
        return plan(texts);
    }

    /** Plans for a table of these columns, of which the class's own inserts write some. */
    private static EditPlan planOf(String columns, String written) {
        String places = written.replaceAll("\\w+", "?");
        var texts = new TreeMap<>(Fixture.of("ttl-cleanup", "timestamp-column").texts("before"));
        texts.replaceAll((_, text) -> text.replace(
                        "CREATE TABLE",
                        "CREATE TABLE IF NOT EXISTS rooms(id INTEGER PRIMARY KEY); CREATE TABLE IF NOT EXISTS authors(id INTEGER PRIMARY KEY); CREATE TABLE")
                .replace("body TEXT NOT NULL,", "body TEXT, " + columns + ",")
                .replace(
                        "(body, created_at) VALUES (?, ?)\", body,",
                        "(%s, created_at) VALUES (%s, ?)\", %s,".formatted(written, places, written)));
        return plan(texts);
    }

    private static EditPlan plan(Map<String, String> texts) {
        Project project = Fixture.project(texts, text -> text);
        return Detected.all(
                        new TtlCleanupPattern(),
                        project,
                        Analyzer.analyse(project, _ -> {}).model())
                .getFirst()
                .plan(project, Options.DEFAULTS);
    }
}
