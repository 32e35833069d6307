package dev.dopi.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IndexAdvisorTest {

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE messages(id INTEGER PRIMARY KEY, user_id TEXT NOT NULL, room TEXT, ts INTEGER, kind TEXT,"
                    + " body TEXT)",
            "CREATE TABLE users(id TEXT PRIMARY KEY, email TEXT UNIQUE, name TEXT)",
            "CREATE TABLE kv(k TEXT, n INT, v TEXT, PRIMARY KEY(k, n)) WITHOUT ROWID",
            "CREATE TABLE \"my table\"(\"the key\" TEXT, \"order\" INT)",
            "CREATE VIRTUAL TABLE docs USING fts5(title, body)",
            "CREATE INDEX no_body ON messages(kind) WHERE body IS NULL");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM messages WHERE user_id = ? | messages(user_id)",
                "select BODY from MESSAGES where USER_ID = ? | messages(user_id)",
                "SELECT * FROM messages WHERE ts > ? AND user_id = ? | messages(user_id, ts)",
                "SELECT * FROM messages WHERE user_id = ? ORDER BY ts DESC LIMIT 20 | messages(user_id, ts)",
                "SELECT * FROM messages ORDER BY room, ts DESC LIMIT 3 | messages(room, ts DESC)",
                "SELECT * FROM messages ORDER BY ts DESC LIMIT 3 | messages(ts)",
                "SELECT * FROM messages WHERE user_id = ? OR room = ? | messages(user_id) messages(room)",
                "SELECT * FROM messages WHERE room IN (?, ?) | messages(room)",
                "SELECT * FROM messages m JOIN users u ON u.id = m.user_id WHERE u.email = ? | messages(user_id)",
                "SELECT * FROM messages m JOIN users u ON u.name = m.user_id WHERE m.room = ? | messages(room) users(name)",
                "DELETE FROM messages WHERE ts < ? | messages(ts)",
                "UPDATE messages SET body = ? WHERE kind = ? | messages(kind)",
                "SELECT v FROM kv WHERE n = ? | kv(n)",
                "SELECT \"order\" FROM \"my table\" WHERE \"the key\" = ? | my table(\"the key\")",
                "SELECT max(ts) FROM messages | messages(ts)",
                "WITH r AS (SELECT * FROM messages WHERE room = ?) SELECT * FROM r | messages(room)",
                "SELECT * FROM messages WHERE lower(room) = ? | messages(lower(room))",
                "SELECT * FROM messages WHERE room = ? COLLATE NOCASE | messages(room COLLATE NOCASE)",
                "SELECT * FROM messages WHERE date(ts / 1000, 'unixepoch') = ? | messages(date(ts / 1000, 'unixepoch'))",
            })
    void proposesWhatThePlannerUses(String query, String expected) {
        assertEquals(expected, proposals(query));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM messages",
                "SELECT count(*) FROM messages",
                "SELECT max(rowid) FROM messages",
                "SELECT max(id) FROM messages",
                "SELECT * FROM messages ORDER BY ts",
                "SELECT * FROM messages ORDER BY id DESC LIMIT 10",
                "SELECT room, count(*) FROM messages GROUP BY room",
                "SELECT * FROM messages WHERE id = ?",
                "SELECT * FROM users WHERE id = ?",
                "SELECT * FROM users WHERE email = ?",
                "SELECT v FROM kv WHERE k = ?",
                "SELECT v FROM kv WHERE k = ? AND n > ? ORDER BY n",
                "SELECT * FROM messages WHERE kind = ? AND body IS NULL",
                "SELECT * FROM messages WHERE room LIKE 'abc%'",
                "SELECT * FROM messages WHERE room != ?",
                "SELECT * FROM messages WHERE room != 'a'",
                "SELECT * FROM messages WHERE json_extract(body, '$.a') = ?",
                "SELECT * FROM messages WHERE date(room) = ?",
                "SELECT * FROM messages WHERE date(ts, 'unixepoch', 'localtime') = ?",
                "SELECT * FROM messages WHERE abs(ts) = ?",
                "SELECT * FROM docs WHERE docs MATCH ?",
                "INSERT INTO messages(user_id) VALUES (?)",
                "SELECT 1",
            })
    void leavesAlone(String query) {
        assertEquals("", proposals(query));
    }

    @Test
    void leavesRowsOutThatTheProjectSetsAside() {
        String query = "SELECT * FROM messages WHERE kind <> 'done' ORDER BY ts LIMIT 9";
        List<String> plain = List.of("SELECT * FROM messages WHERE kind <> 'done'");
        String settle = "UPDATE messages SET kind = 'done' WHERE id = ?";
        try (var database = ScratchDatabase.of(SCHEMA)) {
            assertEquals(List.of(), IndexAdvisor.advise(database, plain).proposals());
            List<IndexProposal> proposals = IndexAdvisor.advise(database, List.of(plain.getFirst(), settle))
                    .proposals();
            assertEquals(
                    List.of(
                            "CREATE INDEX IF NOT EXISTS idx_messages_kind_where_kind ON messages(kind) WHERE kind <> 'done'"),
                    proposals.stream().map(IndexProposal::createSql).toList());
            assertEquals("messages(ts)", proposals(query, settle), "a plain index serves the order");
        }
    }

    private static String proposals(String... queries) {
        try (var database = ScratchDatabase.of(SCHEMA)) {
            IndexAdvice advice = IndexAdvisor.advise(database, List.of(queries));
            assertEquals(List.of(), advice.unexamined());
            for (IndexProposal proposal : advice.proposals()) {
                assertFalse(proposal.proofs().isEmpty());
                proposal.proofs().forEach(proof -> assertTrue(proof.after().betterThan(proof.before())));
            }
            return advice.proposals().stream()
                    .map(proposal -> "%s(%s)".formatted(proposal.table(), String.join(", ", proposal.columns())))
                    .collect(Collectors.joining(" "));
        }
    }

    @Test
    void letsOneIndexServeSeveralQueries() {
        assertEquals(
                "messages(user_id, ts)",
                proposals(
                        "SELECT * FROM messages WHERE user_id = ?",
                        "SELECT * FROM messages WHERE user_id = ? AND ts > ?",
                        "SELECT * FROM messages WHERE user_id = ? ORDER BY ts DESC LIMIT 5"));
        assertEquals(
                "messages(room, kind)",
                proposals(
                        "SELECT * FROM messages WHERE kind = ? AND room = ?", "SELECT * FROM messages WHERE room = ?"));
    }

    @Test
    void writesAStatementThatSqliteTakes() {
        try (var database = ScratchDatabase.of(SCHEMA)) {
            IndexProposal proposal = IndexAdvisor.advise(
                            database, List.of("SELECT * FROM \"my table\" WHERE \"the key\" = ? AND \"order\" = ?"))
                    .proposals()
                    .getFirst();
            assertEquals(
                    "CREATE INDEX IF NOT EXISTS idx_my_table_the_key_order ON \"my table\"(\"the key\", \"order\")",
                    proposal.createSql());
        }
    }

    @Test
    void neverTakesANameThatIsThere() {
        var schema = new ArrayList<>(SCHEMA);
        schema.add("CREATE INDEX IDX_messages_room ON messages(ts)");
        try (var database = ScratchDatabase.of(schema)) {
            assertEquals(
                    "idx_messages_room_2",
                    IndexAdvisor.advise(database, List.of("SELECT * FROM messages WHERE room = ?"))
                            .proposals()
                            .getFirst()
                            .name());
        }
    }

    @Test
    void proposesNothingOnceItsProposalsAreThere() {
        List<String> queries = List.of(
                "SELECT * FROM messages WHERE user_id = ? ORDER BY ts LIMIT 5",
                "SELECT * FROM messages WHERE room = ? OR kind = ?",
                "DELETE FROM messages WHERE ts < ?");
        var schema = new ArrayList<>(SCHEMA);
        try (var database = ScratchDatabase.of(schema)) {
            IndexAdvisor.advise(database, queries).proposals().forEach(proposal -> schema.add(proposal.createSql()));
        }
        assertTrue(schema.size() > SCHEMA.size() + 2);
        try (var database = ScratchDatabase.of(schema)) {
            assertEquals(List.of(), database.refusals());
            assertEquals(List.of(), IndexAdvisor.advise(database, queries).proposals());
        }
    }

    @Test
    void triesTheTableThatAQueryReadsThroughAView() {
        var schema = new ArrayList<>(SCHEMA);
        schema.add("CREATE VIEW recent AS SELECT user_id, body FROM messages WHERE kind = 'text'");
        try (ScratchDatabase database = ScratchDatabase.of(schema)) {
            assertEquals(
                    List.of("messages(user_id)"),
                    IndexAdvisor.advise(database, List.of("SELECT body FROM recent WHERE user_id = ?"))
                            .proposals()
                            .stream()
                            .map(each ->
                                    each.table() + each.columns().stream().collect(Collectors.joining(", ", "(", ")")))
                            .toList());
        }
    }

    @Test
    void saysWhatItDidNotLookAt() {
        try (var database = ScratchDatabase.of(SCHEMA)) {
            List<String> queries = List.of("SELECT * FROM nowhere WHERE a = ?");
            assertEquals(
                    "no such table: nowhere",
                    IndexAdvisor.advise(database, queries)
                            .unexamined()
                            .getFirst()
                            .reason());
            assertEquals(
                    1,
                    IndexAdvisor.advise(database, List.of("SELECT * FROM messages WHERE room = ?"), Duration.ZERO)
                            .unexamined()
                            .size());
        }
    }

    @Test
    void endsInTimeOnAQueryWithManyColumns() {
        String columns = IntStream.range(0, 90).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        String filter =
                IntStream.range(0, 90).mapToObj(i -> "c%d = ?".formatted(i)).collect(Collectors.joining(" AND "));
        try (var database = ScratchDatabase.of(List.of("CREATE TABLE wide(" + columns + ")"))) {
            IndexAdvice advice = IndexAdvisor.advise(database, List.of("SELECT * FROM wide WHERE " + filter));
            assertEquals(1, advice.proposals().size());
        }
    }
}
