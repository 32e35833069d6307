package dev.dopi.ui.tui;

import dev.dopi.report.Wide;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in one cell of the screen, or in two: a character with its accents.
 *
 * <p>{@link #of} makes any text safe to show. Nothing that it returns can move the cursor, change the terminal, reorder
 * a line or take up no room: such characters are written as their number, {@code <U+202E>}.
 *
 * @param width 1 or 2 cells
 */
record Glyph(String text, int width) {

    private static final Glyph[] ASCII = new Glyph[128];
    private static final int MARKS = 3;

    static {
        for (int i = ' '; i < 127; i++) {
            ASCII[i] = new Glyph(String.valueOf((char) i), 1);
        }
    }

    /** Returns {@code text} as glyphs; a tab goes to the next multiple of four. */
    static List<Glyph> of(String text) {
        var glyphs = new ArrayList<Glyph>(text.length());
        String normal = plain(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
        int column = 0;
        for (int i = 0; i < normal.length(); ) {
            int point = normal.codePointAt(i);
            i += Character.charCount(point);
            int before = glyphs.size();
            if (point == '\t') {
                for (int spaces = 4 - column % 4; spaces > 0; spaces--) {
                    glyphs.add(ASCII[' ']);
                }
            } else if (point < 128 && point >= ' ' && point != 127 && !marked(normal, i)) {
                glyphs.add(ASCII[point]);
            } else if (!visible(point)) {
                spell(point, glyphs);
            } else {
                int end = marks(normal, i);
                glyphs.add(new Glyph(
                        new StringBuilder()
                                .appendCodePoint(point)
                                .append(normal, i, end)
                                .toString(),
                        width(point)));
                i = end;
                // It only asks for the coloured form, which terminals draw in different widths.
                if (i < normal.length() && normal.charAt(i) == '\ufe0f' && emoji(point)) {
                    i++;
                }
            }
            for (int j = before; j < glyphs.size(); j++) {
                column += glyphs.get(j).width();
            }
        }
        return glyphs;
    }

    /** Returns in how many cells {@code text} is shown. */
    static int width(String text) {
        if (plain(text)) {
            return text.length();
        }
        return of(text).stream().mapToInt(Glyph::width).sum();
    }

    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean marked(String text, int at) {
        return at < text.length() && text.charAt(at) >= 0x300 && marks(text, at) > at;
    }

    /** Returns where the accents that follow a character end; more than a few are not an accent but a prank. */
    private static int marks(String text, int from) {
        int end = from;
        for (int count = 0; end < text.length() && count < MARKS; count++) {
            int point = text.codePointAt(end);
            if (!mark(point)) {
                break;
            }
            end += Character.charCount(point);
        }
        return end;
    }

    private static boolean mark(int point) {
        int type = Character.getType(point);
        return (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) && !selector(point);
    }

    private static boolean selector(int point) {
        return within(point, 0xfe00, 0xfe0f) || within(point, 0xe0100, 0xe01ef) || within(point, 0x180b, 0x180f);
    }

    private static boolean within(int point, int first, int last) {
        return point >= first && point <= last;
    }

    private static boolean visible(int point) {
        // Flags and skin tones join with their neighbours on some terminals and not on others.
        if (selector(point) || within(point, 0x1f1e6, 0x1f1ff) || within(point, 0x1f3fb, 0x1f3ff)) {
            return false;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            // These take no room or look like nothing at all: the fillers of Hangul and the blank of Braille.
            default -> point != 0x115f && point != 0x1160 && point != 0x3164 && point != 0xffa0 && point != 0x2800;
        };
    }

    private static void spell(int point, List<Glyph> glyphs) {
        for (char c : "<U+%04X>".formatted(point).toCharArray()) {
            glyphs.add(ASCII[c]);
        }
    }

    private static boolean emoji(int point) {
        return within(point, 0x203c, 0x3299) || point >= 0x1f000;
    }

    private static int width(int point) {
        return point >= 0x1100 && Wide.contains(point) ? 2 : 1;
    }
}
