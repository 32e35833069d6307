package dev.dopi.ui.tui;

import dev.dopi.engine.Event;
import dev.dopi.ui.theme.Colour;
import dev.dopi.ui.theme.Role;
import dev.dopi.ui.theme.Style;
import dev.dopi.ui.theme.Theme;
import dev.dopi.ui.view.Keeper;
import dev.dopi.ui.view.Unfinished;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leads from screen to screen: hands keys to the one in front, draws it, and keeps the others for going back.
 *
 * <p>It needs no terminal: keys come in and frames go out.
 */
final class Guide {

    private static final long MESSAGE_MILLIS = 6_000;
    private static final long TWICE_MILLIS = 2_000;
    private static final int INTERRUPTED = 130;

    private final Walk walk;
    private final GuidedOptions options;
    private Theme theme;
    private final Signs signs;
    private final Outside outside;
    private final KeyGuard guard = new KeyGuard();
    private final Map<Step, Screen> steps = new EnumMap<>(Step.class);
    private final Deque<Screen> stack = new ArrayDeque<>();
    private String message = "";
    private long messageUntil;
    private boolean stopping;
    private long lastInterrupt = Long.MIN_VALUE / 2;
    private Optional<Integer> exit = Optional.empty();

    Guide(Walk walk, GuidedOptions options, Theme theme, Outside outside) {
        this.walk = walk;
        this.options = options;
        this.theme = theme;
        this.signs = options.ascii() ? Signs.ASCII : Signs.UNICODE;
        this.outside = outside;
        walk.tell(this::insist);
    }

    void start() {
        go(Step.ANALYSE);
        walk.kept().elsewhere().ifPresent(this::twoSessions);
        if (!options.notice().isEmpty()) {
            push(new TextScreen(
                    this, Step.ANALYSE, options.project(), String.join("\n", options.notice()), "Enter", "go on"));
        }
    }

    /** Has what is decided kept by {@code keeper}, which says whether another session has the project open. */
    void keepWith(Keeper keeper) {
        walk.kept().with(keeper);
        walk.kept().elsewhere().ifPresent(this::twoSessions);
    }

    private void twoSessions(String who) {
        push(new DialogScreen(
                Step.ANALYSE,
                "Open twice",
                who + " You can look and decide here too. What you decide here is not kept if the connection drops,"
                        + " and what one session writes the other refuses to write over.",
                List.of(
                        new DialogScreen.Answer("Quit", () -> quit(0)),
                        new DialogScreen.Answer("Go on all the same", this::pop))));
    }

    /** Offers to go on with what an earlier session left unfinished; called when the project was read. */
    void offerEarlier() {
        Optional<Unfinished> earlier = walk.kept().earlier();
        if (earlier.isEmpty()) {
            return;
        }
        Unfinished before = earlier.get();
        if (options.resume()) {
            goOn(before);
            return;
        }
        boolean written = before.stage() == Unfinished.Stage.VALIDATE;
        String what = written
                ? "Your last session here wrote its changes and did not get to the end of the checks."
                : "Your last session here was not finished: %s chosen, %s decided. Nothing of it was written."
                        .formatted(Texts.count(before.chosen(), "pattern"), Texts.count(before.hunks(), "hunk"));
        push(new DialogScreen(
                Step.ANALYSE,
                "Go on?",
                what,
                List.of(
                        new DialogScreen.Answer(
                                written ? "Run the checks" : "Go on where you were", () -> goOn(before)),
                        new DialogScreen.Answer("Start anew", () -> {
                            walk.kept().drop();
                            pop();
                        }))));
    }

    private void goOn(Unfinished before) {
        if (before.stage() == Unfinished.Stage.VALIDATE) {
            walk.takeUpWritten(() -> go(Step.VALIDATE));
            return;
        }
        boolean again = walk.takeUp(before);
        if (walk.choices().isEmpty()) {
            go(Step.CHOOSE);
            return;
        }
        walk.plan(() -> go(
                switch (before.stage()) {
                    case CHOOSE -> Step.CHOOSE;
                    case OPTIONS -> Step.OPTIONS;
                    case REVIEW -> Step.REVIEW;
                    case APPLY -> again ? Step.REVIEW : Step.APPLY;
                    case VALIDATE -> Step.VALIDATE;
                }));
        // Behind the plan, which the user waits for.
        walk.previewAgain();
        if (again) {
            insist("The files changed since, so look at the hunks again. What you chose is as you left it.");
        }
    }

    Walk walk() {
        return walk;
    }

    GuidedOptions options() {
        return options;
    }

    Outside outside() {
        return outside;
    }

    Signs signs() {
        return signs;
    }

    Theme theme() {
        return theme;
    }

    /** Draws in the theme {@code next} from now on. */
    void dress(Theme next) {
        theme = next;
        outside.repaint();
    }

    Style style(Role role) {
        return theme.style(role);
    }

    /** Returns the nearest that the terminal has to a colour that a program asked for. */
    Colour shade(Colour colour) {
        return colour.at(theme.depth());
    }

    // Going places

    /** Goes to {@code step}; its screen stands as it was left. */
    void go(Step step) {
        stack.clear();
        walk.reached(step);
        push(steps.computeIfAbsent(step, this::screen));
    }

    /** Goes to {@code step} as if for the first time. */
    void goAnew(Step step) {
        steps.remove(step);
        go(step);
    }

    private Screen screen(Step step) {
        return switch (step) {
            case ANALYSE -> new AnalyseScreen(this);
            case CHOOSE -> new ChooseScreen(this);
            case OPTIONS -> new OptionsScreen(this);
            case REVIEW -> new ReviewScreen(this);
            case APPLY -> new ApplyScreen(this);
            case VALIDATE -> new ValidateScreen(this);
            case REPORT -> new ReportScreen(this);
        };
    }

    void push(Screen screen) {
        stack.push(screen);
        screen.entered();
    }

    void pop() {
        stack.pop();
        front().entered();
    }

    Screen front() {
        return stack.getFirst();
    }

    void say(String sentence) {
        message = sentence;
        messageUntil = walk.now() + MESSAGE_MILLIS;
    }

    /** Shows {@code sentence} until a key is pressed. */
    private void insist(String sentence) {
        message = sentence;
        messageUntil = Long.MAX_VALUE;
    }

    void quit(int code) {
        exit = Optional.of(code);
    }

    Optional<Integer> exit() {
        return exit;
    }

    // Keys

    void event(Event event) {
        walk.event(event);
    }

    void key(Key key, long at) {
        if (!key.equals(new Key.Ctrl('c')) && !message.isEmpty()) {
            message = "";
        }
        if (terminalKey(key, at) || front().take(key, at)) {
            return;
        }
        if (key instanceof Key.Wheel(var steps)) {
            for (int i = 0; i < 3; i++) {
                dispatch(Key.of(steps < 0 ? Key.Name.UP : Key.Name.DOWN), at);
            }
            return;
        }
        if (key instanceof Key.Pasted) {
            say("Pasted text decides nothing here.");
            return;
        }
        dispatch(key, at);
    }

    private void dispatch(Key key, long at) {
        for (KeyBinding binding : bindings()) {
            if (binding.keys().contains(key)) {
                if (binding.disabled().isPresent()) {
                    say(binding.disabled().get());
                } else if (!binding.decides() || guard.admits(at)) {
                    binding.action().accept(key);
                } else {
                    say("Take a moment to read it first; then press the key again.");
                }
                return;
            }
        }
    }

    private boolean terminalKey(Key key, long at) {
        if (!(key instanceof Key.Ctrl(var letter))) {
            return false;
        }
        switch (letter) {
            case 'c' -> interrupt(at);
            case 'z' -> outside.suspend();
            case 'l' -> outside.repaint();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void interrupt(long at) {
        if (at - lastInterrupt <= TWICE_MILLIS) {
            walk.checking().cancelAll();
            quit(INTERRUPTED);
            return;
        }
        lastInterrupt = at;
        boolean busy = walk.busy();
        walk.checking().cancelAll();
        stopping = busy;
        say(busy ? "Stopping what runs. Ctrl-C again within 2 seconds quits." : "Ctrl-C again within 2 seconds quits.");
    }

    /** Returns the keys of the screen in front and those that work everywhere. */
    List<KeyBinding> bindings() {
        var all = new ArrayList<>(front().keys());
        if (!front().overlay()) {
            all.add(KeyBinding.of("q", "quit", this::askToQuit)
                    .in(KeyBinding.Group.LEAVE)
                    .help("quit (asks if needed)"));
            all.add(KeyBinding.of("Ctrl-Z", "shell", () -> {})
                    .in(KeyBinding.Group.LEAVE)
                    .help("to the shell, fg comes back")
                    .quiet());
            all.add(KeyBinding.of("Ctrl-C", "stop", () -> {})
                    .in(KeyBinding.Group.LEAVE)
                    .help("stop; twice quits")
                    .quiet());
            all.add(KeyBinding.of("Ctrl-L", "repaint", () -> {})
                    .in(KeyBinding.Group.VIEW)
                    .help("draw everything again")
                    .quiet());
        }
        if (!(front() instanceof HelpScreen)) {
            all.add(KeyBinding.of("?", "help", () -> push(new HelpScreen(this, front())))
                    .quiet()
                    .in(KeyBinding.Group.LEAVE));
        }
        return all;
    }

    void askToQuit() {
        Optional<String> stake = front().atStake();
        if (stake.isEmpty() && walk.undecidedOnDisk()) {
            stake = Optional.of("Your decisions are not written anywhere yet. Nothing in the project was changed.");
        }
        if (stake.isEmpty()) {
            quit(walk.exitCode());
            return;
        }
        if (walk.kept().keeps() && walk.undecidedOnDisk() && front().atStake().isEmpty()) {
            askToKeep();
            return;
        }
        push(new DialogScreen(
                front().step(),
                "Quit?",
                stake.get(),
                List.of(
                        new DialogScreen.Answer("Stay", this::pop),
                        new DialogScreen.Answer(
                                "Quit", () -> quit(walk.undecidedOnDisk() ? INTERRUPTED : walk.exitCode())))));
    }

    private void askToKeep() {
        push(new DialogScreen(
                front().step(),
                "Quit?",
                "Your decisions are kept. Nothing was written to your project. dopi offers to go on next time.",
                List.of(
                        new DialogScreen.Answer("Stay", this::pop),
                        new DialogScreen.Answer("Quit, and go on another time", () -> quit(INTERRUPTED)),
                        new DialogScreen.Answer("Quit, and drop the decisions", () -> {
                            walk.kept().drop();
                            quit(walk.exitCode());
                        }))));
    }

    // Drawing

    Frame draw(int width, int height) {
        List<String> before = footer();
        Frame frame = drawn(width, height);
        // What a screen finds when it is drawn can be what its keys depend on.
        return footer().equals(before) ? frame : drawn(width, height);
    }

    private List<String> footer() {
        return bindings().stream()
                .map(binding -> binding.label() + binding.disabled().isPresent())
                .toList();
    }

    private Frame drawn(int width, int height) {
        var frame = new Frame(width, height, theme.style(Role.TEXT));
        Canvas canvas = Canvas.of(frame, theme, signs);
        if (Chrome.tooSmall(width, height)) {
            Chrome.drawTooSmall(canvas);
            return frame;
        }
        if (stopping && !walk.busy()) {
            stopping = false;
            say("Stopped. Ctrl-C again quits.");
        }
        if (walk.now() > messageUntil) {
            message = "";
        }
        Canvas body = Chrome.draw(canvas, new Framed(front(), bindings()), options.project(), message);
        List<Screen> below = new ArrayList<>();
        for (Screen screen : stack) {
            below.addFirst(screen);
            if (!screen.overlay()) {
                break;
            }
        }
        below.forEach(screen -> screen.draw(body));
        // Only what has just been drawn can be decided.
        guard.about(front().decided());
        return frame;
    }

    /** Says that the last frame has reached the terminal. */
    void shown(long at) {
        guard.shown(at);
    }

    /** Returns whether something on the screen changes with time alone. */
    boolean ticking() {
        return walk.busy() || !message.isEmpty() || front().changing();
    }

    /** The screen in front, with the keys that work everywhere among its own. */
    private record Framed(Screen screen, List<KeyBinding> keys) implements Screen {

        @Override
        public Step step() {
            return screen.step();
        }

        @Override
        public void draw(Canvas canvas) {
            screen.draw(canvas);
        }

        @Override
        public String place() {
            return screen.place();
        }

        @Override
        public String question() {
            return screen.question();
        }

        @Override
        public String brief() {
            return screen.brief();
        }
    }
}
