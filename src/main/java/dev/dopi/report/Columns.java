package dev.dopi.report;

import java.util.ArrayList;
import java.util.List;

/** Text by the columns that it takes in a terminal. */
public final class Columns {

    /** Before it, each character takes one column; control characters are written out before they come here. */
    private static final int FIRST_UNUSUAL = 0xAD;

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
        return Wide.contains(codePoint) ? 2 : 1;
    }
}
