package dev.dopi.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.sql.RehearsalResult.Outcome;
import dev.dopi.sql.RehearsalResult.TableChange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RehearsalTest {

    private static final String OLD =
            "CREATE TABLE IF NOT EXISTS messages(id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL, at INTEGER)";
    private static final String INSERT = "INSERT INTO messages(body, at) VALUES (?, ?)";

    @Test
    void passesANullableColumnThatIsAddedAndFilled() {
        RehearsalResult result = Rehearsal.run(
                List.of(OLD),
                List.of(
                        OLD,
                        "ALTER TABLE messages ADD COLUMN expires_at INTEGER",
                        "UPDATE messages SET expires_at = at + ? WHERE expires_at IS NULL",
                        "CREATE INDEX IF NOT EXISTS idx_messages_expires_at ON messages(expires_at)"),
                List.of(INSERT));
        assertTrue(result.ok(), result.toString());
        assertEquals(List.of(), result.untried());
        assertEquals(
                List.of(new TableChange(
                        "messages", 3, 3, List.of("id", "body", "at"), List.of("id", "body", "at", "expires_at"))),
                result.tables());
    }

    /** The mistakes that were measured in workerd: each bricks an object that holds data, or its rollback. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE INDEX i ON messages(expires_at) | no such column: expires_at",
                "ALTER TABLE messages ADD COLUMN expires_at INTEGER NOT NULL | Cannot add a NOT NULL column with default value NULL",
                "ALTER TABLE messages ADD COLUMN e INTEGER DEFAULT (unixepoch()) | Cannot add a column with non-constant default",
                "ALTER TABLE messages ADD COLUMN IF NOT EXISTS e INTEGER | near \"EXISTS\": syntax error",
                "ALTER TABLE messages ADD COLUMN at INTEGER | duplicate column name: at",
            })
    void failsWhatWouldBrickAnObject(String statement, String reason) {
        RehearsalResult result = Rehearsal.run(List.of(OLD), List.of(statement), List.of());
        assertEquals(
                List.of(new Outcome.Failed(reason)),
                result.failures().stream().map(RehearsalResult.Run::outcome).toList());
    }

    @Test
    void failsAnOldInsertThatTheNewTableRefuses() {
        RehearsalResult result = Rehearsal.run(
                List.of(),
                List.of(
                        "CREATE TABLE messages(id INTEGER PRIMARY KEY, body TEXT, at INTEGER, expires_at INTEGER NOT NULL)"),
                List.of(INSERT));
        assertEquals(
                new Outcome.Failed("NOT NULL constraint failed: messages.expires_at"),
                result.failures().getFirst().outcome());
    }

    @Test
    void failsAnOldInsertWithoutColumnsAfterAColumnIsAdded() {
        RehearsalResult result = Rehearsal.run(
                List.of("CREATE TABLE t(a, b)"),
                List.of("ALTER TABLE t ADD COLUMN c"),
                List.of("INSERT INTO t VALUES (?, ?)"));
        assertEquals(
                new Outcome.Failed("table t has 3 columns but 2 values were supplied"),
                result.failures().getFirst().outcome());
    }

    @Test
    void countsTheRowsThatASetUpDeletes() {
        RehearsalResult result = Rehearsal.run(List.of(OLD), List.of("DELETE FROM messages"), List.of(INSERT));
        assertTrue(result.ok());
        assertEquals(0, result.tables().getFirst().rowsAfter());
    }

    @Test
    void fillsTablesWithKeysAndChecks() {
        RehearsalResult result = Rehearsal.run(
                List.of(
                        "CREATE TABLE child(id TEXT PRIMARY KEY, parent TEXT NOT NULL REFERENCES parent(id),"
                                + " state TEXT NOT NULL CHECK (state IN ('on', 'off')), data BLOB NOT NULL, x REAL) STRICT",
                        "CREATE TABLE parent(id TEXT PRIMARY KEY, self TEXT REFERENCES parent(id), name TEXT UNIQUE)",
                        "CREATE TABLE json(id INTEGER PRIMARY KEY, value TEXT NOT NULL CHECK (json_valid(value)))",
                        "CREATE TABLE counters(k TEXT, n INTEGER, PRIMARY KEY(k, n)) WITHOUT ROWID"),
                List.of(),
                List.of("INSERT INTO child(id, parent, state, data) VALUES (?1, ?2, ?3, ?4)"));
        assertTrue(result.ok(), result.toString());
        assertEquals(List.of(), result.untried(), result.toString());
        assertEquals(
                List.of(3, 3, 3, 3),
                result.tables().stream().map(TableChange::rowsBefore).toList());
    }

    @Test
    void saysWhichTableItCouldNotFill() {
        RehearsalResult result = Rehearsal.run(
                List.of("CREATE TABLE odd(a TEXT NOT NULL CHECK (length(a) = 5 AND a GLOB 'z*'))"),
                List.of(),
                List.of());
        assertEquals(1, result.untried().size());
        Outcome outcome = result.untried().getFirst().outcome();
        assertTrue(
                outcome.toString().contains("no sample rows could be made for the table odd: CHECK constraint failed"),
                outcome.toString());
    }

    @Test
    void keepsTheRowsOfATableThatIsRebuilt() {
        RehearsalResult result = Rehearsal.run(
                List.of(OLD),
                List.of(
                        "CREATE TABLE renewed(id INTEGER PRIMARY KEY, body TEXT, at INTEGER, kind TEXT DEFAULT 'a')",
                        "INSERT INTO renewed(id, body, at) SELECT id, body, at FROM messages",
                        "DROP TABLE messages",
                        "ALTER TABLE renewed RENAME TO messages"),
                List.of(INSERT));
        assertTrue(result.ok(), result.toString());
        assertEquals(3, result.tables().getFirst().rowsAfter());
    }
}
