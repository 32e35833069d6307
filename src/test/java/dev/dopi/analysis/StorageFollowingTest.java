package dev.dopi.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.model.DurableObjectClass.Storage;
import dev.dopi.model.Table.Growth;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code besides the class itself that works on its storage. */
final class StorageFollowingTest {

    private static Analysed with(String imported, String base, String body, String other) {
        String own = """
                import { DurableObject } from "cloudflare:workers";
                import { %s } from "./other";
                export class Room extends %s {
                  %s
                }
                """.formatted(imported, base, body);
        return Analysed.worker("src/index.ts", own, "src/other.ts", other);
    }

    @Test
    void readsAFunctionOfAnotherFileThatIsGivenTheDatabase() {
        Analysed analysed = with(
                "run",
                "DurableObject",
                "read() { run(this.ctx.storage.sql, \"SELECT a FROM t WHERE b = ?\", 7); }",
                "export function run(db, query, ...values) { return db.exec(query, ...values).toArray(); }");
        assertEquals(List.of("SELECT a FROM t WHERE b = ?"), analysed.sql());
        assertEquals(List.of("7"), analysed.statement(0).arguments());
        assertEquals(List.of(), analysed.only().doubts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add() { write(this.parts()); } private parts() { return { sql: this.ctx.storage.sql, env: this.env }; }",
                "add() { const parts = this.parts(); write(parts); } private parts() { const sql = this.ctx.storage.sql; return { sql }; }",
                "parts = { sql: this.ctx.storage.sql }; add() { write(this.parts); }",
                "add() { const parts = { sql: this.ctx.storage.sql }; write(parts); }",
                "add() { const { sql } = this.parts(); write({ sql }); } private parts() { return { sql: this.ctx.storage.sql }; }",
                "add() { write({ sql: this.parts().sql }); } private parts() { return { sql: this.ctx.storage.sql }; }",
            })
    void followsTheDatabaseInAnObjectThatIsHandedOver(String body) {
        Analysed analysed = Analysed.worker(
                "src/index.ts",
                "import { DurableObject } from \"cloudflare:workers\"; import { write } from \"./write\";"
                        + " export class Room extends DurableObject<Env> { " + body + " }",
                "src/write.ts",
                "export function write(parts: Parts) { parts.sql.exec(\"INSERT INTO letters (body) VALUES ('a')\"); }");

        assertEquals(List.of("INSERT INTO letters (body) VALUES ('a')"), analysed.sql());
    }

    @Test
    void readsAClassThatIsGivenTheDatabase() {
        Analysed analysed = with(
                "Store",
                "DurableObject",
                "store = new Store(this.ctx.storage.sql);",
                "export class Store { constructor(private sql: SqlStorage) {} all() { return this.sql.exec(\"SELECT a FROM t\"); } }");
        assertEquals(List.of("SELECT a FROM t"), analysed.sql());
        assertEquals("src/other.ts", analysed.statement(0).file());
        assertTrue(analysed.statement(0).call().isEmpty());
    }

    @Test
    void readsWhatABaseClassRuns() {
        Analysed analysed = with("Base", "Base", "read() { return this.all(\"SELECT a FROM t\"); }", """
                import { DurableObject } from "cloudflare:workers";
                export abstract class Base extends DurableObject {
                  db = this.ctx.storage.sql;
                  all(query: string) { return this.db.exec(query).toArray(); }
                  start() { this.db.exec("DELETE FROM t"); }
                }
                """);
        assertEquals(List.of("SELECT a FROM t", "DELETE FROM t"), analysed.sql());
    }

    @Test
    void readsAnArrayOfObjectsThatAWrapperRuns() {
        Analysed analysed = Analysed.room("", """
                read() { this.query([{ sql: "SELECT a FROM t WHERE b = ?", params: [this.b] }]); }
                query(items: Query[]) {
                  const queries = items.map((item) => { const { sql, params } = item; return { sql, params }; });
                  for (const query of queries) this.run(query.sql, query.params);
                }
                run(sql: string, params: unknown[]) { return this.ctx.storage.sql.exec(sql, ...params); }
                """);
        assertEquals(List.of("SELECT a FROM t WHERE b = ?"), analysed.sql());
        assertEquals(List.of("this.b"), analysed.statement(0).arguments());
    }

    @Test
    void readsAListOfMigrationsThatIsHandedOver() {
        Analysed analysed =
                with("migrate, MIGRATIONS", "DurableObject", "up() { migrate(this.ctx.storage, MIGRATIONS); }", """
                export const MIGRATIONS = [{ name: "1", sql: "CREATE TABLE t (a)" }, { name: "2", sql: wrap(`CREATE TABLE u (b)`) }];
                function wrap(text: string) { return "BEGIN;" + text + ";COMMIT;"; }
                export function migrate(storage, list) {
                  for (const each of list) storage.sql.exec(each.sql.trim());
                }
                """);
        assertEquals(List.of("CREATE TABLE t (a)", "CREATE TABLE u (b)"), analysed.sql());
    }

    @Test
    void readsASqlFileThatIsImportedAsText() {
        Analysed analysed =
                Analysed.worker("src/index.ts", """
                import { DurableObject } from "cloudflare:workers";
                import schema from "./schema.sql";
                export class Room extends DurableObject { up() { this.ctx.storage.sql.exec(schema); } }
                """, "src/schema.sql", "CREATE TABLE t (a);\nCREATE TABLE u (b);");
        assertEquals(List.of("CREATE TABLE t (a)", "CREATE TABLE u (b)"), analysed.sql());
        assertEquals("src/schema.sql", analysed.statement(1).file());
    }

    @Test
    void readsEachTextThatAConditionGives() {
        Analysed analysed = Analysed.room("", """
                read(kind?: string) {
                  let query = "SELECT a FROM t WHERE b = 1";
                  if (kind) query += " AND kind = ?";
                  this.ctx.storage.sql.exec(query);
                }
                """);
        assertEquals(
                List.of("SELECT a FROM t WHERE b = 1", "SELECT a FROM t WHERE b = 1 AND kind = ?"), analysed.sql());
    }

    @Test
    void takesAValueInTheTextForAParameter() {
        Analysed analysed = Analysed.room(
                "",
                "read(ids) { this.ctx.storage.sql.exec(`SELECT a FROM t WHERE id IN (${marks}) LIMIT ${most}`, ...ids); }");
        assertEquals(List.of("SELECT a FROM t WHERE id IN (?) LIMIT ?"), analysed.sql());
    }

    @Test
    void doesNotTakeAnotherDatabaseForTheObjectsOwn() {
        Analysed analysed = Analysed.room(
                "", "read() { this.env.DB.prepare(\"SELECT a FROM t\").all(); this.env.DB.exec(\"DELETE FROM t\"); }");
        assertEquals(List.of(), analysed.sql());
        assertEquals(Set.of(), analysed.only().storage());
    }

    @Test
    void readsADrizzleSchemaAndItsQueries() {
        Analysed analysed = Analysed.worker("src/index.ts", """
                import { DurableObject } from "cloudflare:workers";
                import { drizzle } from "drizzle-orm/durable-sqlite";
                import { and, desc, eq, lt } from "drizzle-orm";
                import * as schema from "./schema";
                export class Room extends DurableObject {
                  db = drizzle(this.ctx.storage, { schema });
                  async read(room: string) {
                    return this.db.select().from(schema.notes).where(and(eq(schema.notes.roomId, room), lt(schema.notes.at, 5)))
                      .orderBy(desc(schema.notes.at)).limit(10);
                  }
                  write() { return this.db.insert(schema.notes).values({ roomId: "x", at: new Date() }).onConflictDoNothing(); }
                  first() { return this.db.query.notes.findFirst({ where: (notes, { eq }) => eq(notes.id, 3) }); }
                }
                """, "src/schema.ts", """
                import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
                export const notes = sqliteTable("notes", {
                  id: integer().primaryKey({ autoIncrement: true }),
                  roomId: text("room_id").notNull(),
                  at: integer("at", { mode: "timestamp_ms" }),
                }, (table) => [index("notes_room").on(table.roomId)]);
                """);
        assertEquals(
                List.of(
                        "CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY AUTOINCREMENT, room_id TEXT NOT NULL, at INTEGER)",
                        "CREATE INDEX IF NOT EXISTS notes_room ON notes(room_id)",
                        "SELECT * FROM notes WHERE (notes.room_id = ? AND notes.at < ?) ORDER BY notes.at DESC LIMIT ?",
                        "INSERT INTO notes (room_id, at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                        "SELECT * FROM notes WHERE notes.id = ? LIMIT 1"),
                analysed.sql());
        assertEquals(Growth.UNBOUNDED, analysed.table("notes").growth());
        assertEquals("at", analysed.table("notes").timestamp().orElseThrow().column());
        assertEquals(Set.of(Storage.SQL), analysed.only().storage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"name\": \"@acme/kit\", \"private\": true, \"version\": \"2.1.0\" }",
                "{ \"name\": \"@acme/kit\", \"version\": \"0.0.0\", \"exports\": { \".\": \"./dist/index.js\" } }",
                "{ \"name\": \"@acme/kit\" }",
            })
    void followsAPackageOfTheWorkspaceThatNobodyPublishes(String manifest) {
        Analysed analysed = inWorkspace(manifest);
        assertEquals(List.of("SELECT at FROM visits", "INSERT INTO visits (at) VALUES (?)"), analysed.sql());
        assertEquals(List.of(), analysed.only().doubts());
    }

    @Test
    void takesAPublishedPackageOfTheWorkspaceForALibrary() {
        Analysed analysed = inWorkspace("{ \"name\": \"@acme/kit\", \"version\": \"1.4.0\" }");
        assertEquals(List.of(), analysed.sql());
        assertEquals(1, analysed.only().doubts().size());
    }

    @Test
    void takesAPartOfAPublishedPackageForALibrary() {
        Analysed analysed = inWorkspace(
                "{ \"name\": \"@acme/kit\", \"private\": true }", "{ \"name\": \"acme\", \"version\": \"1.4.0\" }");
        assertEquals(List.of(), analysed.sql());
    }

    private static Analysed inWorkspace(String manifest) {
        return inWorkspace(manifest, "{ \"name\": \"chat\", \"workspaces\": [\"packages/*\"] }");
    }

    private static Analysed inWorkspace(String manifest, String root) {
        return Analysed.worker(
                "src/index.ts",
                """
                import { Visited } from "@acme/kit";
                import { VisitLog } from "@acme/kit";
                export class Room extends Visited {
                  private log = new VisitLog(this.ctx.storage.sql);
                  run(at: number) { this.log.add(at); }
                }
                """,
                "packages/kit/package.json",
                manifest,
                "packages/kit/src/index.ts",
                """
                import { DurableObject } from "cloudflare:workers";
                export class VisitLog {
                  constructor(private readonly sql: SqlStorage) {}
                  add(at: number) { this.sql.exec("INSERT INTO visits (at) VALUES (?)", at); }
                }
                export abstract class Visited extends DurableObject {
                  all() { return this.ctx.storage.sql.exec("SELECT at FROM visits").toArray(); }
                }
                """,
                "package.json",
                root);
    }
}
