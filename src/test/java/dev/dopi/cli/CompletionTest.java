package dev.dopi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompletionTest {

    @TempDir
    private Path folder = Path.of("");

    private String printed(String shell) {
        Run run = Run.in(new FakeSession(folder)).of("completion", shell);
        assertEquals(0, run.code, run.err());
        return run.out();
    }

    /** Returns what bash itself offers for {@code words}, the last of which is being typed. */
    private List<String> bash(String... words) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("dopi.bash"), printed("bash"));
        String line = "source " + script + "\nCOMP_WORDS=(" + String.join(" ", words) + ")\nCOMP_CWORD="
                + (words.length - 1) + "\nCOMP_LINE='" + String.join(" ", words) + "'\nCOMP_POINT=${#COMP_LINE}\n"
                + "_complete_dopi\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
        Path run = Files.writeString(folder.resolve("run.bash"), line);
        // Outside of a real completion bash complains about compopt on standard error.
        Process bash = new ProcessBuilder("bash", run.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, bash.waitFor(), out);
        return out.lines().sorted().toList();
    }

    @Test
    void bashCompletesCommandsOptionsAndValues() throws IOException, InterruptedException {
        assertTrue(bash("dopi", "an").contains("analyze"));
        assertTrue(bash("dopi", "analyze", "--fo").contains("--format"));
        assertEquals(List.of("github", "json", "sarif", "text"), bash("dopi", "analyze", "--format", "''"));
        assertTrue(bash("dopi", "apply", "--pattern", "sql").contains("sql-index"));
    }

    @Test
    void fishIsToldEveryCommandAndWhatItsOptionsTake() {
        String fish = printed("fish");

        assertTrue(fish.contains("-n __fish_use_subcommand -a analyze -d 'Say which patterns the project lacks"), fish);
        assertTrue(
                fish.contains("'__fish_seen_subcommand_from analyze' -l format -x -a 'text json sarif github'"), fish);
        assertTrue(fish.contains("the project\\'s lint and test scripts"), fish);
    }

    @Test
    void theManualHasEveryCommandAndNoStrayRequest() {
        String man = printed("man");

        assertTrue(man.startsWith(".TH DOPI 1"), man);
        assertTrue(man.contains("\n.SS analyze [PATH] [OPTION]...\n"), man);
        assertTrue(man.contains(".B \\-\\-fail\\-on PRIORITY"), man);
        assertTrue(
                man.lines()
                        .filter(line -> line.startsWith("."))
                        .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|B|br|PP|nf|fi)\\b.*")),
                man);
    }
}
