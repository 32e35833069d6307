package dev.dopi.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes in which code writes its SQL. */
final class SqlExtractionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read() { this.ctx.storage.sql.exec(\"SELECT a FROM t\"); }",
                "read() { this.ctx.storage.sql.exec('SELECT a FROM t'); }",
                "read() { this.ctx.storage.sql.exec(`SELECT a FROM t`); }",
                "read() { const { sql } = this.ctx.storage; sql.exec(\"SELECT a FROM t\"); }",
                "read() { const sql = this.ctx.storage.sql; sql.exec(\"SELECT a FROM t\"); }",
                "read() { const storage = this.ctx.storage; storage.sql.exec((\"SELECT a FROM t\" as string)); }",
                "sql = this.ctx.storage.sql;\nread() { this.sql.exec(\"SELECT a \" + \"FROM t\"); }",
                "#sql = this.ctx.storage.sql;\nread() { this.#sql.exec(`SELECT a ${\"FROM\"} t`); }",
                "read() { const query = \"SELECT a FROM t\"; this.ctx.storage.sql.exec(query); }",
                "static readonly READ = \"SELECT a FROM t\";\nread() { this.ctx.storage.sql.exec(Room.READ); }",
                "read() { this.run(\"SELECT a FROM t\"); }\nrun(query: string) { return this.ctx.storage.sql.exec(query).toArray(); }",
                "read() { for (const query of [\"SELECT a FROM t\"]) this.ctx.storage.sql.exec(query); }",
                "read() { [\"SELECT a FROM t\"].forEach((query) => this.ctx.storage.sql.exec(query)); }",
                "read() { this.ctx.storage.sql.exec([\"SELECT a\", \"FROM t\"].join(\" \")); }",
                "read() { this.ctx.storage.sql.exec(`\n  SELECT a FROM t\n`.trim()); }",
            })
    void readsAStatement(String body) {
        assertEquals(
                List.of("SELECT a FROM t"),
                Analysed.room("", body).sql().stream().map(String::strip).toList());
    }

    @Test
    void readsConstantsOfOtherModules() {
        Analysed analysed = Analysed.worker(
                "src/index.ts",
                """
                import { DurableObject } from "cloudflare:workers";
                import { TABLE as NAME, queries } from "./names";
                export class Room extends DurableObject {
                  read() {
                    this.ctx.storage.sql.exec(`SELECT a FROM ${NAME} WHERE b = ?`, 1);
                    this.ctx.storage.sql.exec(queries);
                  }
                }
                """,
                "src/names.ts",
                "export const TABLE = \"notes\";\nexport const queries = [`DELETE FROM ${TABLE}`, \"VACUUM\"];");
        assertEquals(List.of("SELECT a FROM notes WHERE b = ?", "DELETE FROM notes", "VACUUM"), analysed.sql());
        assertEquals(List.of("1"), analysed.statement(0).arguments());
        assertEquals("src/names.ts", analysed.statement(1).file());
    }

    @Test
    void saysWhatItDoesNotKnow() {
        Analysed analysed = Analysed.room("", """
                read(table: string, query: string) {
                  this.ctx.storage.sql.exec(`SELECT a FROM ${table}`);
                  this.ctx.storage.sql.exec("SELECT a FROM " + table);
                  this.ctx.storage.sql.exec(build());
                }
                """);
        List<String> sql = analysed.sql();
        assertEquals("SELECT a FROM ? [it interpolates table]", sql.get(0));
        assertEquals("SELECT a FROM ? [it appends table]", sql.get(1));
        assertTrue(sql.get(2).contains("it is made by the call build"), sql.get(2));
    }

    @Test
    void doesNotTakeTheFirstElementsOfAListForAll() {
        Analysed analysed = Analysed.room("", """
                read(author: string) {
                  const conditions: string[] = [];
                  if (author) conditions.push("author = ?1");
                  this.ctx.storage.sql.exec(`SELECT a FROM notes WHERE ${conditions.join(" AND ")}`, author);
                }
                """);
        assertTrue(analysed.statement(0).dynamic().isPresent(), analysed.sql().toString());
    }

    @Test
    void splitsScriptsAndGivesBindingsToTheLast() {
        Analysed analysed = Analysed.room("""
                ctx.storage.sql.exec("CREATE TABLE t(a); -- one; two\\nINSERT INTO t (a) VALUES (?)", "x;y");""", "");
        assertEquals(2, analysed.sql().size());
        assertEquals(List.of(), analysed.statement(0).arguments());
        assertEquals(List.of("\"x;y\""), analysed.statement(1).arguments());
    }

    @Test
    void readsTheTagOfAFramework() {
        Analysed analysed = Analysed.worker("src/index.ts", """
                import { Agent } from "agents";
                export class Room extends Agent<Env> {
                  read(id: string) { return this.sql`SELECT a FROM t WHERE id = ${id} AND b = ${1 + 2}`; }
                }
                """);
        assertEquals(List.of("SELECT a FROM t WHERE id = ? AND b = ?"), analysed.sql());
        assertEquals(List.of("id", "1 + 2"), analysed.statement(0).arguments());
    }

    @Test
    void leavesOtherDatabasesAlone() {
        assertEquals(
                List.of(),
                Analysed.room("", "read() { this.env.DB.exec(\"SELECT a FROM t\"); /x/.exec(\"SELECT\"); }")
                        .sql());
    }

    @Test
    void countsLinesOfTheText() {
        Analysed analysed =
                Analysed.room("", "read() {\n\n    this.ctx.storage.sql.exec(\n      \"SELECT a FROM t\");\n  }");
        assertEquals(10, analysed.statement(0).line());
    }
}
