package dev.dopi.ui.tui;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Reads keys on a thread of its own and stamps each with the time at which it came.
 *
 * <p>It can be paused, so that an editor or a pager gets the keys instead.
 */
final class Keyboard {

    /** How long the rest of an escape sequence may be on its way, in milliseconds. */
    private static final int ESCAPE_MILLIS = 40;

    private static final int QUICK_MILLIS = 20;
    private static final int HANG_UP_AFTER = 50;

    private final InputStream in;
    private final KeyDecoder decoder;
    private final BiConsumer<Key, Long> keys;
    private final Runnable hangUp;
    private final Semaphore reading = new Semaphore(1, true);

    /** Reads {@code in}, whose reads return when nothing comes. */
    Keyboard(InputStream in, BiConsumer<Key, Long> keys, Consumer<String> answers, Runnable hangUp) {
        this.in = in;
        this.decoder = new KeyDecoder(answers);
        this.keys = keys;
        this.hangUp = hangUp;
    }

    void start() {
        Thread.ofPlatform().daemon().name("keyboard").start(this::run);
    }

    /** Returns when nothing reads from the terminal any more. */
    void pause() {
        reading.acquireUninterruptibly();
    }

    void resume() {
        reading.release();
    }

    private void run() {
        byte[] buffer = new byte[4_096];
        int nothing = 0;
        try {
            while (nothing < HANG_UP_AFTER) {
                reading.acquireUninterruptibly();
                try {
                    long before = System.nanoTime();
                    int count = in.read(buffer);
                    boolean quick = System.nanoTime() - before < QUICK_MILLIS * 1_000_000L;
                    // A terminal that is there takes its tenth of a second to say that no key was pressed.
                    nothing = count > 0 || !quick ? 0 : nothing + 1;
                    if (count > 0) {
                        take(Arrays.copyOf(buffer, count));
                    }
                } finally {
                    reading.release();
                }
            }
        } catch (IOException _) {
            // The terminal is gone.
        }
        hangUp.run();
    }

    private void take(byte[] bytes) throws IOException {
        send(bytes);
        long until = System.nanoTime() + ESCAPE_MILLIS * 1_000_000L;
        while (decoder.pending() && System.nanoTime() < until) {
            if (in.available() > 0) {
                byte[] more = new byte[in.available()];
                int count = in.read(more);
                send(Arrays.copyOf(more, Math.max(0, count)));
            } else {
                java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
            }
        }
        if (decoder.pending()) {
            long now = System.currentTimeMillis();
            decoder.giveUp().forEach(key -> keys.accept(key, now));
        }
    }

    private void send(byte[] bytes) {
        long now = System.currentTimeMillis();
        decoder.decode(bytes).forEach(key -> keys.accept(key, now));
    }
}
