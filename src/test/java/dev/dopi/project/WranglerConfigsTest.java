package dev.dopi.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dopi.project.WranglerConfig.Backend;
import dev.dopi.project.WranglerConfig.Binding;
import dev.dopi.project.WranglerConfig.DeclaredClass;
import dev.dopi.project.WranglerConfig.Format;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WranglerConfigsTest {

    private static WranglerConfig only(FileTree files) {
        var reading = WranglerConfigs.in(files);
        assertEquals(List.of(), reading.diagnostics());
        assertEquals(1, reading.configs().size());
        return reading.configs().getFirst();
    }

    private static List<String> told(String path, String text) {
        return WranglerConfigs.in(MemoryTree.of(path, text)).diagnostics().stream()
                .map(diagnostic -> diagnostic.severity() + " " + diagnostic.place() + " " + diagnostic.message())
                .toList();
    }

    private static Binding binding(String name, String className, int line) {
        return new Binding(name, className, Optional.empty(), Optional.empty(), line);
    }

    @Test
    void readsJsonWithCommentsAndTrailingCommas() {
        var config = only(MemoryTree.of("apps/chat/wrangler.jsonc", """
                \uFEFF// the chat
                {
                  "$schema": "node_modules/wrangler/config-schema.json",
                  "name": "chat", /* its name */
                  "main": "./src/../src/index.ts",
                  "compatibility_date": "2026-10-06",
                  "compatibility_flags": ["nodejs_compat",],
                  "durable_objects": {
                    "bindings": [
                      { "name": "ROOM",
                        "class_name": "ChatRoom" },
                      { "name": "LIMIT", "class_name": "RateLimiter" },
                    ],
                  },
                  "migrations": [
                    { "tag": "v1", "new_sqlite_classes": ["ChatRoom"] },
                    { "tag": "v2", "new_classes": ["RateLimiter"] },
                  ],
                }
                """));
        assertEquals(
                new WranglerConfig(
                        "apps/chat/wrangler.jsonc",
                        Format.JSONC,
                        Optional.of("chat"),
                        Optional.of("apps/chat/src/index.ts"),
                        Optional.of("2026-10-06"),
                        List.of("nodejs_compat"),
                        List.of(binding("ROOM", "ChatRoom", 11), binding("LIMIT", "RateLimiter", 12)),
                        List.of(
                                new DeclaredClass("ChatRoom", Backend.SQLITE, 16),
                                new DeclaredClass("RateLimiter", Backend.KV, 17))),
                config);
        assertEquals("apps/chat", config.folder());
    }

    @Test
    void readsTomlInItsThreeWaysOfWritingTables() {
        var config = only(MemoryTree.of("wrangler.toml", """
                name = "chat" # class_name = "Rooms"
                main = "../chat.mjs"
                compatibility_date = 2024-01-01

                durable_objects.bindings = [
                  # { name = "rooms", class_name = "ChatRoom" },
                  { name = "rooms", class_name = "ChatRoom" },
                  { name = "limits", class_name = 'RateLimiter' }
                ]

                [[migrations]]
                tag = "v1"
                new_classes = [
                  "ChatRoom",
                  "RateLimiter",
                ]

                [[env.staging.durable_objects.bindings]]
                name = "rooms2"
                class_name = "ChatRoom"
                """.replace("../chat", "./chat")));
        assertEquals(Format.TOML, config.format());
        assertEquals(Optional.of("chat.mjs"), config.main());
        assertEquals(Optional.of("2024-01-01"), config.compatibilityDate());
        assertEquals(
                List.of(
                        binding("rooms", "ChatRoom", 7),
                        binding("limits", "RateLimiter", 8),
                        new Binding("rooms2", "ChatRoom", Optional.empty(), Optional.of("staging"), 20)),
                config.bindings());
        assertEquals(
                List.of(
                        new DeclaredClass("ChatRoom", Backend.KV, 14),
                        new DeclaredClass("RateLimiter", Backend.KV, 15)),
                config.classes());
    }

    @Test
    void readsTheFirstWranglersUploadSection() {
        var config = only(MemoryTree.of("wrangler.toml", """
                name = "worker"
                [build]
                upload.format = "modules"
                upload.main = "./index.mjs"
                [durable_objects]
                bindings = [{name = "COUNTER", class_name = "Counter"}]
                """));
        assertEquals(Optional.of("dist/index.mjs"), config.main());
        assertEquals(List.of(binding("COUNTER", "Counter", 6)), config.bindings());
    }

    @Test
    void readsExportsAndIgnoresOtherTypes() {
        var config = only(MemoryTree.of("wrangler.json", """
                { "exports": {
                    "Room": { "type": "durable-object", "storage": "sqlite" },
                    "Old": { "type": "durable-object", "storage": "legacy-kv", "state": "created" },
                    "Coming": { "type": "durable-object", "storage": "sqlite", "state": "expecting-transfer", "transfer_from": "x" },
                    "Gone": { "type": "durable-object", "state": "deleted" },
                    "Was": { "type": "durable-object", "state": "renamed", "renamed_to": "Room" },
                    "Left": { "type": "durable-object", "state": "transferred", "transferred_to": "other" },
                    "default": { "type": "worker" } } }
                """));
        assertEquals(
                List.of(
                        new DeclaredClass("Room", Backend.SQLITE, 2),
                        new DeclaredClass("Old", Backend.KV, 3),
                        new DeclaredClass("Coming", Backend.SQLITE, 4)),
                config.classes());
    }

    @Test
    void readsExportsFromToml() {
        var config = only(MemoryTree.of("wrangler.toml", """
                [[durable_objects.bindings]]
                name = "ROOM"
                class_name = "Room"
                [exports.Room]
                type = "durable-object"
                storage = "sqlite"
                """));
        assertEquals(List.of(new DeclaredClass("Room", Backend.SQLITE, 4)), config.classes());
    }

    @Test
    void replaysMigrationsInOrder() {
        var config = only(MemoryTree.of("wrangler.jsonc", """
                { "migrations": [
                  { "tag": "1", "new_classes": ["A", "B"], "new_sqlite_classes": ["C"] },
                  { "tag": "2", "renamed_classes": [{ "from": "A", "to": "A2" }, { "from": "C", "to": "C2" }] },
                  { "tag": "3", "deleted_classes": ["B"],
                    "transferred_classes": [{ "from": "X", "from_script": "other", "to": "Y" }] },
                  { "tag": "4", "new_sqlite_classes": ["B"] } ],
                  "durable_objects": { "bindings": [{ "name": "Y", "class_name": "Y" }] } }
                """));
        assertEquals(
                List.of(
                        new DeclaredClass("A2", Backend.KV, 3),
                        new DeclaredClass("C2", Backend.SQLITE, 3),
                        new DeclaredClass("B", Backend.SQLITE, 6)),
                config.classes());
        assertEquals(Optional.of(Backend.KV), config.backendOf("A2"));
        assertEquals(Optional.empty(), config.backendOf("Y"));
    }

    @Test
    void tellsOfMigrationsThatWranglerRefuses() {
        assertEquals(
                List.of(
                        "WARNING wrangler.jsonc:3 \"renamed_classes\" names Nope, which does not exist by then;"
                                + " wrangler refuses that",
                        "WARNING wrangler.jsonc:4 \"new_sqlite_classes\" creates A, which exists by then;"
                                + " wrangler refuses that"),
                told("wrangler.jsonc", """
                        { "migrations": [
                          { "new_classes": ["A"] },
                          { "renamed_classes": [{ "from": "Nope", "to": "B" }] },
                          { "new_sqlite_classes": ["A"] } ] }
                        """));
    }

    @Test
    void refusesMigrationsBesideExports() {
        assertEquals(
                List.of("ERROR wrangler.jsonc:2 \"migrations\" and \"exports\" both declare Durable Object classes,"
                        + " which wrangler refuses; keep one of them"),
                told("wrangler.jsonc", """
                        { "migrations": [{ "tag": "1", "new_classes": ["A"] }],
                          "exports": { "A": { "type": "durable-object", "storage": "sqlite" } } }
                        """));
    }

    @Test
    void mergesEnvironmentsWithoutRepeats() {
        var config = only(MemoryTree.of("wrangler.jsonc", """
                { "name": "chat",
                  "durable_objects": { "bindings": [{ "name": "ROOM", "class_name": "Room" }] },
                  "migrations": [{ "tag": "1", "new_sqlite_classes": ["Room"] }],
                  "env": {
                    "staging": { "durable_objects": { "bindings": [
                        { "name": "ROOM", "class_name": "Room", "script_name": "chat-staging" },
                        { "name": "LOG", "class_name": "Log", "script_name": "logs", "environment": "production" }] },
                      "migrations": [{ "tag": "1", "new_sqlite_classes": ["Room"] }, { "tag": "2", "new_classes": ["Extra"] }] },
                    "production": { "main": "prod.ts", "durable_objects": null } } }
                """));
        assertEquals(
                List.of(
                        binding("ROOM", "Room", 2),
                        new Binding("LOG", "Log", Optional.of("logs"), Optional.of("staging"), 7)),
                config.bindings());
        assertEquals(
                List.of(new DeclaredClass("Room", Backend.SQLITE, 3), new DeclaredClass("Extra", Backend.KV, 8)),
                config.classes());
        assertEquals(Optional.of("prod.ts"), config.main());
    }

    @Test
    void warnsOfABoundClassWithoutAMigrationOnlyWhereThereAreSome() {
        var bindings = """
                "durable_objects": { "bindings": [{ "name": "A", "class_name": "A" },
                  { "name": "B", "class_name": "B", "script_name": "other" }] }
                """;
        assertEquals(List.of(), told("wrangler.jsonc", "{" + bindings + "}"));
        assertEquals(
                List.of(
                        "WARNING wrangler.jsonc:1 A is bound to A, which neither \"migrations\" nor \"exports\" declares;"
                                + " add it there"),
                told(
                        "wrangler.jsonc",
                        "{" + bindings + ", \"migrations\": [{ \"tag\": \"1\", \"new_classes\": [\"C\"] }] }"));
    }

    @Test
    void takesTheConfigThatWranglerTakesInEachFolder() {
        var reading = WranglerConfigs.in(MemoryTree.of(
                "a/wrangler.json", "{\"name\": \"a1\"}",
                "a/wrangler.jsonc", "{\"name\": \"a2\"}",
                "b/wrangler.jsonc", "{\"name\": \"b1\"}",
                "b/wrangler.toml", "name = 'b2'",
                "b/wrangler-do.toml", "name = 'b3'",
                "b/wrangler.staging.jsonc", "{\"name\": \"b4\"}",
                "b/wrangler-results.json", "{\"total\": 7}",
                "b/my-wrangler.toml", "name = 'b5'",
                "node_modules/x/wrangler.toml", "name = 'x'"));
        assertEquals(
                List.of("a/wrangler.json", "b/wrangler-do.toml", "b/wrangler.jsonc", "b/wrangler.staging.jsonc"),
                reading.configs().stream().map(WranglerConfig::path).toList());
        assertEquals(
                List.of(
                        Diagnostic.info(
                                "a/wrangler.jsonc", 0, "ignored by wrangler because wrangler.json stands beside it"),
                        Diagnostic.info(
                                "b/wrangler.toml", 0, "ignored by wrangler because wrangler.jsonc stands beside it")),
                reading.diagnostics());
    }

    @Test
    void keepsMainInsideTheProject() {
        var shared = MemoryTree.of("apps/a/wrangler.toml", "main = '../../shared/worker.ts'");
        assertEquals(Optional.of("shared/worker.ts"), only(shared).main());
        for (String main : List.of("../../../up.ts", "/etc/passwd", ".", "..", "")) {
            var reading =
                    WranglerConfigs.in(MemoryTree.of("apps/a/wrangler.toml", "name = 'a'\nmain = '" + main + "'"));
            var config = reading.configs().getFirst();
            assertEquals(Optional.empty(), config.main(), main);
            assertEquals(2, reading.diagnostics().getFirst().line(), main);
        }
    }

    @Test
    void leavesBuildOutputAsItIs() {
        assertEquals(
                Optional.of("dist/worker.js"),
                only(MemoryTree.of("wrangler.toml", "main = 'dist/worker.js'")).main());
    }
}
