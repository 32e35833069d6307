package dev.dopi.ui.tui;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.source.Paths;
import dev.dopi.ui.theme.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All that is known about one class; each line leads to the source that it comes from. */
final class ClassScreen implements Screen {

    private static final int NAME = 12;

    private final Guide guide;
    private final DurableObjectClass about;
    private final ItemList list = new ItemList();
    private final List<Entry> entries = new ArrayList<>();

    ClassScreen(Guide guide, DurableObjectClass about) {
        this.guide = guide;
        this.about = about;
        entries();
    }

    /** A fact; line 0 where it has no place. */
    private record Entry(String kind, String text, String file, int line) {}

    @Override
    public Step step() {
        return Step.ANALYSE;
    }

    @Override
    public String place() {
        return about.className();
    }

    private void entries() {
        add("class", declared(), about.file(), about.line());
        add(
                "storage",
                Cards.storage(about)
                        + about.sqlite()
                                .map(sqlite ->
                                        sqlite ? ", SQLite by the configuration" : ", not SQLite by the configuration")
                                .orElse(""),
                "",
                0);
        for (Table table : about.tables()) {
            String columns = table.columns().stream().map(Table.Column::name).collect(Collectors.joining(", "));
            add(
                    "table",
                    table.name() + " (" + columns + "), " + Cards.lower(table.growth()) + " growth: "
                            + table.growthReason(),
                    table.definition().file(),
                    table.definition().line());
        }
        for (SqlStatement statement : about.statements()) {
            String sql = statement.sql().strip().replaceAll("\\s+", " ");
            add(
                    "statement",
                    sql
                            + statement
                                    .dynamic()
                                    .map(why -> "  (not fully known: " + why + ")")
                                    .orElse(""),
                    statement.file(),
                    statement.line());
        }
        behaviour();
        about.doubts().forEach(doubt -> add("not known", doubt, "", 0));
    }

    private void behaviour() {
        about.alarmHandler().ifPresent(place -> add("alarm", "handler alarm()", about.file(), place.line()));
        about.alarmUses()
                .forEach(use -> add(
                        "alarm",
                        use.method()
                                + (use.inConstructor() ? " in the constructor" : "")
                                + (use.guarded() ? ", only when none is set" : ""),
                        about.file(),
                        use.place().line()));
        add("sockets", Cards.sockets(about), "", 0);
        about.timers()
                .forEach(timer ->
                        add("timer", timer.kind(), about.file(), timer.place().line()));
        about.nameReads().forEach(read -> add("name", "reads its own name", about.file(), read.line()));
        if (!about.rpcMethods().isEmpty()) {
            add("RPC", String.join(", ", about.rpcMethods()), "", 0);
        }
    }

    private String declared() {
        String bindings = about.bindings().isEmpty() ? "no binding" : "binding " + String.join(", ", about.bindings());
        String name = about.exportedAs().equals(about.className())
                ? about.className()
                : about.className() + ", exported as " + about.exportedAs();
        return name + ", " + Cards.lower(about.declaration())
                + about.baseClass().map(base -> " " + base).orElse("") + ", " + bindings;
    }

    private void add(String kind, String text, String file, int line) {
        entries.add(new Entry(kind, text, file, line));
    }

    @Override
    public List<KeyBinding> keys() {
        boolean nowhere = entries.get(list.selected()).line() == 0;
        var keys = new ArrayList<KeyBinding>();
        keys.add(KeyBinding.of("Enter", "source", this::open)
                .help("the source at this line")
                .unless(nowhere, "This has no line of its own in the source."));
        keys.addAll(list.keys("move"));
        keys.add(KeyBinding.of("b Esc Backspace", "b", "back", _ -> guide.pop()).in(KeyBinding.Group.LEAVE));
        return keys;
    }

    private void open() {
        Entry entry = entries.get(list.selected());
        SourceScreen.open(guide, Step.ANALYSE, entry.file(), entry.line());
    }

    @Override
    public List<Word> words() {
        return Cards.words();
    }

    @Override
    public void draw(Canvas canvas) {
        canvas.write(1, 0, about.className(), Role.TITLE);
        canvas.writeBefore(canvas.width() - 1, 0, Cards.place(about), Role.LINK);
        int width = canvas.width() - 2;
        var items = new ArrayList<ItemList.Item>();
        for (Entry entry : entries) {
            var lines = new ArrayList<StyledLine>();
            String at = entry.line() == 0 ? "" : "  " + Paths.name(entry.file()) + ":" + entry.line();
            int room = width - NAME - 2;
            boolean first = true;
            for (String row : Texts.wrap(entry.text() + at, room)) {
                lines.add(new StyledLine()
                        .add(Texts.column(first ? entry.kind() : "", NAME, canvas.signs()), canvas.style(Role.DIM))
                        .add(row, canvas.style(entry.kind().equals("not known") ? Role.WARN : Role.TEXT)));
                first = false;
            }
            items.add(new ItemList.Item(lines, true));
        }
        int from = canvas.height() > 8 ? 2 : 1;
        list.draw(canvas.below(from), items, true);
    }
}
