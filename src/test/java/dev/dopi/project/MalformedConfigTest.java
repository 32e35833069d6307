package dev.dopi.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.project.Diagnostic.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MalformedConfigTest {

    private static Diagnostic told(String path, String text) {
        var reading = WranglerConfigs.in(MemoryTree.of(path, text, "good/wrangler.toml", "name = 'good'"));
        assertEquals(
                List.of("good/wrangler.toml"),
                reading.configs().stream().map(WranglerConfig::path).toList());
        assertEquals(1, reading.diagnostics().size());
        return reading.diagnostics().getFirst();
    }

    private static void assertPlace(int line, int column, String path, String text) {
        var diagnostic = told(path, text);
        assertEquals(Severity.ERROR, diagnostic.severity());
        assertEquals(path, diagnostic.file());
        assertTrue(
                diagnostic
                        .message()
                        .endsWith(", line %d column %d; correct it and run dopi again".formatted(line, column)),
                diagnostic.message());
        assertEquals(line, diagnostic.line());
    }

    @Test
    void tellsWhereJsonIsBroken() {
        assertPlace(3, 3, "wrangler.jsonc", "{\n  \"name\": \"a\"\n  \"main\": \"b\"\n}\n");
        assertPlace(2, 11, "wrangler.json", "{\n  \"name\": nope }\n");
        assertPlace(1, 6, "wrangler.jsonc", "\uFEFF{\"a\" 1}");
        assertPlace(4, 1, "wrangler.jsonc", "{ \"name\": \"a\" }\n\n\nx");
        assertPlace(1, 1, "wrangler.jsonc", "");
        assertPlace(2, 1, "wrangler.jsonc", "\n[1]");
    }

    @Test
    void tellsWhereJsonEndsTooEarly() {
        assertPlace(3, 1, "wrangler.jsonc", "{\n \"name\": \"a\",\n");
    }

    @Test
    void tellsWhereTomlIsBroken() {
        assertPlace(2, 8, "wrangler.toml", "name = 'a'\nmain = \n");
        assertPlace(3, 1, "wrangler.toml", "name = 'a'\n[x]\n= 3\n");
    }

    @Test
    void survivesDeepNesting() {
        for (String path : List.of("wrangler.jsonc", "wrangler.toml")) {
            var start = path.endsWith("toml") ? "x = " : "{\"x\": ";
            var end = path.endsWith("toml") ? "\n" : "}";
            assertEquals(
                    Severity.ERROR,
                    told(path, start + "[".repeat(10_000) + "]".repeat(10_000) + end)
                            .severity());
        }
        // What is not nested past all reason is passed over in silence.
        var reading = WranglerConfigs.in(MemoryTree.of(
                "wrangler.jsonc", "{\"x\": " + "[".repeat(300) + "]".repeat(300) + ", \"name\": \"after\"}"));
        assertEquals("after", reading.configs().getFirst().name().orElseThrow());
        var dotted =
                WranglerConfigs.in(MemoryTree.of("wrangler.toml", "name = 'a'\n" + "a.".repeat(10_000) + "a = 1\n"));
        assertTrue(dotted.configs().size() + dotted.diagnostics().size() >= 1);
    }

    @Test
    void readsFiveMegabytes() {
        var text = new StringBuilder("{ \"name\": \"big\", \"vars\": {\n");
        while (text.length() < 5_000_000) {
            text.append("  \"KEY").append(text.length()).append("\": \"some value\",\n");
        }
        text.append("}, \"durable_objects\": { \"bindings\": [{ \"name\": \"A\", \"class_name\": \"A\" }] } }");
        var config = WranglerConfigs.in(MemoryTree.of("wrangler.jsonc", text.toString()))
                .configs()
                .getFirst();
        assertEquals(
                text.toString().lines().count(), config.bindings().getFirst().line());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"7", "null", "true", "\"text\"", "[]", "{}", "[7]", "[null]", "[[]]", "[{}]", "1e999999999"})
    void toleratesAnyTypeAnywhere(String value) {
        for (String key : List.of(
                "name",
                "main",
                "compatibility_date",
                "compatibility_flags",
                "durable_objects",
                "migrations",
                "exports",
                "env",
                "build")) {
            survives("{\"%s\": %s}".formatted(key, value));
        }
        survives("{\"durable_objects\": {\"bindings\": %s}}".formatted(value));
        for (String key : List.of("name", "class_name", "script_name", "environment")) {
            survives("{\"durable_objects\": {\"bindings\": [{\"%s\": %s}]}}".formatted(key, value));
        }
        for (String key : List.of(
                "tag",
                "new_classes",
                "new_sqlite_classes",
                "renamed_classes",
                "transferred_classes",
                "deleted_classes")) {
            survives("{\"migrations\": [{\"%s\": %s}]}".formatted(key, value));
        }
        survives("{\"migrations\": [{\"renamed_classes\": [{\"from\": %s, \"to\": \"B\"}]}]}".formatted(value));
        survives("{\"exports\": {\"A\": %s}}".formatted(value));
        survives("{\"exports\": {\"A\": {\"type\": %s}}}".formatted(value));
        survives("{\"exports\": {\"A\": {\"type\": \"durable-object\", \"storage\": %s}}}".formatted(value));
        survives("{\"env\": {\"a\": %s}}".formatted(value));
        survives("{\"env\": {\"a\": {\"durable_objects\": %s}}}".formatted(value));
        survives("{\"build\": {\"upload\": {\"main\": %s}}}".formatted(value));
    }

    private static void survives(String text) {
        var reading = WranglerConfigs.in(MemoryTree.of("wrangler.json", text));
        assertEquals(1, reading.configs().size(), text);
    }

    @Test
    void tellsOfASettingOfTheWrongType() {
        var reading =
                WranglerConfigs.in(MemoryTree.of("wrangler.jsonc", """
                { "name": 7,
                  "main": ["a"],
                  "durable_objects": { "bindings": [
                    { "name": "A" },
                    "B" ] } }
                """, "x/wrangler.toml", "main = 'a'\nname = 7\n"));
        assertEquals(
                List.of(
                        Diagnostic.warning(
                                "wrangler.jsonc", 1, "\"name\" is a number where a string belongs; it was ignored"),
                        Diagnostic.warning(
                                "wrangler.jsonc",
                                5,
                                "\"bindings\" holds a string where only objects belong; it was ignored"),
                        Diagnostic.warning(
                                "wrangler.jsonc",
                                4,
                                "a Durable Object binding lacks its \"name\" or \"class_name\"; it was ignored"),
                        Diagnostic.warning(
                                "wrangler.jsonc", 2, "\"main\" is an array where a string belongs; it was ignored"),
                        Diagnostic.warning(
                                "x/wrangler.toml", 2, "\"name\" is a number where a string belongs; it was ignored")),
                reading.diagnostics());
    }
}
