package dev.dopi.ui.tui;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import java.util.EnumSet;
import java.util.Objects;

/** A glyph in the screen's buffer, as wide as {@link Glyph} says rather than as Lanterna guesses. */
final class ScreenCharacter extends TextCharacter {

    private static final long serialVersionUID = 1;

    private final String glyph;
    private final int width;

    @SuppressWarnings("deprecation") // The only constructor that a subclass can use for any colours.
    ScreenCharacter(Frame.Cell cell, TextColor foreground, TextColor background, EnumSet<SGR> looks) {
        super(TextCharacter.fromCharacter('?', foreground, background, looks.toArray(SGR[]::new))[0]);
        this.glyph = cell.text();
        this.width = cell.width();
    }

    @Override
    public String getCharacterString() {
        return glyph;
    }

    @Override
    public boolean isDoubleWidth() {
        return width == 2;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScreenCharacter that && glyph.equals(that.glyph) && super.equals(other);
    }

    @Override
    public int hashCode() {
        return Objects.hash(glyph, super.hashCode());
    }
}
