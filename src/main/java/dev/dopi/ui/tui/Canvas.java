package dev.dopi.ui.tui;

import dev.dopi.ui.theme.Role;
import dev.dopi.ui.theme.Style;
import dev.dopi.ui.theme.Theme;
import java.util.List;

/**
 * A rectangle of a frame to draw in.
 *
 * <p>What does not fit is cut off. All text goes through {@link Glyph#of}, so nothing that was read from a project or
 * printed by a program can act on the terminal.
 */
final class Canvas {

    private final Frame frame;
    private final Theme theme;
    private final Signs signs;
    private final int left;
    private final int top;
    private final int width;
    private final int height;

    private Canvas(Frame frame, Theme theme, Signs signs, int left, int top, int width, int height) {
        this.frame = frame;
        this.theme = theme;
        this.signs = signs;
        this.left = left;
        this.top = top;
        this.width = Math.max(0, width);
        this.height = Math.max(0, height);
    }

    static Canvas of(Frame frame, Theme theme, Signs signs) {
        return new Canvas(frame, theme, signs, 0, 0, frame.width(), frame.height());
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    Signs signs() {
        return signs;
    }

    Style style(Role role) {
        return theme.style(role);
    }

    Canvas region(int x, int y, int wide, int high) {
        int w = Math.min(wide, width - x);
        int h = Math.min(high, height - y);
        return new Canvas(frame, theme, signs, left + x, top + y, w, h);
    }

    /** Returns all below row {@code y}. */
    Canvas below(int y) {
        return region(0, y, width, height - y);
    }

    /** Writes {@code text} and returns the column behind it; what does not fit ends in a sign that says so. */
    int write(int x, int y, String text, Role role) {
        return write(x, y, text, theme.style(role));
    }

    int write(int x, int y, String text, Style style) {
        List<Glyph> glyphs = Glyph.of(text);
        int wide = glyphs.stream().mapToInt(Glyph::width).sum();
        if (x + wide <= width) {
            return glyphs(x, y, glyphs, style);
        }
        return glyphs(x, y, Texts.cut(glyphs, width - x, signs), style);
    }

    /** Writes {@code text} so that it ends at column {@code end}, and returns where it begins. */
    int writeBefore(int end, int y, String text, Role role) {
        int start = Math.max(0, end - Glyph.width(text));
        write(start, y, text, role);
        return start;
    }

    int glyphs(int x, int y, List<Glyph> glyphs, Style style) {
        int column = x;
        for (Glyph glyph : glyphs) {
            if (y >= 0 && y < height && column >= 0 && column + glyph.width() <= width) {
                frame.put(left + column, top + y, glyph, style);
            }
            column += glyph.width();
        }
        return column;
    }

    /** Returns whether something is written in row {@code y} at column {@code from} or right of it. */
    boolean occupied(int y, int from) {
        for (int x = Math.max(0, from); x < width && y >= 0 && y < height; x++) {
            if (!frame.cell(left + x, top + y).text().isBlank()) {
                return true;
            }
        }
        return false;
    }

    /** Gives a row the look of {@code role} where nothing is written, and its background where something is. */
    void tint(int y, Role role) {
        Style tint = theme.style(role);
        for (int x = 0; x < width && y >= 0 && y < height; x++) {
            Frame.Cell cell = frame.cell(left + x, top + y);
            if (cell.width() > 0) {
                frame.put(
                        left + x,
                        top + y,
                        new Glyph(cell.text(), cell.width()),
                        cell.style().over(tint));
            }
        }
    }

    void fill(Role role) {
        Style style = theme.style(role);
        List<Glyph> space = Glyph.of(" ");
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                glyphs(x, y, space, style);
            }
        }
    }

    void rule(int y) {
        for (int x = 0; x < width; x++) {
            write(x, y, signs.horizontal(), Role.BORDER);
        }
    }

    void column(int x, int from, int to) {
        for (int y = from; y < to; y++) {
            write(x, y, signs.vertical(), Role.BORDER);
        }
    }

    /** Draws a box around the whole canvas, with {@code title} in its upper edge, and returns its inside. */
    Canvas box(String title) {
        fill(Role.TEXT);
        rule(0);
        rule(height - 1);
        column(0, 0, height);
        column(width - 1, 0, height);
        write(0, 0, signs.topLeft(), Role.BORDER);
        write(width - 1, 0, signs.topRight(), Role.BORDER);
        write(0, height - 1, signs.bottomLeft(), Role.BORDER);
        write(width - 1, height - 1, signs.bottomRight(), Role.BORDER);
        if (!title.isEmpty()) {
            write(2, 0, " " + title + " ", Role.TITLE);
        }
        return region(2, 1, width - 4, height - 2);
    }

    /** Puts the terminal's cursor there, where magnifiers and screen readers look. */
    void cursor(int x, int y) {
        if (x >= 0 && x < width && y >= 0 && y < height) {
            frame.cursor(left + x, top + y);
        }
    }
}
