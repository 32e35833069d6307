package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.analysis.Analyzer;
import dev.dopi.engine.CheckResult.Outcome;
import dev.dopi.project.Project;
import dev.dopi.workerd.NodeModules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A project that has a wrangler of the third line: what that can do runs, of the rest it is said that it is too old. */
@Tag("workerd")
@Timeout(600)
final class Wrangler3InWorkerdTest {

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
            }

            export default { fetch: () => new Response("hello") };
            """;

    private static final String END_OF_TABLE = "who TEXT NOT NULL)\");";

    private final Path temporary;

    Wrangler3InWorkerdTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }

    @Test
    void provesARightChange() throws Exception {
        List<CheckResult> results = resultsOf(
                OLD.replace(END_OF_TABLE, "who TEXT NOT NULL); CREATE INDEX IF NOT EXISTS i ON hits(who)\");"));
        CheckResult objects = of("objects", results);
        assertEquals(Outcome.PASSED, objects.outcome(), () -> told(objects));
        assertTrue(
                objects.parts().stream().anyMatch(part -> part.detail()
                        .contains("SCAN hits is now SEARCH hits USING COVERING INDEX i")),
                () -> told(objects));
        assertEquals(Outcome.PASSED, of("dry-run", results).outcome(), () -> told(of("dry-run", results)));
        assertEquals(
                "wrangler 3.114.17 is too old for this: it needs wrangler 4.65 or newer.",
                CheckResult.sentence(of("types", results).reason()));
    }

    @Test
    void catchesAFault() throws Exception {
        CheckResult objects = of(
                "objects",
                resultsOf(
                        OLD.replace(END_OF_TABLE, "who TEXT NOT NULL); CREATE INDEX IF NOT EXISTS i ON hits(at)\");")));
        assertEquals(Outcome.FAILED, objects.outcome(), () -> told(objects));
        assertTrue(objects.reason().contains("no such column: at"), objects.reason());
    }

    private List<CheckResult> resultsOf(String changed) throws Exception {
        Path project = NodeModules.WRANGLER_3.emptyProject("wrangler-3-" + temporary.getFileName());
        Folder folder = new Folder(project.toRealPath(), temporary.resolve("state"))
                .with("package.json", "{\"type\":\"module\",\"devDependencies\":{\"wrangler\":\"3\"}}")
                .with("worker-configuration.d.ts", "interface Env {}\n")
                .with("wrangler.toml", """
                        name = "counter"
                        main = "src/index.js"
                        compatibility_date = "2025-01-15"
                        durable_objects.bindings = [{ name = "COUNTER", class_name = "Counter" }]
                        migrations = [{ tag = "v1", new_sqlite_classes = ["Counter"] }]
                        """)
                .with("src/index.js", OLD);
        folder.quick()
                .apply(List.of(
                        new Transaction("sql-index", "Counter", List.of(folder.change("src/index.js", changed)))));
        Journal journal = Journal.open(folder.state());
        Set<String> ids = Set.of(journal.applied().getFirst().id());
        var validation = new Validation(folder.root(), temporary.resolve("logs"))
                .since(AppliedChange.of(folder.root(), journal, Remake.NEVER, ids));
        Project read = Project.of(DiskTree.open(folder.root()));
        var results = new ArrayList<CheckResult>();
        for (Check check :
                Checks.of(folder.root(), read, Analyzer.analyse(read, _ -> {}).model())) {
            results.add(validation.run(check, _ -> {}));
        }
        return results;
    }

    private static CheckResult of(String id, List<CheckResult> results) {
        return results.stream()
                .filter(each -> each.check().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String told(CheckResult result) {
        return result.reason() + "\n"
                + result.log().map(Wrangler3InWorkerdTest::text).orElse("(no log)");
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
