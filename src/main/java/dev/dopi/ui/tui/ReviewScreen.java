package dev.dopi.ui.tui;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.Hunk;
import dev.dopi.engine.Planned;
import dev.dopi.ui.theme.Role;
import dev.dopi.ui.view.Decisions;
import dev.dopi.ui.view.HunkDiff;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final Scroll scroll = new Scroll();
    private final Search search;
    private List<HunkPage> pages = List.of();
    private int page;
    private int context = 3;
    private Optional<Boolean> split = Optional.empty();
    private boolean wrap = true;
    private int pan;
    private boolean planned;
    private Optional<DiffPane> drawn = Optional.empty();
    private Optional<Layout> layout = Optional.empty();

    ReviewScreen(Guide guide) {
        this.guide = guide;
        this.search = new Search(
                () -> drawn.map(DiffPane::size).orElse(0),
                row -> drawn.map(pane -> pane.text(row)).orElse(""),
                scroll::reveal);
    }

    /** A hunk, or what a plan refuses where there is none. */
    private record HunkPage(int number, Planned plan, Optional<Hunk> hunk) {

        Decisions.About about() {
            return Decisions.About.of(plan.choice());
        }

        Object key() {
            return List.of(about(), hunk.map(Hunk::id).orElse(""));
        }
    }

    /** What a diff was laid out for; as long as it is the same, so is the layout. */
    private record Layout(Hunk hunk, String text, int context, int width, boolean beside, boolean wrap) {}

    @Override
    public Step step() {
        return Step.REVIEW;
    }

    @Override
    public void entered() {
        guide.walk().plan(this::rebuild);
    }

    private void rebuild() {
        planned = true;
        Object here = current().map(HunkPage::key).orElse("");
        var next = new ArrayList<HunkPage>();
        List<Planned> plans = guide.walk().planned();
        for (int i = 0; i < plans.size(); i++) {
            Planned plan = plans.get(i);
            if (!plan.plan().refusals().isEmpty() || plan.plan().hunks().isEmpty()) {
                next.add(new HunkPage(i, plan, Optional.empty()));
            }
            for (Hunk hunk : plan.plan().hunks()) {
                next.add(new HunkPage(i, plan, Optional.of(hunk)));
            }
        }
        pages = next;
        page = Math.clamp(page, 0, Math.max(0, pages.size() - 1));
        for (int i = 0; i < pages.size(); i++) {
            if (pages.get(i).key().equals(here)) {
                page = i;
            }
        }
    }

    private Optional<HunkPage> current() {
        return page < pages.size() ? Optional.of(pages.get(page)) : Optional.empty();
    }

    private Optional<Boolean> verdict(HunkPage of) {
        return of.hunk().flatMap(hunk -> guide.walk().decisions().hunk(of.about(), hunk.id()));
    }

    private static boolean decidable(HunkPage page) {
        return page.hunk()
                .map(hunk -> hunk.applicability() != Applicability.ADVICE)
                .orElse(false);
    }

    private List<HunkPage> open() {
        return pages.stream()
                .filter(each -> decidable(each) && verdict(each).isEmpty())
                .toList();
    }

    @Override
    public Object decided() {
        return current().map(HunkPage::key).orElse(this);
    }

    @Override
    public String place() {
        return current()
                .map(it -> it.plan().choice().pattern() + "  " + position(it))
                .orElse("");
    }

    @Override
    public String question() {
        if (search.on()) {
            return search.prompt();
        }
        if (!planned) {
            return "The changes are being worked out.";
        }
        if (pages.isEmpty()) {
            return "There is nothing to review: b goes back.";
        }
        if (open().isEmpty()) {
            return accepted() == 0
                    ? "Nothing is accepted, so there is nothing to write. b back, u undo"
                    : "All is decided: " + accepted() + " accepted, " + rejected()
                            + " left out. Enter goes on to Apply.";
        }
        HunkPage here = pages.get(page);
        if (!decidable(here)) {
            return here.hunk().isEmpty()
                    ? "There is nothing to decide here. J goes on."
                    : "This is advice: shown, never written. J goes on.";
        }
        return verdict(here)
                .map(yes -> (yes ? "Accepted." : "Left out.") + "  y yes  n no  u undo  J next")
                .orElse("Apply this hunk?  y yes  n no  A rest of file  u undo");
    }

    @Override
    public String brief() {
        if (search.on() || !planned || pages.isEmpty()) {
            return question();
        }
        if (open().isEmpty()) {
            return accepted() == 0 ? "Nothing is accepted. u undo, b back" : "All is decided. Enter goes on.";
        }
        return decidable(pages.get(page))
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
        boolean fixed = current().map(it -> !decidable(it)).orElse(true);
        String why = "There is nothing to decide on this page.";
        if (search.on()) {
            keys.addAll(search.keys());
        } else {
            keys.add(decision("y", "yes", "apply this hunk", () -> decide(true)).unless(fixed, why));
            keys.add(decision("n", "no", "leave it out", () -> decide(false)).unless(fixed, why));
            keys.add(decision("A", "rest of file", "yes to what is left in this file", this::acceptFile)
                    .unless(fixed, why));
            keys.add(KeyBinding.of("u", "undo", this::forget)
                    .help("take the decision back")
                    .in(KeyBinding.Group.DECIDE)
                    .quiet());
            keys.add(KeyBinding.of(
                            "s e",
                            "s e",
                            "split, edit",
                            _ -> guide.say(
                                    "Splitting and editing a hunk are not supported yet; y and n decide it whole."))
                    .help("not supported yet")
                    .in(KeyBinding.Group.DECIDE)
                    .quiet());
        }
        keys.add(KeyBinding.of("Enter", "apply", this::goOn)
                .help("go on to Apply")
                .in(KeyBinding.Group.LEAVE));
        keys.add(KeyBinding.of("J K", "J/K", "hunk", key -> turn(key.equals(Key.of('J')) ? 1 : -1))
                .help("next, previous hunk")
                .in(KeyBinding.Group.MOVE));
        keys.addAll(scroll.keys());
        keys.add(KeyBinding.of("Tab Shift-Tab", "Tab", "file", key -> file(key.equals(Key.of(Key.Name.TAB)) ? 1 : -1))
                .help("next file; Shift-Tab the one before")
                .in(KeyBinding.Group.MOVE));
        keys.add(KeyBinding.of(
                        "[ ]",
                        "[ ]",
                        "context",
                        key -> context = Math.clamp(context + (key.equals(Key.of(']')) ? 3 : -3), 0, 9_999))
                .help("less, more lines around it"));
        keys.add(KeyBinding.of("v", "split", () -> split = Optional.of(!split.orElse(false)))
                .help("side by side, or not"));
        keys.add(KeyBinding.of("w", "wrap", () -> wrap = !wrap).help("wrap or cut long lines"));
        if (!search.on()) {
            keys.add(search.key());
        }
        keys.add(KeyBinding.of(
                        "Left h Right l",
                        "h/l",
                        "sideways",
                        key -> pan = Math.max(
                                0,
                                pan
                                        + (List.of(Key.of(Key.Name.LEFT), Key.of('h'))
                                                        .contains(key)
                                                ? -8
                                                : 8)))
                .in(KeyBinding.Group.MOVE)
                .quiet());
        keys.add(KeyBinding.of(
                        "b Backspace Esc",
                        "b",
                        "back",
                        _ -> guide.go(OptionsScreen.needed(guide) ? Step.OPTIONS : Step.CHOOSE))
                .in(KeyBinding.Group.LEAVE));
        return keys;
    }

    private static KeyBinding decision(String key, String label, String help, Runnable action) {
        return KeyBinding.of(key, label, action).help(help).deciding().quiet();
    }

    private void turn(int by) {
        page = Math.clamp(page + by, 0, Math.max(0, pages.size() - 1));
        scroll.toStart();
        pan = 0;
    }

    private void file(int direction) {
        current().ifPresent(here -> {
            int i = page;
            while (i >= 0 && i < pages.size() && sameFile(pages.get(i), here)) {
                i += direction;
            }
            turn(Math.clamp(i, 0, pages.size() - 1) - page);
        });
    }

    private static boolean sameFile(HunkPage one, HunkPage other) {
        return one.number() == other.number()
                && one.hunk().map(Hunk::file).equals(other.hunk().map(Hunk::file));
    }

    private void decide(boolean yes) {
        HunkPage here = pages.get(page);
        here.hunk().ifPresent(hunk -> {
            Decisions before = guide.walk().decisions();
            var plan = here.plan().plan();
            Set<String> with = yes ? Decisions.required(plan, hunk.id()) : plan.rejectedWith(Set.of(hunk.id()));
            guide.walk()
                    .decide(
                            yes
                                    ? before.accepting(here.about(), plan, hunk.id())
                                    : before.rejecting(here.about(), plan, hunk.id()));
            String others = plan.hunks().stream()
                    .filter(each -> with.contains(each.id()) && !each.id().equals(hunk.id()))
                    .filter(each -> !before.hunk(here.about(), each.id()).equals(Optional.of(yes)))
                    .map(each -> "\"" + each.title() + "\"")
                    .collect(Collectors.joining(", "));
            if (!others.isEmpty()) {
                guide.say(
                        (yes ? "Accepted with it, because it needs them: " : "Left out with it, because they need it: ")
                                + others);
            }
            changed();
        });
    }

    private void acceptFile() {
        HunkPage here = pages.get(page);
        for (HunkPage each : pages) {
            if (sameFile(each, here) && decidable(each) && verdict(each).isEmpty()) {
                each.hunk().ifPresent(hunk -> guide.walk()
                        .decide(guide.walk()
                                .decisions()
                                .accepting(each.about(), each.plan().plan(), hunk.id())));
            }
        }
        changed();
    }

    /** Works the plans out again and goes to the next hunk that is open. */
    private void changed() {
        for (int i = 1; i <= pages.size(); i++) {
            HunkPage next = pages.get((page + i) % pages.size());
            if (decidable(next) && verdict(next).isEmpty()) {
                turn((page + i) % pages.size() - page);
                break;
            }
        }
        guide.walk().plan(this::rebuild);
    }

    private void forget() {
        current().ifPresent(here -> here.hunk().ifPresent(hunk -> {
            guide.walk().decide(guide.walk().decisions().forgetting(here.about(), hunk.id()));
            guide.walk().plan(this::rebuild);
        }));
    }

    private int accepted() {
        return (int) pages.stream()
                .filter(each -> verdict(each).equals(Optional.of(true)))
                .count();
    }

    private int rejected() {
        return (int) pages.stream()
                .filter(each -> verdict(each).equals(Optional.of(false)))
                .count();
    }

    private void goOn() {
        List<HunkPage> open = open();
        if (!planned || guide.walk().busy()) {
            guide.say("The changes are still being worked out.");
        } else if (open.isEmpty()) {
            finish();
        } else {
            guide.push(new DialogScreen(
                    Step.REVIEW,
                    "Go on?",
                    Texts.count(open.size(), "hunk is", "hunks are")
                            + " not decided yet. Nothing is written before the next screen asks.",
                    List.of(
                            new DialogScreen.Answer("Look at " + (open.size() == 1 ? "it" : "them"), () -> {
                                guide.pop();
                                turn(pages.indexOf(open.getFirst()) - page);
                            }),
                            new DialogScreen.Answer("Leave out what is not decided", () -> decideAll(false)),
                            new DialogScreen.Answer("Accept what is not decided", () -> decideAll(true)))));
        }
    }

    private void decideAll(boolean yes) {
        for (HunkPage each : open()) {
            each.hunk().ifPresent(hunk -> {
                Decisions decisions = guide.walk().decisions();
                if (decisions.hunk(each.about(), hunk.id()).isEmpty()) {
                    guide.walk()
                            .decide(
                                    yes
                                            ? decisions.accepting(
                                                    each.about(), each.plan().plan(), hunk.id())
                                            : decisions.rejecting(
                                                    each.about(), each.plan().plan(), hunk.id()));
                }
            });
        }
        guide.pop();
        guide.walk().plan(() -> {
            rebuild();
            finish();
        });
    }

    private void finish() {
        if (guide.walk().planned().stream().allMatch(plan -> plan.changes().isEmpty())) {
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
        if (pages.isEmpty()) {
            canvas.write(
                    1,
                    0,
                    planned ? "Nothing that is chosen changes anything." : "Working the changes out ...",
                    Role.TEXT);
            return;
        }
        HunkPage here = pages.get(page);
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
        int ruled = y - 1;
        Canvas body = canvas.below(y);
        boolean beside = split.orElse(body.width() >= SPLIT_FROM) && body.width() >= SPLITTABLE;
        String text = hunk.creates() ? "" : guide.walk().before(here.number(), hunk.file());
        var as = new Layout(hunk, text, context, body.width(), beside, wrap);
        if (drawn.isEmpty() || !layout.equals(Optional.of(as))) {
            layout = Optional.of(as);
            HunkDiff diff = HunkDiff.of(text, hunk, context);
            drawn = Optional.of(
                    beside
                            ? DiffPane.split(diff, body, body.width(), wrap)
                            : DiffPane.unified(diff, body, body.width(), wrap));
        }
        drawn.ifPresent(pane -> {
            int top = scroll.fit(pane.size(), body.height());
            if (!scroll.fits() && canvas.height() >= COMPACT) {
                String more = " rows %d to %d of %d%s "
                        .formatted(top + 1, top + body.height(), pane.size(), scroll.atEnd() ? "" : ", j more");
                canvas.writeBefore(canvas.width() - 1, ruled, more, scroll.atEnd() ? Role.DIM : Role.KEY);
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
        canvas.write(x + 2, 0, here.plan().choice().subject().label(), Role.TEXT);
        canvas.writeBefore(
                canvas.width() - 1,
                0,
                "%s   %d accepted, %d left out, %d open"
                        .formatted(position(here), accepted(), rejected(), open().size()),
                Role.DIM);
    }

    private String position(HunkPage here) {
        List<HunkPage> own = pages.stream()
                .filter(each -> each.number() == here.number() && each.hunk().isPresent())
                .toList();
        return own.contains(here) ? "hunk %d of %d".formatted(own.indexOf(here) + 1, own.size()) : "no hunk";
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
        String state = verdict(here)
                .map(yes -> yes ? "accepted" : "left out")
                .orElse(decidable(here) ? "not decided" : "advice");
        Role role = verdict(here).map(yes -> yes ? Role.OK : Role.FAIL).orElse(Role.WARN);
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
        for (String line : reason.subList(0, Math.min(canvas.height() > 24 ? 4 : 2, reason.size()))) {
            canvas.write(1, y++, line, Role.TEXT);
        }
        canvas.rule(y);
        return y + 1;
    }

    private void refusals(Canvas canvas, HunkPage here) {
        List<String> refusals = here.plan().plan().refusals();
        var lines = new ArrayList<StyledLine>();
        var text = new Page(canvas);
        text.text(
                here.plan().plan().hunks().isEmpty()
                        ? "Nothing can be written here."
                        : "Not everything can be written here.",
                Role.WARN);
        text.gap();
        if (refusals.isEmpty()) {
            text.text("The patterns before it leave nothing to do.", Role.TEXT);
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
