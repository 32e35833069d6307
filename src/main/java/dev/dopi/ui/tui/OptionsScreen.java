package dev.dopi.ui.tui;

import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Option;
import dev.dopi.pattern.Options;
import dev.dopi.ui.theme.Role;
import dev.dopi.ui.view.Decisions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Step 3: the values that the chosen patterns need. Every field begins with a default that works. */
final class OptionsScreen implements Screen {

    private static final int LABEL = 22;
    private static final int NARROW_LABEL = 16;

    private final Guide guide;
    private final List<Field> fields = new ArrayList<>();
    private final Map<Field, LineInput> inputs = new HashMap<>();
    private final ItemList list = new ItemList();
    private int focus;

    OptionsScreen(Guide guide) {
        this.guide = guide;
        for (Finding finding : wanted(guide)) {
            for (Option option : finding.options()) {
                var field = new Field(finding, option);
                fields.add(field);
                inputs.put(
                        field,
                        new LineInput(
                                guide.walk().decisions().options(field.about()).of(option)));
            }
        }
    }

    /** A value of one finding. */
    private record Field(Finding finding, Option option) {

        Decisions.About about() {
            return Decisions.About.of(finding);
        }
    }

    private static List<Finding> wanted(Guide guide) {
        return guide.walk().findings().stream()
                .filter(finding -> finding.status().recommended()
                        && guide.walk().decisions().chosen(finding)
                        && !finding.options().isEmpty())
                .toList();
    }

    /** Returns whether anything that is chosen has options. */
    static boolean needed(Guide guide) {
        return !wanted(guide).isEmpty();
    }

    @Override
    public Step step() {
        return Step.OPTIONS;
    }

    @Override
    public String place() {
        return fields.isEmpty() ? "" : fields.get(focus).finding().pattern().id();
    }

    @Override
    public void entered() {
        if (fields.isEmpty()) {
            guide.goAnew(Step.REVIEW);
        }
    }

    private Optional<String> problem(Field field) {
        return field.option().problem(text(field).strip());
    }

    private String text(Field field) {
        LineInput input = inputs.get(field);
        return input == null ? field.option().value() : input.text();
    }

    @Override
    public boolean take(Key key, long at) {
        Field field = fields.get(focus);
        if (!field.option().choices().isEmpty()) {
            return false;
        }
        LineInput input = inputs.get(field);
        if (input == null) {
            return false;
        }
        if (key instanceof Key.Pasted(var text)) {
            input.paste(text);
            return true;
        }
        // Only what a length of time is written with is typed; other letters stay keys.
        boolean typed = key instanceof Key.Typed(var text, var alt) && !alt && text.matches("[0-9smhdwSMHDW ]");
        boolean deletes = key.equals(Key.of(Key.Name.BACKSPACE)) || key.equals(new Key.Ctrl('u'));
        return (typed || deletes) && input.take(key);
    }

    @Override
    public List<KeyBinding> keys() {
        boolean pick = !fields.get(focus).option().choices().isEmpty();
        var keys = new ArrayList<KeyBinding>();
        keys.add(KeyBinding.of("Enter", "accept all", this::accept).in(KeyBinding.Group.DECIDE));
        keys.add(KeyBinding.of(
                        "Tab Down Shift-Tab Up",
                        "Tab",
                        "next",
                        key -> move(
                                List.of(Key.of(Key.Name.TAB), Key.of(Key.Name.DOWN))
                                                .contains(key)
                                        ? 1
                                        : -1))
                .help("next field; Shift-Tab the one before")
                .in(KeyBinding.Group.MOVE));
        if (pick) {
            keys.add(KeyBinding.of(
                            "Right Space l Left h",
                            "Space",
                            "change",
                            key -> turn(
                                    List.of(Key.of(Key.Name.LEFT), Key.of('h')).contains(key) ? -1 : 1))
                    .help("the next of the values there are")
                    .in(KeyBinding.Group.DECIDE));
        }
        keys.add(KeyBinding.of("r", "default", this::reset)
                .help("this field's default again")
                .in(KeyBinding.Group.DECIDE));
        keys.add(KeyBinding.of("b Esc", "b", "back", _ -> back()).in(KeyBinding.Group.LEAVE));
        return keys;
    }

    private void move(int by) {
        focus = Math.floorMod(focus + by, fields.size());
    }

    private void turn(int by) {
        Field field = fields.get(focus);
        List<String> choices = field.option().choices();
        int next = Math.floorMod(Math.max(0, choices.indexOf(text(field))) + by, choices.size());
        inputs.put(field, new LineInput(choices.get(next)));
    }

    private void reset() {
        Field field = fields.get(focus);
        inputs.put(field, new LineInput(field.option().value()));
    }

    private void back() {
        keep();
        guide.go(Step.CHOOSE);
    }

    private void accept() {
        for (int i = 0; i < fields.size(); i++) {
            if (problem(fields.get(i)).isPresent()) {
                focus = i;
                guide.say("One value cannot be used: see below its field.");
                return;
            }
        }
        keep();
        guide.goAnew(Step.REVIEW);
    }

    /** Keeps what can be used; what cannot stays on the screen only. */
    private void keep() {
        Decisions decisions = guide.walk().decisions();
        for (Field field : fields) {
            String value = text(field).strip();
            Options before = decisions.options(field.about());
            if (problem(field).isEmpty() && !before.of(field.option()).equals(value)) {
                decisions =
                        decisions.with(field.about(), before.with(field.option().key(), value));
            }
        }
        guide.walk().decide(decisions);
    }

    @Override
    public List<Word> words() {
        return List.of(
                new Word("s m h d w", "seconds, minutes, hours, days, weeks"),
                new Word("default", "the value that is used when you change nothing"));
    }

    @Override
    public void draw(Canvas canvas) {
        var items = new ArrayList<ItemList.Item>();
        Optional<Finding> group = Optional.empty();
        int selected = 0;
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (!group.equals(Optional.of(field.finding()))) {
                group = Optional.of(field.finding());
                items.add(ItemList.Item.heading(new StyledLine()
                        .add(
                                field.finding().pattern().id() + " for "
                                        + field.finding().subject().label() + ": "
                                        + Texts.count(field.finding().options().size(), "choice")
                                        + ", each has a safe default",
                                canvas.style(Role.TITLE))));
                items.add(ItemList.Item.heading(new StyledLine()));
            }
            if (i == focus) {
                selected = items.size();
            }
            items.add(item(canvas, field, i == focus));
        }
        list.select(selected);
        list.draw(canvas, items, false);
    }

    private ItemList.Item item(Canvas canvas, Field field, boolean here) {
        var lines = new ArrayList<StyledLine>();
        boolean narrow = canvas.width() < 60;
        int label = narrow ? NARROW_LABEL : LABEL;
        boolean pick = !field.option().choices().isEmpty();
        var first = new StyledLine()
                .add(here ? canvas.signs().pointer() + " " : "  ", canvas.style(Role.STEP))
                .add(
                        Texts.column(field.option().label(), label, canvas.signs()),
                        canvas.style(here ? Role.TITLE : Role.TEXT));
        if (pick) {
            for (String choice : field.option().choices()) {
                boolean on = choice.equals(text(field));
                first.add((on ? "(*) " : "( ) ") + choice + "  ", canvas.style(on ? Role.TITLE : Role.DIM));
            }
        } else {
            first.add(
                            Texts.column(text(field) + (here ? "_" : ""), 10, canvas.signs()),
                            canvas.style(here ? Role.INPUT : Role.TEXT))
                    .add(narrow ? "" : "  a number and s, m, h, d or w", canvas.style(Role.DIM));
        }
        lines.add(first);
        int indent = narrow ? 4 : label + 2;
        problem(field).ifPresent(text -> Texts.wrap("! " + text, canvas.width() - indent - 3)
                .forEach(row -> lines.add(indented(canvas, indent, row, Role.FAIL))));
        Texts.wrap(field.option().help(), canvas.width() - indent - 3)
                .forEach(row -> lines.add(indented(canvas, indent, row, Role.DIM)));
        lines.add(new StyledLine());
        return new ItemList.Item(lines, true);
    }

    private static StyledLine indented(Canvas canvas, int indent, String text, Role role) {
        return new StyledLine().add(" ".repeat(indent) + text, canvas.style(role));
    }
}
