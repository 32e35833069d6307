package dev.dopi.catalog.gradualdeployment;

import static dev.dopi.catalog.gradualdeployment.CloudflareApi.OLD;
import static dev.dopi.catalog.gradualdeployment.CloudflareApi.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.catalog.Fixture;
import dev.dopi.catalog.gradualdeployment.CloudflareApi.Figures;
import dev.dopi.process.Command;
import dev.dopi.process.Outcome;
import dev.dopi.process.OutputLine;
import dev.dopi.workerd.NodeModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** The script that dopi writes, run with the real wrangler against a local stand-in for Cloudflare's API. */
@Tag("workerd")
@Timeout(300)
final class RolloutInWorkerdTest {

    private static final String NEW = version(1);
    private static final List<String> WHOLE_WAY =
            List.of(NEW + "@5 " + OLD + "@95", NEW + "@25 " + OLD + "@75", NEW + "@50 " + OLD + "@50", NEW + "@100");
    private static final String BACK = OLD + "@100";

    private CloudflareApi api;
    private Path project;

    /** What the script ended with and printed. */
    private record Run(int status, String printed) {}

    @BeforeEach
    void layOut(TestInfo test) throws IOException {
        api = new CloudflareApi();
        project = NodeModules.CURRENT.emptyProject(
                "rollout-" + test.getTestMethod().orElseThrow().getName());
        for (Map.Entry<String, String> file :
                Fixture.of("gradual-deployment", "jsonc").texts("after").entrySet()) {
            Path path = project.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        strategy("\"30m\"", "\"0s\"");
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void goesPhaseByPhaseToAllObjects() throws Exception {
        Run run = run();

        assertEquals(0, run.status(), run.printed());
        assertEquals(WHOLE_WAY, api.deployments());
        assertEquals(1, api.uploads());
        assertEquals(List.of(), api.unknown());
        assertTrue(run.printed().contains("Phase 2 of 4: 25 %."), run.printed());
        assertTrue(run.printed().contains("1200 requests to the new version, 0.50 % failed"), run.printed());
        assertTrue(run.printed().contains("Done: " + NEW + " runs everywhere."), run.printed());
    }

    @Test
    void givesEverythingBackWhenErrorsRise() throws Exception {
        api.onDeployment = split -> {
            if (split.contains("@25")) {
                api.now = version -> version.equals(NEW) ? Figures.FAILING : Figures.GOOD;
            }
        };
        Run run = run();

        assertEquals(3, run.status(), run.printed());
        assertEquals(List.of(WHOLE_WAY.get(0), WHOLE_WAY.get(1), BACK), api.deployments());
        assertTrue(
                run.printed().contains("20.00 % of the new version's requests failed; 5.00 % are allowed."),
                run.printed());
        assertTrue(run("--status").printed().contains("rolled-back: " + NEW), "status");
    }

    @Test
    void givesEverythingBackWhenTheNewVersionIsSlow() throws Exception {
        api.now = version -> version.equals(NEW) ? Figures.SLOW : Figures.GOOD;
        Run run = run();

        assertEquals(3, run.status(), run.printed());
        assertEquals(List.of(WHOLE_WAY.get(0), BACK), api.deployments());
        assertTrue(run.printed().contains("p95 is 200 ms, more than 2 times the old one's 40 ms"), run.printed());
    }

    @Test
    void givesEverythingBackWhenFarMoreObjectsAreReached() throws Exception {
        api.now = version -> version.equals(NEW) ? Figures.MANY_OBJECTS : Figures.GOOD;
        Run run = run();

        assertEquals(3, run.status(), run.printed());
        assertEquals(List.of(WHOLE_WAY.get(0), BACK), api.deployments());
        assertTrue(run.printed().contains("more than 2 times as many as before the rollout"), run.printed());
    }

    @Test
    void pausesWhereThereIsNothingToJudgeByAndGoesOnLater() throws Exception {
        api.now = version -> version.equals(NEW) ? new Figures(7, 0, 40_000, 3) : Figures.GOOD;
        Run paused = run();

        assertEquals(4, paused.status(), paused.printed());
        assertEquals(List.of(WHOLE_WAY.get(0)), api.deployments());
        assertTrue(
                paused.printed().contains("Paused at 5 %: 7 requests to the new version, 100 are needed to judge."),
                paused.printed());

        api.now = _ -> Figures.GOOD;
        Run done = run();

        assertEquals(0, done.status(), done.printed());
        assertEquals(WHOLE_WAY, api.deployments());
        assertEquals(1, api.uploads());
    }

    @Test
    void goesOnAfterItWasKilledBeforeItKnewThatAPhaseBegan() throws Exception {
        api.onDeployment = split -> {
            if (split.contains("@25")) {
                kill();
            }
        };
        Run killed = run();

        assertTrue(killed.status() != 0, killed.printed());
        assertEquals(WHOLE_WAY.subList(0, 2), api.deployments());

        api.onDeployment = _ -> {};
        Run done = run();

        assertEquals(0, done.status(), done.printed());
        assertTrue(done.printed().contains("Going on with " + NEW + " at phase 2 of 4."), done.printed());
        assertEquals(WHOLE_WAY, api.deployments());
        assertEquals(1, api.uploads());
    }

    @Test
    void abortsToTheOldVersion() throws Exception {
        api.now = _ -> Figures.NONE;
        assertEquals(4, run().status());
        Run aborted = run("--abort");

        assertEquals(0, aborted.status(), aborted.printed());
        assertEquals(List.of(WHOLE_WAY.get(0), BACK), api.deployments());
    }

    @Test
    void refusesAClassLifecycleChange() throws Exception {
        api.migration = "v0";
        Run run = run();

        assertEquals(1, run.status(), run.printed());
        assertTrue(run.printed().contains("A class lifecycle change cannot be rolled out step by step"), run.printed());
        assertTrue(run.printed().contains("ends with the migration v1, deployed is v0"), run.printed());
        assertEquals(0, api.uploads());
        assertEquals(List.of(), api.deployments());
    }

    @Test
    void refusesToDropWhatTheDeployedVersionUses() throws Exception {
        git("init", "--quiet");
        git("add", "--all");
        git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "deployed");
        api.tag = git("rev-parse", "--short=12", "HEAD").strip();
        Path code = project.resolve("src/index.ts");
        Files.writeString(
                code,
                Files.readString(code)
                        .replace(
                                "  async visits()",
                                "  tidy(): void {\n    this.ctx.storage.sql.exec(\"DROP TABLE IF EXISTS drafts\");\n  }\n\n  async visits()"));
        Run refused = run();

        assertEquals(1, refused.status(), refused.printed());
        assertTrue(
                refused.printed()
                        .contains(
                                "(%s) the code drops or renames something in the database: this.ctx.storage.sql.exec(\"DROP TABLE"
                                        .formatted(api.tag)),
                refused.printed());
        assertEquals(0, api.uploads());

        Run agreed = run("--schema-is-compatible");

        assertEquals(0, agreed.status(), agreed.printed());
        assertEquals(WHOLE_WAY, api.deployments());
    }

    @Test
    void leavesADeploymentAloneThatItDidNotMake() throws Exception {
        api.now = _ -> Figures.NONE;
        assertEquals(4, run().status());
        api.deploy(version(9) + "@100");
        Run run = run();

        assertEquals(1, run.status(), run.printed());
        assertTrue(run.printed().contains("Something else was deployed since this rollout began"), run.printed());
        assertEquals(List.of(WHOLE_WAY.get(0)), api.deployments());
    }

    @Test
    void rehearsesWithoutUploading() throws Exception {
        Run run = run("--dry-run");

        assertEquals(0, run.status(), run.printed());
        assertTrue(run.printed().contains("Nothing was uploaded or deployed."), run.printed());
        assertEquals(0, api.uploads());
        assertEquals(List.of(), api.deployments());
    }

    @Test
    void saysWhatIsWrongWithAStrategy() throws Exception {
        strategy("\"percentage\": 50", "\"percentage\": 25");
        strategy("\"error_rate\": 0.05", "\"error_rate\": 5");
        strategy("\"check_every\"", "\"check\"");
        Run run = run();

        assertEquals(2, run.status(), run.printed());
        assertEquals("""
                deployment-strategy.jsonc: "check" is not known; known are worker, config, phases, thresholds, min_requests, check_every.
                deployment-strategy.jsonc: phases[2].percentage is 25, but must be more than 25: the share only rises.
                deployment-strategy.jsonc: thresholds.error_rate must be a number between 0 and 1, such as 0.05 for 5 %.
                """, run.printed());
        assertEquals(0, api.uploads());
    }

    private void strategy(String old, String now) throws IOException {
        Path file = project.resolve("deployment-strategy.jsonc");
        String text = Files.readString(file);
        assertTrue(text.contains(old), text);
        Files.writeString(file, text.replace(old, now));
    }

    private String git(String... words) throws InterruptedException {
        var line = new ArrayList<>(List.of("git"));
        line.addAll(List.of(words));
        var printed = new StringBuilder();
        Outcome outcome = Command.of(project, Duration.ofSeconds(20), line.toArray(String[]::new))
                .run(each -> printed.append(each.text()).append('\n'));
        assertTrue(outcome instanceof Outcome.Exited exited && exited.status() == 0, printed::toString);
        return printed.toString();
    }

    /** Kills the script, by the process that it has put into its lock. */
    private void kill() {
        try {
            String lock = Files.readString(project.resolve(".wrangler/gradual-deployment/jsonc.json.lock"));
            ProcessHandle script =
                    ProcessHandle.of(Long.parseLong(lock.strip())).orElseThrow();
            script.destroyForcibly();
            script.onExit().join();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Run run(String... options) throws InterruptedException {
        var words = new ArrayList<>(List.of("bash", "scripts/deploy-gradual.sh"));
        words.addAll(List.of(options));
        var environment = Map.of(
                "CLOUDFLARE_API_BASE_URL", api.url(),
                "CLOUDFLARE_API_TOKEN", "token",
                "CLOUDFLARE_ACCOUNT_ID", "acct",
                "XDG_CONFIG_HOME", project.resolve(".config").toString(),
                "CI", "1",
                "NO_COLOR", "1",
                "WRANGLER_SEND_METRICS", "false",
                "WRANGLER_WRITE_LOGS", "false");
        var printed = new StringBuilder();
        Outcome outcome = new Command(words, project, environment, Set.of(), Duration.ofMinutes(2))
                .run((OutputLine line) -> printed.append(line.text()).append('\n'));
        return switch (outcome) {
            case Outcome.Exited exited -> new Run(exited.status(), printed.toString());
            default -> throw new AssertionError(outcome + "\n" + printed);
        };
    }
}
