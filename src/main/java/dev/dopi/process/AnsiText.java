package dev.dopi.process;

import java.util.ArrayList;
import java.util.List;

/**
 * Text that may hold control sequences, read piece by piece as a terminal would read it.
 *
 * <p>Only what is printed and the colour settings come out. Everything else that could move the cursor, set a title,
 * write to the clipboard or reorder characters is dropped, in its 7-bit and its 8-bit form.
 */
final class AnsiText {

    private static final char ESCAPE = 0x1B;
    private static final char BELL = 0x07;
    private static final int TAB_STOP = 8;

    private final String text;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder printed = new StringBuilder();
    private int at;

    private AnsiText(String text) {
        this.text = text;
    }

    /** What a terminal would make of a part of the text. */
    sealed interface Piece {
        record Printed(String text) implements Piece {}

        /** A colour setting, its parameters as they stand: {@code 1;31}. */
        record Setting(String parameters) implements Piece {}
    }

    static List<Piece> read(String text) {
        var reading = new AnsiText(text);
        reading.read();
        reading.flush();
        return reading.pieces;
    }

    private void flush() {
        if (!printed.isEmpty()) {
            pieces.add(new Piece.Printed(printed.toString()));
            printed.setLength(0);
        }
    }

    private void read() {
        int column = 0;
        while (at < text.length()) {
            int before = printed.length();
            int next = text.codePointAt(at);
            at += Character.charCount(next);
            switch (next) {
                case ESCAPE -> escape();
                case 0x9B -> controlSequence();
                case 0x90, 0x98, 0x9D, 0x9E, 0x9F -> string();
                case '\t' -> printed.repeat(' ', TAB_STOP - column % TAB_STOP);
                case '\n', '\r', 0x0B, '\f', 0x85, 0x2028, 0x2029 -> printed.append(' ');
                default -> print(next);
            }
            column += Math.max(0, printed.length() - before);
        }
    }

    private void print(int next) {
        boolean control = next < 0x20 || (next >= 0x7F && next < 0xA0);
        if (Character.getType(next) == Character.SURROGATE) {
            printed.append('\uFFFD');
        } else if (!control && !reorders(next)) {
            printed.appendCodePoint(next);
        }
    }

    /** The marks, embeddings, overrides and isolates that change the order in which text is shown, and the BOM. */
    private static boolean reorders(int next) {
        return next == 0x061C
                || next == 0x200E
                || next == 0x200F
                || (next >= 0x202A && next <= 0x202E)
                || (next >= 0x2066 && next <= 0x2069)
                || next == 0xFEFF;
    }

    private void escape() {
        if (at == text.length()) {
            return;
        }
        char next = text.charAt(at);
        switch (next) {
            case '[' -> {
                at++;
                controlSequence();
            }
            case ']', 'P', 'X', '^', '_' -> {
                at++;
                string();
            }
            default -> shortSequence();
        }
    }

    /** ESC, any intermediate characters and a final one. What is none of these is left to be read as text. */
    private void shortSequence() {
        while (at < text.length() && isIn(0x20, 0x2F)) {
            at++;
        }
        if (at < text.length() && isIn(0x30, 0x7E)) {
            at++;
        }
    }

    private void controlSequence() {
        int start = at;
        while (at < text.length() && isIn(0x30, 0x3F)) {
            at++;
        }
        int end = at;
        while (at < text.length() && isIn(0x20, 0x2F)) {
            at++;
        }
        if (at == text.length() || !isIn(0x40, 0x7E)) {
            return;
        }
        if (text.charAt(at) == 'm' && at == end) {
            flush();
            pieces.add(new Piece.Setting(text.substring(start, end)));
        }
        at++;
    }

    /** A title, a link, a device string: all up to its end. One that has no end hides nothing of what follows. */
    private void string() {
        for (int i = at; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == BELL || next == 0x9C) {
                at = i + 1;
                return;
            }
            if (next == ESCAPE) {
                boolean ends = i + 1 < text.length() && text.charAt(i + 1) == '\\';
                at = ends ? i + 2 : i;
                return;
            }
        }
    }

    private boolean isIn(int first, int last) {
        char next = text.charAt(at);
        return next >= first && next <= last;
    }
}
