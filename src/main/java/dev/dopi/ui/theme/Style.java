package dev.dopi.ui.theme;

import java.util.Set;

/** How a piece of text looks. */
public record Style(Colour foreground, Colour background, Set<Attribute> attributes) {

    public static final Style PLAIN = new Style(Colour.Default.COLOUR, Colour.Default.COLOUR, Set.of());

    public Style {
        attributes = Set.copyOf(attributes);
    }

    /** What a terminal can do to text besides colouring it. */
    public enum Attribute {
        BOLD,
        ITALIC,
        UNDERLINE,
        REVERSE
    }

    /** Returns this style with {@code other}'s background and attributes, and its foreground where it names one. */
    public Style over(Style other) {
        Colour front = other.foreground.equals(Colour.Default.COLOUR) ? foreground : other.foreground;
        return new Style(front, other.background, other.attributes);
    }

    /** Returns this style on the background of {@code other}. */
    public Style on(Style other) {
        return new Style(foreground, other.background, attributes);
    }
}
