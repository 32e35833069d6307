package dev.dopi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a rollout is started; the script itself is tested beside its pattern. */
final class RolloutCommandTest {

    @TempDir
    private Path folder = Path.of("");

    private Run run() {
        return Run.in(new FakeSession(folder));
    }

    /** Writes a script that says what it was told, and ends as one that gave everything back. */
    private void script() throws IOException {
        Path script = folder.resolve("scripts/deploy-gradual.sh");
        Files.createDirectories(script.getParent());
        Files.writeString(script, "echo \"told: $*\"\necho \"gone back\" >&2\nexit 3\n");
    }

    @Test
    void saysWhereTheScriptComesFrom() {
        Run run = run().of("rollout", "--yes");

        assertEquals(2, run.code);
        assertTrue(run.err().contains("dopi apply --pattern gradual-deployment writes it"), run.err());
    }

    @Test
    void handsOptionsOnAndEndsAsTheScriptDoes() throws IOException {
        script();
        Run run = run().of("rollout", "--yes", "--env", "staging", "--strategy", "other.jsonc");

        assertEquals(3, run.code);
        assertEquals("told: --env staging --strategy other.jsonc\n", run.out());
        assertEquals("gone back\n", run.err());
    }

    @Test
    void asksNothingWhereNothingIsDeployed() throws IOException {
        script();

        assertEquals("told: --status\n", run().of("rollout", "--status").out());
        assertEquals("told: --dry-run\n", run().of("rollout", "--dry-run").out());
    }

    @Test
    void deploysNothingWithoutATerminalOrAYes() throws IOException {
        script();
        Run run = run().of("rollout");

        assertEquals(2, run.code);
        assertEquals("", run.out());
        assertTrue(run.err().contains("add --yes"), run.err());
        assertEquals(2, run().of("rollout", "--abort").code);
    }

    @Test
    void deploysOnceTheWordIsTyped() throws IOException {
        script();
        Run other = run().onTerminal("y\n").of("rollout");

        assertEquals(0, other.code);
        assertEquals("", other.out());
        assertTrue(other.err().contains("Nothing was deployed."), other.err());
        assertEquals("told: \n", run().onTerminal("deploy\n").of("rollout").out());
    }

    @Test
    void takesOneThingToDo() {
        assertEquals(2, run().of("rollout", "--status", "--abort").code);
    }
}
