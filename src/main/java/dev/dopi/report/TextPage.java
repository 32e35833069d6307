package dev.dopi.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A page of plain text: no line is wider than 80 columns but for one that is to be copied, and nothing on it acts on a
 * terminal.
 */
final class TextPage {

    private static final int WIDTH = 80;

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

    private final StringBuilder page = new StringBuilder();

    TextPage blank() {
        if (!page.isEmpty()) {
            page.append('\n');
        }
        return this;
    }

    /** Adds {@code text}, its further lines set in by as much as its first. */
    TextPage text(int indent, String text) {
        return labelled(indent, "", 0, text);
    }

    /** Adds {@code text} beside {@code label}, which takes {@code columns}; its further lines stand under the text. */
    TextPage labelled(int indent, String label, int columns, String text) {
        String first = " ".repeat(indent) + pad(PlainText.line(label), columns);
        String further = " ".repeat(indent + columns);
        boolean any = false;
        for (String line : wrapped(PlainText.line(text), WIDTH - indent - columns)) {
            page.append((any ? further + line : first + line).stripTrailing()).append('\n');
            any = true;
        }
        return this;
    }

    /** Adds {@code text} in one line, however long, so that it works once it is copied. */
    TextPage whole(int indent, String label, int columns, String text) {
        page.append(" ".repeat(indent))
                .append(pad(PlainText.line(label), columns))
                .append(PlainText.line(text))
                .append('\n');
        return this;
    }

    @Override
    public String toString() {
        return page.toString();
    }

    private static String pad(String label, int columns) {
        int missing = columns - width(label);
        return missing > 0 ? label + " ".repeat(missing) : columns == 0 ? label : label + " ";
    }

    private static List<String> wrapped(String text, int columns) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String word : text.strip().split(" +", -1)) {
            String rest = word;
            if (!line.isEmpty() && width(line) + 1 + width(rest) > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (width(rest) > columns) {
                int end = fitting(rest, columns);
                lines.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    private static int fitting(String text, int columns) {
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

    private static int width(CharSequence text) {
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
