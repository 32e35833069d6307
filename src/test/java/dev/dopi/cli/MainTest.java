package dev.dopi.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.engine.Analysis;
import dev.dopi.model.Model;
import dev.dopi.project.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that write nothing, and what is wrong use. */
final class MainTest {

    @TempDir
    private Path folder = Path.of("");

    private FakeSession session() {
        return new FakeSession(folder);
    }

    @Test
    void analyzePrintsTheAnalysisAndNothingElseOnStandardOutput() {
        Run run = Run.in(session()).of("analyze");

        assertEquals(0, run.code);
        assertTrue(run.out().startsWith(folder.getFileName() + ": 1 Worker, 2 Durable Object classes"), run.out());
        assertEquals("", run.err());
    }

    @ParameterizedTest
    @CsvSource({"critical, 1", "HIGH, 1", "medium, 1", "low, 1"})
    void failOnCountsItsPriorityAndThoseAbove(String priority, int code) {
        assertEquals(code, Run.in(session()).of("analyze", "--fail-on", priority).code);
    }

    @Test
    void failOnIsContentWithLess() {
        assertEquals(0, Run.in(session()).of("analyze", "--pattern", "sql-index", "--fail-on", "critical").code);
        assertEquals(1, Run.in(session()).of("analyze", "--pattern", "sql-index", "--fail-on", "high").code);
    }

    @Test
    void analyzeShowsOnlyTheNamedPattern() {
        String text = Run.in(session()).of("analyze", "--pattern", "sql-index").out();

        assertTrue(text.contains("sql-index"));
        assertFalse(text.contains("ttl-cleanup"));
    }

    @Test
    void jsonIsAllThatStandardOutputHolds() {
        Run run = Run.in(session()).of("analyze", "--format", "json");

        assertEquals(0, run.code);
        assertTrue(run.out().startsWith("{"));
        assertTrue(run.out().endsWith("}\n"));
    }

    @Test
    void sarifIsAllThatStandardOutputHolds() {
        Run run = Run.in(session()).of("analyze", "--format", "sarif");

        assertEquals(0, run.code);
        assertTrue(run.out().startsWith("{"), run.out());
        assertTrue(run.out().contains("\"version\" : \"2.1.0\""), run.out());
        assertTrue(run.out().contains("\"fixes\""), run.out());
    }

    @Test
    void aFolderWithoutAWorkerIsSaidInASentence() {
        FakeSession session = session();
        session.analysis = Optional.of(new Analysis(
                folder, ChatProject.project(Map.of()), new Model(List.of()), List.of(), List.of(), Duration.ZERO));

        Run run = Run.in(session).of("analyze");

        assertEquals(2, run.code);
        assertTrue(run.err().contains("No Cloudflare Worker was found"));
    }

    @Test
    void aConfigurationThatCannotBeReadIsAnErrorWhenNoClassIsLeft() {
        FakeSession session = session();
        var worker = new dev.dopi.model.Worker(
                Optional.of("wrangler.toml"), "toml", Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        session.analysis = Optional.of(new Analysis(
                folder,
                ChatProject.project(Map.of()),
                new Model(List.of(worker)),
                List.of(),
                List.of(Diagnostic.error("wrangler.toml", 4, "A value is missing after '='.")),
                Duration.ZERO));

        Run run = Run.in(session).of("analyze");

        assertEquals(2, run.code);
        assertTrue(run.out().contains("wrangler.toml:4: A value is missing"));
    }

    @Test
    void withoutATerminalTheGuidedSessionIsTheAnalysisAndHowToGoOn() {
        Run run = Run.in(session()).of();

        assertEquals(0, run.code);
        assertEquals("none", run.frontEnd);
        assertTrue(run.out().contains("Recommendations"));
        assertTrue(run.err().contains("dopi apply --pattern ID --dry-run"));
    }

    @Test
    void theTerminalDecidesTheFrontEnd() {
        assertAll(
                () -> assertEquals(
                        "full screen night NEVER",
                        Run.in(session()).onTerminal("").of("--theme", "night", "--color", "never").frontEnd),
                () -> assertEquals(
                        "line by line", Run.in(session()).onTerminal("").of("--plain").frontEnd),
                () -> assertEquals(
                        "line by line",
                        Run.in(session()).onTerminal("").with("TERM", "dumb").of().frontEnd),
                () -> assertEquals(
                        "line by line", Run.in(session()).onTerminal("").of("demo", "--plain").frontEnd),
                () -> assertEquals(
                        "full screen  AUTO", Run.in(session()).onTerminal("").of("demo").frontEnd));
    }

    @Test
    void aMistypedCommandIsRecognised() {
        Run run = Run.in(session()).of("analyse");

        assertEquals(2, run.code);
        assertEquals("There is no folder 'analyse'. Did you mean the command 'dopi analyze'?\n", run.err());
    }

    @Test
    void aFileIsNotAProject() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "");

        Run run = Run.in(session()).of("validate", "notes.txt");

        assertEquals(2, run.code);
        assertEquals("'notes.txt' is a file; name the project's folder.\n", run.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--frobnicate", "analyze --format xml", "apply --yes", "analyze . extra", "completion tcsh"})
    void wrongUseIsOneSentenceAndTwo(String line) {
        Run run = Run.in(session()).of(line.split(" ", -1));

        assertEquals(2, run.code, run.err());
        assertTrue(run.err().contains("--help"), run.err());
        assertEquals("", run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain rpc-metadata", "apply --pattern gradual-deployment --yes"})
    void whatIsNotDoneSaysSo(String line) {
        Run run = Run.in(session()).of(line.split(" ", -1));

        assertEquals(2, run.code);
        assertTrue(run.err().contains("not supported yet"), run.err());
    }

    @Test
    void explainListsAllFivePatterns() {
        String list = Run.in(session()).of("explain").out();

        assertEquals(5, list.lines().count());
        assertTrue(list.contains("ttl-cleanup            Deletes rows that are older than you choose."));
        assertEquals(
                3,
                list.lines()
                        .filter(line -> line.endsWith("(not supported yet)"))
                        .count());
    }

    @Test
    void explainPrintsThePage() {
        assertEquals(
                "# Clean up rows by age\n\nBody.\n",
                Run.in(session()).of("explain", "ttl-cleanup").out());
    }

    @Test
    void anUnknownPatternIsNamedWithTheNearest() {
        Run run = Run.in(session()).of("explain", "sql-indx");

        assertEquals(2, run.code);
        assertTrue(run.err().contains("did you mean sql-index?"), run.err());
    }

    @Test
    void helpAndVersionAreResults() {
        Run help = Run.in(session()).of("--help");
        Run version = Run.in(session()).of("--version");

        assertEquals(0, help.code);
        assertTrue(help.out().contains("Examples:"));
        assertTrue(help.out().lines().allMatch(line -> line.length() <= 80), help.out());
        assertEquals(0, version.code);
        assertTrue(version.out().startsWith("dopi "));
        assertTrue(Run.in(session()).of("apply", "--help").out().contains("--dry-run"));
    }

    @Test
    void completionKnowsTheCommands() {
        String script = Run.in(session()).of("completion", "bash").out();

        assertTrue(script.contains("--fail-on"));
        assertTrue(script.contains("complete -F"));
    }

    @Test
    void aBugIsOneLineAndAFile() throws IOException {
        FakeSession session = session();
        session.bug = Optional.of(new IllegalStateException("seventeen \u001b[31mred"));

        Run run = Run.in(session).of("analyze");

        assertEquals(70, run.code);
        assertEquals(1, run.err().lines().count());
        assertTrue(run.err().contains("seventeen \\u001b[31mred"), run.err());
        try (var files = Files.list(folder.resolve("state/dopi"))) {
            String trace = Files.readString(files.findFirst().orElseThrow());
            assertTrue(trace.contains("at dev.dopi.cli.MainTest.aBugIsOneLineAndAFile"));
        }
    }
}
