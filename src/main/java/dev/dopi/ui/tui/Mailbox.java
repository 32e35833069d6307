package dev.dopi.ui.tui;

import dev.dopi.engine.Event;
import dev.dopi.ui.theme.Colour;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The way in which all other threads reach the one that owns the screen.
 *
 * <p>What the user does goes ahead of all that is told, however much that is; and nothing that is told is lost.
 */
final class Mailbox {

    private static final int ROOM = 50_000;
    /** As many are taken at once: few enough that a key does not wait for them. */
    private static final int BATCH = 200;

    private static final long PATIENCE_MILLIS = 250;

    // Bounded: a program that prints faster than can be folded has to wait.
    private final LinkedBlockingQueue<Message> queue = new LinkedBlockingQueue<>(ROOM);
    private final ConcurrentLinkedQueue<Message> urgent = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    sealed interface Message {

        record Pressed(Key key, long at) implements Message {}

        record Answered(Colour.Rgb background) implements Message {}

        record Told(Event event) implements Message {}

        record Soon(Runnable what) implements Message {}

        record Resized() implements Message {}

        record HungUp() implements Message {}

        record Wake() implements Message {}
    }

    /** Puts {@code message} ahead of all that is told, and wakes who waits. */
    void urgent(Message message) {
        urgent.add(message);
        // Where the queue is full there is no need to: nobody sleeps.
        queue.offer(new Message.Wake());
    }

    /** Puts {@code message} behind the others, and waits until there is room for it. */
    void put(Message message) {
        boolean interrupted = Thread.interrupted();
        boolean taken = false;
        while (!taken && !closed) {
            try {
                taken = queue.offer(message, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns what is urgent, alone where there is any; else some of what is told; nothing after {@code wait} milliseconds. */
    List<Message> take(long wait) throws InterruptedException {
        var batch = new ArrayList<Message>();
        Message first = queue.poll(wait, TimeUnit.MILLISECONDS);
        for (Message message = urgent.poll(); message != null; message = urgent.poll()) {
            batch.add(message);
        }
        boolean told = batch.isEmpty();
        if (first != null) {
            batch.add(first);
        }
        if (told) {
            queue.drainTo(batch, BATCH);
        }
        return batch;
    }

    /** Says that nobody takes anything any more. */
    void close() {
        closed = true;
    }
}
