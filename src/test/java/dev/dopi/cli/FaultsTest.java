package dev.dopi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole program on the sample, where it is ended by a signal at each stage of validation, the disk fills, or nothing
 * is installed: nothing runs on, nothing lies about, and everything can be taken back. The project's test script stands
 * as a small program that hangs at one stage.
 */
@Timeout(120)
final class FaultsTest {

    /** Hangs with a grandchild of its own at {@code $STAGE}, which it tells by how many of dopi's tests there are. */
    private static final String TESTS = """
            #!/bin/sh
            hang() { setsid sleep 300 & echo $! $$ > "$WORK/pids.new"; mv "$WORK/pids.new" "$WORK/pids"; wait; }
            here=$(ls test | grep -c -e ttl-cleanup -e sql-index)
            case $STAGE:$here in
              checking:*) hang ;;
              before:4) echo 'Error: broken'; exit 1 ;;
              before:0) hang ;;
              again:4) if [ -e "$WORK/once" ]; then hang; else touch "$WORK/once"; echo 'Error: broken'; exit 1; fi ;;
              culprit:4) echo 'Error: broken'; exit 1 ;;
              culprit:[123]) hang ;;
              several:[34]) echo 'Error: broken'; exit 1 ;;
              several:[12]) hang ;;
            esac
            exit 0
            """;

    private final Path work;
    private final Path root;
    private final Map<String, String> original;

    FaultsTest(@TempDir Path folder) throws Exception {
        work = folder.toRealPath();
        Files.createDirectory(work.resolve("tmp"));
        root = work.resolve("project");
        new BundledSample().writeTo(root);
        program(work.resolve("bin/node"), "#!/bin/sh\necho v22.12.0\n");
        program(work.resolve("bin/npm"), TESTS);
        program(root.resolve("node_modules/.bin/tsc"), "#!/bin/sh\nexit 0\n");
        Files.createDirectories(root.resolve("node_modules/@cloudflare/vitest-plugin"));
        original = everything();
    }

    @ParameterizedTest
    @CsvSource({
        "INT, checking, 130",
        "INT, before, 130",
        "INT, again, 130",
        "INT, culprit, 130",
        "INT, several, 130",
        "TERM, culprit, 143",
        "HUP, checking, 129",
        "HUP, culprit, 129"
    })
    void aSignalEndsAllThatRunsAndLeavesWhatCanBeTakenBack(String signal, String stage, int code) throws Exception {
        Process dopi = java(
                        stage, "apply", root.toString(), "--yes", "--pattern", "ttl-cleanup", "--pattern", "sql-index")
                .start();
        List<ProcessHandle> hanging = hanging();
        if (signal.equals("HUP")) {
            // With the terminal, the way out for what is printed is gone too.
            dopi.getInputStream().close();
        }
        run("kill", "-" + signal, String.valueOf(dopi.pid()));
        assertTrue(dopi.waitFor(30, TimeUnit.SECONDS), "dopi ends");
        assertEquals(code, dopi.exitValue());
        assertClean(hanging);
    }

    @Test
    @Tag("terminal")
    void aTerminalThatGoesAwayEndsAllThatRuns() throws Exception {
        String socket = "dopi-signal-" + ProcessHandle.current().pid();
        var command = java(
                "culprit", "apply", root.toString(), "--yes", "--pattern", "ttl-cleanup", "--pattern", "sql-index");
        Path script = work.resolve("run.sh");
        var words = new StringBuilder("exec env");
        Map<String, String> environment = command.environment();
        for (String name : List.of("STAGE", "WORK", "PATH", "DOPI_STATE_HOME")) {
            words.append(" '")
                    .append(name)
                    .append('=')
                    .append(environment.get(name))
                    .append('\'');
        }
        command.command().forEach(word -> words.append(" '").append(word).append('\''));
        Files.writeString(script, words.toString());
        run("tmux", "-L", socket, "-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "sh " + script);
        List<ProcessHandle> hanging = hanging();
        long pane = Long.parseLong(run("tmux", "-L", socket, "display-message", "-p", "#{pane_pid}")
                .strip());
        ProcessHandle dopi = ProcessHandle.of(pane).orElseThrow();
        run("tmux", "-L", socket, "kill-server");
        dopi.onExit().get(30, TimeUnit.SECONDS);
        assertClean(hanging);
    }

    @Test
    void offersToInstallWhatIsMissingAndDoesNot() throws Exception {
        program(work.resolve("bin/npm"), "#!/bin/sh\necho \"$@\" >> \"$WORK/npm-was-called\"\n");
        try (var packages = Files.walk(root.resolve("node_modules"))) {
            for (Path each : packages.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
        Process dopi = java("none", "apply", root.toString(), "--yes", "--pattern", "sql-index")
                .start();
        String said = new String(dopi.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(5, dopi.waitFor(), said);
        assertTrue(
                said.contains("The project's packages are not installed: run `npm install` in its folder first."),
                said);
        assertFalse(Files.exists(work.resolve("npm-was-called")), "npm was called");
    }

    @Test
    void aDiskThatFillsLeavesEveryFileAsItWas() throws Exception {
        // No file may grow past this, as on a disk that is full: the sample's own files pass, what is made of them not.
        Path large = root.resolve("src/chat-room.ts");
        Files.writeString(large, Files.readString(large) + "// a long comment\n".repeat(700));
        Map<String, String> before = everything();
        long blocks = Files.size(large) / 512 + 1;
        ProcessBuilder dopi =
                java("none", "apply", root.toString(), "--yes", "--no-validate", "--pattern", "ttl-cleanup");
        dopi.command().addAll(0, List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"));
        Process process = dopi.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(3, process.waitFor(), said);
        assertTrue(said.contains("nothing was changed"), said);
        assertEquals(before, everything());
        String later =
                outputOf(java("none", "apply", root.toString(), "--yes", "--no-validate", "--pattern", "ttl-cleanup"));
        assertTrue(later.contains("Applied ttl-cleanup for ChatRoom"), later);
    }

    private void assertClean(List<ProcessHandle> hanging) throws Exception {
        for (ProcessHandle each : hanging) {
            // Its entry may last until its new parent has looked at it.
            each.onExit().get(5, TimeUnit.SECONDS);
        }
        try (var left = Files.newDirectoryStream(work.resolve("tmp"), "dopi-*")) {
            var names = new ArrayList<Path>();
            left.forEach(names::add);
            assertEquals(List.of(), names);
        }
        String report = outputOf(java("none", "report", root.toString()));
        assertTrue(report.contains("4. "), report);
        Process undo = java("none", "undo", root.toString()).start();
        String said = new String(undo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, undo.waitFor(), said);
        assertEquals(original, everything());
    }

    /** Returns what hangs, once it does. */
    private List<ProcessHandle> hanging() throws IOException {
        Path pids = work.resolve("pids");
        for (long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); !Files.exists(pids); ) {
            assertTrue(System.nanoTime() < until, "the stage is reached");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        var handles = new ArrayList<ProcessHandle>();
        for (String pid : Files.readString(pids).strip().split(" ", -1)) {
            handles.add(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
        }
        return handles;
    }

    /** What hands signals over that whoever started these tests may have had ignored, as nohup does; where it is there. */
    private static List<String> unignored() {
        var command = List.of("env", "--default-signal=INT,HUP,TERM");
        var words = new ArrayList<>(command);
        words.add("true");
        try {
            return new ProcessBuilder(words).start().waitFor() == 0 ? command : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private ProcessBuilder java(String stage, String... arguments) {
        var words = new ArrayList<>(unignored());
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + work.resolve("tmp"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(List.of(arguments));
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "STAGE",
                        stage,
                        "WORK",
                        work.toString(),
                        "PATH",
                        work.resolve("bin") + ":" + System.getenv("PATH"),
                        "DOPI_STATE_HOME",
                        work.resolve("state").toString()));
        return builder;
    }

    private static String outputOf(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String run(String... words) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", words) + ": " + said);
        return said;
    }

    private static void program(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Map<String, String> everything() throws IOException {
        var all = new TreeMap<String, String>();
        try (var paths = Files.walk(root)) {
            for (Path each : paths.toList()) {
                all.put(
                        root.relativize(each).toString(),
                        Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)
                                ? Files.readString(each, StandardCharsets.ISO_8859_1)
                                : "");
            }
        }
        return all;
    }
}
