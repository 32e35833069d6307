package dev.dopi.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.process.OutputLine.Channel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class CommandTest {

    /** Programs whose first line is the id of the process that must not outlive the run. */
    private static final String STUBBORN = "trap '' TERM HUP INT; echo $$; while :; do sleep 0.1; done";

    private static final String WITH_CHILD = "sleep 300 & echo $!; wait";
    private static final String DAEMON = "(setsid sh -c 'echo $$; exec sleep 300' >&1 &) ; sleep 300";
    private static final String BARE_DAEMON = "(setsid env -i sh -c 'echo $$; exec sleep 300' &); sleep 300";
    private static final String BARE_CHILD = "env -i /bin/sh -c 'echo $$; exec sleep 300' & sleep 300";

    private final Path folder;

    CommandTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void handsOnBothChannelsAndTheStatus() throws InterruptedException {
        var lines = new ArrayList<OutputLine>();
        Outcome outcome = shell("echo to out; echo to err >&2; exit 3").run(lines::add);
        assertEquals(3, assertInstanceOf(Outcome.Exited.class, outcome).status());
        assertEquals(
                Set.of(new OutputLine(Channel.OUT, "to out"), new OutputLine(Channel.ERR, "to err")),
                Set.copyOf(lines));
    }

    @Test
    void givesTheFolderTheEnvironmentAndNoInput() throws InterruptedException {
        var lines = new ArrayList<OutputLine>();
        var words = List.of("sh", "-c", "pwd -P; echo \"$ADDED\"; echo \"${HOME-none}\"; cat; tty");
        new Command(words, folder, Map.of("ADDED", "a value"), Set.of("HOME"), Duration.ofSeconds(20)).run(lines::add);
        assertEquals(
                List.of(folder.toAbsolutePath().toString(), "a value", "none", "not a tty"),
                lines.stream().map(OutputLine::text).toList());
    }

    @Test
    void saysThatAProgramOrAFolderIsNotThere() throws InterruptedException {
        Outcome outcome = Command.of(folder, Duration.ZERO, "no-such-program").run(line -> {});
        assertEquals(
                "no-such-program is not a program on PATH.",
                assertInstanceOf(Outcome.CouldNotStart.class, outcome).reason());
        Outcome elsewhere =
                Command.of(folder.resolve("gone"), Duration.ZERO, "true").run(line -> {});
        assertEquals(
                "The folder " + folder.resolve("gone") + " does not exist.",
                assertInstanceOf(Outcome.CouldNotStart.class, elsewhere).reason());
    }

    @Test
    void losesNoLineOfAProgramThatPrintsAndExits() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            var count = new AtomicInteger();
            shell("seq 1 4000; seq 1 4000 >&2").run(line -> count.incrementAndGet());
            assertEquals(8000, count.get());
        }
    }

    @Test
    void losesNoLineWhenTheListenerIsSlow() throws InterruptedException {
        var count = new AtomicInteger();
        shell("seq 1 2000").run(line -> {
            long until = System.nanoTime() + 1_000_000;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            count.incrementAndGet();
        });
        assertEquals(2000, count.get());
    }

    @Test
    void keepsMemoryFlatOverHundredMegabytes() throws InterruptedException {
        var bytes = new AtomicLong();
        long before = used();
        var most = new AtomicLong();
        shell("yes 'a line of some forty characters, again' | head -c 100000000")
                .run(line -> {
                    if (bytes.addAndGet(line.text().length() + 1L) % 20_000_000 < 50) {
                        most.accumulateAndGet(used(), Math::max);
                    }
                });
        assertEquals(100_000_000L, bytes.get() - bytes.get() % 1_000);
        assertTrue(most.get() - before < 40_000_000, most.get() - before + " bytes more");
    }

    @Test
    void keepsMemoryFlatOverOneEndlessLine() throws InterruptedException {
        var lengths = new ArrayList<Integer>();
        shell("head -c 50000000 /dev/zero | tr '\\0' x")
                .run(line -> lengths.add(line.text().length()));
        assertEquals(List.of(Lines.MOST_BYTES + Lines.CUT.length()), lengths);
    }

    @ParameterizedTest
    @ValueSource(strings = {STUBBORN, WITH_CHILD, DAEMON, BARE_CHILD})
    void endsTheWholeTreeWhenTheTimeIsUp(String script) throws InterruptedException {
        var pids = new ArrayList<Long>();
        Outcome outcome = shell(script, Duration.ofMillis(700)).run(line -> pids.add(Long.valueOf(line.text())));
        assertInstanceOf(Outcome.TimedOut.class, outcome);
        assertEquals(1, pids.size());
        assertFalse(lives(pids.getFirst()));
    }

    @Test
    void timesOutAProgramThatPrintsWithoutPause() throws InterruptedException {
        Outcome outcome = shell("yes", Duration.ofMillis(500)).run(line -> {});
        assertInstanceOf(Outcome.TimedOut.class, outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {STUBBORN, WITH_CHILD, DAEMON, BARE_CHILD})
    void endsTheWholeTreeWhenInterrupted(String script) throws Exception {
        var first = new CompletableFuture<Long>();
        var thrown = new CompletableFuture<Boolean>();
        Thread runner = Thread.ofVirtual().start(() -> {
            try {
                shell(script, Duration.ZERO).run(line -> first.complete(Long.valueOf(line.text())));
                thrown.complete(false);
            } catch (InterruptedException e) {
                thrown.complete(true);
            }
        });
        long pid = first.get(20, TimeUnit.SECONDS);
        runner.interrupt();
        assertTrue(thrown.get(20, TimeUnit.SECONDS));
        assertFalse(lives(pid));
    }

    @Test
    void endsWhatAProgramLeavesBehindAndDoesNotWaitForItsPipe() throws InterruptedException {
        var pids = new ArrayList<Long>();
        Outcome outcome = shell("(setsid sh -c 'echo $$; exec sleep 300' &); sleep 0.2; exit 4")
                .run(line -> pids.add(Long.valueOf(line.text())));
        assertEquals(4, assertInstanceOf(Outcome.Exited.class, outcome).status());
        assertTrue(outcome.duration().toSeconds() < 10, outcome.duration().toString());
        assertFalse(lives(pids.getFirst()));
    }

    /** Nothing ties such a process to what started it once both links are cut; that it must not make us hang stays. */
    @Test
    void doesNotHangOnAProcessThatCutEveryTie() throws InterruptedException {
        var pids = new ArrayList<Long>();
        Outcome outcome = shell(BARE_DAEMON.replace("; sleep 300", "; sleep 0.2"))
                .run(line -> pids.add(Long.valueOf(line.text())));
        assertInstanceOf(Outcome.Exited.class, outcome);
        assertTrue(outcome.duration().toSeconds() < 10, outcome.duration().toString());
        ProcessHandle.of(pids.getFirst()).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void endsTheProgramWhenTheListenerThrows() {
        var pids = new ArrayList<Long>();
        var thrown = assertThrows(
                IllegalStateException.class, () -> shell(WITH_CHILD).run(line -> {
                    pids.add(Long.valueOf(line.text()));
                    throw new IllegalStateException("listener's bug");
                }));
        assertEquals("listener's bug", thrown.getMessage());
        assertFalse(lives(pids.getFirst()));
    }

    @Test
    void endsWhatRunsWhenTheVirtualMachineEnds() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process machine = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), RunsForEver.class.getName(), STUBBORN)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = machine.inputReader()) {
            long pid = Long.parseLong(output.readLine());
            assertTrue(lives(pid));
            machine.destroy();
            assertTrue(machine.waitFor(20, TimeUnit.SECONDS));
            assertFalse(lives(pid));
        } finally {
            machine.destroyForcibly();
        }
    }

    @Test
    void writesItsWordsAsOneWouldTypeThem() {
        assertEquals(
                "npm test -- 'it'\\''s here'",
                Command.of(folder, Duration.ZERO, "npm", "test", "--", "it's here")
                        .line());
    }

    private Command shell(String script) {
        return shell(script, Duration.ofSeconds(50));
    }

    private Command shell(String script, Duration limit) {
        return Command.of(folder, limit, "sh", "-c", script);
    }

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid)
                .map(each -> each.isAlive() && !ProcessTree.isZombie(pid))
                .orElse(false);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
