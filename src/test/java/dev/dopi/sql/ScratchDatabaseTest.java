package dev.dopi.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.sql.PlanResult.Planned;
import dev.dopi.sql.PlanResult.Refused;
import dev.dopi.sql.TableShape.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScratchDatabaseTest {

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE messages(id INTEGER PRIMARY KEY, room TEXT NOT NULL DEFAULT 'lobby', ts INTEGER,"
                    + " big INTEGER GENERATED ALWAYS AS (ts * 2), UNIQUE(room, ts))",
            "CREATE TABLE pairs(a TEXT, b INT, PRIMARY KEY(b, a)) STRICT, WITHOUT ROWID",
            "CREATE VIRTUAL TABLE docs USING fts5(title)",
            "CREATE INDEX late ON messages(ts) WHERE ts > 5",
            "CREATE VIEW recent AS SELECT r.room FROM messages r WHERE r.ts = 1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t(a)",
                "CREATE TABLE IF NOT EXISTS messages(a)",
                "CREATE TABLE t AS SELECT room, ts FROM messages",
                "CREATE INDEX i ON messages(room)",
                "CREATE UNIQUE INDEX i ON messages(lower(room))",
                "CREATE VIEW v AS SELECT * FROM messages",
                "CREATE TRIGGER g AFTER INSERT ON messages BEGIN INSERT INTO docs VALUES (new.room); END",
                "CREATE VIRTUAL TABLE v USING fts5(a)",
                "CREATE VIRTUAL TABLE v USING fts5vocab(docs, 'row')",
                "CREATE VIRTUAL TABLE v USING rtree(id, x1, x2)",
                "CREATE VIRTUAL TABLE v USING rtree_i32(id, x1, x2)",
                "ALTER TABLE messages ADD COLUMN expires_at INTEGER",
                "ALTER TABLE messages RENAME COLUMN ts TO at",
                "ALTER TABLE messages RENAME TO m",
                "DROP TABLE pairs",
                "DROP INDEX late",
                "DROP VIEW IF EXISTS recent",
                "DROP TRIGGER IF EXISTS g",
            })
    void runsWhatBuildsASchema(String statement) {
        var statements = new ArrayList<>(SCHEMA);
        if (statement.contains("RENAME COLUMN")) {
            statements.removeIf(other -> other.contains("VIEW"));
        }
        statements.add(statement);
        try (var database = ScratchDatabase.of(statements)) {
            assertEquals(List.of(), database.refusals());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TEMP TABLE t(a) | TEMP",
                "CREATE TABLE temp.t(a) | TEMP",
                "CREATE TABLE _cf_t(a) | _cf_",
                "CREATE VIRTUAL TABLE t USING fts3(a) | fts3",
                "CREATE VIRTUAL TABLE t USING dbstat | dbstat",
                "CREATE TABLE t(a); CREATE TABLE u(a) | more than one",
                "CREATE TABLE t(a | incomplete input",
                "CREATE TABLE messages(a) | already exists",
                "CREATE INDEX i ON nowhere(a) | no such table",
                "ALTER TABLE messages ADD COLUMN ts | duplicate column",
                "BEGIN | BEGIN is not",
                "PRAGMA user_version = 3 | PRAGMA is not",
                "INSERT INTO messages VALUES (1) | INSERT is not",
                "ANALYZE | ANALYZE is not",
                "-- nothing | no statement",
            })
    void refusesWithAReason(String statement, String reason) {
        var statements = new ArrayList<>(SCHEMA);
        statements.add(statement);
        try (var database = ScratchDatabase.of(statements)) {
            assertEquals(1, database.refusals().size());
            assertEquals(statement, database.refusals().getFirst().statement());
            String said = database.refusals().getFirst().reason();
            assertTrue(said.contains(reason), said);
        }
    }

    @Test
    void refusesATableOf101Columns() {
        String columns = "c"
                + String.join(
                        ",c",
                        IntStream.rangeClosed(1, 101).mapToObj(String::valueOf).toList());
        try (var database = ScratchDatabase.of(List.of("CREATE TABLE wide(" + columns + ")"))) {
            assertEquals(
                    "too many columns on wide", database.refusals().getFirst().reason());
        }
    }

    @Test
    void describesTablesAsSqliteSeesThem() {
        try (var database = ScratchDatabase.of(SCHEMA)) {
            assertEquals(
                    List.of("messages", "pairs", "docs"),
                    database.tables().stream().map(TableShape::name).toList());
            TableShape messages = database.table("MESSAGES").orElseThrow();
            assertEquals(Optional.of("id"), messages.rowidAlias());
            TableShape.Column room = messages.column("Room").orElseThrow();
            assertTrue(room.notNull());
            assertEquals(Optional.of("'lobby'"), room.defaultText());
            assertTrue(messages.column("big").orElseThrow().generated());
            assertEquals(
                    List.of(
                            new Index("sqlite_autoindex_messages_1", true, List.of("room", "ts"), false, true),
                            new Index("late", false, List.of("ts"), true, false)),
                    messages.indexes());
            TableShape pairs = database.table("pairs").orElseThrow();
            assertTrue(pairs.withoutRowId() && pairs.strict());
            assertEquals(2, pairs.column("a").orElseThrow().keyPart());
            assertTrue(database.table("docs").orElseThrow().virtual());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM messages | SCAN messages | 1 | 0",
                "SELECT * FROM messages m WHERE m.big = ? | SCAN m | 1 | 0",
                "SELECT * FROM messages WHERE room = ? | SEARCH messages USING INDEX sqlite_autoindex_messages_1 (room=?) | 0 | 0",
                "SELECT * FROM messages ORDER BY big | SCAN messages; USE TEMP B-TREE FOR ORDER BY | 1 | 1",
                "SELECT max(big) FROM messages | SEARCH messages | 1 | 0",
                "SELECT max(id) FROM messages | SEARCH messages | 0 | 0",
                "SELECT max(id) FROM messages WHERE big = ? | SEARCH messages | 1 | 0",
                "SELECT 1 | SCAN CONSTANT ROW | 0 | 0",
                "SELECT * FROM docs WHERE docs MATCH ? | SCAN docs VIRTUAL TABLE INDEX 0:M1 | 0 | 0",
                "SELECT * FROM recent | SCAN r USING COVERING INDEX sqlite_autoindex_messages_1 | 0 | 0",
                "DELETE FROM messages WHERE big < ? | SCAN messages | 1 | 0",
                "SELECT * FROM messages a, messages b WHERE a.big = b.big | SCAN a; BLOOM | 2 | 0",
            })
    void plansAStatement(String sql, String lines, int scans, int sorts) {
        try (var database = ScratchDatabase.of(SCHEMA)) {
            Plan plan = assertInstanceOf(Planned.class, database.plan(sql)).plan();
            if (!lines.endsWith("BLOOM")) {
                assertEquals(lines, String.join("; ", plan.lines()));
            }
            assertEquals(scans, plan.scans().size(), plan.toString());
            assertEquals(sorts, plan.sorts().size());
        }
    }

    @Test
    void namesTheTableBehindAnAlias() {
        try (var database = ScratchDatabase.of(SCHEMA)) {
            Plan plan = assertInstanceOf(
                            Planned.class, database.plan("SELECT * FROM Messages AS x WHERE x.room = ? AND x.ts > ?"))
                    .plan();
            assertEquals(Optional.of("messages"), plan.steps().getFirst().table());
            assertEquals(1, plan.steps().getFirst().equalities());
            assertEquals(1, plan.steps().getFirst().ranges());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT nope FROM messages | no such column: nope",
                "SELECT * FROM nowhere | no such table: nowhere",
                "INSERT INTO messages(id) VALUES (1, 2) | 2 values for 1 columns",
                "SELECT ?101 | variable number must be between ?1 and ?100",
                "SELECT 1; SELECT 2 | it is more than one statement",
                "DROP TABLE messages | DROP is not a statement that reads or writes rows",
                "EXPLAIN SELECT 1 | EXPLAIN is not a statement that reads or writes rows",
                "SELECT sqlite_version() | Durable Objects have no function sqlite_version()",
                "UPDATE sqlite_schema SET sql = '' | table sqlite_master may not be modified",
            })
    void saysWhyAStatementWouldNotRun(String sql, String message) {
        try (var database = ScratchDatabase.of(SCHEMA)) {
            assertEquals(
                    message, assertInstanceOf(Refused.class, database.plan(sql)).message());
        }
    }

    @Test
    void plansWithAnIndexThatIsGoneAfterwards() {
        try (var database = ScratchDatabase.of(SCHEMA)) {
            String query = "SELECT * FROM messages WHERE big = ?";
            Plan before = assertInstanceOf(Planned.class, database.plan(query)).plan();
            PlanResult with =
                    database.withIndexes(List.of("CREATE INDEX big ON messages(big)"), () -> database.plan(query));
            assertTrue(assertInstanceOf(Planned.class, with).plan().betterThan(before));
            assertEquals(new Planned(before), database.plan(query));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> database.withIndexes(List.of("DROP TABLE messages"), () -> 1));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> database.withIndexes(List.of("CREATE INDEX IF NOT EXISTS late ON messages(room)"), () -> 1));
        }
    }
}
