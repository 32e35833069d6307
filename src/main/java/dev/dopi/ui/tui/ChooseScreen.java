package dev.dopi.ui.tui;

import dev.dopi.engine.Planned;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Fix;
import dev.dopi.pattern.Measured;
import dev.dopi.pattern.Status;
import dev.dopi.pattern.Subject;
import dev.dopi.ui.theme.Role;
import dev.dopi.ui.view.Decisions;
import dev.dopi.ui.view.Lines;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Step 2: which recommendations to follow, each with what shows that it is needed. */
final class ChooseScreen implements Screen {

    private static final int TWO_PANES = 72;
    /** What a row of the list takes besides its two names, with the space to the evidence. */
    private static final int ROW = 14;
    /** The least that the evidence needs to be read. */
    private static final int EVIDENCE = 30;
    /** Keys that follow each other faster than this, in milliseconds, are on their way to somewhere else. */
    private static final long HURRY = 180;

    private static final String ONLY_ADVICE = "All of it is advice, which dopi does not write; s shows the source.";

    private final Guide guide;
    private final ItemList list = new ItemList();
    private final Scroll evidence = new Scroll();
    private Optional<LineInput> typing = Optional.empty();
    private String filter = "";
    private boolean details;
    private Optional<Finding> last = Optional.empty();
    private Optional<Finding> told = Optional.empty();
    private boolean hurried;
    private long pressed;
    private String shown = "";
    private final IdentityHashMap<Planned, Map<String, String>> touched = new IdentityHashMap<>();

    ChooseScreen(Guide guide) {
        this.guide = guide;
    }

    @Override
    public Step step() {
        return Step.CHOOSE;
    }

    @Override
    public String place() {
        return guide.walk().choices().size() + " chosen";
    }

    @Override
    public String question() {
        String said =
                guide.walk().findings().stream().anyMatch(each -> each.status().recommended()) && !anyChoosable()
                        ? ONLY_ADVICE
                        : "";
        return typing.map(input -> "Filter: " + input.text() + "_   Enter keep, Esc all")
                .orElse(filter.isEmpty() ? said : "Only what holds \"" + filter + "\"; Esc shows all");
    }

    @Override
    public boolean take(Key key, long at) {
        hurried = at - pressed < HURRY;
        pressed = at;
        if (typing.isEmpty()) {
            return false;
        }
        LineInput input = typing.get();
        if (key.equals(Key.of(Key.Name.ENTER)) || key.equals(Key.of(Key.Name.ESCAPE))) {
            filter = key.equals(Key.of(Key.Name.ENTER)) ? input.text() : "";
            typing = Optional.empty();
            return true;
        }
        if (key instanceof Key.Pasted(var text)) {
            input.paste(text);
            return true;
        }
        return input.take(key);
    }

    private Optional<Finding> selected() {
        List<Optional<Finding>> listed = listed();
        return list.selected() < listed.size() ? listed.get(list.selected()) : Optional.empty();
    }

    @Override
    public List<KeyBinding> keys() {
        int chosen = guide.walk().choices().size();
        boolean fixed = selected().map(finding -> !finding.isWritable()).orElse(true);
        var keys = new ArrayList<KeyBinding>();
        keys.add(KeyBinding.of("Space x", "Space", "choose", _ -> toggle())
                .help("choose it, or not")
                .in(KeyBinding.Group.DECIDE)
                .unless(fixed, whyNot()));
        keys.add(KeyBinding.of("Enter", "review " + chosen, this::review)
                .help("go on with what is chosen")
                .in(KeyBinding.Group.DECIDE)
                .unless(
                        chosen == 0,
                        anyChoosable() ? "Choose at least one recommendation first, with Space." : ONLY_ADVICE));
        keys.add(
                KeyBinding.of("a", "all", this::all).help("choose all, or none").in(KeyBinding.Group.DECIDE));
        keys.add(KeyBinding.of("o", "options", () -> guide.goAnew(Step.OPTIONS))
                .help("values that patterns need")
                .unless(!OptionsScreen.needed(guide), "Nothing that is chosen has options."));
        keys.add(KeyBinding.of("e", "explain", this::explain).help("what the pattern is, and when to leave it"));
        keys.add(KeyBinding.of("s", "source", this::source).help("the source that shows it"));
        keys.add(KeyBinding.of("/", "filter", () -> typing = Optional.of(new LineInput(""))));
        keys.add(KeyBinding.of("d Right Left Tab", "d", details ? "list" : "details", _ -> details = !details)
                .help("list or details, in a narrow window; in a wide one they stand side by side"));
        keys.addAll(list.keys("move").stream().map(KeyBinding::quiet).toList());
        keys.add(KeyBinding.of("J K", "J/K", "evidence", key -> evidence.by(key.equals(Key.of('J')) ? 1 : -1))
                .help("scroll the evidence")
                .in(KeyBinding.Group.MOVE)
                .quiet());
        keys.add(KeyBinding.of("b Backspace Esc", "b", "back", _ -> back()).in(KeyBinding.Group.LEAVE));
        return keys;
    }

    private boolean anyChoosable() {
        return guide.walk().findings().stream().anyMatch(Finding::isWritable);
    }

    private String whyNot() {
        return selected().map(finding -> finding.status().recommended()).orElse(false)
                ? "This is advice: dopi does not write it. The evidence says why; e explains the pattern."
                : "This is in place already: there is nothing to choose.";
    }

    private void back() {
        if (details) {
            details = false;
        } else if (!filter.isEmpty()) {
            filter = "";
        } else {
            guide.go(Step.ANALYSE);
        }
    }

    private void toggle() {
        selected().ifPresent(finding -> guide.walk()
                .decide(guide.walk()
                        .decisions()
                        .choosing(
                                Decisions.About.of(finding),
                                !guide.walk().decisions().chosen(finding))));
    }

    private void all() {
        List<Finding> wanted = listed().stream()
                .flatMap(Optional::stream)
                .filter(Finding::isWritable)
                .toList();
        Decisions decisions = guide.walk().decisions();
        boolean choose = !wanted.stream().allMatch(decisions::chosen);
        for (Finding finding : wanted) {
            decisions = decisions.choosing(Decisions.About.of(finding), choose);
        }
        guide.walk().decide(decisions);
    }

    private void review() {
        guide.goAnew(OptionsScreen.needed(guide) ? Step.OPTIONS : Step.REVIEW);
    }

    private void explain() {
        selected()
                .ifPresent(finding -> guide.push(new TextScreen(
                        guide,
                        Step.CHOOSE,
                        finding.pattern().title(),
                        guide.options()
                                .explain()
                                .apply(finding.pattern().id())
                                .orElse(finding.pattern().summary()),
                        "Esc",
                        "close")));
    }

    private void source() {
        selected()
                .flatMap(finding -> finding.evidence().stream().findFirst())
                .ifPresentOrElse(
                        place -> SourceScreen.open(guide, Step.CHOOSE, place.file(), place.line()),
                        () -> guide.say("No place in the source belongs to this."));
    }

    @Override
    public List<Word> words() {
        var words = new ArrayList<Word>();
        words.add(new Word("=", "the pattern is in place already"));
        words.add(new Word("adv", "advice: said, never written; it is for you to follow by hand"));
        words.add(new Word("Proof", "what was run before you are asked, with what came out"));
        words.add(new Word("Fix", "automatic: written whole; guided: you choose values; advice: only said"));
        words.addAll(Cards.words());
        return words;
    }

    /** Keeps what is selected where the filter changes what is listed. */
    private void keepSelected() {
        String wanted = typing.map(LineInput::text).orElse(filter);
        if (!wanted.equals(shown)) {
            shown = wanted;
            last.ifPresent(finding -> list.select(Math.max(0, listed().indexOf(Optional.of(finding)))));
        }
    }

    @Override
    public void draw(Canvas canvas) {
        keepSelected();
        List<ItemList.Item> items = items(canvas);
        boolean two = canvas.width() >= TWO_PANES;
        int left =
                two ? Math.clamp(ROW + ids() + names(), 40, Math.max(40, canvas.width() - EVIDENCE)) : canvas.width();
        if (two || !details) {
            canvas.write(1, 0, title(), Role.TITLE);
            int from = canvas.height() > 8 ? 2 : 1;
            list.draw(canvas.region(0, from, left - 1, canvas.height() - from), items, true);
        }
        // On a slow line a key that is held down must not send the evidence of every row that it passes.
        last = selected();
        if (!told.equals(last) && !changing()) {
            told = last;
            evidence.toStart();
        }
        if (two) {
            canvas.column(left, 0, canvas.height());
            evidence(canvas.region(left + 2, 0, canvas.width() - left - 3, canvas.height()));
        } else if (details) {
            evidence(canvas.region(1, 0, canvas.width() - 2, canvas.height()));
        }
    }

    private String title() {
        List<Finding> recommended = guide.walk().findings().stream()
                .filter(finding -> finding.status().recommended())
                .toList();
        if (recommended.isEmpty()) {
            return "Nothing is recommended.";
        }
        long advice = recommended.stream()
                .filter(finding -> finding.fix() == Fix.ADVICE)
                .count();
        return Texts.count(recommended.size(), "recommendation") + ", "
                + (advice == 0 ? "" : advice + " advice, ")
                + guide.walk().choices().size() + " chosen";
    }

    /** Returns what is listed: findings, and blanks for the heading between them. */
    private List<Optional<Finding>> listed() {
        String wanted = typing.map(LineInput::text).orElse(filter).toLowerCase(Locale.ROOT);
        var listed = new ArrayList<Optional<Finding>>();
        boolean heading = false;
        for (Finding finding : guide.walk().findings()) {
            String text = finding.pattern().id() + " " + label(finding) + " "
                    + finding.pattern().title();
            boolean present = finding.status() == Status.PRESENT;
            if ((!present && !finding.status().recommended())
                    || !text.toLowerCase(Locale.ROOT).contains(wanted)) {
                continue;
            }
            if (present && !heading) {
                heading = true;
                listed.add(Optional.empty());
            }
            listed.add(Optional.of(finding));
        }
        return listed;
    }

    private List<ItemList.Item> items(Canvas canvas) {
        var title = new StyledLine().add("Already in place", canvas.style(Role.DIM));
        return listed().stream()
                .map(each -> each.map(finding -> ItemList.Item.of(row(canvas, finding)))
                        .orElse(new ItemList.Item(List.of(new StyledLine(), title), false)))
                .toList();
    }

    /** Returns how wide the names of the patterns are. */
    private int ids() {
        return listed().stream()
                .flatMap(Optional::stream)
                .mapToInt(finding -> Glyph.width(finding.pattern().id()))
                .max()
                .orElse(0);
    }

    private int names() {
        return listed().stream()
                .flatMap(Optional::stream)
                .mapToInt(finding -> Glyph.width(label(finding)))
                .max()
                .orElse(0);
    }

    private StyledLine row(Canvas canvas, Finding finding) {
        var line = new StyledLine();
        if (finding.status() == Status.PRESENT) {
            line.add(" =       ", canvas.style(Role.OK));
        } else {
            boolean chosen = guide.walk().decisions().chosen(finding);
            boolean choosable = finding.isWritable();
            line.add(
                            !choosable ? "adv " : chosen ? "[x] " : "[ ] ",
                            canvas.style(!choosable ? Role.DIM : chosen ? Role.OK : Role.TEXT))
                    .add(Cards.priority(finding.priority()) + " ", canvas.style(Cards.role(finding.priority())));
        }
        return line.add(
                        Texts.column(
                                        finding.pattern().id(),
                                        canvas.width() < TWO_PANES ? Math.min(18, ids()) : ids(),
                                        canvas.signs())
                                + " ",
                        canvas.style(Role.TEXT))
                .add(label(finding), canvas.style(Role.DIM));
    }

    /** Returns what the finding is about, with the Worker's place where another one has the same name. */
    private String label(Finding finding) {
        Subject about = finding.subject();
        boolean alone = guide.walk().findings().stream()
                        .filter(other -> other.pattern().equals(finding.pattern())
                                && other.subject().label().equals(about.label()))
                        .count()
                < 2;
        return alone || about.className().isEmpty() || about.place().isEmpty()
                ? about.label()
                : about.label() + " in " + about.place();
    }

    @Override
    public boolean changing() {
        return hurried && guide.walk().now() - pressed < HURRY;
    }

    private void evidence(Canvas canvas) {
        if (told.isEmpty()) {
            return;
        }
        List<StyledLine> lines = evidence(canvas, told.get());
        boolean more = lines.size() > canvas.height();
        int rows = more
                ? canvas.height() - 1
                : canvas.height(); // The last row is for the hint, which must not cover text.
        int top = evidence.fit(lines.size(), rows);
        for (int y = 0; y < rows && top + y < lines.size(); y++) {
            lines.get(top + y).draw(canvas, 0, y, 0, canvas.style(Role.DIM));
        }
        if (more && !evidence.atEnd()) {
            canvas.writeBefore(canvas.width(), canvas.height() - 1, " J more ", Role.KEY);
        }
    }

    private List<StyledLine> evidence(Canvas canvas, Finding finding) {
        var page = new Page(canvas);
        page.text(finding.pattern().title(), Role.TITLE);
        page.text((finding.status() == Status.PARTIAL ? "Partly in place. " : "") + finding.reason(), Role.TEXT);
        for (Evidence place : finding.evidence()) {
            page.gap();
            page.text(Texts.path(place.file() + ":" + place.line(), canvas.width(), canvas.signs()), Role.LINK);
            page.text(place.message(), Role.TEXT);
        }
        if (!finding.benefit().isEmpty()) {
            page.gap();
            page.field("Benefit", finding.benefit());
        }
        if (finding.status().recommended()) {
            page.gap();
            page.field("Touches", touches(finding, canvas));
        }
        for (Measured measured : finding.measured()) {
            page.gap();
            page.field("Proof", measured.what());
            page.field("before", measured.before());
            page.field("after", measured.after());
        }
        if (finding.status().recommended()) {
            page.gap();
            page.field(
                    "Fix",
                    switch (finding.fix()) {
                        case AUTOMATIC -> "automatic: written whole, each hunk for you to accept";
                        case GUIDED ->
                            "guided: you choose "
                                    + Texts.count(finding.options().size(), "value") + ", all have a default";
                        case ADVICE -> "advice only: dopi does not write it, so it cannot be chosen";
                    });
        }
        return page.lines();
    }

    private String touches(Finding finding, Canvas canvas) {
        Optional<Planned> preview = guide.walk().preview(finding);
        if (preview.isEmpty()) {
            return "being worked out";
        }
        if (preview.get().changes().isEmpty()) {
            return preview.get().plan().refusals().isEmpty()
                    ? "nothing"
                    : "nothing: " + String.join(" ", preview.get().plan().refusals());
        }
        int room = canvas.width() - Page.NAME;
        return touched.computeIfAbsent(preview.get(), ChooseScreen::lines).entrySet().stream()
                .map(file -> Texts.path(file.getKey(), room - file.getValue().length() - 1, canvas.signs()) + " "
                        + file.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** Returns how many lines come and go in each file. */
    private static Map<String, String> lines(Planned plan) {
        var lines = new LinkedHashMap<String, String>();
        plan.changes().forEach(change -> lines.put(change.path(), String.valueOf(Lines.of(change))));
        return lines;
    }
}
