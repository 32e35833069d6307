package dev.dopi.edit;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/**
 * The difference between two texts, line by line.
 *
 * @param lines every line of both texts in reading order, the unchanged ones too
 */
public record Diff(List<Line> lines) {

    public Diff {
        lines = List.copyOf(lines);
    }

    /**
     * A line of either text or of both.
     *
     * @param before its number in the text before, counted from one; 0 where it is new
     * @param after its number in the text after, counted from one; 0 where it is gone
     * @param text without its line end
     */
    public record Line(Kind kind, int before, int after, String text) {}

    /** What happens to a line. */
    public enum Kind {
        KEPT,
        REMOVED,
        ADDED
    }

    public static Diff between(String before, String after) {
        List<String> old = split(before);
        List<String> now = split(after);
        var lines = new ArrayList<Line>();
        int i = 0;
        int j = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(old, now).getDeltas()) {
            while (i < delta.getSource().getPosition()) {
                lines.add(new Line(Kind.KEPT, ++i, ++j, old.get(i - 1)));
            }
            for (String line : delta.getSource().getLines()) {
                lines.add(new Line(Kind.REMOVED, ++i, 0, line));
            }
            for (String line : delta.getTarget().getLines()) {
                lines.add(new Line(Kind.ADDED, 0, ++j, line));
            }
        }
        while (i < old.size()) {
            lines.add(new Line(Kind.KEPT, ++i, ++j, old.get(i - 1)));
        }
        return new Diff(lines);
    }

    public int added() {
        return count(Kind.ADDED);
    }

    public int removed() {
        return count(Kind.REMOVED);
    }

    private int count(Kind kind) {
        return (int) lines.stream().filter(line -> line.kind() == kind).count();
    }

    /**
     * Returns {@code change} as a unified diff that {@code git apply} and {@code patch} take, with three lines of
     * context; empty where nothing changes.
     */
    public static String unified(FileChange change) {
        List<String> before = lossless(change.textBefore());
        List<String> after = lossless(change.after());
        Patch<String> patch = DiffUtils.diff(before, after);
        boolean created = change instanceof FileChange.Create;
        List<String> lines = UnifiedDiffUtils.generateUnifiedDiff(
                created ? "/dev/null" : quoted("a/" + change.path()), quoted("b/" + change.path()), before, patch, 3);
        var text = new StringBuilder();
        for (String line : lines) {
            if (line.endsWith(NO_NEWLINE)) {
                text.append(line, 0, line.length() - 1).append("\n\\ No newline at end of file\n");
            } else {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }

    /** Returns a name as git writes it in a diff: within quotes, in the manner of C, where it holds control characters. */
    private static String quoted(String name) {
        if (name.codePoints().noneMatch(each -> each < ' ' || each == 0x7f || each == '"' || each == '\\')) {
            return name;
        }
        var text = new StringBuilder("\"");
        name.codePoints().forEach(each -> {
            if (each < ' ' || each == 0x7f) {
                text.append("\\%03o".formatted(each));
            } else {
                text.append(each == '"' || each == '\\' ? "\\" : "").appendCodePoint(each);
            }
        });
        return text.append('"').toString();
    }

    // Marks a last line that has no line end, so that it differs from one that has.
    private static final String NO_NEWLINE = "\0";

    private static List<String> lossless(String text) {
        var lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        } else {
            lines.set(lines.size() - 1, lines.getLast() + NO_NEWLINE);
        }
        return lines;
    }

    private static List<String> split(String text) {
        var lines = new ArrayList<>(text.lines().toList());
        return lines;
    }
}
