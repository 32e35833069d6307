package dev.dopi.ui.line;

import dev.dopi.edit.Diff;
import dev.dopi.edit.Hunk;
import dev.dopi.report.Wording;
import java.util.ArrayList;
import java.util.List;

/**
 * One hunk for somebody who hears it: no signs, every line with what happens to it.
 *
 * @param base the text that the hunk is made on
 */
record HunkInWords(Hunk hunk, String base) {

    /** How many lines are said without being asked for. */
    static final int SHORT = 40;

    private static final int AROUND = 5;

    String heading(String where) {
        if (hunk.creates()) {
            return "New file %s, %s, %s.".formatted(hunk.file(), where, Wording.count(lines().size(), "line"));
        }
        List<Integer> numbers = changed().stream()
                .map(line -> line.kind() == Diff.Kind.REMOVED ? line.before() : line.after())
                .sorted()
                .toList();
        String lines = numbers.isEmpty()
                ? "no line changes"
                : numbers.getFirst().equals(numbers.getLast())
                        ? "line " + numbers.getFirst()
                        : "lines " + numbers.getFirst() + " to " + numbers.getLast();
        return "File %s, %s, %s.".formatted(hunk.file(), where, lines);
    }

    /** Returns one line for each that goes or comes. */
    List<String> lines() {
        return changed().stream().map(HunkInWords::said).toList();
    }

    /** Returns the same with some lines around them. */
    List<String> around() {
        List<Diff.Line> all = Diff.between(base, hunk.edits().applyTo(base)).lines();
        var near = new ArrayList<String>();
        for (int i = 0; i < all.size(); i++) {
            List<Diff.Line> beside = all.subList(Math.max(0, i - AROUND), Math.min(all.size(), i + AROUND + 1));
            if (beside.stream().anyMatch(line -> line.kind() != Diff.Kind.KEPT)) {
                near.add(said(all.get(i)));
            }
        }
        return near;
    }

    private static String said(Diff.Line line) {
        return switch (line.kind()) {
            case REMOVED -> "  removed line " + line.before() + ": " + spaced(line.text());
            case ADDED -> "  added line " + line.after() + ": " + spaced(line.text());
            case KEPT -> "  line " + line.after() + ": " + spaced(line.text());
        };
    }

    private List<Diff.Line> changed() {
        return Diff.between(base, hunk.edits().applyTo(base)).lines().stream()
                .filter(line -> line.kind() != Diff.Kind.KEPT)
                .toList();
    }

    private static String spaced(String text) {
        return text.replace("\t", "    ");
    }

    /** Returns how far it can be trusted. */
    String trust() {
        return switch (hunk.applicability()) {
            case SAFE -> "Safe: the code means what it meant.";
            case REVIEW -> "Please read it: behaviour changes on purpose.";
            case NEEDS_VALUE -> "Please read it: it holds the value that you chose.";
            case ADVICE -> "Advice: it is not written.";
        };
    }
}
