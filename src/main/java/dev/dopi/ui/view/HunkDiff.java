package dev.dopi.ui.view;

import dev.dopi.edit.Diff;
import dev.dopi.edit.Hunk;
import java.util.ArrayList;
import java.util.List;

/**
 * What one hunk changes in its file, with some lines around it.
 *
 * @param rows in reading order; a gap stands for lines that are left out
 */
public record HunkDiff(List<Row> rows, int added, int removed) {

    public HunkDiff {
        rows = List.copyOf(rows);
    }

    /** A line of the diff, or a number of lines that are not shown. */
    public sealed interface Row {

        record Shown(Diff.Line line) implements Row {}

        record Gap(int lines) implements Row {}
    }

    /** Returns the difference that {@code hunk} makes to {@code text}, with {@code context} lines around each change. */
    public static HunkDiff of(String text, Hunk hunk, int context) {
        Diff diff = Diff.between(text, hunk.edits().applyTo(text));
        List<Diff.Line> lines = diff.lines();
        boolean[] shown = new boolean[lines.size()];
        for (int i = 0; i < shown.length; i++) {
            if (lines.get(i).kind() != Diff.Kind.KEPT) {
                for (int j = Math.max(0, i - context); j <= Math.min(shown.length - 1, i + context); j++) {
                    shown[j] = true;
                }
            }
        }
        var rows = new ArrayList<Row>();
        int hidden = 0;
        for (int i = 0; i < shown.length; i++) {
            if (shown[i]) {
                if (hidden > 0 && !rows.isEmpty()) {
                    rows.add(new Row.Gap(hidden));
                }
                hidden = 0;
                rows.add(new Row.Shown(lines.get(i)));
            } else {
                hidden++;
            }
        }
        return new HunkDiff(rows, diff.added(), diff.removed());
    }

    /** Returns the rows as pairs, what was on the left and what will be on the right; null-free, with gaps on both. */
    public List<Pair> pairs() {
        var pairs = new ArrayList<Pair>();
        var gone = new ArrayList<Row>();
        var come = new ArrayList<Row>();
        for (Row row : rows) {
            if (row instanceof Row.Shown(var line) && line.kind() == Diff.Kind.REMOVED) {
                gone.add(row);
            } else if (row instanceof Row.Shown(var line) && line.kind() == Diff.Kind.ADDED) {
                come.add(row);
            } else {
                flush(gone, come, pairs);
                pairs.add(new Pair(List.of(row), List.of(row)));
            }
        }
        flush(gone, come, pairs);
        return pairs;
    }

    /** Two rows that stand side by side; either list holds one row or none. */
    public record Pair(List<Row> left, List<Row> right) {}

    private static void flush(List<Row> gone, List<Row> come, List<Pair> pairs) {
        for (int i = 0; i < Math.max(gone.size(), come.size()); i++) {
            pairs.add(new Pair(
                    i < gone.size() ? List.of(gone.get(i)) : List.of(),
                    i < come.size() ? List.of(come.get(i)) : List.of()));
        }
        gone.clear();
        come.clear();
    }
}
