package dev.dopi.ui.tui;

import dev.dopi.source.SourceFile;
import dev.dopi.ui.theme.Role;
import dev.dopi.ui.view.Highlight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file of the project, with one line pointed out. */
final class SourceScreen implements Screen {

    private final Guide guide;
    private final Step step;
    private final String path;
    private final List<String> lines;
    private final Optional<Highlight> colours;
    private final int line;
    private final Scroll scroll = new Scroll();
    private final Search search;
    private int pan;
    private boolean placed;

    private SourceScreen(Guide guide, Step step, SourceFile file, int line) {
        this.guide = guide;
        this.step = step;
        this.path = file.path();
        this.lines = file.text().lines().toList();
        this.colours = Highlight.of(file.path(), file.text());
        this.line = line;
        this.search = new Search(lines::size, lines::get, scroll::reveal);
    }

    /** Shows {@code path} at {@code line}, or says why that cannot be. */
    static void open(Guide guide, Step step, String path, int line) {
        guide.walk()
                .analysis()
                .flatMap(analysis -> analysis.project().read(path))
                .ifPresentOrElse(
                        file -> guide.push(new SourceScreen(guide, step, file, line)),
                        () -> guide.say("The file " + path + " cannot be read."));
    }

    @Override
    public Step step() {
        return step;
    }

    @Override
    public String place() {
        return path + ":" + line;
    }

    @Override
    public String question() {
        return search.on() ? search.prompt() : "";
    }

    @Override
    public boolean take(Key key, long at) {
        return search.take(key);
    }

    @Override
    public List<KeyBinding> keys() {
        var keys = new ArrayList<KeyBinding>();
        if (search.on()) {
            keys.addAll(search.keys());
        }
        keys.addAll(scroll.keys());
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
                .in(KeyBinding.Group.MOVE));
        keys.add(search.key());
        keys.add(KeyBinding.of("b Esc Backspace", "b", "back", _ -> guide.pop()).in(KeyBinding.Group.LEAVE));
        return keys;
    }

    @Override
    public void draw(Canvas canvas) {
        canvas.write(1, 0, Texts.path(path, canvas.width() - 16, canvas.signs()), Role.TITLE);
        canvas.writeBefore(canvas.width() - 1, 0, "line " + line, Role.DIM);
        Canvas body = canvas.below(1);
        int top = scroll.fit(lines.size(), body.height());
        if (!placed) {
            placed = true;
            scroll.to(line - 1 - body.height() / 3);
            top = scroll.fit(lines.size(), body.height());
        }
        for (int y = 0; y < body.height() && top + y < lines.size(); y++) {
            boolean here = top + y + 1 == line;
            body.write(0, y, here ? body.signs().pointer() : " ", Role.STEP);
            body.write(1, y, "%5d ".formatted(top + y + 1), Role.DIFF_GUTTER);
            CodeLine.of(lines.get(top + y), top + y + 1, colours, body)
                    .mark(search.query(), body.style(Role.SEARCH))
                    .draw(body, 8, y, pan, body.style(Role.DIM));
            if (here) {
                body.tint(y, Role.SELECT);
                body.cursor(0, y);
            }
        }
    }
}
