package dev.dopi.ui.tui;

import dev.dopi.edit.Diff;
import dev.dopi.edit.Hunk;
import dev.dopi.ui.theme.Role;
import dev.dopi.ui.view.HunkDiff;
import java.util.List;
import java.util.Optional;

/** The diff of one hunk in the way that the user likes it: side by side or not, wrapped or cut, with more lines or fewer. */
final class HunkView {

    private static final int SPLIT_FROM = 120;
    private static final int SPLITTABLE = 60;

    private final Scroll scroll = new Scroll();
    private int context = 3;
    private Optional<Boolean> split = Optional.empty();
    private boolean wrap = true;
    private boolean beside;
    private boolean alone;
    private int pan;
    private Optional<DiffPane> drawn = Optional.empty();
    private Optional<Layout> layout = Optional.empty();
    private Optional<Coloured> coloured = Optional.empty();
    /** A line to bring into view as soon as it is laid out. */
    private Optional<Diff.Line> wanted = Optional.empty();

    /** What a diff was laid out for; as long as it is the same, so is the layout. */
    private record Layout(Hunk hunk, String text, int context, int width, boolean beside, boolean wrap) {}

    private record Coloured(Hunk hunk, String text, DiffPane.Colours colours) {}

    /** Returns whether only the diff is to be shown, with as little as can be above it. */
    boolean alone() {
        return alone;
    }

    /** Returns how many lines are shown around each change. */
    int context() {
        return context;
    }

    Scroll scroll() {
        return scroll;
    }

    void toStart() {
        scroll.toStart();
        pan = 0;
    }

    /** Brings {@code line} of the hunk into view that is drawn next. */
    void reveal(Diff.Line line) {
        wanted = Optional.of(line);
    }

    List<KeyBinding> keys() {
        return List.of(
                KeyBinding.of(
                                "[ ]",
                                "[ ]",
                                "context",
                                key -> context = Math.clamp(context + (key.equals(Key.of(']')) ? 3 : -3), 0, 9_999))
                        .help("less, more lines around it"),
                KeyBinding.of("v", "sides", () -> split = Optional.of(!beside)).help("side by side, or not"),
                KeyBinding.of("w", "wrap", () -> wrap = !wrap).help("wrap or cut long lines"),
                KeyBinding.of("z", "diff only", () -> alone = !alone)
                        .help("only the diff, or all about it")
                        .quiet(),
                KeyBinding.of("Left h", "h", "left", _ -> pan = Math.max(0, pan - 8))
                        .help("to the left, where lines are cut")
                        .in(KeyBinding.Group.MOVE)
                        .quiet(),
                KeyBinding.of("Right l", "l", "right", _ -> pan += 8)
                        .help("to the right, where lines are cut")
                        .in(KeyBinding.Group.MOVE)
                        .quiet());
    }

    /** Draws the difference that {@code hunk} makes to {@code text} from row {@code from} on, with {@code query} marked. */
    void draw(Canvas canvas, int from, Hunk hunk, String text, String query) {
        Canvas body = canvas.below(from);
        beside = split.orElse(body.width() >= SPLIT_FROM) && body.width() >= SPLITTABLE;
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
            scroll.fit(pane.size(), body.height());
            wanted.ifPresent(line -> scroll.reveal(pane.rowOf(line)));
            wanted = Optional.empty();
            int top = scroll.fit(pane.size(), body.height());
            if (!scroll.fits() && canvas.height() >= ReviewHead.COMPACT && !alone) {
                String more = " rows %d to %d of %d%s "
                        .formatted(top + 1, top + body.height(), pane.size(), scroll.atEnd() ? "" : ", j more");
                canvas.writeBefore(canvas.width() - 1, from - 1, more, scroll.atEnd() ? Role.DIM : Role.KEY);
            }
            pane.draw(body, top, pan, query);
        });
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
}
