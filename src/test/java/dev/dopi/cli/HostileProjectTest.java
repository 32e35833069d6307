package dev.dopi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on a project whose names, code, SQL and settings are full of what terminals act on. */
final class HostileProjectTest {

    private static final String CLEAR = "\u001b[2J";
    private static final String TITLE = "\u001b]0;owned\u0007";

    @TempDir
    private Path folder = Path.of("");

    private Path project = folder;

    @BeforeEach
    void write() throws IOException {
        project = Files.createDirectories(folder.resolve("p" + CLEAR));
        String entry = "r" + TITLE + "oom\n::error::x\u202e.ts";
        Files.writeString(project.resolve(entry), """
                import { DurableObject } from "cloudflare:workers";
                // dopi-ignore rpc-metadata: ESC]0;owned\u0007 \u009b31m
                export class Room extends DurableObject {
                  constructor(ctx, env) {
                    super(ctx, env);
                    ctx.storage.sql.exec(`CREATE TABLE IF NOT EXISTS "mESC[31mss" (id INTEGER PRIMARY KEY, b TEXT, at INTEGER)`);
                  }
                  async post(b) { this.ctx.storage.sql.exec(`INSERT INTO "mESC[31mss" (b, at) VALUES (?, ?)`, b, Date.now()); }
                  async get(b) { return this.ctx.storage.sql.exec(`SELECT * FROM "mESC[31mss" WHERE b = ?`, b).toArray(); /* ESC[2J\u202e */ }
                }
                export default { fetch(r, env) { return env.ROOM.getByName("aESC[1m").fetch(r); } };
                """.replace("ESC", "\u001b"));
        Files.writeString(project.resolve("wrangler.jsonc"), """
                {
                  "name": "w\\u001b[2J\\u0007",
                  "main": "%s",
                  "compatibility_date": "2026-01-01",
                  "durable_objects": { "bindings": [{ "name": "ROOM\\u001b[2J", "class_name": "Room" }] },
                  "migrations": [{ "tag": "v1\\u001b[2J", "new_sqlite_classes": ["Room"] }]
                }
                """.formatted(
                        entry.replace("\n", "\\n").replace("\u001b", "\\u001b").replace("\u0007", "\\u0007")));
        Files.writeString(project.resolve("package.json"), """
                {
                  "name": "x\\u001b[2J",
                  "scripts": { "deploy": "wrangler deploy \\u001b[2J" },
                  "dopi": { "ignore": { "no\\u001b[2J": "\\u001b[2J" }, "options": { "ttl-cleanup.start": "\\u001b[2J" }, "o\\u001b[2J": 1 }
                }
                """);
    }

    private String run(int code, boolean terminal, String... words) {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        var surroundings = new Surroundings(
                new BufferedReader(new StringReader("")),
                stream,
                stream,
                folder,
                Map.of("XDG_STATE_HOME", folder.resolve("state").toString()),
                false,
                terminal);
        int ended = new Main(Wiring.ofThisProgram(), surroundings).run(words);
        String text = out.toString(StandardCharsets.UTF_8);
        assertEquals(code, ended, text);
        return text;
    }

    private static void assertHarmless(String text) {
        List<String> acting = text.codePoints()
                .filter(each -> each != '\n' && each != '\t')
                .filter(each -> Character.isISOControl(each) || Character.getType(each) == Character.FORMAT)
                .mapToObj("U+%04x"::formatted)
                .distinct()
                .toList();
        assertEquals(List.of(), acting, text);
        assertTrue(text.lines().noneMatch(line -> line.startsWith("::error::x")), text);
    }

    @Test
    void noFormOfTheAnalysisLetsAnEscapeSequencePass() {
        Stream.of("text", "json", "sarif", "github")
                .map(format -> run(0, false, "analyze", project.toString(), "--format", format))
                .forEach(text -> {
                    assertTrue(text.contains("Room"), text);
                    assertHarmless(text);
                });
        assertHarmless(run(0, false, "analyze", project.toString(), "--all"));
        assertHarmless(run(0, false, project.toString()));
    }

    @Test
    void theReadmeTakesOverNone() throws IOException {
        Files.writeString(project.resolve("README.md"), "# Room\n");
        String sarif = run(0, false, "analyze", project.toString(), "--format", "sarif");
        String diff = run(1, false, "apply", project.toString(), "--pattern", "sql-index", "--dry-run");
        List<String> added = diff.substring(diff.indexOf("+++ b/README.md"))
                .lines()
                .skip(1)
                .filter(line -> line.startsWith("+"))
                .toList();

        assertTrue(added.contains("+<!-- dopi:begin -->"), diff);
        assertHarmless(String.join("\n", added));
        assertTrue(sarif.contains("CREATE INDEX"), sarif);
        assertFalse(sarif.contains("README"), sarif);
    }

    @Test
    void noMessageLetsOnePass() {
        assertHarmless(run(1, true, "apply", project.toString(), "--pattern", "sql-index", "--dry-run"));
        assertHarmless(run(2, false, "analyze", project + "/no" + CLEAR));
        assertHarmless(run(2, false, "analyze", project.toString(), "--baseline", "no" + TITLE));
        assertHarmless(run(2, false, "apply", project.toString(), "--pattern", "x" + CLEAR, "--yes"));
    }
}
