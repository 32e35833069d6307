package dev.dopi.ui.theme;

import java.util.Locale;
import java.util.Optional;

/** A colour as a theme file names it; {@link #at} says what becomes of it on a terminal that shows fewer. */
public sealed interface Colour {

    /** The terminal's own: whatever the user has as text or background. */
    record Default() implements Colour {

        public static final Colour COLOUR = new Default();
    }

    /** An entry of the terminal's palette: 0 to 15 are the user's own sixteen, the rest is the fixed cube and grey ramp. */
    record Indexed(int index) implements Colour {

        public Indexed {
            if (index < 0 || index > 255) {
                throw new IllegalArgumentException("not in the palette: " + index);
            }
        }
    }

    /** Red, green and blue of 0 to 255. */
    record Rgb(int red, int green, int blue) implements Colour {

        int distance(Rgb other) {
            int r = red - other.red;
            int g = green - other.green;
            int b = blue - other.blue;
            return r * r + g * g + b * b;
        }

        /** Returns the relative luminance, 0 to 1, as WCAG 2 defines it. */
        public double luminance() {
            return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
        }

        private static double linear(int part) {
            double share = part / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
        }
    }

    /** Returns the colour that {@code text} names: {@code default}, {@code #rrggbb}, {@code #0} to {@code #255}, {@code red}, {@code bright-red}. */
    static Optional<Colour> parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("default")) {
            return Optional.of(Default.COLOUR);
        }
        if (word.matches("#[0-9a-f]{6}")) {
            int value = Integer.parseInt(word.substring(1), 16);
            return Optional.of(new Rgb(value >> 16, value >> 8 & 255, value & 255));
        }
        if (word.matches("#\\d{1,3}")) {
            int index = Integer.parseInt(word.substring(1));
            return index > 255 ? Optional.empty() : Optional.of(new Indexed(index));
        }
        int name = Palette.NAMES.indexOf(word);
        return name < 0 ? Optional.empty() : Optional.of(new Indexed(name));
    }

    /** Returns the nearest colour that a terminal of {@code depth} has. */
    default Colour at(Depth depth) {
        return switch (depth) {
            case NONE -> Default.COLOUR;
            case TRUE -> this;
            case INDEXED_256 -> this instanceof Rgb rgb ? new Indexed(Palette.nearest(rgb, 16, 256)) : this;
            case ANSI_16 ->
                switch (this) {
                    case Default it -> it;
                    case Indexed it ->
                        it.index() < 16 ? it : new Indexed(Palette.nearest(Palette.rgb(it.index()), 0, 16));
                    case Rgb it -> new Indexed(Palette.nearest(it, 0, 16));
                };
        };
    }

    /** Returns red, green and blue, those of a common palette where the terminal decides; empty for its default. */
    default Optional<Rgb> rgb() {
        return switch (this) {
            case Default _ -> Optional.empty();
            case Indexed it -> Optional.of(Palette.rgb(it.index()));
            case Rgb it -> Optional.of(it);
        };
    }

    /** Returns how well text of one colour can be read on the other, 1 to 21, as WCAG 2 counts. */
    static double contrast(Rgb one, Rgb other) {
        double light = Math.max(one.luminance(), other.luminance());
        double dark = Math.min(one.luminance(), other.luminance());
        return (light + 0.05) / (dark + 0.05);
    }
}
