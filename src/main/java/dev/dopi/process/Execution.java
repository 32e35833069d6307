package dev.dopi.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of a command.
 *
 * <p>A virtual thread reads each channel and another one waits for the exit; what they see goes through one short queue
 * to the thread that called, which alone talks to the listener. A slow listener slows the program down instead of
 * filling the memory.
 */
final class Execution {

    /** How long output may still come once the program has exited, before what it left behind is ended. */
    private static final Duration LAST_WORDS = Duration.ofMillis(300);

    /** How long the channels may stay open after that, which only a process that cannot be ended makes them. */
    private static final Duration CLOSING = Duration.ofSeconds(2);

    /** How often the time is looked at while nothing happens. */
    private static final Duration TICK = Duration.ofMillis(50);

    private static final int QUEUED = 128;

    private final Command command;
    private final long started = System.nanoTime();
    private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(QUEUED);
    private volatile boolean over;

    Execution(Command command) {
        this.command = command;
    }

    private sealed interface Signal {
        record Printed(OutputLine line) implements Signal {}

        record Closed() implements Signal {}

        record Exited(int status) implements Signal {}
    }

    Outcome run(Consumer<OutputLine> listener) throws InterruptedException {
        Programs programs = programs();
        String program = command.words().getFirst();
        if (!Files.isDirectory(command.folder())) {
            return new Outcome.CouldNotStart("The folder " + command.folder() + " does not exist.", duration());
        }
        if (programs.find(program, command.folder()).isEmpty()) {
            String where = program.contains("/") ? "in " + command.folder() : "on PATH";
            return new Outcome.CouldNotStart(program + " is not a program " + where + ".", duration());
        }
        var mark = ProcessTree.newMark();
        ProcessTree tree;
        try {
            tree = Running.start(builder(programs, mark), mark);
        } catch (IOException e) {
            return new Outcome.CouldNotStart(program + " could not be started: " + e.getMessage() + ".", duration());
        }
        try {
            Outcome outcome = follow(tree, listener);
            Running.requireLasting();
            return outcome;
        } finally {
            over = true;
            tree.end();
            Running.ended(tree);
        }
    }

    private Programs programs() {
        String path = command.environment().get("PATH");
        return path != null ? new Programs(path) : Programs.ofThisMachine();
    }

    private ProcessBuilder builder(Programs programs, String mark) {
        var words = new ArrayList<>(ProcessTree.ownSession());
        words.addAll(command.words());
        String program = command.words().getFirst();
        if (!program.contains("/")) {
            // The PATH that counts is the program's, not dopi's.
            words.set(
                    words.size() - command.words().size(),
                    programs.find(program, command.folder()).orElseThrow().toString());
        }
        var builder = new ProcessBuilder(words).directory(command.folder().toFile());
        builder.redirectInput(new File("/dev/null"));
        command.without().forEach(builder.environment()::remove);
        builder.environment().putAll(command.environment());
        builder.environment().put(ProcessTree.MARK, mark);
        return builder;
    }

    private Outcome follow(ProcessTree tree, Consumer<OutputLine> listener) throws InterruptedException {
        Process process = tree.root();
        read(process.getInputStream(), OutputLine.Channel.OUT);
        read(process.getErrorStream(), OutputLine.Channel.ERR);
        Thread.ofVirtual().start(() -> awaitExit(process));

        long limit = command.limit().isZero() ? Long.MAX_VALUE : command.limit().toNanos();
        OptionalInt status = OptionalInt.empty();
        long lastWords = 0;
        for (int open = 2; open > 0 || status.isEmpty(); ) {
            if (status.isEmpty() && elapsed() >= limit && process.isAlive()) {
                return timedOut(tree);
            }
            if (status.isPresent() && elapsed() >= lastWords && !tree.ended()) {
                tree.end();
            }
            Duration patience = status.isPresent() && tree.ended() ? CLOSING : TICK;
            switch (signals.poll(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                case Signal.Printed(var line) -> listener.accept(line);
                case Signal.Closed() -> open--;
                case Signal.Exited(int exit) -> {
                    status = OptionalInt.of(exit);
                    lastWords = elapsed() + LAST_WORDS.toNanos();
                }
                case null -> {
                    if (tree.ended()) {
                        open = 0;
                    }
                }
            }
        }
        return new Outcome.Exited(status.orElseThrow(), duration());
    }

    private Outcome timedOut(ProcessTree tree) {
        Duration ran = duration();
        tree.end();
        return new Outcome.TimedOut(ran);
    }

    private void read(InputStream stream, OutputLine.Channel channel) {
        Thread.ofVirtual().start(() -> {
            var lines = new Lines(text -> put(new Signal.Printed(new OutputLine(channel, text))));
            var buffer = new byte[Lines.MOST_BYTES];
            try (stream) {
                for (int count = stream.read(buffer); count >= 0 && !over; count = stream.read(buffer)) {
                    lines.add(buffer, count);
                }
            } catch (IOException e) {
                // The program's end closes the channel under the reader: there is no more to read then.
            }
            lines.end();
            put(new Signal.Closed());
        });
    }

    private void awaitExit(Process process) {
        try {
            put(new Signal.Exited(process.waitFor()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(Signal signal) {
        try {
            while (!over && !signals.offer(signal, 100, TimeUnit.MILLISECONDS)) {
                // Wait for room, or for the run to be over.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long elapsed() {
        return System.nanoTime() - started;
    }

    private Duration duration() {
        return Duration.ofNanos(elapsed());
    }
}
