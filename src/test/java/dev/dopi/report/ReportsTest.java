package dev.dopi.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dopi.cli.ChatProject;
import dev.dopi.cli.FakeSession;
import dev.dopi.cli.Golden;
import dev.dopi.engine.Analysis;
import dev.dopi.engine.Check;
import dev.dopi.engine.CheckResult.Outcome;
import dev.dopi.engine.Choice;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.SessionReport;
import dev.dopi.model.Model;
import dev.dopi.model.Worker;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Fix;
import dev.dopi.pattern.PatternInfo;
import dev.dopi.pattern.Priority;
import dev.dopi.pattern.Status;
import dev.dopi.pattern.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportsTest {

    private static final Path ROOT = Path.of("/projects/chat-app");

    private static Analysis analysis() {
        return ChatProject.analysis(ROOT, ChatProject.files());
    }

    private static SessionReport report(Outcome tests) throws ProjectException, InterruptedException {
        var session = new FakeSession(ROOT);
        session.outcomes.put("test", tests);
        Analysis analysis = session.analyse();
        List<Choice> choices =
                analysis.recommendations().limit(2).map(Choice::of).toList();
        session.apply(session.plan(analysis, choices));
        for (Check check : session.checks()) {
            session.run(check);
        }
        return session.report(ROOT.toString());
    }

    @Test
    void theAnalysisFitsEightyColumns() throws IOException {
        String text = AnalysisText.whole(analysis());

        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
        Golden.assertGolden("report/analysis.txt", text);
    }

    @Test
    void ofALargeProjectTheTextIsADigest() {
        Analysis small = analysis();
        Worker worker = small.model().workers().getFirst();
        var workers = new ArrayList<Worker>();
        var findings = new ArrayList<Finding>();
        for (int index = 0; index < 100; index++) {
            String config = "apps/a" + index + "/wrangler.jsonc";
            workers.add(new Worker(
                    Optional.of(config),
                    "jsonc",
                    Optional.of("app-" + index),
                    worker.main(),
                    worker.compatibilityDate(),
                    worker.durableObjects()));
            ChatProject.findings().forEach(each -> findings.add(in(config, each)));
        }
        findings.sort(Comparator.comparing(Finding::priority));
        var analysis = new Analysis(
                ROOT, small.project(), new Model(workers), findings, ChatProject.diagnostics(), small.duration());

        String digest = AnalysisText.digest(analysis, "The rest is elsewhere.");
        String whole = AnalysisText.whole(analysis);

        assertTrue(digest.lines().count() < 150, digest);
        assertTrue(digest.endsWith("The rest is elsewhere.\n"), digest);
        for (String id : List.of("CRITICAL ttl-cleanup", "HIGH sql-index", "LOW gradual-deployment")) {
            assertTrue(digest.contains(id), digest);
        }
        assertEquals(1, digest.split("What the first clean-up does", -1).length - 1, digest);
        assertTrue(whole.contains("300. LOW gradual-deployment, apps/a99"), whole);
        assertTrue(whole.contains("Worker app-99 (apps/a99/wrangler.jsonc)"), whole);
        assertFalse(whole.contains("more"), whole);
    }

    private static Finding in(String config, Finding finding) {
        return new Finding(
                finding.pattern(),
                new Subject(config, finding.subject().className()),
                finding.status(),
                finding.priority(),
                finding.reason(),
                finding.benefit(),
                finding.fix(),
                finding.evidence(),
                finding.options(),
                finding.measured());
    }

    @Test
    void ofASmallProjectTheTextIsWhole() {
        assertEquals(AnalysisText.whole(analysis()), AnalysisText.digest(analysis(), "The rest is elsewhere."));
    }

    @Test
    void gitIsANextStepOnlyWhereThereIsGit(@TempDir Path folder)
            throws IOException, ProjectException, InterruptedException {
        SessionReport report = report(Outcome.PASSED);
        Path project = Files.createDirectories(folder.resolve("apps/chat"));
        String without = SessionReportText.of(at(project, report));
        Files.createDirectory(folder.resolve(".git"));

        assertFalse(without.contains("git status"), without);
        assertTrue(SessionReportText.of(at(project, report)).contains("git status"));
    }

    private static SessionReport at(Path root, SessionReport report) {
        return new SessionReport(
                root.toString(),
                report.started(),
                report.durationMillis(),
                report.classes(),
                report.findings(),
                report.applied(),
                report.checks());
    }

    @Test
    void annotationsStandAtTheirLines() throws IOException {
        Golden.assertGolden(
                "report/annotations.txt", GithubAnnotations.of(analysis(), Base.itself(Path.of("/projects/chat-app"))));
    }

    @Test
    void theReportSaysWhatWasDone() throws IOException, ProjectException, InterruptedException {
        String text = SessionReportText.of(report(Outcome.PASSED));

        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
        Golden.assertGolden("report/session.txt", text);
    }

    @Test
    void theReportAsMarkdown() throws IOException, ProjectException, InterruptedException {
        Golden.assertGolden("report/session.md", SessionReportMarkdown.of(report(Outcome.FAILED)));
    }

    @Test
    void withoutChecksNothingIsSaidToHavePassed() {
        SessionReport report = new FakeSession(ROOT).report(ROOT.toString());

        for (String text : List.of(SessionReportText.of(report), SessionReportMarkdown.of(report))) {
            assertTrue(text.contains("Validation did not run."), text);
            assertTrue(text.contains("None. No file was written."), text);
            assertFalse(text.contains("passed"), text);
            assertFalse(text.contains("dopi undo"), text);
        }
    }

    @Test
    void afterATakingBackWithNothingLeftItIsSaidThatNoCheckRanAgain() throws Exception {
        SessionReport whole = report(Outcome.FAILED);
        var back = new SessionReport.TakenBack(
                whole.applied().getFirst(), whole.checks().getFirst(), "it broke the type check");
        var report = new SessionReport(
                whole.root(),
                whole.started(),
                whole.durationMillis(),
                whole.classes(),
                whole.findings(),
                List.of(),
                List.of(back),
                List.of());

        for (String text : List.of(SessionReportText.of(report), SessionReportMarkdown.of(report))) {
            assertTrue(text.contains("no check ran after it was taken"), text);
            assertFalse(text.contains("Validation did not run."), text);
        }
    }

    @Test
    void whatIsToBeCopiedStandsInOneLine() {
        String command =
                "cd packages/a-folder-with-a-long-name && node_modules/.bin/wrangler types --config wrangler.jsonc";
        String log = "/home/someone/.local/state/dopi/projects/0123456789abcdef/logs/20260203-040530-125-types.log";
        var types = new SessionReport.CheckSummary(
                "Generated types",
                "wrangler types --check",
                "FAILED",
                1,
                9,
                "They are old: make them again with `" + command + "`.",
                List.of(),
                null,
                log);
        SessionReport empty = new FakeSession(ROOT).report(ROOT.toString());
        var report = new SessionReport(
                empty.root(),
                empty.started(),
                empty.durationMillis(),
                empty.classes(),
                empty.findings(),
                List.of(),
                List.of(types));

        List<String> lines = SessionReportText.of(report).lines().toList();

        assertTrue(lines.contains("  " + command), lines::toString);
        assertTrue(lines.contains("    log        " + log), lines::toString);
    }

    @Test
    void aChangedConfigurationIsSaidToBeTestedByTheChecksThatReadIt() {
        SessionReport report = written(
                summary("gradual-deployment", "", "LOW"),
                List.of(),
                "apps/b/wrangler.jsonc",
                List.of(
                        passed(
                                "Dry run of the deployment in apps/a/wrangler.jsonc",
                                "wrangler deploy --config wrangler.jsonc"),
                        passed(
                                "Dry run of the deployment in apps/b/wrangler.jsonc",
                                "wrangler deploy --config wrangler.jsonc"),
                        passed("Objects in the runtime", "node objects.mjs wrangler.jsonc"),
                        passed("Tests", "npm test")));

        String text = SessionReportMarkdown.of(report);

        assertEquals(
                List.of(
                        "- **Testing**: Dry run of the deployment in apps/b/wrangler.jsonc, with apps/b/wrangler.jsonc: passed",
                        "- **Testing**: Objects in the runtime, with apps/b/wrangler.jsonc: passed"),
                text.lines().filter(line -> line.contains("**Testing**")).toList(),
                text);
    }

    @Test
    void aPriorityThatThePatternsBeforeChangedIsSaidWithTheFirst() {
        SessionReport report = written(
                summary("sql-index", "ChatRoom", "MEDIUM"),
                List.of(summary("sql-index", "ChatRoom", "HIGH")),
                "src/room.ts",
                List.of());

        for (String text : List.of(SessionReportText.of(report), SessionReportMarkdown.of(report))) {
            assertTrue(
                    text.replaceAll("\\s+", " ")
                            .contains("medium, on what the patterns before it left; high in the analysis"),
                    text);
        }
    }

    private static SessionReport.FindingSummary summary(String pattern, String className, String priority) {
        return new SessionReport.FindingSummary(
                pattern, "apps/b", className, "MISSING", priority, "Why.", "", "SAFE", List.of(), List.of());
    }

    private static SessionReport.CheckSummary passed(String title, String command) {
        return new SessionReport.CheckSummary(title, command, "PASSED", 0, 70, "");
    }

    private static SessionReport written(
            SessionReport.FindingSummary applied,
            List<SessionReport.FindingSummary> found,
            String file,
            List<SessionReport.CheckSummary> checks) {
        return new SessionReport(
                ROOT.toString(),
                java.time.Instant.EPOCH,
                8,
                List.of(),
                found,
                List.of(new SessionReport.Applied(
                        applied, "000017", List.of(), List.of(new SessionReport.Changed(file, false, 3, 1)))),
                checks);
    }

    @Test
    void aPassWithoutAnExitCodeIsNone() {
        var odd = new SessionReport.CheckSummary("Type check", "npx tsc", "PASSED", null, 5, "");

        assertFalse(Outcomes.passed(odd));
        assertEquals("ended without an exit code of 0", Outcomes.verdict(odd));
    }

    @Test
    void theReportAsJsonHoldsEveryRecord() throws ProjectException, InterruptedException {
        JsonNode tree = SessionReportJson.of(report(Outcome.MISSING_PROGRAM));

        assertEquals(1, tree.path("schemaVersion").asInt());
        assertEquals("2026-02-03T04:05:06Z", tree.path("started").asText());
        assertEquals(252_345, tree.path("durationMs").asLong());
        assertEquals(
                3,
                tree.path("totals").path("files").asInt()
                        + tree.path("totals").path("created").asInt());
        assertEquals("ttl-cleanup", tree.at("/applied/0/pattern/id").asText());
        assertEquals("test/room.test.ts", tree.at("/applied/0/files/1/path").asText());
        assertEquals(
                "2026-02-03T04:05:30.125Z", tree.at("/validation/0/started").asText());
        assertTrue(tree.at("/validation/1/started").isNull());
        assertEquals("missing-program", tree.at("/validation/1/outcome").asText());
        assertTrue(tree.at("/validation/1/exitCode").isNull());
        assertEquals(0, tree.at("/validation/0/exitCode").asInt(9));
        assertEquals("dopi validate", tree.at("/nextSteps/0/command").asText());
    }

    @Test
    void aHostileNameBreaksNoReport() {
        String hostile = "a\u001b[2J`|*b*\u202e\n::error::c%0Ad";
        var finding = new Finding(
                new PatternInfo("sql-index", hostile, hostile),
                new Subject("", hostile),
                Status.MISSING,
                Priority.HIGH,
                hostile,
                hostile,
                Fix.AUTOMATIC,
                List.of(new Evidence(hostile, 3, 4, hostile)),
                List.of(),
                List.of());
        Analysis plain = analysis();
        var analysis =
                new Analysis(ROOT, plain.project(), plain.model(), List.of(finding), List.of(), plain.duration());
        var report = new SessionReport(
                hostile,
                java.time.Instant.EPOCH,
                7,
                List.of(),
                List.of(SessionReport.FindingSummary.of(finding)),
                List.of(),
                List.of(new SessionReport.CheckSummary(hostile, hostile, "FAILED", 3, 8, hostile)));

        for (String text : List.of(
                AnalysisText.whole(analysis),
                AnalysisText.digest(analysis, hostile),
                GithubAnnotations.of(analysis, Base.itself(Path.of("/projects/chat-app"))),
                SessionReportText.of(report),
                SessionReportMarkdown.of(report))) {
            assertFalse(text.contains("\u001b") || text.contains("\u202e"), text);
            assertTrue(text.lines().noneMatch(line -> line.startsWith("::error")), text);
        }
        assertTrue(SessionReportMarkdown.of(report).contains("``a\\u001b[2J`\\|*b*"), SessionReportMarkdown.of(report));
    }
}
