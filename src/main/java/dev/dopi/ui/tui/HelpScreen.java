package dev.dopi.ui.tui;

import dev.dopi.ui.theme.Role;
import java.util.ArrayList;
import java.util.List;

/** The keys of one screen, then the words on it. */
final class HelpScreen implements Screen {

    private static final int KEYS_WIDTH = 12;

    private final Guide guide;
    private final Screen about;
    private final List<KeyBinding> bindings;
    private final Scroll scroll = new Scroll();

    HelpScreen(Guide guide, Screen about) {
        this.guide = guide;
        this.about = about;
        this.bindings = guide.bindings();
    }

    @Override
    public Step step() {
        return about.step();
    }

    @Override
    public boolean overlay() {
        return true;
    }

    @Override
    public List<KeyBinding> keys() {
        var keys = new ArrayList<KeyBinding>();
        keys.add(KeyBinding.of("Esc ? q b Enter", "Esc", "close", _ -> guide.pop())
                .in(KeyBinding.Group.LEAVE));
        keys.addAll(scroll.keys());
        return keys;
    }

    @Override
    public void draw(Canvas canvas) {
        Canvas inside = canvas.box("Help: " + about.step().title());
        List<StyledLine> lines = lines(inside);
        int top = scroll.fit(lines.size(), inside.height());
        for (int y = 0; y < inside.height() && top + y < lines.size(); y++) {
            lines.get(top + y).draw(inside, 0, y, 0, canvas.style(Role.DIM));
        }
        if (!scroll.atEnd()) {
            String more = about.words().isEmpty() ? " j more " : " j more, and the words ";
            canvas.writeBefore(canvas.width() - 2, canvas.height() - 1, more, Role.KEY);
        }
    }

    private List<StyledLine> lines(Canvas canvas) {
        boolean two = canvas.width() >= 70;
        int width = two ? canvas.width() / 2 : canvas.width();
        var left = new ArrayList<StyledLine>();
        var right = two ? new ArrayList<StyledLine>() : left;
        for (KeyBinding.Group group : KeyBinding.Group.values()) {
            boolean first = group == KeyBinding.Group.DECIDE || group == KeyBinding.Group.VIEW;
            section(canvas, group, width, first ? left : right);
        }
        var lines = new ArrayList<StyledLine>();
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            StyledLine line = i < left.size() ? left.get(i) : new StyledLine();
            if (two && i < right.size()) {
                line.add(" ".repeat(Math.max(1, width - line.width())), canvas.style(Role.TEXT))
                        .add(right.get(i));
            }
            lines.add(line);
        }
        words(canvas, lines);
        return lines;
    }

    private void section(Canvas canvas, KeyBinding.Group group, int width, List<StyledLine> lines) {
        List<KeyBinding> keys =
                bindings.stream().filter(binding -> binding.group() == group).toList();
        if (keys.isEmpty()) {
            return;
        }
        lines.add(new StyledLine().add(group.title(), canvas.style(Role.TITLE)));
        for (KeyBinding binding : keys) {
            String what = binding.help() + (binding.disabled().isPresent() ? " (not now)" : "");
            List<String> rows = Texts.wrap(what, width - KEYS_WIDTH - 2);
            lines.add(new StyledLine()
                    .add(
                            " " + Texts.column(binding.shown(), KEYS_WIDTH - 2, canvas.signs()) + " ",
                            canvas.style(Role.KEY))
                    .add(rows.getFirst(), canvas.style(Role.TEXT)));
            rows.stream()
                    .skip(1)
                    .forEach(row ->
                            lines.add(new StyledLine().add(" ".repeat(KEYS_WIDTH) + row, canvas.style(Role.TEXT))));
        }
    }

    private void words(Canvas canvas, List<StyledLine> lines) {
        List<Word> words = about.words();
        if (words.isEmpty()) {
            return;
        }
        lines.add(new StyledLine());
        lines.add(new StyledLine().add("Words on this screen", canvas.style(Role.TITLE)));
        words.forEach(word -> {
            int indent = 16;
            List<String> rows = Texts.wrap(word.meaning(), canvas.width() - indent);
            lines.add(new StyledLine()
                    .add(" " + Texts.column(word.word(), indent - 2, canvas.signs()) + " ", canvas.style(Role.LINK))
                    .add(rows.getFirst(), canvas.style(Role.TEXT)));
            rows.stream()
                    .skip(1)
                    .forEach(row -> lines.add(new StyledLine().add(" ".repeat(indent) + row, canvas.style(Role.TEXT))));
        });
    }
}
