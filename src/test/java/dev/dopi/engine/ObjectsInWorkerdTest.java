package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.analysis.Analyzer;
import dev.dopi.edit.FileChange;
import dev.dopi.engine.CheckPart.Verdict;
import dev.dopi.engine.CheckResult.Outcome;
import dev.dopi.process.Command;
import dev.dopi.project.Project;
import dev.dopi.workerd.NodeModules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proof about objects with real workerd: faults that real code has had are put into a sound class, one each. */
@Tag("workerd")
@Timeout(600)
final class ObjectsInWorkerdTest {

    private static final String SETUP = "CREATE TABLE IF NOT EXISTS hits(id INTEGER PRIMARY KEY, who TEXT NOT NULL)";

    private static final String OLD = """
            import { DurableObject } from "cloudflare:workers";

            export class Counter extends DurableObject {
              constructor(ctx, env) {
                super(ctx, env);
                ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS hits(id INTEGER PRIMARY KEY, who TEXT NOT NULL)");
              }

              hit(who) {
                this.ctx.storage.sql.exec("INSERT INTO hits (who) VALUES (?)", who);
              }

              hitsOf(who) {
                return this.ctx.storage.sql.exec("SELECT COUNT(*) AS n FROM hits WHERE who = ?", who).one().n;
              }

              total() {
                return this.ctx.storage.sql.exec("SELECT COUNT(*) AS n FROM hits").one().n;
              }
            }

            export default { fetch: () => new Response("hello") };
            """;

    private static final String ALARM = "  alarm() {}\n\n  hit(who) {";

    private final Folder folder;
    private final Path logs;

    ObjectsInWorkerdTest(@TempDir Path temporary) throws IOException {
        // Where node looks upwards from here, it finds the packages.
        Path project = NodeModules.CURRENT.project(
                "objects-" + temporary.getFileName(), Files.createDirectory(temporary.resolve("empty")));
        folder = new Folder(project.toRealPath(), temporary.resolve("state"))
                .with("package.json", "{\"type\":\"module\",\"devDependencies\":{\"wrangler\":\"4\"}}")
                .with("wrangler.jsonc", """
                        {"name":"counter","main":"src/index.js","compatibility_date":"2026-10-15",
                         "durable_objects":{"bindings":[{"name":"COUNTER","class_name":"Counter"}]},
                         "migrations":[{"tag":"v1","new_sqlite_classes":["Counter"]}]}
                        """)
                .with("src/index.js", OLD);
        logs = temporary.resolve("logs");
    }

    @Test
    void passesARightChangeAndMeasuresTheIndex() throws Exception {
        change(edited(SETUP + "\");", SETUP + "; CREATE INDEX IF NOT EXISTS hits_who ON hits(who)\");"));
        CheckResult result = run();
        assertEquals(Outcome.PASSED, result.outcome(), () -> told(result));
        assertTrue(
                result.parts().stream()
                        .anyMatch(part -> part.name().equals("another plan of a query")
                                && part.detail()
                                        .contains("SCAN hits is now SEARCH hits USING COVERING INDEX hits_who")),
                () -> told(result));
        assertTrue(passed(result).contains("rolled back, an object made by the new code"), () -> told(result));
        assertEquals(Set.of(), leftRunning());
    }

    @Test
    void measuresTheIndexOfATableThatTheClassMakesOnlyLater() throws Exception {
        String setUp = "    %sctx.storage.sql.exec(\"" + SETUP + "\");\n";
        String later =
                edited(setUp.formatted(""), "").replace("  hit(who) {\n", "  hit(who) {\n" + setUp.formatted("this."));
        folder.with("src/index.js", later);
        change(later.replace(SETUP, SETUP + "; CREATE INDEX IF NOT EXISTS hits_who ON hits(who)"));
        CheckResult result = run();
        assertEquals(Outcome.PASSED, result.outcome(), () -> told(result));
        List<String> details = result.parts().stream().map(CheckPart::detail).toList();
        assertTrue(
                details.stream()
                        .anyMatch(detail -> detail.contains("SCAN hits is now SEARCH hits USING COVERING INDEX")),
                () -> told(result));
        assertTrue(
                details.stream()
                        .anyMatch(detail -> detail.contains("the class makes hits only later, so the proof made it")),
                () -> told(result));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `who TEXT NOT NULL)");` | `who TEXT NOT NULL, at INTEGER NOT NULL); CREATE INDEX IF NOT EXISTS i ON hits(at)");` | an object made by the old code | no such column: at
            `who TEXT NOT NULL)");` | `who TEXT NOT NULL)"); ctx.storage.sql.exec("DELETE FROM hits WHERE id < 9");` | an object made by the old code | rows are gone
            `who TEXT NOT NULL)");` | `who TEXT NOT NULL)"); ctx.storage.sql.exec("ALTER TABLE hits ADD COLUMN at INTEGER");` | after an end of the instance | duplicate column name
            `who TEXT NOT NULL)");` | `who TEXT NOT NULL)"); ctx.storage.sql.exec("PRAGMA user_version = 2");` | a fresh object | not authorized
            `total() {`             | `total() { throw new Error("no total any more");` | requests | no total any more
            `hit(who) {`            | `hit(who) { if (who === "dopi") throw new Error("no hit any more");` | requests | hit("dopi") throws no hit any more; not so with the old code
            """)
    void catchesAFault(String from, String to, String part, String told) throws Exception {
        change(edited(from, to));
        CheckResult result = run();
        assertEquals(Outcome.FAILED, result.outcome(), () -> told(result));
        CheckPart failed = result.brokenParts()
                .filter(each -> each.name().equals(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError(told(result)));
        assertTrue(failed.detail().contains(told), failed.detail());
        assertEquals("ttl-cleanup", blame(result));
    }

    @Test
    void catchesAnAlarmThatEachStartPutsOff() throws Exception {
        change(edited("who TEXT NOT NULL)\");", "who TEXT NOT NULL)\"); ctx.storage.setAlarm(Date.now() + 3_600_000);")
                .replace("  hit(who) {", ALARM));
        CheckResult result = run();
        assertEquals(
                List.of("the alarm before and after a wake", "an alarm that wakes the object"),
                result.brokenParts().map(CheckPart::name).toList(),
                () -> told(result));
    }

    @Test
    void whatTheOldCodeDoesWrongIsNotBlamedOnTheChange() throws Exception {
        folder.with(
                "src/index.js",
                edited("who TEXT NOT NULL)\");", "who TEXT NOT NULL)\"); ctx.storage.setAlarm(Date.now() + 3_600_000);")
                        .replace("  hit(who) {", ALARM));
        change(folder.text("src/index.js") + "// A comment more.\n");
        CheckResult result = run();
        assertEquals(Outcome.FAILED_BEFORE, result.outcome(), () -> told(result));
        assertEquals(
                2,
                result.parts().stream()
                        .filter(part -> part.verdict() == Verdict.FAILED_BEFORE)
                        .count());
    }

    /** As where a secret is missing that the constructor needs. */
    @Test
    void anObjectThatDidNotStartBeforeEitherBlamesNoPattern() throws Exception {
        folder.with(
                "src/index.js",
                edited(
                        "who TEXT NOT NULL)\");",
                        "who TEXT NOT NULL)\"); if (!env.API_KEY) throw new Error(\"no key\");"));
        change(folder.text("src/index.js") + "// A comment more.\n");
        CheckResult result = run();
        assertEquals(Outcome.FAILED_BEFORE, result.outcome(), () -> told(result));
        assertTrue(result.reason().contains("the old code does not start either: no key"), result.reason());
    }

    @Test
    void makesUpRowsThatAClassCanReadWhenItStarts() throws Exception {
        folder.with(
                "src/index.js",
                edited("total() {", """
                        static load(sql) {
                            sql.exec("CREATE TABLE IF NOT EXISTS visits(id INTEGER PRIMARY KEY, hit INTEGER NOT NULL REFERENCES hits(id), headers TEXT NOT NULL)");
                            for (const row of sql.exec("SELECT headers FROM visits")) for (const one of JSON.parse(row.headers)) one.trim();
                          }

                          total() {""")
                        .replace("who TEXT NOT NULL)\");", "who TEXT NOT NULL)\"); Counter.load(ctx.storage.sql);"));
        change(folder.text("src/index.js") + "// A comment more.\n");
        CheckResult result = run();
        assertEquals(Outcome.PASSED, result.outcome(), () -> told(result));
        assertTrue(
                result.parts().stream().anyMatch(part -> part.detail().equals("it answers, 401 rows in 2 tables kept")),
                () -> told(result));
    }

    /** What a method does may hang on what its object knew when it woke. */
    @Test
    void callsTheMethodsOfBothSidesOnObjectsThatWokeWithRows() throws Exception {
        folder.with(
                "src/index.js",
                edited("total() {", """
                        first() {
                            return this.any ? JSON.parse(this.ctx.storage.sql.exec("SELECT who FROM hits").toArray()[0].who) : [];
                          }

                          total() {""")
                        .replace(
                                "who TEXT NOT NULL)\");",
                                "who TEXT NOT NULL)\"); this.any = ctx.storage.sql.exec(\"SELECT id FROM hits\").toArray().length > 0;"));
        change(folder.text("src/index.js") + "// A comment more.\n");
        CheckResult result = run();
        assertEquals(Outcome.PASSED, result.outcome(), () -> told(result));
        assertTrue(
                result.parts().stream().anyMatch(part -> part.detail().contains("first() throws, as before")),
                () -> told(result));
    }

    @Test
    void whatTheNewCodeKeepsForItselfMayGo() throws Exception {
        change(edited("who TEXT NOT NULL)\");", """
            who TEXT NOT NULL)");
                ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS jobs(id INTEGER PRIMARY KEY, what TEXT)");
                ctx.storage.sql.exec("DELETE FROM jobs");\
            """)
                .replace(
                        "  total() {",
                        "  later(what) { this.ctx.storage.sql.exec(\"INSERT INTO jobs (what) VALUES (?)\","
                                + " what); }\n\n"
                                + "  total() {"));
        CheckResult result = run();
        assertEquals(Outcome.PASSED, result.outcome(), () -> told(result));
    }

    @Test
    void anInsertThatStandsInTwoPlacesRunsOnce() throws Exception {
        String twice =
                "  again(who) { this.ctx.storage.sql.exec(\"INSERT INTO hits (who) VALUES (?)\", who); }\n\n  total() {";
        folder.with(
                "src/index.js",
                edited("who TEXT NOT NULL)", "who TEXT NOT NULL UNIQUE)").replace("  total() {", twice));
        change(folder.text("src/index.js") + "// A comment more.\n");
        CheckResult result = run();
        assertEquals(Outcome.PASSED, result.outcome(), () -> told(result));
    }

    @Test
    void needsNoFrontEndThatWasBuilt() throws Exception {
        folder.with(
                "wrangler.jsonc",
                folder.text("wrangler.jsonc")
                        .replaceFirst("\\{", "{\"assets\":{\"directory\":\"dist\",\"binding\":\"ASSETS\"},"));
        change(folder.text("src/index.js") + "// A comment more.\n");
        CheckResult result = run();
        assertEquals(Outcome.PASSED, result.outcome(), () -> told(result));
    }

    @Test
    void aWorkerThatNeverGetsReadyIsEnded() throws Exception {
        change(edited("export default {", "while (Date.now() >= 0);\n\nexport default {"));
        CheckResult result = run();
        assertEquals(Outcome.FAILED, result.outcome(), () -> told(result));
        assertEquals(
                List.of("the Worker starts"),
                result.brokenParts().map(CheckPart::name).toList(),
                () -> told(result));
        assertTrue(result.reason().contains("it was not ready within 30 s"), result.reason());
        assertEquals(Set.of(), leftRunning());
    }

    @Test
    void aPortThatTheProjectAsksForMayBeTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            folder.with(
                    "wrangler.jsonc",
                    folder.text("wrangler.jsonc")
                            .replaceFirst(
                                    "\\{",
                                    "{\"dev\":{\"port\":%d,\"inspector_port\":%d},"
                                            .formatted(taken.getLocalPort(), taken.getLocalPort())));
            CheckResult result = run();
            assertEquals(Outcome.PASSED, result.outcome(), () -> told(result));
        }
    }

    @Test
    void anObjectThatNeverAnswersDoesNotHoldUpTheRest() throws Exception {
        change(edited("total() {", "async total() { await new Promise(() => {});"));
        CheckResult result = run();
        assertTrue(result.reason().contains("total() throws"), () -> told(result));
        assertEquals(Set.of(), leftRunning());
    }

    @Test
    void objectsOfThisMachineTakePartAsACopy() throws Exception {
        Path state = folder.root().resolve(".wrangler/state/v3/do/counter-Counter");
        Files.createDirectories(state);
        // What wrangler keeps: a database named for the object's id, here with a row that the code made.
        Path object = state.resolve(seeded());
        byte[] kept = Files.readAllBytes(object);
        change(edited(
                "who TEXT NOT NULL)\");",
                "who TEXT NOT NULL)\"); ctx.storage.sql.exec(\"DELETE FROM hits WHERE who = 'ben'\");"));
        CheckResult result = run();
        assertTrue(
                result.brokenParts()
                        .anyMatch(part -> part.name().contains(".wrangler/state")
                                && part.detail().contains("rows are gone: hits had 1 rows and has 0")),
                () -> told(result));
        assertEquals(Content.of(kept), Content.of(Files.readAllBytes(object)));
    }

    /** Has workerd make an object's database, as wrangler dev would, and returns the name of its file. */
    private String seeded() throws Exception {
        String script = """
                import { createRequire } from "node:module";
                const require = createRequire(process.cwd() + "/package.json");
                const { Miniflare, convertV4MiniflareOptions } = createRequire(require.resolve("wrangler"))("miniflare");
                const options = convertV4MiniflareOptions({ name: "counter", modules: true, compatibilityDate: "2026-10-15",
                  script: process.argv[2], durableObjects: { COUNTER: { className: "Counter", useSQLite: true } } });
                const mf = new Miniflare({ ...options, resourcePersistencePath: ".wrangler/state/v3" });
                const stub = (await mf.getDurableObjectNamespace("COUNTER")).getByName("theirs");
                await stub.hit("ben");
                await mf.dispose();
                """;
        folder.with("seed.mjs", script);
        var seeding = new Command(
                List.of("node", "seed.mjs", OLD),
                folder.root(),
                Map.of("WRANGLER_SEND_METRICS", "false"),
                Set.of(),
                Duration.ofMinutes(2));
        var said = new ArrayList<String>();
        seeding.run(line -> said.add(line.text()));
        Files.delete(folder.root().resolve("seed.mjs"));
        try (var files = Files.list(folder.root().resolve(".wrangler/state/v3/do/counter-Counter"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9a-f]{64}\\.sqlite"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(said.toString()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            this.ctx.getWebSockets()           | PASSED | a new instance after 13 s of nothing (before: it stayed)
            this.ctx.getWebSockets().slice(-1) | FAILED | ben got nothing and not all: hello from ann
            """)
    void provesWhetherSocketsSleepAndReachTheRightClients(String receivers, Outcome outcome, String told)
            throws Exception {
        String taking = """
                  fetch(request) {
                    const [client, server] = Object.values(new WebSocketPair());
                    TAKE
                    return new Response(null, { status: 101, webSocket: client });
                  }

                  total() {""";
        folder.with("src/index.js", edited("  total() {", taking.replace("TAKE", """
                                server.accept();
                                    (this.open ??= new Set()).add(server);
                                    server.addEventListener("message", ({ data }) => this.open.forEach((each) => each.send("all: " + data)));""")));
        change(edited(
                "  total() {",
                "  webSocketMessage(_, data) { RECEIVERS.forEach((each) => each.send(\"all: \" + data)); }\n\n"
                                .replace("RECEIVERS", receivers)
                        + taking.replace("TAKE", "this.ctx.acceptWebSocket(server);")));
        CheckResult result = run();
        CheckPart part = result.parts().stream()
                .filter(each -> each.name().equals("open WebSockets while idle"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(told(result)));
        assertEquals(outcome.name(), part.verdict().name(), () -> told(result));
        assertTrue(part.detail().contains(told), part.detail());
    }

    @Test
    void whereTheStateBeforeCannotBeHadTheNewCodeIsLookedAtAlone() throws Exception {
        change(edited("total() {", "total() { // changed"));
        folder.with("src/index.js", folder.text("src/index.js") + "// by hand\n");
        CheckResult result = run();
        assertEquals(Outcome.PASSED, result.outcome(), () -> told(result));
        CheckPart not = result.parts().getLast();
        assertEquals("with the code before dopi's change", not.name());
        assertEquals(Verdict.NOT_RUN, not.verdict());
        assertTrue(not.detail().startsWith("src/index.js changed since dopi wrote it"), not.detail());
        assertTrue(passed(result).contains("a fresh object"), () -> told(result));
    }

    @Test
    void withoutAChangeTheObjectsAnswer() throws Exception {
        CheckResult result = new Validation(folder.root(), logs).run(check(), _ -> {});
        assertEquals(Outcome.PASSED, result.outcome(), () -> told(result));
        assertFalse(passed(result).contains("an object made by the old code"), () -> told(result));
    }

    private static String edited(String from, String to) {
        assertTrue(OLD.contains(from), from);
        return OLD.replace(from, to);
    }

    private void change(String text) throws Exception {
        folder.quick()
                .apply(List.of(new Transaction(
                        "ttl-cleanup", "Counter", List.<FileChange>of(folder.change("src/index.js", text)))));
    }

    private Validation validation() throws ProjectException {
        Journal journal = Journal.open(folder.state());
        Set<String> ids = journal.applied().stream().map(Entry::id).collect(Collectors.toSet());
        return new Validation(folder.root(), logs).since(AppliedChange.of(folder.root(), journal, Remake.NEVER, ids));
    }

    private CheckResult run() throws ProjectException {
        return validation().run(check(), _ -> {});
    }

    private String blame(CheckResult result) throws ProjectException {
        return validation().blame(result, _ -> {}).orElseThrow().patterns().getFirst();
    }

    private Check check() throws ProjectException {
        Project project = Project.of(DiskTree.open(folder.root()));
        return Checks.of(
                        folder.root(),
                        project,
                        Analyzer.analyse(project, _ -> {}).model())
                .stream()
                .filter(check -> check.id().equals("objects"))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> passed(CheckResult result) {
        return result.parts().stream()
                .filter(part -> part.verdict() == Verdict.PASSED)
                .map(CheckPart::name)
                .collect(Collectors.toSet());
    }

    /** The programs that were started for this project and still run. */
    private Set<String> leftRunning() {
        var left = new ArrayList<String>();
        ProcessHandle.allProcesses().forEach(each -> {
            try {
                if (Path.of("/proc/" + each.pid() + "/cwd").toRealPath().startsWith(folder.root())) {
                    left.add(each.info().commandLine().orElse("?"));
                }
            } catch (IOException e) {
                // Another user's, or it has ended.
            }
        });
        return Set.copyOf(left);
    }

    private static String told(CheckResult result) {
        try {
            return result.reason() + "\n"
                    + (result.log().isPresent() ? Files.readString(result.log().get()) : "(no log)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
