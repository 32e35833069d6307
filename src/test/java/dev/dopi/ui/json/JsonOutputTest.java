package dev.dopi.ui.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dopi.cli.ChatProject;
import dev.dopi.engine.Analysis;
import dev.dopi.project.Diagnostic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonOutputTest {

    private static final Path ROOT = Path.of("/projects/chat-app");

    private static String written(Analysis analysis) {
        var bytes = new ByteArrayOutputStream();
        new JsonOutput(new PrintStream(bytes, true, StandardCharsets.UTF_8)).write(analysis);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theDocumentHasExactlyThePromisedShape() throws IOException {
        var mapper = new ObjectMapper();
        JsonNode expected = mapper.readTree("""
                { "schemaVersion": 1, "root": "/projects/chat-app", "durationMs": 412,
                  "workers": [ {
                    "config": "wrangler.jsonc", "format": "jsonc", "name": "chat", "main": "src/index.ts",
                    "compatibilityDate": "2025-10-11",
                    "patterns": [ { "id": "gradual-deployment", "status": "missing", "priority": "low",
                      "reason": "Every deployment reaches all users at once.",
                      "benefit": "A bad version reaches a tenth of the users.", "fix": "advice", "evidence": [] } ],
                    "durableObjects": [ {
                      "className": "ChatRoom", "exportedAs": "Room", "file": "src/room.ts", "line": 1,
                      "implementation": null, "bindings": ["ROOM", "LOBBY"], "declaration": "extends", "storage": ["sql", "kv"],
                      "websocket": "standard", "alarmHandler": { "line": 80 }, "setAlarm": [ { "line": 31 } ],
                      "timers": [ { "line": 44, "kind": "setInterval" } ], "nameReads": [ { "line": 52 } ],
                      "rpcMethods": ["list", "post"],
                      "tables": [ { "name": "messages", "columns": ["id", "room"], "growth": "unbounded", "line": 3 } ],
                      "queries": [
                        { "line": 3, "sql": "CREATE TABLE messages (id, room, created)", "kind": "ddl", "plan": [],
                          "needsIndex": false, "index": null },
                        { "line": 6, "sql": "SELECT id FROM messages WHERE room = ?", "kind": "select",
                          "plan": ["SCAN messages"], "needsIndex": true,
                          "index": "CREATE INDEX IF NOT EXISTS messages_room ON messages (room)" } ],
                      "patterns": [
                        { "id": "ttl-cleanup", "status": "missing", "priority": "critical",
                          "reason": "The table messages only grows: rows are inserted and none is ever deleted.",
                          "benefit": "The storage of each object stays bounded.", "fix": "guided",
                          "evidence": [ { "file": "src/room.ts", "line": 3, "column": 5,
                            "message": "CREATE TABLE messages" } ] },
                        { "id": "sql-index", "status": "partial", "priority": "high",
                          "reason": "A query reads the whole table messages.",
                          "benefit": "The query reads only the rows of one room.", "fix": "automatic",
                          "evidence": [ { "file": "src/room.ts", "line": 6, "column": 12,
                            "message": "needs CREATE INDEX IF NOT EXISTS messages_room ON messages (room)" } ] } ] },
                    {
                      "className": "Remote", "exportedAs": "Remote", "file": null, "line": null,
                      "implementation": null, "bindings": ["REMOTE"], "declaration": "external", "storage": [], "websocket": "none",
                      "alarmHandler": null, "setAlarm": [], "timers": [], "nameReads": [], "rpcMethods": [],
                      "tables": [], "queries": [],
                      "patterns": [ { "id": "sql-index", "status": "not-applicable", "priority": "low",
                        "reason": "Its code is outside the project.", "benefit": "", "fix": "advice",
                        "evidence": [] } ] } ] } ],
                  "diagnostics": [
                    { "severity": "warning", "file": "src/odd.ts", "line": 7,
                      "message": "The class is built at run time; dopi leaves it alone." },
                    { "severity": "info", "file": null, "line": null,
                      "message": "There is no lock file, so npm is assumed." } ] }
                """);

        JsonNode actual = mapper.readTree(written(ChatProject.analysis(ROOT, ChatProject.files())));

        assertEquals(expected.toPrettyString(), actual.toPrettyString());
    }

    @Test
    void whateverANameHoldsTheBytesArePlain() throws IOException {
        String hostile = "\u001b[31m\u202e\u007f\u009b日本\n\"";
        Analysis plain = ChatProject.analysis(ROOT, ChatProject.files());
        var analysis = new Analysis(
                ROOT,
                plain.project(),
                plain.model(),
                plain.findings(),
                List.of(Diagnostic.info("src/a.ts", 2, hostile)),
                plain.duration());

        String text = written(analysis);

        assertTrue(text.chars().allMatch(each -> each == '\n' || (each >= ' ' && each < 0x7f)), text);
        assertEquals(
                hostile,
                new ObjectMapper().readTree(text).at("/diagnostics/0/message").asText());
    }
}
