package dev.dopi.ui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The guided session that ends while a check hangs: nothing runs on, nothing lies about, and all can be taken back. */
@Tag("terminal")
@Timeout(180)
final class SessionFaultsTest {

    /** Hangs with a grandchild in a session of its own. */
    private static final String HANGS = """
            #!/bin/sh
            setsid sleep 300 & echo $! $$ > "FOLDER/pids.new"; mv "FOLDER/pids.new" "FOLDER/pids"; wait
            """;

    private final Path work;
    private final Tmux terminal;
    private final NotesProject project;
    private final String original;

    SessionFaultsTest(@TempDir Path folder) throws IOException, InterruptedException {
        work = folder.toRealPath();
        Files.createDirectory(work.resolve("tmp"));
        terminal = new Tmux(work, 80, 24);
        project = NotesProject.in(work, HANGS.replace("FOLDER", work.toString()));
        original = source();
    }

    @AfterEach
    void close() throws IOException {
        terminal.close();
    }

    @Test
    void theTerminalGoesAwayInTheMiddleOfValidation() throws Exception {
        List<ProcessHandle> hanging = hanging();
        ProcessHandle dopi = hanging.getLast();
        terminal.close();
        dopi.onExit().get(30, TimeUnit.SECONDS);
        assertClean(hanging);
    }

    @Test
    void twoInterruptsInTheMiddleOfValidation() throws Exception {
        List<ProcessHandle> hanging = hanging();
        terminal.keys("C-c");
        terminal.await("Ctrl-C");
        terminal.keys("C-c");
        terminal.await("exit code ");
        terminal.await("all done");
        assertClean(hanging);
    }

    /** Returns what hangs, once it does, and the program itself as the last. */
    private List<ProcessHandle> hanging() throws Exception {
        project.start(terminal, "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=" + work.resolve("tmp"));
        project.write(terminal);
        assertTrue(!source().equals(original));
        terminal.keys("Enter");
        Path pids = work.resolve("pids");
        for (long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); !Files.exists(pids); ) {
            assertTrue(System.nanoTime() < until, "the check is reached");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        var all = new ArrayList<ProcessHandle>();
        for (String pid : Files.readString(pids).strip().split(" ", -1)) {
            all.add(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
        }
        all.add(all.getLast().parent().orElseThrow());
        return all;
    }

    private void assertClean(List<ProcessHandle> ended) throws Exception {
        for (ProcessHandle each : ended) {
            // Its entry may last until its new parent has looked at it.
            each.onExit().get(10, TimeUnit.SECONDS);
        }
        try (var left = Files.newDirectoryStream(work.resolve("tmp"), "dopi-*")) {
            var names = new ArrayList<Path>();
            left.forEach(names::add);
            assertEquals(List.of(), names);
        }
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.dopi.cli.Main",
                        "undo",
                        project.root().toString())
                .redirectErrorStream(true);
        builder.environment().put("DOPI_STATE_HOME", work.resolve("state").toString());
        Process undo = builder.start();
        String said = new String(undo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, undo.waitFor(), said);
        assertEquals(original, source());
    }

    private String source() throws IOException {
        return Files.readString(project.root().resolve("src/index.ts"));
    }
}
