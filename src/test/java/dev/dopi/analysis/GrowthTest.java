package dev.dopi.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dopi.model.Table;
import dev.dopi.model.Table.Growth;
import dev.dopi.model.Table.Timestamp;
import dev.dopi.model.Table.Timestamp.Unit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a table's rows only ever add up, and which column tells their age. */
final class GrowthTest {

    private static final String TABLE = "INSERT INTO log (body, at) VALUES (?, ?)";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNBOUNDED | INSERT INTO log (body) VALUES ('x')",
                "UNBOUNDED | INSERT INTO log (body) SELECT 'x'; SELECT count(*) FROM log",
                "BOUNDED   | SELECT * FROM log",
                "BOUNDED   | UPDATE log SET body = 'y'",
                "BOUNDED   | INSERT OR REPLACE INTO log (id, body) VALUES (1, 'x')",
                "BOUNDED   | INSERT INTO log (id, body) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET body = 'y'",
                "BOUNDED   | INSERT INTO log (id, body) VALUES (1, 'x')",
                "UNBOUNDED | INSERT INTO log (id, body) VALUES (NULL, 'x')",
                "UNKNOWN   | INSERT OR REPLACE INTO log (id, body) VALUES (?, 'x')",
                "BOUNDED   | INSERT INTO log (body) VALUES ('x'); DELETE FROM log WHERE id NOT IN (SELECT id FROM log ORDER BY id DESC LIMIT 9)",
                "BOUNDED   | INSERT INTO log (body) VALUES ('x'); DELETE FROM log WHERE id <= (SELECT id FROM log ORDER BY id DESC LIMIT 1 OFFSET 100)",
                "BOUNDED   | DELETE FROM log; INSERT INTO log (body) VALUES ('x')",
                "UNBOUNDED | INSERT OR REPLACE INTO log (body) VALUES ('x')",
                "BOUNDED   | INSERT OR REPLACE INTO log (id, body) VALUES (?, 'x'); SELECT body FROM log LIMIT 1",
                "UNKNOWN   | INSERT OR REPLACE INTO log (id, body) VALUES (?, 'x'); SELECT body FROM log LIMIT 1; SELECT * FROM log WHERE id = 3",
                "UNKNOWN   | INSERT OR REPLACE INTO log (id, body) VALUES (?, 'x'); SELECT body FROM log ORDER BY id LIMIT 1",
                "UNBOUNDED | INSERT INTO log (body) VALUES ('x'); SELECT body FROM log LIMIT 1",
                "UNKNOWN   | INSERT INTO log (body) VALUES ('x'); DELETE FROM log WHERE id = 3",
                "EXPIRING  | INSERT INTO log (body) VALUES ('x'); DELETE FROM log WHERE at < 5",
                "EXPIRING  | INSERT INTO log (body) VALUES ('x'); DELETE FROM log WHERE rowid IN (SELECT rowid FROM log WHERE at <= 5 LIMIT 100)",
                "BOUNDED   | INSERT INTO log (body) VALUES ('x'); DELETE FROM log WHERE id NOT IN (SELECT id FROM log WHERE at > 5 LIMIT 9)",
                "EXPIRING  | INSERT INTO log (body) VALUES ('x'); DELETE FROM log WHERE id IN (SELECT id FROM log WHERE at < 5 LIMIT 500)",
                "BOUNDED   | INSERT INTO log (body) VALUES ('x'); DELETE FROM log WHERE id NOT IN (SELECT id FROM log WHERE at < 5 LIMIT 9)",
                "UNBOUNDED | INSERT INTO log (body) VALUES ('x'); DELETE FROM other",
            })
    void tellsGrowth(Growth expected, String statements) {
        Table log = room("run() { this.ctx.storage.sql.exec(`" + statements + "`); }")
                .table("log");
        assertEquals(expected, log.growth(), log.growthReason());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BOUNDED   | SELECT COUNT(*) AS seats FROM log             | if (row.seats >= LIMIT) { return false; } ADD",
                "BOUNDED   | SELECT COUNT(*) AS seats FROM log             | if (8 <= row.seats) throw new Error('full'); ADD",
                "BOUNDED   | SELECT COUNT(*) AS seats FROM log             | if (row.seats < 8) { ADD }",
                "BOUNDED   | SELECT COUNT(*) AS seats FROM log             | if (row.seats === 0) { ADD }",
                "UNBOUNDED | SELECT COUNT(*) AS seats FROM log             | if (row.seats >= LIMIT) { console.log('many'); } ADD",
                "UNBOUNDED | SELECT COUNT(*) AS seats FROM log             | if (other.seats >= LIMIT) { return false; } ADD",
                "UNBOUNDED | SELECT COUNT(*) AS seats FROM log             | if (row.seats < 8 && open) { return false; } ADD",
                "UNBOUNDED | SELECT COUNT(*) AS seats FROM log WHERE at > 5 | if (row.seats >= LIMIT) { return false; } ADD",
                "UNBOUNDED | SELECT COUNT(*) AS seats FROM other            | if (row.seats >= LIMIT) { return false; } ADD",
            })
    void knowsALimitThatIsAskedForBefore(Growth expected, String count, String code) {
        Table log = room("run(other, open) { const row = this.ctx.storage.sql.exec(\"" + count + "\").one(); "
                        + code.replace("ADD", "this.ctx.storage.sql.exec(\"INSERT INTO log (body) VALUES ('x')\");")
                        + " }")
                .table("log");
        assertEquals(expected, log.growth(), log.growthReason());
    }

    @Test
    void doesNotTakeAFunctionForTheSetUpBecauseTheSetUpMakesIt() {
        Table log = Analysed.worker("src/index.ts", """
                        import { DurableObject } from "cloudflare:workers";
                        import { makeLog } from "./log";
                        export class Room extends DurableObject {
                          private log;
                          constructor(ctx, env) {
                            super(ctx, env);
                            ctx.storage.sql.exec("CREATE TABLE log (id INTEGER PRIMARY KEY, body TEXT, at INTEGER)");
                            this.log = makeLog(ctx.storage.sql);
                          }
                          note(body: string) { this.log.add(body); }
                        }
                        """, "src/log.ts", """
                        export function makeLog(sql: SqlStorage) {
                          async function add(body: string) {
                            sql.exec("INSERT INTO log (body) VALUES (?)", body);
                          }
                          return { add };
                        }
                        """)
                .only()
                .tables()
                .getFirst();
        assertEquals(Growth.UNBOUNDED, log.growth(), log.growthReason());
    }

    @Test
    void doesNotKnowWhereAStatementIsUnknown() {
        Table log =
                room("run(sql: string) { this.ctx.storage.sql.exec(\"INSERT INTO log (body) VALUES ('x')\"); this.ctx.storage.sql.exec(made()); }")
                        .table("log");
        assertEquals(Growth.UNKNOWN, log.growth(), log.growthReason());
    }

    @Test
    void doesNotKnowWhereTheDatabaseIsPassedOn() {
        Table log =
                room("run() { this.ctx.storage.sql.exec(\"INSERT INTO log (body) VALUES ('x')\"); tidy(this.ctx.storage.sql); }")
                        .table("log");
        assertEquals(Growth.UNKNOWN, log.growth(), log.growthReason());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MILLISECONDS | Date.now()",
                "MILLISECONDS | new Date().getTime()",
                "SECONDS      | Math.floor(Date.now() / 1000)",
                "ISO_TEXT     | new Date().toISOString()",
                "MILLISECONDS | now",
            })
    void tellsTheUnitOfATime(Unit unit, String code) {
        Table log = room("run() { const now = Date.now(); this.ctx.storage.sql.exec(\"" + TABLE + "\", 'x', " + code
                        + "); }")
                .table("log");
        assertEquals(Optional.of(new Timestamp("at", unit)), log.timestamp());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"SQLITE_TEXT | CURRENT_TIMESTAMP", "SECONDS | (unixepoch())", "MILLISECONDS | (unixepoch() * 1000)"
            })
    void tellsTheUnitOfADefault(Unit unit, String text) {
        Table log = Analysed.room(
                        "ctx.storage.sql.exec(`CREATE TABLE IF NOT EXISTS log(id INTEGER PRIMARY KEY, body TEXT, at DEFAULT "
                                + text + ")`);",
                        "run() { this.ctx.storage.sql.exec(\"INSERT INTO log (body) VALUES ('x')\"); }")
                .table("log");
        assertEquals(Optional.of(new Timestamp("at", unit)), log.timestamp());
    }

    @Test
    void trustsATimeOnlyWhereEveryInsertGivesIt() {
        Table log = room("run() { this.ctx.storage.sql.exec(\"" + TABLE
                        + "\", 'x', Date.now()); this.ctx.storage.sql.exec(\"" + TABLE + "\", 'x', 5); }")
                .table("log");
        assertEquals(Optional.empty(), log.timestamp());
    }

    private static Analysed room(String body) {
        return Analysed.room(
                "ctx.storage.sql.exec(`CREATE TABLE IF NOT EXISTS log(id INTEGER PRIMARY KEY, body TEXT, at INTEGER);"
                        + " CREATE TABLE IF NOT EXISTS other(id INTEGER PRIMARY KEY)`);",
                body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EXPIRING  | add() { %s } alarm() { this.ctx.storage.sql.exec(\"DELETE FROM log WHERE id = ?\", 1); }",
                "EXPIRING  | add() { %s } alarm() { this.tidy(); } private tidy() { this.ctx.storage.sql.exec(\"DELETE FROM log\"); }",
                "EXPIRING  | add() { %s } start() { setInterval(() => this.tidy(), 5000); } private tidy() { this.ctx.storage.sql.exec(\"DELETE FROM log\"); }",
                "BOUNDED   | add() { %s } webSocketClose() { this.ctx.storage.sql.exec(\"DELETE FROM log WHERE id = ?\", 1); }",
                "EXPIRING  | add() { %s } async alarm() { await this.ctx.storage.deleteAll(); }",
                "BOUNDED   | add() { %s } webSocketClose() { this.wipe(); } private wipe() { return this.ctx.storage.deleteAll(); }",
                "UNBOUNDED | add() { %s } async wipe() { await this.ctx.storage.deleteAll(); }",
                "UNKNOWN   | add() { %s } clear() { this.ctx.storage.sql.exec(\"DELETE FROM log\"); }",
                "UNBOUNDED | add() { %s } tidy() { this.ctx.storage.sql.exec(\"DELETE FROM log WHERE removed_at < ?\", Date.now()); }",
            })
    void tellsFromWhereADeletionIsReached(Growth expected, String body) {
        Table log = Analysed.room(
                        "this.ctx.storage.sql.exec(\"CREATE TABLE IF NOT EXISTS log (id INTEGER PRIMARY KEY, body TEXT, removed_at INTEGER)\");",
                        body.replace("%s", "this.ctx.storage.sql.exec(\"INSERT INTO log (body) VALUES ('x')\");"))
                .table("log");
        assertEquals(expected, log.growth(), log.growthReason());
    }

    @Test
    void tellsACleanUpThatComparesTextWithANumber() {
        Table log = Analysed.room(
                        "this.ctx.storage.sql.exec(\"CREATE TABLE IF NOT EXISTS log (id INTEGER PRIMARY KEY, at TEXT DEFAULT CURRENT_TIMESTAMP)\");",
                        "add(id: number) { this.ctx.storage.sql.exec(\"INSERT INTO log (id) VALUES (?)\", id); } alarm() { this.ctx.storage.sql.exec(\"DELETE FROM log WHERE at < ?\", Date.now() - 5000); }")
                .table("log");
        assertEquals(Growth.UNBOUNDED, log.growth());
        assertEquals(
                "Line 7 adds rows, and line 7 would delete old ones but compares a time written as text with a number, which never holds.",
                log.growthReason());
    }

    @Test
    void doesNotTakeRowsThatOnlyTheSetUpAddsForGrowth() {
        Table log = Analysed.room(
                        "this.ctx.storage.sql.exec(\"CREATE TABLE IF NOT EXISTS log (id INTEGER PRIMARY KEY); INSERT INTO log (id) VALUES (9)\");",
                        "")
                .table("log");
        assertEquals(Growth.BOUNDED, log.growth(), log.growthReason());
    }
}
