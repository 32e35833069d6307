package dev.dopi.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.Mutation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever the code is, an analysis comes to its end and says what it found; see {@link Mutation} for longer runs. */
final class HostileCodeTest {

    private static final List<String> SOURCES = List.of(
            """
            import { DurableObject } from "cloudflare:workers";
            export { Other as Room2 } from "./other";
            export * from "./other";
            export class Room extends DurableObject<Env> {
              #sql = this.ctx.storage.sql;
              constructor(ctx: DurableObjectState, env: Env) {
                super(ctx, env);
                this.#sql.exec(`CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, room TEXT, sent_at INTEGER)`);
                for (const ddl of ["CREATE INDEX a ON messages (room)", `CREATE TABLE ${NAME} (a)`]) this.#sql.exec(ddl);
              }
              add(room: string) { this.#sql.exec("INSERT INTO messages (room, sent_at) VALUES (?, ?)", room, Date.now()); }
              list = (room: string) => this.#sql.exec<Row>(`SELECT * FROM messages WHERE ${"room"} = ?` + " LIMIT 5", room).toArray();
              async alarm() { if (await this.ctx.storage.getAlarm() === null) await this.ctx.storage.setAlarm(Date.now() + 5); }
            }
            """,
            """
            import { Room } from "./index";
            const SQL = { read: 'SELECT a FROM t', write: "INSERT INTO t VALUES (?)" } as const;
            export class Other extends Room { m() { const { sql } = this.ctx.storage; sql.exec(SQL.read); [1].map(() => sql.exec(SQL["write"], 2)); } }
            """,
            "export default class extends Room { static A = `${Room.A}`; webSocketMessage(ws) { ws.accept(); setTimeout(() => {}, 1); } }");

    @Test
    void analysesAnyCode() {
        var mutation = new Mutation(SOURCES);
        for (int i = 0; i < Mutation.CASES; i++) {
            String entry = mutation.next();
            String other = mutation.next();
            try {
                Analysed.worker("src/index.ts", entry, "src/other.ts", other);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("case " + i + ":\n" + entry + "\n--- other.ts\n" + other, e);
            }
        }
    }

    @Test
    void endsOnImportsAndBasesThatGoInCircles() {
        Analysed analysed = Analysed.worker(
                "src/index.ts",
                "export * from './a'; export * from './index'; export { Room } from './a';",
                "src/a.ts",
                "import { B } from './b'; export * from './b'; export class Room extends B {}",
                "src/b.ts",
                "import { Room } from './a'; export * from './a'; export class B extends Room { x = X; } export const X = Y, Y = X;");

        assertEquals(
                List.of("Room"),
                analysed.classes().stream().map(each -> each.exportedAs()).toList());
    }

    @Test
    void takesNestingDeeperThanTheStack() {
        int depth = 5_000;
        String body = "m() { return " + "(".repeat(depth) + "this.ctx.storage.sql.exec('SELECT 1')" + ")".repeat(depth)
                + "; }"
                + "n() { this.ctx.storage.sql.exec(" + "'a' + ".repeat(depth) + "'b'); }"
                + "o() { " + "if (a) { ".repeat(depth) + "this.ctx.storage.setAlarm(1);" + "}".repeat(depth) + " }";

        assertEquals("Room", Analysed.room("", body).only().className());
    }

    @Test
    void followsALongChainOfFiles() {
        int length = 2_000;
        var files = new ArrayList<String>();
        for (int i = 0; i < length; i++) {
            files.add("src/m" + i + ".ts");
            files.add("export { Room } from './m" + (i + 1) + "';");
        }
        files.add("src/m" + length + ".ts");
        files.add("export class Room extends DurableObject {}");

        assertTrue(Analysed.worker(files.toArray(String[]::new)).classes().size() <= 1);
    }
}
