package dev.dopi.report;

import java.util.ArrayList;
import java.util.List;

/** Text by the columns that it takes in a terminal. */
public final class Columns {

    /** Before it, each character takes one column; control characters are written out before they come here. */
    private static final int FIRST_UNUSUAL = 0xAD;

    private static final List<Range> WIDE = List.of(
            new Range(0x1100, 0x115F),
            new Range(0x2E80, 0xA4CF),
            new Range(0xAC00, 0xD7A3),
            new Range(0xF900, 0xFAFF),
            new Range(0xFE30, 0xFE6F),
            new Range(0xFF00, 0xFF60),
            new Range(0xFFE0, 0xFFE6),
            new Range(0x1F300, 0x1FAFF),
            new Range(0x20000, 0x3FFFD));

    private Columns() {}

    /**
     * Returns {@code line} in lines of at most {@code columns}, as far as its words allow: no word is broken, and the
     * further lines are set in a little more than the first where that is.
     */
    public static List<String> lines(String line, int columns) {
        String indent = line.substring(0, line.length() - line.stripLeading().length());
        String further = indent.isEmpty() || indent.length() > columns / 2 ? indent : indent + "  ";
        var lines = new ArrayList<String>();
        String rest = line;
        while (width(rest) > columns) {
            int from = rest.length() - rest.stripLeading().length();
            int end = rest.lastIndexOf(' ', fitting(rest, columns));
            end = end > from ? end : rest.indexOf(' ', from);
            if (end < 0) {
                break;
            }
            lines.add(rest.substring(0, end).stripTrailing());
            rest = further + rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }

    /** Returns how many characters of {@code text} {@code columns} hold, at least one. */
    static int fitting(String text, int columns) {
        int end = 0;
        int used = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            used += width(codePoint);
            if (used > columns && end > 0) {
                return end;
            }
            end += Character.charCount(codePoint);
        }
        return end;
    }

    /** Returns the columns of {@code text}. */
    static int width(CharSequence text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = Character.codePointAt(text, i);
            width += width(codePoint);
            i += Character.charCount(codePoint);
        }
        return width;
    }

    /** Columns of a character in a terminal. */
    private static int width(int codePoint) {
        if (codePoint < FIRST_UNUSUAL) {
            return 1;
        }
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return WIDE.stream().anyMatch(range -> range.holds(codePoint)) ? 2 : 1;
    }

    /** Characters that take two columns in every terminal. */
    private record Range(int first, int last) {

        boolean holds(int codePoint) {
            return first <= codePoint && codePoint <= last;
        }
    }
}
