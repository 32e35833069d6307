package dev.dopi.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A page of plain text: no line is wider than 80 columns but for one that is to be copied, and nothing on it acts on a
 * terminal.
 */
final class TextPage {

    private static final int WIDTH = 80;

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
        int missing = columns - Columns.width(label);
        return missing > 0 ? label + " ".repeat(missing) : columns == 0 ? label : label + " ";
    }

    private static List<String> wrapped(String text, int columns) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String word : text.strip().split(" +", -1)) {
            String rest = word;
            if (!line.isEmpty() && Columns.width(line) + 1 + Columns.width(rest) > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (Columns.width(rest) > columns) {
                int end = Columns.fitting(rest, columns);
                lines.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }
}
