package dev.dopi.ui.tui;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.screen.TerminalScreen;
import dev.dopi.engine.Event;
import dev.dopi.ui.theme.Colour;
import dev.dopi.ui.tui.Mailbox.Message;
import dev.dopi.ui.view.EditorCommand;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The one thread that owns the screen, and the queue through which all others reach it.
 *
 * <p>It draws what a key does at once, and all else at most thirty times a second however much happens. It restores the
 * terminal on every way out that a program can notice.
 */
final class Window implements Outside, AutoCloseable {

    private static final long FRAME_MILLIS = 33;
    private static final long TICK_MILLIS = 250;
    private static final long IDLE_MILLIS = 60_000;
    private static final int LONGEST_COPY = 74_994;
    private static final int HUNG_UP = 129;
    /** How long an answer may be on its way that would else land in the user's shell. */
    private static final long ANSWERING_MILLIS = 250;

    private final Mailbox mailbox = new Mailbox();
    private final Tty tty;
    private final GuidedTerminal terminal;
    private final TerminalScreen screen;
    private final Painter painter;
    private final Keyboard keyboard;
    private final CountDownLatch answers = new CountDownLatch(1);
    private Optional<Consumer<Colour.Rgb>> background = Optional.empty();
    private Runnable afterFirst = () -> {};
    private Optional<Long> asked = Optional.empty();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream stray = new ByteArrayOutputStream();
    private final AtomicBoolean left = new AtomicBoolean();
    private final Thread hook = new Thread(this::leaveInHurry, "terminal");
    private Runnable leaving = () -> {};
    private String summary = "";
    private boolean resized = true;

    /** The terminal is not taken before {@link #show}. */
    Window(Place place, boolean mouse) throws IOException {
        tty = place.tty();
        terminal = new GuidedTerminal(new BufferedOutputStream(place.out(), 1 << 16), tty, mouse);
        Runtime.getRuntime().addShutdownHook(hook);
        tty.raw();
        screen = new TerminalScreen(terminal);
        painter = new Painter(screen);
        keyboard = new Keyboard(
                place.in(),
                (key, at) -> mailbox.urgent(new Message.Pressed(key, at)),
                this::answered,
                () -> mailbox.urgent(new Message.HungUp()));
        // What any library prints would land in the picture.
        var aside = new PrintStream(stray, true, StandardCharsets.UTF_8);
        System.setOut(aside);
        System.setErr(aside);
    }

    /** Sets who is told the terminal's background, which is asked for once the first frame is shown. */
    void onBackground(Consumer<Colour.Rgb> listener) {
        background = Optional.of(listener);
    }

    /** Sets what is done right after the first frame. */
    void onFirstFrame(Runnable action) {
        afterFirst = action;
    }

    /** Sets what is to end when the program is ended from outside. */
    void onLeaving(Runnable action) {
        leaving = action;
    }

    /** Sets what is written to the normal screen in the end. */
    void afterwards(String text) {
        summary = text;
    }

    void told(Event event) {
        mailbox.put(new Message.Told(event));
    }

    void soon(Runnable what) {
        mailbox.put(new Message.Soon(what));
    }

    /** Shows {@code guide} until it ends, and returns its exit code. */
    int show(Guide guide) throws IOException {
        guide.start();
        first(guide);
        boolean dirty = true;
        long drawn = System.currentTimeMillis();
        while (guide.exit().isEmpty()) {
            long now = System.currentTimeMillis();
            long wait = dirty ? Math.max(0, drawn + FRAME_MILLIS - now) : guide.ticking() ? TICK_MILLIS : IDLE_MILLIS;
            List<Message> batch = receive(guide, wait);
            dirty |= !batch.isEmpty();
            now = System.currentTimeMillis();
            dirty |= guide.ticking() && now - drawn >= TICK_MILLIS;
            // Who presses a key waits for what it does; what is only told can wait for the next frame.
            boolean asked = batch.stream().anyMatch(Message.Pressed.class::isInstance);
            if (dirty && (asked || now - drawn >= FRAME_MILLIS) && guide.exit().isEmpty()) {
                draw(guide);
                drawn = System.currentTimeMillis();
                dirty = false;
            }
        }
        mailbox.close();
        return guide.exit().orElse(0);
    }

    /** Shows the first frame, and only then does what can wait for it. */
    private void first(Guide guide) throws IOException {
        TerminalSize size = screen.getTerminalSize();
        Frame frame = guide.draw(size.getColumns(), size.getRows());
        enter();
        painter.paint(frame);
        guide.shown(System.currentTimeMillis());
        keyboard.start();
        if (background.isPresent()) {
            terminal.ask(Background.QUESTION);
            asked = Optional.of(System.nanoTime());
        }
        afterFirst.run();
        Signals.on("WINCH", () -> mailbox.urgent(new Message.Resized()));
        // The window may have changed while nobody listened.
        resized = true;
    }

    /** Hands what has come to {@code guide}, and returns it. */
    private List<Message> receive(Guide guide, long wait) {
        List<Message> batch;
        try {
            batch = mailbox.take(wait);
        } catch (InterruptedException _) {
            guide.quit(HUNG_UP);
            return List.of();
        }
        for (Message message : batch) {
            switch (message) {
                case Message.Pressed(var key, var at) -> guide.key(key, at);
                case Message.Answered(var colour) -> background.ifPresent(it -> it.accept(colour));
                case Message.Told(var event) -> guide.event(event);
                case Message.Soon(var what) -> what.run();
                case Message.Resized _ -> resized = true;
                case Message.HungUp _ -> guide.quit(HUNG_UP);
                case Message.Wake _ -> {}
            }
            if (guide.exit().isPresent()) {
                break;
            }
        }
        return batch;
    }

    private void answered(String sequence) {
        Background.colour(sequence).ifPresent(colour -> mailbox.urgent(new Message.Answered(colour)));
        if (Background.isLast(sequence)) {
            answers.countDown();
        }
    }

    /** Waits for an answer that would else be typed into the user's shell. */
    private void awaitAnswers() {
        if (asked.isPresent()) {
            long left = ANSWERING_MILLIS - (System.nanoTime() - asked.get()) / 1_000_000;
            try {
                boolean _ = answers.await(left, TimeUnit.MILLISECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void draw(Guide guide) throws IOException {
        if (resized) {
            resized = false;
            tty.forgetSize();
            terminal.getTerminalSize();
            if (screen.doResizeIfNecessary() != null) {
                painter.forget();
            }
        }
        TerminalSize size = screen.getTerminalSize();
        painter.paint(guide.draw(size.getColumns(), size.getRows()));
        guide.shown(System.currentTimeMillis());
    }

    private void enter() throws IOException {
        tty.settled();
        screen.startScreen();
        painter.forget();
        resized = true;
    }

    private void leave() throws IOException {
        screen.stopScreen(false);
        terminal.exitPrivateMode();
        tty.restore();
    }

    @Override
    public void suspend() {
        outside(List.of("kill", "-TSTP", "0"));
    }

    @Override
    public void repaint() {
        painter.forget();
    }

    @Override
    public void copy(String text) {
        String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        if (base64.length() <= LONGEST_COPY) {
            try {
                terminal.copy(base64);
            } catch (IOException _) {
                // The terminal is gone; the keyboard notices.
            }
        }
    }

    @Override
    public String page(Path file) {
        String pager = Optional.ofNullable(System.getenv("PAGER"))
                .filter(name -> !name.isBlank())
                .orElse("less");
        // Through a shell, because PAGER may hold options; the file's name is never part of what it reads.
        int status = outside(List.of("sh", "-c", pager + " \"$1\"", "sh", file.toString()));
        return status == 0
                ? ""
                : "The pager \"" + pager + "\" ended with exit code " + status + "; the log is " + file + ".";
    }

    @Override
    public String edit(Path file, int line) {
        EditorCommand editor = EditorCommand.of(System.getenv());
        return editor.problem(outside(editor.on(file, line)));
    }

    /** Runs {@code command} with the terminal as the user knows it, and comes back. */
    private int outside(List<String> command) {
        keyboard.pause();
        try {
            leave();
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            tty.raw();
            enter();
            return status;
        } catch (IOException e) {
            try {
                tty.raw();
                enter();
            } catch (IOException _) {
                mailbox.urgent(new Message.HungUp());
            }
            return 127;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 130;
        } finally {
            keyboard.resume();
        }
    }

    private void leaveInHurry() {
        restore();
        leaving.run();
    }

    private void restore() {
        if (left.compareAndSet(false, true)) {
            try {
                terminal.exitPrivateMode();
                tty.restore();
            } catch (IOException _) {
                // There is no terminal left to restore.
            }
        }
    }

    @Override
    public void close() {
        awaitAnswers();
        keyboard.pause();
        restore();
        System.setOut(out);
        System.setErr(err);
        if (stray.size() > 0) {
            err.print(stray.toString(StandardCharsets.UTF_8));
            err.flush();
        }
        out.print(summary);
        out.flush();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The program is being ended already.
        }
    }
}
