package dev.dopi.ui.tui;

import dev.dopi.edit.Hunk;
import dev.dopi.ui.theme.Role;
import dev.dopi.ui.tui.Review.HunkPage;
import dev.dopi.ui.view.HunkDiff;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Step 4: every hunk of every chosen pattern, one at a time.
 *
 * <p>One page is one hunk, so what a key decides is exactly what is on the screen.
 */
final class ReviewScreen implements Screen {

    private static final int SPLIT_FROM = 120;
    private static final int SPLITTABLE = 60;
    private static final int COMPACT = 12;

    private final Guide guide;
    private final Review review;
    private final Scroll scroll = new Scroll();
    private final Search search;
    private int context = 3;
    private Optional<Boolean> split = Optional.empty();
    private boolean wrap = true;
    private boolean beside;
    private int pan;
    /** Whether the user asked to go on while the plans were being made. */
    private boolean goesOn;

    private Optional<DiffPane> drawn = Optional.empty();
    private Optional<Layout> layout = Optional.empty();
    private Optional<Coloured> coloured = Optional.empty();

    ReviewScreen(Guide guide) {
        this.guide = guide;
        this.review = new Review(guide.walk());
        this.search = new Search(
                () -> drawn.map(DiffPane::size).orElse(0),
                row -> drawn.map(pane -> pane.text(row)).orElse(""),
                scroll::reveal);
    }

    /** What a diff was laid out for; as long as it is the same, so is the layout. */
    private record Layout(Hunk hunk, String text, int context, int width, boolean beside, boolean wrap) {}

    @Override
    public Step step() {
        return Step.REVIEW;
    }

    @Override
    public void entered() {
        guide.walk().plan(this::workedOut);
    }

    @Override
    public Object decided() {
        return review.current().map(HunkPage::key).orElse(this);
    }

    @Override
    public String place() {
        return review.current()
                .map(it -> review.position(it) + "  " + it.plan().choice().pattern())
                .orElse("");
    }

    @Override
    public String question() {
        if (search.on()) {
            return search.prompt();
        }
        if (!review.planned()) {
            return "The changes are being worked out.";
        }
        if (review.empty()) {
            return "There is nothing to review: b goes back.";
        }
        if (review.open().isEmpty()) {
            return review.accepted() == 0
                    ? "Nothing is accepted, so there is nothing to write. b back, u undo"
                    : "All is decided: " + review.accepted() + " accepted, " + review.rejected()
                            + " left out. Enter goes on to Apply.";
        }
        HunkPage here = review.current().orElseThrow();
        if (!here.decidable()) {
            return here.hunk().isEmpty()
                    ? "There is nothing to decide here. J goes on."
                    : "This is advice: shown, never written. J goes on.";
        }
        return review.verdict(here)
                .map(yes -> (yes ? "Accepted." : "Left out.") + "  y yes  n no  u undo  J next")
                .orElse("Apply this hunk?  y yes  n no  s split  e edit  A rest of file  u undo");
    }

    @Override
    public String brief() {
        if (search.on() || !review.planned() || review.empty()) {
            return question();
        }
        if (review.open().isEmpty()) {
            return review.accepted() == 0 ? "Nothing is accepted. u undo, b back" : "All is decided. Enter goes on.";
        }
        return review.current().map(HunkPage::decidable).orElse(false)
                ? "Apply it?  y yes  n no  A file  u undo"
                : "Nothing to decide here. J goes on.";
    }

    @Override
    public boolean take(Key key, long at) {
        return search.take(key);
    }

    @Override
    public List<KeyBinding> keys() {
        var keys = new ArrayList<KeyBinding>();
        keys.addAll(search.on() ? search.keys() : decisions());
        if (search.on()) {
            keys.add(KeyBinding.of("y A u s e", "y", "decide", _ -> {})
                    .quiet()
                    .unless(true, "Esc ends the search; then decide."));
        }
        keys.add(KeyBinding.of("Enter", "apply", this::goOn)
                .help("go on to Apply")
                .in(KeyBinding.Group.LEAVE));
        keys.add(KeyBinding.of("J K", "J/K", "hunk", key -> turn(() -> review.turn(key.equals(Key.of('J')) ? 1 : -1)))
                .help("next, previous hunk")
                .in(KeyBinding.Group.MOVE));
        keys.addAll(scroll.keys());
        keys.add(KeyBinding.of(
                        "Tab Shift-Tab",
                        "Tab",
                        "file",
                        key -> turn(() -> review.turnFile(key.equals(Key.of(Key.Name.TAB)) ? 1 : -1)))
                .help("next file; Shift-Tab the one before")
                .in(KeyBinding.Group.MOVE));
        keys.addAll(views());
        if (!search.on()) {
            keys.add(search.key());
        }
        keys.add(KeyBinding.of(
                        "b Backspace Esc",
                        "b",
                        "back",
                        _ -> guide.go(OptionsScreen.needed(guide) ? Step.OPTIONS : Step.CHOOSE))
                .in(KeyBinding.Group.LEAVE));
        return keys;
    }

    private List<KeyBinding> decisions() {
        boolean fixed = review.current().map(it -> !it.decidable()).orElse(true);
        String why = "There is nothing to decide on this page.";
        return List.of(
                decision("y", "yes", "apply this hunk", () -> decide(true)).unless(fixed, why),
                decision("n", "no", "leave it out", () -> decide(false)).unless(fixed, why),
                decision("A", "rest of file", "yes to what is left in this file", this::acceptFile)
                        .unless(fixed, why),
                KeyBinding.of("u", "undo", this::forget)
                        .help("take the decision back")
                        .in(KeyBinding.Group.DECIDE)
                        .quiet(),
                KeyBinding.of("s", "split", this::split)
                        .help("decide it part by part, or whole again")
                        .in(KeyBinding.Group.DECIDE)
                        .unless(fixed, why)
                        .quiet(),
                KeyBinding.of("e", "edit", () -> new HunkEdit(guide, review, this::changed).begin())
                        .help("change it in $EDITOR")
                        .in(KeyBinding.Group.DECIDE)
                        .unless(fixed, why)
                        .quiet());
    }

    private List<KeyBinding> views() {
        return List.of(
                KeyBinding.of(
                                "[ ]",
                                "[ ]",
                                "context",
                                key -> context = Math.clamp(context + (key.equals(Key.of(']')) ? 3 : -3), 0, 9_999))
                        .help("less, more lines around it"),
                KeyBinding.of("v", "split", () -> split = Optional.of(!beside)).help("side by side, or not"),
                KeyBinding.of("w", "wrap", () -> wrap = !wrap).help("wrap or cut long lines"),
                KeyBinding.of("Left h", "h", "left", _ -> pan = Math.max(0, pan - 8))
                        .help("to the left, where lines are cut")
                        .in(KeyBinding.Group.MOVE)
                        .quiet(),
                KeyBinding.of("Right l", "l", "right", _ -> pan += 8)
                        .help("to the right, where lines are cut")
                        .in(KeyBinding.Group.MOVE)
                        .quiet());
    }

    private static KeyBinding decision(String key, String label, String help, Runnable action) {
        return KeyBinding.of(key, label, action).help(help).deciding().quiet();
    }

    private void turn(Runnable how) {
        goesOn = false;
        how.run();
        scroll.toStart();
        pan = 0;
    }

    private void decide(boolean yes) {
        String others = review.decide(yes);
        if (!others.isEmpty()) {
            guide.say((yes ? "Accepted with it, because it needs them: " : "Left out with it, because they need it: ")
                    + others);
        }
        changed();
    }

    private void acceptFile() {
        review.acceptFile();
        changed();
    }

    /** Works the plans out again and goes to the next hunk that is open. */
    private void changed() {
        turn(review::turnToOpen);
        guide.walk().plan(this::workedOut);
    }

    private void split() {
        review.split().ifPresentOrElse(guide::say, () -> guide.walk().plan(this::workedOut));
        review.rebuild();
    }

    private void forget() {
        review.forget();
        guide.walk().plan(this::workedOut);
    }

    private void workedOut() {
        review.rebuild();
        if (goesOn) {
            goesOn = false;
            if (guide.front() == this) {
                goOn();
            }
        }
    }

    private void goOn() {
        List<HunkPage> open = review.open();
        if (!review.planned() || guide.walk().planning()) {
            goesOn = true;
            guide.say("The changes are still being worked out; this goes on as soon as they are.");
        } else if (open.isEmpty()) {
            finish();
        } else {
            String what = Texts.count(open.size(), "hunk is", "hunks are")
                    + " not decided yet. Nothing is written before the next screen asks.";
            guide.push(new DialogScreen(
                    Step.REVIEW,
                    "Go on?",
                    what,
                    List.of(
                            new DialogScreen.Answer("Look at " + (open.size() == 1 ? "it" : "them"), () -> {
                                guide.pop();
                                turn(() -> review.turnTo(open.getFirst()));
                            }),
                            new DialogScreen.Answer("Leave out what is not decided", () -> decideOpen(false)),
                            new DialogScreen.Answer("Accept what is not decided", () -> decideOpen(true)))));
        }
    }

    private void decideOpen(boolean yes) {
        review.decideOpen(yes);
        guide.pop();
        guide.walk().plan(() -> {
            review.rebuild();
            finish();
        });
    }

    private void finish() {
        List<HunkPage> open = review.open();
        if (!open.isEmpty()) {
            // What is left out of one pattern can change the plan of the next.
            turn(() -> review.turnTo(open.getFirst()));
            guide.say("The plans changed with your decisions: " + Texts.count(open.size(), "hunk is", "hunks are")
                    + " new.");
        } else if (guide.walk().planned().stream()
                .allMatch(plan -> plan.changes().isEmpty())) {
            guide.say("Nothing is accepted, so there is nothing to write.");
        } else {
            guide.goAnew(Step.APPLY);
        }
    }

    @Override
    public List<Word> words() {
        return List.of(
                new Word("hunk", "one group of changed lines, accepted or left out as a whole"),
                new Word("safe", "the code means what it meant"),
                new Word("review", "behaviour changes on purpose; a person should agree"),
                new Word("needs value", "look at the value that you chose for it"),
                new Word("advice", "shown, never written"),
                new Word("needs", "another hunk without which this one would be wrong"));
    }

    @Override
    public void draw(Canvas canvas) {
        if (review.empty()) {
            canvas.write(
                    1,
                    0,
                    review.planned() ? "Nothing that is chosen changes anything." : "Working the changes out ...",
                    Role.TEXT);
            return;
        }
        HunkPage here = review.current().orElseThrow();
        here.hunk().ifPresent(hunk -> guide.walk().looksAt(here.about(), hunk.id()));
        int y = 0;
        if (canvas.height() >= COMPACT) {
            title(canvas, here);
            tabs(canvas.region(0, 1, canvas.width(), 1), here);
            y = 2;
        }
        if (here.hunk().isEmpty()) {
            refusals(canvas.region(1, y + 1, canvas.width() - 2, canvas.height() - y - 1), here);
            return;
        }
        Hunk hunk = here.hunk().get();
        y = about(canvas, y, here, hunk);
        diff(canvas, y, here, hunk);
    }

    /** Reads the trees of a hunk's file once for all widths and contexts that it is shown in. */
    private DiffPane.Colours colours(Hunk hunk, String text) {
        if (coloured.isEmpty()
                || !coloured.get().hunk().equals(hunk)
                || !coloured.get().text().equals(text)) {
            coloured = Optional.of(new Coloured(
                    hunk,
                    text,
                    DiffPane.Colours.of(hunk.file(), text, hunk.edits().applyTo(text))));
        }
        return coloured.get().colours();
    }

    private record Coloured(Hunk hunk, String text, DiffPane.Colours colours) {}

    private void diff(Canvas canvas, int from, HunkPage here, Hunk hunk) {
        Canvas body = canvas.below(from);
        beside = split.orElse(body.width() >= SPLIT_FROM) && body.width() >= SPLITTABLE;
        String text = hunk.creates() ? "" : guide.walk().before(here.number(), hunk.file());
        var as = new Layout(hunk, text, context, body.width(), beside, wrap);
        if (drawn.isEmpty() || !layout.equals(Optional.of(as))) {
            layout = Optional.of(as);
            HunkDiff diff = HunkDiff.of(text, hunk, context);
            var colours = colours(hunk, text);
            drawn = Optional.of(
                    beside
                            ? DiffPane.split(diff, body, body.width(), wrap, colours)
                            : DiffPane.unified(diff, body, body.width(), wrap, colours));
        }
        drawn.ifPresent(pane -> {
            int top = scroll.fit(pane.size(), body.height());
            if (!scroll.fits() && canvas.height() >= COMPACT) {
                String more = " rows %d to %d of %d%s "
                        .formatted(top + 1, top + body.height(), pane.size(), scroll.atEnd() ? "" : ", j more");
                canvas.writeBefore(canvas.width() - 1, from - 1, more, scroll.atEnd() ? Role.DIM : Role.KEY);
            }
            pane.draw(body, top, pan, search.query());
        });
    }

    private void title(Canvas canvas, HunkPage here) {
        int x = canvas.write(
                1,
                0,
                "%d/%d ".formatted(here.number() + 1, guide.walk().planned().size()),
                Role.DIM);
        x = canvas.write(x, 0, here.plan().choice().pattern(), Role.TITLE);
        String state = "%s   %d accepted, %d left out, %d open"
                .formatted(
                        review.position(here),
                        review.accepted(),
                        review.rejected(),
                        review.open().size());
        int room = canvas.width() - x - state.length() - 5; // two blanks on either side of it, one at the end
        canvas.write(
                x + 2,
                0,
                Texts.column(here.plan().choice().subject().label(), Math.max(0, room), canvas.signs())
                        .stripTrailing(),
                Role.TEXT);
        canvas.writeBefore(canvas.width() - 1, 0, state, Role.DIM);
    }

    private void tabs(Canvas canvas, HunkPage here) {
        var files = new LinkedHashSet<String>();
        var created = new LinkedHashSet<String>();
        for (Hunk hunk : here.plan().plan().hunks()) {
            files.add(hunk.file());
            if (hunk.creates()) {
                created.add(hunk.file());
            }
        }
        String now = here.hunk().map(Hunk::file).orElse("");
        int room = Math.max(12, canvas.width() / Math.max(1, files.size()) - 10);
        int x = 1;
        for (String file : files) {
            String name = Texts.path(file, room, canvas.signs()) + (created.contains(file) ? " (new)" : "");
            x = canvas.write(
                    x,
                    0,
                    file.equals(now) ? "[" + name + "]" : " " + name + " ",
                    file.equals(now) ? Role.STEP : Role.DIM);
            x++;
        }
    }

    private int about(Canvas canvas, int from, HunkPage here, Hunk hunk) {
        int y = from;
        String state = review.verdict(here)
                .map(yes -> yes ? "accepted" : "left out")
                .orElse(here.decidable() ? "not decided" : "advice");
        Role role = review.verdict(here).map(yes -> yes ? Role.OK : Role.FAIL).orElse(Role.WARN);
        if (canvas.height() < COMPACT) {
            int x = canvas.write(1, y, state + " ", role);
            canvas.write(x, y, Texts.path(hunk.file(), canvas.width() - x - 1, canvas.signs()), Role.TEXT);
            return y + 1;
        }
        int x = canvas.write(1, y, state, role);
        x = canvas.write(x, y, ", " + Cards.lower(hunk.applicability()) + ": ", Role.DIM);
        canvas.write(x, y++, hunk.title(), Role.TITLE);
        String needs = hunk.requires().isEmpty()
                ? ""
                : " Needs "
                        + here.plan().plan().hunks().stream()
                                .filter(each -> hunk.requires().contains(each.id()))
                                .map(each -> "\"" + each.title() + "\"")
                                .collect(Collectors.joining(", "))
                        + ".";
        List<String> reason = Texts.wrap(hunk.reason() + needs, canvas.width() - 2);
        int rows = Math.min(canvas.height() > 24 ? 5 : 3, reason.size());
        for (int row = 0; row < rows; row++) {
            boolean cut = row == rows - 1 && rows < reason.size();
            String line = cut ? reason.get(row) + " " + reason.get(row + 1) : reason.get(row);
            canvas.write(
                    1,
                    y++,
                    Texts.column(line, canvas.width() - 2, canvas.signs()).stripTrailing(),
                    Role.TEXT);
        }
        canvas.rule(y);
        return y + 1;
    }

    private void refusals(Canvas canvas, HunkPage here) {
        var refusals = new ArrayList<>(here.plan().plan().refusals());
        refusals.addAll(here.plan().plan().notes());
        var lines = new ArrayList<StyledLine>();
        var text = new Page(canvas);
        text.text(
                here.plan().plan().hunks().isEmpty()
                        ? "Nothing can be written here."
                        : "Not everything can be written here.",
                Role.WARN);
        text.gap();
        if (refusals.isEmpty()) {
            text.text(
                    "The patterns before it leave nothing to do. "
                            + here.plan().finding().reason(),
                    Role.TEXT);
        }
        for (String refusal : refusals) {
            text.text("- " + refusal, Role.TEXT);
        }
        lines.addAll(text.lines());
        int top = scroll.fit(lines.size(), canvas.height());
        for (int y = 0; y < canvas.height() && top + y < lines.size(); y++) {
            lines.get(top + y).draw(canvas, 0, y, 0, canvas.style(Role.DIM));
        }
    }
}
