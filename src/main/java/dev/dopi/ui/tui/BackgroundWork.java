package dev.dopi.ui.tui;

import dev.dopi.engine.ProjectException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs tasks on a thread of its own, one after another, once it is told that the user has something to look at. */
final class BackgroundWork implements Work, AutoCloseable {

    private static final Duration POLITENESS = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Consumer<Runnable> screen;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("engine").factory());
    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final Deque<Runnable> held = new ArrayDeque<>();
    private boolean holding = true;
    private @Nullable Thread interruptible;

    /** Hands what is to happen on the screen's thread to {@code screen}. */
    BackgroundWork(Consumer<Runnable> screen) {
        this.screen = screen;
    }

    @Override
    public <T> void start(
            boolean must, Task<T> task, Consumer<T> done, Consumer<ProjectException> refused, Runnable stopped) {
        unfinished.incrementAndGet();
        later(() -> screen.accept(ended(must, task, done, refused, stopped)));
    }

    private synchronized void later(Runnable task) {
        if (holding) {
            held.add(task);
        } else {
            worker.execute(task);
        }
    }

    /** Lets what was started run from now on. */
    synchronized void release() {
        holding = false;
        held.forEach(worker::execute);
        held.clear();
    }

    private <T> Runnable ended(
            boolean must, Task<T> task, Consumer<T> done, Consumer<ProjectException> refused, Runnable stopped) {
        try {
            begin(must);
            T result = task.run();
            return () -> done.accept(result);
        } catch (ProjectException e) {
            return () -> refused.accept(e);
        } catch (InterruptedException _) {
            return stopped;
        } catch (RuntimeException | Error e) {
            // Thrown again where it ends the session and is reported.
            return () -> {
                throw e;
            };
        } finally {
            end();
            unfinished.decrementAndGet();
        }
    }

    private synchronized void begin(boolean must) {
        writing.set(must);
        interruptible = must ? null : Thread.currentThread();
    }

    private synchronized void end() {
        writing.set(false);
        interruptible = null;
        // An interrupt that came too late must not end the next task.
        Thread.interrupted();
    }

    @Override
    public synchronized void cancel() {
        if (interruptible != null) {
            interruptible.interrupt();
        }
    }

    @Override
    public boolean busy() {
        return unfinished.get() > 0;
    }

    /** Ends what may be interrupted and waits for what must not be. */
    @Override
    public void close() {
        worker.shutdown();
        cancel();
        try {
            boolean ended = worker.awaitTermination(POLITENESS.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended && writing.get()) {
                ended = worker.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (!ended) {
                worker.shutdownNow();
            }
        } catch (InterruptedException _) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
