package dev.dopi.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an evaluation counts as found, missed, invented, right and wrong. */
final class ComparisonTest {

    private static final String LABELS = """
            { "workers": [ { "repo": "acme/chat", "worker": ".", "config": "wrangler.jsonc", "durableObjects": [
              { "name": "Room", "file": "src/room.ts", "line": 4, "storage": ["sql"], "websocket": "standard-accept",
                "bound_in_config": true, "sets_alarm_lines": [{ "file": "src/room.ts", "line": 9 }],
                "tables": [{ "name": "messages", "growth": "unbounded" }, { "name": "kv:seen", "growth": "bounded" }],
                "expected": { "ttl": true, "hibernation": true, "gradual_deploy": true }, "uncertain": false, "notes": "a" },
              { "name": "Hall", "file": "src/hall.ts", "line": 7, "notes": "hidden in a barrel" } ] } ] }
            """;

    private static final String TOLD = """
            { "workers": [
              { "config": "wrangler.jsonc", "patterns": [{ "id": "gradual-deployment", "status": "missing" }],
                "durableObjects": [
                  { "className": "Inner", "exportedAs": "Room", "file": "src/room.ts", "line": 5, "storage": ["sql"],
                    "websocket": "standard", "bindings": ["ROOM"], "setAlarm": [{ "line": 9 }],
                    "tables": [{ "name": "messages", "growth": "unbounded" }, { "name": "kv:topic", "growth": "bounded" }],
                    "patterns": [{ "id": "ttl-cleanup", "status": "partial", "reason": "r" }] },
                  { "className": "Extra", "exportedAs": "Extra", "file": "src/extra.ts", "line": 1, "bindings": [],
                    "patterns": [] } ] },
              { "config": "other/wrangler.jsonc", "durableObjects": [
                  { "className": "Unlabelled", "exportedAs": "Unlabelled", "file": "other/a.ts", "line": 1 } ] } ] }
            """;

    private static List<String> compare(Path folder, Scores scores) throws IOException {
        Labels labels = Labels.read(Files.writeString(folder.resolve("labels.json"), LABELS));
        return Comparison.of(labels.workers().getFirst(), told(), scores);
    }

    private static Told told() throws JsonProcessingException {
        return Told.read(JsonMapper.builder().build().readTree(TOLD), "");
    }

    @Test
    void namesWhatWasMissedInventedAndWrong(@TempDir Path folder) throws IOException {
        var scores = new Scores();
        List<String> lines = compare(folder, scores);
        assertTrue(lines.contains("MISSED   Hall in src/hall.ts:7. hidden in a barrel"), lines::toString);
        assertTrue(lines.contains("INVENTED Extra in src/extra.ts:1"), lines::toString);
        assertTrue(lines.contains("wrong    Room, line: labelled 4, dopi says 5"), lines::toString);
        assertEquals(1, lines.stream().filter(line -> line.startsWith("wrong")).count(), lines::toString);
        assertEquals(
                List.of("PATTERN  Room, websocket-hibernation: expected and not recommended; dopi says nothing is said"
                        + " about it. Label: a"),
                lines.stream().filter(line -> line.startsWith("PATTERN")).toList());
    }

    @Test
    void countsPerClassAndPattern(@TempDir Path folder) throws IOException {
        var scores = new Scores();
        compare(folder, scores);
        String summary = scores.summary();
        assertTrue(
                summary.startsWith("classes      2 labelled, 1 found (50.0 %), 1 missed, 1 invented (50.0 %"), summary);
        assertTrue(summary.contains("gradual-deployment              1        0       0    100.0 % 100.0 %"), summary);
        assertTrue(summary.contains("websocket-hibernation           0        0       1    100.0 %   0.0 %"), summary);
        assertFalse(scores.areGood());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "messages (drizzle) unbounded           | messages unbounded              | 1 | 1",
                "messages unbounded                     | messages unknown                | 1 | 0",
                "messages unbounded                     | letters unbounded               | 0 | 1",
                "messages unbounded                     | messages unbounded, more bounded | 0 | 1",
                "_jobs / _state (library) bounded       |                                 | 1 | 1",
                "actors (library) unbounded             |                                 | 0 | 1",
                "(tables of the subclass) unbounded     |                                 | 1 | 1",
                "kv:poll config bounded                 | kv:state bounded, kv:a bounded  | 1 | 1",
                "kv:poll config bounded                 |                                 | 0 | 1",
                "kv:poll config expiring                | kv:state bounded                | 1 | 0",
                "                                       | kv:state bounded                | 1 | 1",
                "                                       | kv:vote:<ip> unbounded          | 0 | 1",
                "kv:vote:* unbounded                    | kv:vote:<ip> unbounded          | 1 | 1",
                "kv:vote:* unbounded                    | kv:vote:<ip> bounded            | 1 | 0",
                "kv:vote:* unbounded                    | kv:poll:<ip> unbounded          | 0 | 1",
            })
    void comparesWhatIsKept(@Nullable String labelled, @Nullable String told, int tables, int growth)
            throws JsonProcessingException {
        Kept label = Kept.labelled(kept(labelled));
        Kept kept = Kept.told(kept(told));
        assertEquals(tables == 1, label.namesBeside(label).equals(kept.namesBeside(label)));
        assertEquals(growth == 1, label.growthBeside(kept).equals(kept.growthBeside(label)));
    }

    private static JsonNode kept(@Nullable String text) throws JsonProcessingException {
        String entries = text == null
                ? ""
                : text.replaceAll("\\s*([^,]+?) (\\w+)\\s*(,|$)", "{ \"name\": \"$1\", \"growth\": \"$2\" }$3");
        return JsonMapper.builder().build().readTree("[" + entries + "]");
    }

    @Test
    void takesALineForThatOfTheStatementItStandsIn() throws JsonProcessingException {
        JsonNode node = JsonMapper.builder().build().readTree("""
                { "queries": [{ "line": 40, "needsIndex": true }, { "line": 60 }, { "line": 90, "needsIndex": true }] }
                """);
        var listed = new Told.Listed("Room", "Room", "src/room.ts", node);
        assertEquals(
                Set.of("40", "90", "60", "39", "120"), listed.statementLines(Set.of("44", "90", "61", "39", "120")));
    }

    @Test
    void movesPathsToWhereDopiWasOpened() throws IOException {
        Told told = Told.read(JsonMapper.builder().build().readTree(TOLD), "apps/chat");
        assertEquals(
                "apps/chat/src/room.ts",
                told.workers().getFirst().objects().getFirst().file());
        assertEquals(
                "apps/chat/wrangler.jsonc", told.workers().getFirst().config().orElseThrow());
    }
}
