package dev.dopi.ui.tui;

import dev.dopi.source.Span;
import dev.dopi.ui.theme.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A line of glyphs that look different from one another: code, a diff, a program's output. */
final class StyledLine {

    private final List<Glyph> glyphs = new ArrayList<>();
    private final List<Style> styles = new ArrayList<>();

    StyledLine add(String text, Style style) {
        for (Glyph glyph : Glyph.of(text)) {
            glyphs.add(glyph);
            styles.add(style);
        }
        return this;
    }

    StyledLine add(StyledLine more) {
        glyphs.addAll(more.glyphs);
        styles.addAll(more.styles);
        return this;
    }

    int width() {
        return glyphs.stream().mapToInt(Glyph::width).sum();
    }

    /** Gives every place where {@code query} stands the look of {@code style}, without regard to case. */
    StyledLine mark(String query, Style style) {
        if (query.isEmpty()) {
            return this;
        }
        var text = new StringBuilder();
        var owners = new ArrayList<Integer>();
        for (int i = 0; i < glyphs.size(); i++) {
            for (int j = 0; j < glyphs.get(i).text().length(); j++) {
                owners.add(i);
            }
            text.append(glyphs.get(i).text());
        }
        String line = text.toString().toLowerCase(Locale.ROOT);
        String wanted = query.toLowerCase(Locale.ROOT);
        if (line.length() != owners.size()) {
            return this;
        }
        for (int at = line.indexOf(wanted); at >= 0; at = line.indexOf(wanted, at + wanted.length())) {
            for (int i = at; i < at + wanted.length(); i++) {
                styles.set(owners.get(i), style);
            }
        }
        return this;
    }

    /** Gives the characters of {@code span} the look of {@code style}. */
    StyledLine mark(Span span, Style style) {
        int at = 0;
        for (int i = 0; i < glyphs.size(); i++) {
            if (span.contains(at)) {
                styles.set(i, style);
            }
            at += glyphs.get(i).text().length();
        }
        return this;
    }

    /** Returns this line in rows of at most {@code width} cells. */
    List<StyledLine> chop(int width) {
        var rows = new ArrayList<StyledLine>();
        var row = new StyledLine();
        int used = 0;
        for (int i = 0; i < glyphs.size(); i++) {
            Glyph glyph = glyphs.get(i);
            if (used + glyph.width() > Math.max(2, width)) {
                rows.add(row);
                row = new StyledLine();
                used = 0;
            }
            row.glyphs.add(glyph);
            row.styles.add(styles.get(i));
            used += glyph.width();
        }
        rows.add(row);
        return rows;
    }

    /** Draws what lies right of cell {@code skipped}; a sign at either edge says that there is more. */
    void draw(Canvas canvas, int x, int y, int skipped, Style more) {
        int column = -skipped;
        int room = canvas.width() - x;
        boolean cut = width() - skipped > room;
        for (int i = 0; i < glyphs.size(); i++) {
            Glyph glyph = glyphs.get(i);
            if (column >= 0 && column + glyph.width() <= (cut ? room - 1 : room)) {
                canvas.glyphs(x + column, y, List.of(glyph), styles.get(i));
            }
            column += glyph.width();
        }
        if (cut) {
            canvas.write(x + room - 1, y, canvas.signs().more(), more);
        }
        if (skipped > 0 && !glyphs.isEmpty()) {
            canvas.write(x, y, canvas.signs().more(), more);
        }
    }
}
