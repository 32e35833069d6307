package dev.dopi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.catalog.Catalog;
import dev.dopi.engine.Analysis;
import dev.dopi.engine.Choice;
import dev.dopi.engine.LiveSession;
import dev.dopi.engine.ProjectException;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Ignored;
import dev.dopi.project.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a project says that it does not want, in comments and in its configuration, from the files to the findings. */
final class IgnoringTest {

    private static final String ROOM = """
            import { DurableObject } from "cloudflare:workers";
            // ABOVE
            export class Room extends DurableObject<Env> {
              constructor(ctx: DurableObjectState, env: Env) {
                super(ctx, env);
                ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS messages(id INTEGER PRIMARY KEY, author TEXT, created_at INTEGER)");
              }
              async list(author: string) {
                // INSIDE
                return this.ctx.storage.sql.exec("SELECT id FROM messages WHERE author = ?", author).toArray();
              }
              async add(author: string) {
                this.ctx.storage.sql.exec("INSERT INTO messages(author, created_at) VALUES (?, ?)", author, Date.now());
              }
            }
            export default { fetch() { return new Response("BELOW"); } };
            // ELSEWHERE
            """;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void aProject() throws IOException {
        write("src/index.ts", ROOM);
        write("wrangler.jsonc", """
                {
                  "name": "chat", "main": "src/index.ts", "compatibility_date": "2026-10-15",
                  "durable_objects": { "bindings": [{ "name": "ROOM", "class_name": "Room" }] },
                  "migrations": [{ "tag": "v1", "new_sqlite_classes": ["Room"] }]
                }
                """);
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private LiveSession session() throws ProjectException {
        return LiveSession.open(folder, Catalog.patterns(), _ -> {});
    }

    private Analysis analysis() throws ProjectException {
        return session().analyse();
    }

    private static List<String> recommended(Analysis analysis) {
        return analysis.recommendations()
                .map(finding -> finding.pattern().id())
                .filter(id -> id.equals("sql-index") || id.equals("ttl-cleanup"))
                .sorted()
                .toList();
    }

    private static List<String> said(Analysis analysis) {
        return analysis.diagnostics().stream()
                .filter(each -> each.message().contains("ignore"))
                .map(each -> each.place() + " " + each.message())
                .toList();
    }

    @Test
    void withoutACommentAllIsRecommended() throws ProjectException {
        assertEquals(List.of("sql-index", "ttl-cleanup"), recommended(analysis()));
    }

    @Test
    void aCommentInTheClassOrRightAboveItSpeaksForIt() throws IOException, ProjectException {
        for (String place : List.of("ABOVE", "INSIDE")) {
            write("src/index.ts", ROOM.replace(place, "dopi-ignore sql-index: twenty rows at most"));
            Analysis analysis = analysis();

            assertEquals(List.of("ttl-cleanup"), recommended(analysis), place);
            assertEquals(List.of(), said(analysis), place);
            Ignored ignored = analysis.ignored().getFirst();
            assertEquals("twenty rows at most", ignored.why());
            assertEquals(Ignored.By.COMMENT, ignored.by());
            Finding shown = analysis.findings().stream()
                    .filter(each -> each.pattern().id().equals("sql-index"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(shown.reason().startsWith("Ignored at src/index.ts:"), shown.reason());
        }
    }

    @Test
    void aStringIsNoComment() throws IOException, ProjectException {
        write("src/index.ts", ROOM.replace("BELOW", "// dopi-ignore sql-index: not a comment"));

        assertEquals(List.of("sql-index", "ttl-cleanup"), recommended(analysis()));
    }

    @Test
    void aReasonIsAsked() throws IOException, ProjectException {
        write("src/index.ts", ROOM.replace("ABOVE", "dopi-ignore sql-index"));
        Analysis analysis = analysis();

        assertEquals(List.of("sql-index", "ttl-cleanup"), recommended(analysis));
        assertEquals(
                List.of("src/index.ts:2 This dopi-ignore does nothing, because it gives no reason; write dopi-ignore"
                        + " sql-index: why."),
                said(analysis));
    }

    @Test
    void anUnknownPatternIsSaid() throws IOException, ProjectException {
        write("src/index.ts", ROOM.replace("ABOVE", "dopi-ignore sql-indexes: because"));

        assertTrue(said(analysis()).getFirst().contains("names no pattern 'sql-indexes'"));
    }

    @Test
    void whatHasNothingToIgnoreIsSaid() throws IOException, ProjectException {
        write("src/index.ts", ROOM.replace("ELSEWHERE", "dopi-ignore sql-index: not at a class"));
        Analysis analysis = analysis();

        assertEquals(List.of("sql-index", "ttl-cleanup"), recommended(analysis));
        assertTrue(said(analysis).getFirst().startsWith("src/index.ts:17 This dopi-ignore is not needed"));
    }

    @Test
    void theConfigurationIgnoresWithAReason() throws IOException, ProjectException {
        write("dopi.jsonc", """
                {
                  // small tables
                  "ignore": { "sql-index": "small", "ttl-cleanup": { "Room": "kept by law" } }
                }
                """);
        Analysis analysis = analysis();

        assertEquals(List.of(), recommended(analysis));
        assertEquals(
                List.of("dopi.jsonc:3", "dopi.jsonc:3"),
                analysis.ignored().stream().map(Ignored::place).toList());
    }

    @Test
    void theConfigurationNeedsAReasonToo() throws IOException, ProjectException {
        write("package.json", "{ \"dopi\": { \"ignore\": { \"sql-index\": \" \" }, \"colour\": \"red\" } }");
        Analysis analysis = analysis();

        assertEquals(List.of("sql-index", "ttl-cleanup"), recommended(analysis));
        assertTrue(said(analysis).stream().anyMatch(each -> each.contains("no reason is given")));
        assertTrue(analysis.diagnostics().stream()
                .map(Diagnostic::message)
                .anyMatch(each -> each.startsWith("\"colour\" is no setting")));
    }

    @Test
    void theConfigurationSetsWhatAnOptionStartsWith() throws IOException, ProjectException {
        write("dopi.jsonc", "{ \"options\": { \"ttl-cleanup.keep\": \"5d\" } }");
        LiveSession session = session();
        Analysis analysis = session.analyse();
        Finding ttl = analysis.recommendations()
                .filter(each -> each.pattern().id().equals("ttl-cleanup"))
                .findFirst()
                .orElseThrow();
        String written = session.plan(analysis, List.of(Choice.of(ttl)))
                .getFirst()
                .changes()
                .toString();

        assertTrue(ttl.options().stream()
                .anyMatch(
                        option -> option.key().equals("keep") && option.value().equals("5d")));
        assertTrue(written.contains("5 * 24 * 60 * 60"), written);
    }

    @Test
    void aValueThatAnOptionDoesNotTakeIsSaid() throws IOException, ProjectException {
        write("dopi.jsonc", "{ \"options\": { \"ttl-cleanup.keep\": \"soon\" } }");

        assertTrue(analysis().diagnostics().stream()
                .map(Diagnostic::message)
                .anyMatch(each -> each.startsWith("\"ttl-cleanup.keep\" cannot be \"soon\"")));
    }

    @Test
    void anOptionThatThereIsNotIsSaid() throws IOException, ProjectException {
        write(
                "dopi.jsonc",
                "{ \"options\": { \"nope.key\": \"1\", \"ttl-cleanup.kep\": \"5d\", \"ttl-cleanup.interval\": \"2h\" } }");

        List<String> said = analysis().diagnostics().stream()
                .map(Diagnostic::message)
                .filter(each -> each.startsWith("\"options\""))
                .toList();

        assertEquals(2, said.size(), said.toString());
        assertTrue(said.getFirst().startsWith("\"options\" has \"nope.key\", which names no pattern"), said.toString());
        assertTrue(
                said.getLast()
                        .startsWith(
                                "\"options\" has \"ttl-cleanup.kep\", which is no option here; there are ttl-cleanup.keep,"),
                said.toString());
    }
}
