package dev.dopi.engine;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work that an interrupt does not cut off.
 *
 * <p>Java closes a file channel under a thread that is interrupted. Writing therefore happens on a thread that nobody
 * else knows; the caller's interrupt is kept for when it is done.
 */
final class Uninterrupted {

    private Uninterrupted() {}

    /** What is to be done. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws ProjectException;
    }

    static <T> T run(Work<T> work) throws ProjectException {
        var task = new FutureTask<T>(work::run);
        Thread.ofPlatform().name("dopi-writer").start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw rethrown(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ProjectException rethrown(ExecutionException e) {
        return switch (e.getCause()) {
            case ProjectException refused -> refused;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(e);
        };
    }
}
