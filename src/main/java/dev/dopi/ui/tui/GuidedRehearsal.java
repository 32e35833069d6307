package dev.dopi.ui.tui;

import com.googlecode.lanterna.screen.TerminalScreen;
import dev.dopi.engine.Event;
import dev.dopi.engine.ProjectException;
import dev.dopi.engine.Session;
import dev.dopi.ui.theme.Depth;
import dev.dopi.ui.theme.Theme;
import dev.dopi.ui.theme.ThemeException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The first screens of a guided session, drawn to nowhere: a run from which the JVM can learn what a start needs.
 *
 * <p>It takes no terminal, keeps no decision and writes nothing.
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
        var terminal = new GuidedTerminal(OutputStream.nullOutputStream(), options.mouse());
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
