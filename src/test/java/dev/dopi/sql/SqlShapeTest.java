package dev.dopi.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.Mutation;
import dev.dopi.source.Span;
import dev.dopi.sql.SqlShape.Insert;
import dev.dopi.sql.SqlShape.Parameter;
import dev.dopi.sql.SqlShape.Source;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlShapeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 | SELECT | NONE | - | -",
                "VALUES (1) | SELECT | NONE | - | -",
                "/* a */ with x(a) as (select 1) select * from x | SELECT | NONE | - | -",
                "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x | INSERT | NONE | t | -",
                "INSERT OR REPLACE INTO main.t(a) VALUES (1) | INSERT | NONE | t | -",
                "REPLACE INTO \"my t\" VALUES (1) | INSERT | NONE | my t | -",
                "UPDATE OR IGNORE [t] SET a=1 | UPDATE | NONE | t | -",
                "DELETE FROM t WHERE a=1 | DELETE | NONE | t | -",
                "CREATE TABLE IF NOT EXISTS t(a) | DDL | CREATE_TABLE | t | -",
                "create table t as select 1 | DDL | CREATE_TABLE_AS | t | -",
                "CREATE UNIQUE INDEX i ON t(a) | DDL | CREATE_INDEX | t | i",
                "CREATE VIRTUAL TABLE t USING fts5(a) | DDL | CREATE_VIRTUAL_TABLE | t | -",
                "CREATE VIEW v AS SELECT 1 | DDL | CREATE_VIEW | - | v",
                "CREATE TRIGGER g AFTER UPDATE OF a ON t BEGIN SELECT 1; END | DDL | CREATE_TRIGGER | t | g",
                "ALTER TABLE t ADD COLUMN a INTEGER | DDL | ALTER_TABLE | t | -",
                "DROP TABLE IF EXISTS t | DDL | DROP_TABLE | t | -",
                "DROP INDEX i | DDL | DROP_INDEX | - | i",
                "PRAGMA table_info(t) | OTHER | NONE | - | -",
                "EXPLAIN SELECT 1 | OTHER | NONE | - | -",
            })
    void knowsWhatAStatementDoes(String sql, SqlShape.Kind kind, SqlShape.Form form, String target, String object) {
        SqlShape shape = SqlShape.of(sql);
        assertEquals(kind, shape.kind());
        assertEquals(form, shape.form());
        assertEquals(target, shape.target().orElse("-"));
        assertEquals(object, shape.object().orElse("-"));
    }

    @Test
    void readsTheIfNotExistsAndTheAddedColumn() {
        assertTrue(SqlShape.of("CREATE INDEX IF NOT EXISTS i ON t(a)").ifNotExists());
        assertFalse(SqlShape.of("CREATE INDEX i ON t(a)").ifNotExists());
        assertEquals(
                Optional.of("expires_at"),
                SqlShape.of("ALTER TABLE t ADD expires_at INTEGER").addedColumn());
        assertEquals(Optional.empty(), SqlShape.of("ALTER TABLE t RENAME TO u").addedColumn());
    }

    @Test
    void readsTheSpansOfAnInsert() {
        String sql =
                "INSERT OR IGNORE INTO t (id, \"the body\") VALUES (?, json(?, 'a,)')), ( 3 , x ) ON CONFLICT(id) DO"
                        + " NOTHING RETURNING id";
        Insert insert = SqlShape.of(sql).insert().orElseThrow();
        assertEquals(Optional.of("IGNORE"), insert.conflict());
        assertEquals(
                List.of("id", "the body"),
                insert.columns().stream().map(SqlShape.NamedSpan::name).toList());
        assertEquals("\"the body\"", text(sql, insert.columns().get(1).span()));
        assertEquals(sql.indexOf(')'), insert.columnsClose().orElseThrow().start());
        assertEquals(Source.ROWS, insert.source());
        assertEquals(
                List.of("?", "json(?, 'a,)')"),
                insert.rows().get(0).values().stream()
                        .map(span -> text(sql, span))
                        .toList());
        assertEquals(
                List.of("3", "x"),
                insert.rows().get(1).values().stream()
                        .map(span -> text(sql, span))
                        .toList());
        assertEquals(")", text(sql, insert.rows().get(1).close()));
        assertTrue(insert.upsert());
        assertTrue(insert.returning());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO t VALUES (1) | ONE_ROW",
                "INSERT INTO t SELECT 1 | SELECT",
                "INSERT INTO t(a) WITH x AS (SELECT 1) SELECT * FROM x | SELECT",
                "INSERT INTO t DEFAULT VALUES | DEFAULT_VALUES",
                "INSERT INTO t VALUES (1, | UNKNOWN",
                "INSERT INTO t | UNKNOWN",
            })
    void knowsWhereTheValuesComeFrom(String sql, Source source) {
        assertEquals(source, SqlShape.of(sql).insert().orElseThrow().source());
    }

    @Test
    void numbersParametersAsSqliteDoes() {
        String sql = "SELECT ?, ?5, ?, :a, '?', @b, :a -- ?";
        assertEquals(
                List.of(1, 5, 6, 7, 8, 7),
                SqlShape.of(sql).parameters().stream().map(Parameter::ordinal).toList());
        assertEquals(
                List.of(true, false, true, false, false, false),
                SqlShape.of(sql).parameters().stream()
                        .map(Parameter::positional)
                        .toList());
        assertEquals("?5", text(sql, SqlShape.of(sql).parameters().get(1).span()));
    }

    @Test
    void listsTheNamesThatAreMentioned() {
        assertEquals(
                Set.of("user_id", "messages", "m", "the key", "max", "ts"),
                SqlShape.of("SELECT max(ts) FROM Messages m WHERE m.USER_ID = 'x' AND \"the key\" = 1")
                        .names());
    }

    @Test
    void takesAnyText() {
        var random = new Random(98 + Mutation.SEED);
        for (int i = 0; i < Math.max(10_000, Mutation.CASES); i++) {
            String sql = RandomSql.next(random);
            SqlShape shape = SqlShape.of(sql);
            shape.insert().stream().flatMap(insert -> insert.rows().stream()).forEach(row -> row.values()
                    .forEach(span -> assertFalse(text(sql, span).isEmpty())));
        }
    }

    private static String text(String sql, Span span) {
        return sql.substring(span.start(), span.end());
    }
}
