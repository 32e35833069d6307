package dev.dopi.ui.tui;

import com.googlecode.lanterna.screen.TerminalScreen;
import dev.dopi.engine.Event;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.ui.theme.Depth;
import dev.dopi.ui.theme.Theme;
import dev.dopi.ui.theme.ThemeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A guided session drawn to nowhere: a run from which the JVM can learn what a start needs.
 *
 * <p>It takes no terminal and writes nothing to the project.
 */
public final class GuidedRehearsal {

    private static final int WIDTH = 80;
    private static final int HEIGHT = 24;

    /** From the list of what was found into one finding, through its options and its diff, and back; and the help. */
    private static final List<Key> KEYS = List.of(
            Key.of(Key.Name.DOWN),
            Key.of(Key.Name.ENTER),
            Key.of(Key.Name.DOWN),
            Key.of(Key.Name.PAGE_DOWN),
            Key.of(Key.Name.ENTER),
            Key.of(Key.Name.ESCAPE),
            Key.of('?'),
            Key.of(Key.Name.ESCAPE));

    /** Between two keys, so that none counts as pressed before its screen was seen. */
    private static final long READING_MILLIS = 2_000;

    private GuidedRehearsal() {}

    /** Goes through the screens of the session that {@code open} opens with the listener that it is given. */
    public static void run(Function<Consumer<Event>, Session> open, GuidedOptions options)
            throws IOException, ThemeException {
        var terminal = new GuidedTerminal(OutputStream.nullOutputStream(), Tty.nowhere(), options.mouse());
        var screen = new TerminalScreen(terminal);
        var painter = new Painter(screen);
        screen.startScreen();
        var listener = new AtomicReference<Consumer<Event>>(_ -> {});
        Session session = open.apply(event -> listener.get().accept(event));
        long[] now = {System.currentTimeMillis()};
        var walk = new Walk(session, new AtOnce(), () -> now[0]);
        var guide = new Guide(walk, options, Theme.load("dark", Depth.TRUE), new Nowhere());
        listener.set(guide::event);
        guide.start();
        painter.paint(guide.draw(WIDTH, HEIGHT));
        for (Key key : KEYS) {
            now[0] += READING_MILLIS;
            guide.key(key, now[0]);
            if (guide.exit().isEmpty()) {
                painter.paint(guide.draw(WIDTH, HEIGHT));
                guide.shown(now[0]);
            }
        }
        screen.stopScreen(false);
    }

    /** Leads through a whole session as {@link GuidedSession#run} does, from its first frame to its end. */
    public static int play(Function<Consumer<Event>, Session> open, GuidedOptions options, Depth depth)
            throws IOException, ThemeException {
        var keys = new TypedKeys();
        var place = new Place(
                Tty.nowhere(), keys, OutputStream.nullOutputStream(), Map.of("TERM", "xterm", "COLORFGBG", "15;0"));
        return GuidedSession.run(
                events -> open.apply(event -> {
                    events.accept(event);
                    if (event instanceof Event.Analysed) {
                        keys.begin();
                    }
                }),
                options,
                depth,
                place);
    }

    /** What a terminal sends: its answers at once, keys when there is something to press them for, and then nothing more. */
    private static final class TypedKeys extends InputStream {

        private static final List<String> TYPED =
                List.of("\u001b]11;rgb:ffff/ffff/ffff\u001b\\\u001b[?62c", "\u001b[B", "c", "\u001b", "q");
        private static final long PAUSE_MILLIS = 300;
        private static final long PATIENCE_SECONDS = 60;

        private final CountDownLatch ready = new CountDownLatch(1);
        private int next;

        void begin() {
            ready.countDown();
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("keys are read in lots");
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            if (next == TYPED.size()) {
                return -1;
            }
            try {
                if (next > 0) {
                    boolean _ = ready.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
            byte[] typed = TYPED.get(next++).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(typed, 0, buffer, from, typed.length);
            return typed.length;
        }
    }

    /** Runs what is started in the place where it is started. */
    private static final class AtOnce implements Work {

        @Override
        public <T> void start(
                boolean must, Task<T> task, Consumer<T> done, Consumer<ProjectException> refused, Runnable stopped) {
            try {
                done.accept(task.run());
            } catch (ProjectException e) {
                refused.accept(e);
            } catch (InterruptedException _) {
                stopped.run();
            }
        }

        @Override
        public void cancel() {}

        @Override
        public boolean busy() {
            return false;
        }
    }

    /** A terminal that nobody sits at. */
    private static final class Nowhere implements Outside {

        @Override
        public void suspend() {}

        @Override
        public void repaint() {}

        @Override
        public void copy(String text) {}

        @Override
        public String page(Path file) {
            return "";
        }

        @Override
        public String edit(Path file, int line) {
            return "";
        }
    }
}
