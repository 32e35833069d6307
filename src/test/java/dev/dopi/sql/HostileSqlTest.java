package dev.dopi.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.dopi.Mutation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HostileSqlTest {

    private static final int CASES = Math.max(3_000, Mutation.CASES);

    /** A guard against a hang, not a measure of speed. */
    private static final Duration NEVER = Duration.ofSeconds(20);

    static Stream<String> statements() {
        return Stream.of(
                "ATTACH 'FILE' AS x",
                "VACUUM INTO 'FILE'",
                "VACUUM",
                "PRAGMA temp_store_directory = 'FILE'",
                "PRAGMA writable_schema = ON",
                "PRAGMA journal_mode = WAL",
                "SELECT load_extension('FILE')",
                "SELECT readfile('FILE')",
                "SELECT writefile('FILE', 'x')",
                "CREATE TABLE x AS SELECT load_extension('FILE')",
                "CREATE TABLE x AS SELECT writefile('FILE', 1)",
                "CREATE TABLE x AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r",
                "CREATE TABLE x AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r) SELECT count(*) FROM r",
                "CREATE TABLE x AS SELECT zeroblob(1000000000)",
                "CREATE VIRTUAL TABLE x USING csv(filename='FILE')",
                "CREATE VIRTUAL TABLE x USING zipfile('FILE')",
                "backup to 'FILE'",
                "restore from 'FILE'",
                "CREATE TABLE \0 x(a)",
                "CREATE TABLE x\0(a)",
                "CREATE TABLE x\uD800(a)",
                "SELECT '\uDC00'",
                "CREATE TABLE x(a DEFAULT '" + "y".repeat(1 << 20) + "')",
                "SELECT '" + "y".repeat(1 << 20) + "'",
                "SELECT " + "(".repeat(10_000) + "1" + ")".repeat(10_000),
                "CREATE TABLE x(a CHECK (" + "(".repeat(10_000) + "1" + ")".repeat(10_000) + "))",
                "SELECT 1" + " + 1".repeat(5_000),
                "SELECT 1" + " UNION SELECT 1".repeat(5_000),
                "CREATE TABLE x AS SELECT " + "instr(printf('%.*c', 9000, 'a'), 'b'),".repeat(300) + "1",
                "UPDATE sqlite_schema SET sql = 'x'",
                "DELETE FROM sqlite_schema",
                "BEGIN EXCLUSIVE",
                ";".repeat(100_000),
                "(".repeat(90_000),
                "",
                "\uFFFF");
    }

    @ParameterizedTest
    @MethodSource("statements")
    void refusesAndTouchesNoFile(String template) {
        assertTimeoutPreemptively(NEVER, () -> {
            Path folder = Files.createTempDirectory("dopi-hostile");
            String statement =
                    template.replace("FILE", folder.resolve("made.db").toString());
            try (var database = ScratchDatabase.of(List.of(statement))) {
                assertEquals(1, database.refusals().size());
                assertFalse(database.refusals().getFirst().reason().isBlank());
                assertInstanceOf(PlanResult.Refused.class, database.plan(statement));
                assertEquals(List.of(), database.tables());
            }
            var run = Rehearsal.run(List.of("CREATE TABLE t(a)"), List.of(statement), List.of(statement));
            assertEquals(
                    List.of(),
                    run.runs().stream()
                            .filter(step -> step.statement().equals(statement))
                            .filter(step -> step.outcome() instanceof RehearsalResult.Outcome.Ran)
                            .toList());
            try (var files = Files.list(folder)) {
                assertEquals(0, files.count());
            }
            Files.delete(folder);
        });
    }

    /** Views that double at each level kept SQLite busy for 18 s while it prepared one SELECT. */
    @Test
    void refusesViewsThatDouble() {
        var statements = new ArrayList<>(List.of("CREATE TABLE t(a)", "CREATE VIEW v0 AS SELECT a FROM t"));
        for (int i = 1; i < 16; i++) {
            statements.add("CREATE VIEW v%d AS SELECT x.a FROM v%d x, v%d y".formatted(i, i - 1, i - 1));
        }
        assertTimeoutPreemptively(NEVER, () -> {
            try (var database = ScratchDatabase.of(statements)) {
                assertFalse(database.refusals().isEmpty());
                for (int i = 0; i < 16; i++) {
                    database.plan("SELECT * FROM v" + i);
                }
            }
        });
    }

    @Test
    void refusesWithTablesThatDouble() {
        var sql = new StringBuilder("WITH c0 AS (SELECT 1 AS a)");
        for (int i = 1; i < 16; i++) {
            sql.append(", c%d(a) AS NOT MATERIALIZED (SELECT x.a FROM c%d x, c%d y)".formatted(i, i - 1, i - 1));
        }
        String query = sql.append(" SELECT * FROM c15").toString();
        assertTimeoutPreemptively(NEVER, () -> {
            try (var database = ScratchDatabase.of(List.of())) {
                assertInstanceOf(PlanResult.Refused.class, database.plan(query));
            }
        });
    }

    @Test
    void stopsAnInsertThatNeverEnds() {
        String endless =
                "INSERT INTO t WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r";
        assertTimeoutPreemptively(NEVER, () -> {
            RehearsalResult result = Rehearsal.run(List.of("CREATE TABLE t(a)"), List.of(endless), List.of());
            assertEquals(
                    List.of(new RehearsalResult.Outcome.Failed("it ran longer than the time it was given")),
                    result.failures().stream().map(RehearsalResult.Run::outcome).toList());
        });
    }

    /** Whatever it is given, SQLite answers: with a plan, or with a reason. */
    @Test
    void takesAnyText(@TempDir Path folder) {
        var random = new Random(3 + Mutation.SEED);
        assertTimeoutPreemptively(Duration.ofSeconds(60).multipliedBy(1 + CASES / 1_000), () -> {
            try (var database = ScratchDatabase.of(List.of("CREATE TABLE t(a, b)"))) {
                for (int i = 0; i < CASES; i++) {
                    String text = RandomSql.next(random);
                    database.plan(text);
                    database.plan("SELECT " + text);
                    IndexAdvisor.advise(database, List.of("SELECT * FROM t WHERE a " + text));
                }
                var statements = new ArrayList<String>();
                for (int i = 0; i < 2_000; i++) {
                    statements.add("CREATE TABLE " + RandomSql.next(random));
                    statements.add(RandomSql.next(random));
                }
                ScratchDatabase.of(statements).close();
            }
        });
    }
}
