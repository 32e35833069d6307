package dev.dopi.ui.tui;

import dev.dopi.edit.Diff;
import dev.dopi.ui.theme.Role;
import dev.dopi.ui.theme.Style;
import dev.dopi.ui.view.Highlight;
import dev.dopi.ui.view.HunkDiff;
import dev.dopi.ui.view.WordDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The lines of a diff, one below the other or side by side, ready to draw. */
final class DiffPane {

    private static final int NARROW_GUTTER = 2;
    private static final int NARROW = 60;

    private final List<Row> rows = new ArrayList<>();
    private final Canvas canvas;
    private final int width;
    private final boolean wrap;

    private final Colours colours;

    /** How the file looks before and after; empty where it is no script. */
    record Colours(Optional<Highlight> before, Optional<Highlight> after) {

        static Colours of(String path, String before, String after) {
            return new Colours(Highlight.of(path, before), Highlight.of(path, after));
        }
    }

    private DiffPane(Canvas canvas, int width, boolean wrap, Colours colours) {
        this.colours = colours;
        this.canvas = canvas;
        this.width = width;
        this.wrap = wrap;
    }

    /** Lays {@code diff} out for a pane {@code width} cells wide. */
    static DiffPane unified(HunkDiff diff, Canvas canvas, int width, boolean wrap, Colours colours) {
        var pane = new DiffPane(canvas, width, wrap, colours);
        pane.unified(diff);
        return pane;
    }

    static DiffPane split(HunkDiff diff, Canvas canvas, int width, boolean wrap, Colours colours) {
        var pane = new DiffPane(canvas, width, wrap, colours);
        int half = (width - 1) / 2;
        for (HunkDiff.Pair pair : diff.pairs()) {
            List<Part> left = pane.parts(pair.left(), pair, true, half);
            List<Part> right = pane.parts(pair.right(), pair, false, half);
            for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
                pane.rows.add(new Row(List.of(
                        i < left.size() ? left.get(i) : pane.empty(half),
                        i < right.size() ? right.get(i) : pane.empty(half))));
            }
        }
        return pane;
    }

    int size() {
        return rows.size();
    }

    /** Returns the first row that shows {@code line}; the first of all where none does. */
    int rowOf(Diff.Line line) {
        for (int row = 0; row < rows.size(); row++) {
            if (rows.get(row).parts().stream().anyMatch(part -> part.line().equals(Optional.of(line)))) {
                return row;
            }
        }
        return 0;
    }

    /** Draws the rows from {@code top} on, moved {@code pan} cells to the left. */
    void draw(Canvas target, int top, int pan, String query) {
        for (int y = 0; y < target.height() && top + y < rows.size(); y++) {
            int x = 0;
            for (Part part : rows.get(top + y).parts()) {
                if (x > 0) {
                    target.write(x++, y, target.signs().vertical(), Role.BORDER);
                }
                Canvas cell = target.region(x, y, part.width(), 1);
                cell.write(0, 0, " ".repeat(part.width()), part.fill());
                part.gutter().draw(cell, 0, 0, 0, part.fill());
                part.code().draw(cell, part.gutter().width(), 0, wrap ? 0 : pan, target.style(Role.KEY));
                if (holds(part, query)) {
                    new StyledLine()
                            .add(part.code())
                            .mark(query, target.style(Role.SEARCH))
                            .draw(cell, part.gutter().width(), 0, wrap ? 0 : pan, target.style(Role.KEY));
                }
                x += part.width();
            }
        }
    }

    private static boolean holds(Part part, String query) {
        return !query.isEmpty()
                && part.line()
                        .filter(line -> line.text().toLowerCase(Locale.ROOT).contains(query.toLowerCase(Locale.ROOT)))
                        .isPresent();
    }

    private record Row(List<Part> parts) {}

    /** {@code line} is what it shows a row of; empty where it stands for lines that are not shown. */
    private record Part(StyledLine gutter, StyledLine code, Optional<Diff.Line> line, Style fill, int width) {}

    /** Adds what goes before what comes, for each change; their pairs only say what differs within a line. */
    private void unified(HunkDiff diff) {
        var come = new ArrayList<HunkDiff.Pair>();
        for (HunkDiff.Pair pair : diff.pairs()) {
            if (pair.left().equals(pair.right())) {
                flush(come);
                unified(pair.left(), pair, true);
            } else {
                unified(pair.left(), pair, true);
                come.add(pair);
            }
        }
        flush(come);
    }

    private void flush(List<HunkDiff.Pair> come) {
        come.forEach(pair -> unified(pair.right(), pair, false));
        come.clear();
    }

    private void unified(List<HunkDiff.Row> of, HunkDiff.Pair pair, boolean left) {
        parts(of, pair, left, width).forEach(part -> rows.add(new Row(List.of(part))));
    }

    private Part empty(int wide) {
        return new Part(new StyledLine(), new StyledLine(), Optional.empty(), canvas.style(Role.TEXT), wide);
    }

    private List<Part> parts(List<HunkDiff.Row> of, HunkDiff.Pair pair, boolean left, int wide) {
        var parts = new ArrayList<Part>();
        for (HunkDiff.Row row : of) {
            switch (row) {
                case HunkDiff.Row.Gap(var count) -> {
                    String text = Texts.count(count, "line") + " not shown";
                    parts.add(new Part(
                            new StyledLine(),
                            new StyledLine().add("   ... " + text, canvas.style(Role.DIFF_GUTTER)),
                            Optional.empty(),
                            canvas.style(Role.TEXT),
                            wide));
                }
                case HunkDiff.Row.Shown(var line) -> parts.addAll(line(line, pair, left, wide));
            }
        }
        return parts;
    }

    private List<Part> line(Diff.Line line, HunkDiff.Pair pair, boolean left, int wide) {
        Role role =
                switch (line.kind()) {
                    case KEPT -> Role.TEXT;
                    case ADDED -> Role.DIFF_ADD;
                    case REMOVED -> Role.DIFF_DEL;
                };
        Style style = canvas.style(role);
        boolean gone = line.kind() == Diff.Kind.REMOVED;
        StyledLine code = CodeLine.of(
                line.text(),
                gone ? line.before() : line.after(),
                gone ? colours.before() : colours.after(),
                canvas,
                line.kind() == Diff.Kind.KEPT ? canvas.style(Role.TEXT) : style);
        if (line.kind() != Diff.Kind.KEPT) {
            markWords(line, pair, code);
        }
        StyledLine gutter = gutter(line, left, wide);
        var parts = new ArrayList<Part>();
        List<StyledLine> rowsOfCode = wrap ? code.chop(wide - gutter.width()) : List.of(code);
        for (StyledLine each : rowsOfCode) {
            boolean first = parts.isEmpty();
            parts.add(new Part(
                    first ? gutter : new StyledLine().add(" ".repeat(gutter.width()), style),
                    each,
                    Optional.of(line),
                    style,
                    wide));
        }
        return parts;
    }

    private StyledLine gutter(Diff.Line line, boolean left, int wide) {
        String mark =
                switch (line.kind()) {
                    case KEPT -> " ";
                    case ADDED -> "+";
                    case REMOVED -> "-";
                };
        Style number = canvas.style(Role.DIFF_GUTTER);
        Style style = line.kind() == Diff.Kind.KEPT
                ? number
                : canvas.style(line.kind() == Diff.Kind.ADDED ? Role.DIFF_ADD : Role.DIFF_DEL);
        if (wide < width) {
            int own = left ? line.before() : line.after();
            return new StyledLine().add("%s %s ".formatted(number(own), mark), style);
        }
        if (width < NARROW) {
            return new StyledLine().add((mark + " ").substring(0, NARROW_GUTTER), style);
        }
        String text = "%s %s %s ".formatted(number(line.before()), number(line.after()), mark);
        return new StyledLine().add(text, style);
    }

    private static String number(int line) {
        return line == 0 ? "    " : "%4d".formatted(line);
    }

    /** Marks in a changed line what differs from its counterpart. */
    private void markWords(Diff.Line line, HunkDiff.Pair pair, StyledLine code) {
        String text = line.text().replace("\t", "    ");
        String other = counterpart(line, pair).replace("\t", "    ");
        boolean added = line.kind() == Diff.Kind.ADDED;
        WordDiff words = added ? WordDiff.of(other, text) : WordDiff.of(text, other);
        Style mark = canvas.style(added ? Role.DIFF_WORD_ADD : Role.DIFF_WORD_DEL);
        (added ? words.added() : words.removed()).forEach(span -> code.mark(span, mark));
    }

    private static String counterpart(Diff.Line line, HunkDiff.Pair pair) {
        List<HunkDiff.Row> others = line.kind() == Diff.Kind.ADDED ? pair.left() : pair.right();
        return others.stream()
                .flatMap(row -> row instanceof HunkDiff.Row.Shown(var other)
                        ? java.util.stream.Stream.of(other.text())
                        : java.util.stream.Stream.empty())
                .findFirst()
                .orElse("");
    }
}
