package dev.dopi.ui.tui;

import dev.dopi.ui.theme.Role;
import dev.dopi.ui.view.HunkPage;
import dev.dopi.ui.view.HunkPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Step 4: every hunk of every chosen pattern, one at a time.
 *
 * <p>One page is one hunk, so what a key decides is exactly what is on the screen.
 */
final class ReviewScreen implements Screen {

    private final Guide guide;
    private final HunkPages review;
    private final ReviewHead head;
    private final HunkView view = new HunkView();
    private final HunkSearch places;
    private final Search search;
    /** Whether the user asked to go on while the plans were being made. */
    private boolean goesOn;

    ReviewScreen(Guide guide) {
        this.guide = guide;
        this.review = new HunkPages(guide.walk());
        this.head = new ReviewHead(review);
        this.places = new HunkSearch(review, view::context);
        this.search = new Search(places::size, places::text, this::reveal, places::first);
    }

    /** Turns to the hunk that holds the place and brings it into view. */
    private void reveal(int place) {
        HunkSearch.Place found = places.at(place);
        if (!review.current().equals(Optional.of(found.page()))) {
            turn(() -> review.turnTo(found.page()));
        }
        view.reveal(found.line());
    }

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
        if (!here.decidable() && !review.openBehind()) {
            return "There is nothing to decide here, but on pages before it. K goes back.";
        }
        if (!here.decidable()) {
            return here.hunk().isEmpty()
                    ? "There is nothing to decide here. Enter goes to the next hunk."
                    : "This is advice: shown, never written. Enter goes to the next hunk.";
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
                : review.openBehind()
                        ? "Nothing to decide. Enter goes to the next."
                        : "Nothing to decide here. K goes back.";
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
        keys.add(
                onlyToRead()
                        ? KeyBinding.of("Enter", "next", () -> turn(() -> review.turn(1)))
                                .help("on to the next hunk")
                                .in(KeyBinding.Group.MOVE)
                        : KeyBinding.of("Enter", "apply", this::goOn)
                                .help("go on to Apply")
                                .in(KeyBinding.Group.LEAVE));
        keys.add(KeyBinding.of("J K", "J/K", "hunk", key -> turn(() -> review.turn(key.equals(Key.of('J')) ? 1 : -1)))
                .help("next, previous hunk")
                .in(KeyBinding.Group.MOVE));
        keys.addAll(view.scroll().keys());
        keys.add(KeyBinding.of(
                        "Tab Shift-Tab",
                        "Tab",
                        "file",
                        key -> turn(() -> review.turnFile(key.equals(Key.of(Key.Name.TAB)) ? 1 : -1)))
                .help("next file; Shift-Tab the one before")
                .in(KeyBinding.Group.MOVE));
        keys.addAll(view.keys());
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

    /** Returns whether this page asks nothing and another one that does comes behind it. */
    private boolean onlyToRead() {
        return review.current().filter(here -> !here.decidable()).isPresent() && review.openBehind();
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

    private static KeyBinding decision(String key, String label, String help, Runnable action) {
        return KeyBinding.of(key, label, action).help(help).deciding().quiet();
    }

    private void turn(Runnable how) {
        goesOn = false;
        how.run();
        view.toStart();
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
        review.accept(review.openInFile());
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
        review.rebuild();
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
        int y = head.draw(canvas, here, guide.walk().planned().size(), view.alone());
        here.hunk()
                .ifPresentOrElse(
                        hunk -> view.draw(canvas, y, hunk, review.before(here), search.query()),
                        () -> refusals(canvas.region(1, y + 1, canvas.width() - 2, canvas.height() - y - 1), here));
    }

    private void refusals(Canvas canvas, HunkPage here) {
        List<StyledLine> lines = ReviewHead.refusals(canvas, here);
        int top = view.scroll().fit(lines.size(), canvas.height());
        for (int y = 0; y < canvas.height() && top + y < lines.size(); y++) {
            lines.get(top + y).draw(canvas, 0, y, 0, canvas.style(Role.DIM));
        }
    }
}
