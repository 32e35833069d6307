package dev.dopi.ui.tui;

import dev.dopi.ui.theme.Style;
import java.util.Arrays;
import java.util.Optional;

/**
 * One picture of the whole screen, cell by cell.
 *
 * <p>It knows no terminal, so that a screen can be drawn and compared in a test.
 */
final class Frame {

    private static final Cell BLANK = new Cell(" ", 1, Style.PLAIN);

    private final int width;
    private final int height;
    private final Cell[][] rows;
    private Optional<Place> cursor = Optional.empty();

    Frame(int width, int height, Style background) {
        this.width = width;
        this.height = height;
        this.rows = new Cell[height][width];
        Cell blank = background.equals(Style.PLAIN) ? BLANK : new Cell(" ", 1, background);
        for (Cell[] row : rows) {
            Arrays.fill(row, blank);
        }
    }

    /** A glyph and how it looks. Width 0 is the right half of the wide one before it. */
    record Cell(String text, int width, Style style) {}

    /** A column and a row, from 0. */
    record Place(int x, int y) {}

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    Cell cell(int x, int y) {
        return rows[y][x];
    }

    boolean rowEquals(int y, Frame other, int otherY) {
        return Arrays.equals(rows[y], other.rows[otherY]);
    }

    Optional<Place> cursor() {
        return cursor;
    }

    void cursor(int x, int y) {
        cursor = x >= 0 && x < width && y >= 0 && y < height ? Optional.of(new Place(x, y)) : Optional.empty();
    }

    /** Puts {@code glyph} there. A wide one that is cut by an edge becomes a blank, and so does a half that is left over. */
    void put(int x, int y, Glyph glyph, Style style) {
        if (y < 0 || y >= height || x < 0 || x >= width) {
            return;
        }
        Cell[] row = rows[y];
        clearHalves(row, x);
        if (glyph.width() == 2 && x + 1 >= width) {
            row[x] = new Cell(" ", 1, style);
            return;
        }
        row[x] = new Cell(glyph.text(), glyph.width(), style);
        if (glyph.width() == 2) {
            clearHalves(row, x + 1);
            row[x + 1] = new Cell("", 0, style);
        }
    }

    private static void clearHalves(Cell[] row, int x) {
        if (row[x].width() == 0 && x > 0 && row[x - 1].width() == 2) {
            row[x - 1] = new Cell(" ", 1, row[x - 1].style());
        }
        if (row[x].width() == 2 && x + 1 < row.length) {
            row[x + 1] = new Cell(" ", 1, row[x + 1].style());
        }
    }

    /** Returns the text, a line for each row, without what is blank at its end. */
    String text() {
        var text = new StringBuilder();
        for (Cell[] row : rows) {
            var line = new StringBuilder();
            for (Cell cell : row) {
                line.append(cell.text());
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
