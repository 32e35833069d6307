package dev.dopi.ui.tui;

import dev.dopi.engine.Event;
import dev.dopi.engine.ProjectException;
import dev.dopi.ui.theme.Depth;
import dev.dopi.ui.theme.Theme;
import dev.dopi.ui.theme.ThemeException;
import dev.dopi.ui.view.Keeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Walks through the screens without a terminal, a thread or a clock that moves by itself. */
final class ScreenDriver {

    private static final long READING_TIME = 1_000;

    private final int width;
    private final int height;
    private final Guide guide;
    private final Walk walk;
    private final SampleSession session;
    private final List<String> copied = new ArrayList<>();
    /** What the user does in the editor. */
    UnaryOperator<String> editor = text -> text;

    private final DirectWork work = new DirectWork();
    private long now = 1_700_000_000_000L;

    ScreenDriver(int width, int height, String... failing) {
        this(Keeper.NONE, width, height, failing);
    }

    /** As above, with what was decided kept by {@code keeper}. */
    ScreenDriver(Keeper keeper, int width, int height, String... failing) {
        this.width = width;
        this.height = height;
        var listener = new AtomicReference<Consumer<Event>>(_ -> {});
        session = new SampleSession(
                event -> listener.get().accept(event), _ -> {}, Set.of(failing), 40, Optional.empty());
        walk = new Walk(session, work, () -> now, keeper);
        listener.set(walk::event);
        guide = new Guide(
                walk,
                new GuidedOptions(
                        "dark",
                        false,
                        false,
                        "chat-app",
                        List.of(),
                        _ -> Optional.of("# A page\n\nIts text."),
                        Optional.of(_ -> "Written to dopi-report.md."),
                        false),
                theme(),
                new Nowhere());
        guide.start();
        draw();
    }

    private static Theme theme() {
        try {
            return Theme.load("dark", Depth.TRUE, Path.of("no-such-folder"));
        } catch (ThemeException e) {
            throw new IllegalStateException(e);
        }
    }

    Walk walk() {
        return walk;
    }

    SampleSession session() {
        return session;
    }

    Guide guide() {
        return guide;
    }

    List<String> copied() {
        return copied;
    }

    /** Presses {@code names}, words such as {@code Down Enter y}, each after the screen was on for a while. */
    ScreenDriver press(String names) {
        for (String name : names.split(" ", -1)) {
            now += READING_TIME;
            key(KeyBinding.of(name, "", () -> {}).keys().getFirst());
        }
        return this;
    }

    /** From now on, what the engine is asked waits for {@link #go}. */
    ScreenDriver hold() {
        work.held = true;
        return this;
    }

    /** Lets the engine do what it was asked since {@link #hold}. */
    ScreenDriver go() {
        work.held = false;
        work.waiting.ifPresent(Runnable::run);
        work.waiting = Optional.empty();
        return this;
    }

    /** Lets a second pass without a key. */
    ScreenDriver rest() {
        now += READING_TIME;
        return this;
    }

    /** Presses a key at once, before anybody can have read anything. */
    ScreenDriver atOnce(String name) {
        now += 50;
        return key(KeyBinding.of(name, "", () -> {}).keys().getFirst());
    }

    ScreenDriver paste(String text) {
        now += READING_TIME;
        return key(new Key.Pasted(text));
    }

    private ScreenDriver key(Key key) {
        guide.key(key, now);
        draw();
        return this;
    }

    String draw() {
        String text = guide.draw(width, height).text();
        guide.shown(now);
        return text;
    }

    /** Runs tasks where they are started, or holds the one that is. */
    private static final class DirectWork implements Work {

        private boolean held;
        private Optional<Runnable> waiting = Optional.empty();
        private Runnable stop = () -> {};

        @Override
        public <T> void start(
                boolean must, Task<T> task, Consumer<T> done, Consumer<ProjectException> refused, Runnable stopped) {
            if (held) {
                waiting = Optional.of(() -> start(must, task, done, refused, stopped));
                stop = stopped;
                return;
            }
            try {
                done.accept(task.run());
            } catch (ProjectException e) {
                refused.accept(e);
            } catch (InterruptedException _) {
                stopped.run();
            }
        }

        @Override
        public void cancel() {
            if (waiting.isPresent()) {
                waiting = Optional.empty();
                stop.run();
            }
        }

        @Override
        public boolean busy() {
            return waiting.isPresent();
        }
    }

    private final class Nowhere implements Outside {

        @Override
        public void suspend() {}

        @Override
        public void repaint() {}

        @Override
        public void copy(String text) {
            copied.add(text);
        }

        @Override
        public String page(Path file) {
            return "";
        }

        @Override
        public String edit(Path file, int line) {
            try {
                Files.writeString(file, editor.apply(Files.readString(file)));
                return "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
