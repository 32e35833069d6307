package dev.dopi.source;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a changed text: kept from the original, or inserted.
 *
 * @param start where it begins in the original; of no meaning for what is inserted
 * @param inserted empty for what is kept
 */
record Piece(int start, int length, String inserted) {

    static Piece kept(int start, int end) {
        return new Piece(start, end - start, "");
    }

    static Piece inserted(String text) {
        return new Piece(0, text.length(), text);
    }

    /** Returns what lies between two offsets of the text that {@code pieces} make. */
    static List<Piece> between(int from, int to, List<Piece> pieces) {
        var parts = new ArrayList<Piece>();
        long at = 0;
        for (Piece piece : pieces) {
            int start = Math.clamp(from - at, 0, piece.length);
            int end = Math.clamp(to - at, 0, piece.length);
            if (start < end) {
                parts.add(piece.part(start, end));
            }
            at += piece.length;
        }
        return parts;
    }

    private Piece part(int from, int to) {
        return inserted.isEmpty() ? kept(start + from, start + to) : inserted(inserted.substring(from, to));
    }

    /** Returns the edits that make the text of {@code pieces}, the last of which is kept. */
    static TextEdits edits(List<Piece> pieces) {
        var edits = new ArrayList<TextEdit>();
        var replacement = new StringBuilder();
        int keptUntil = 0;
        for (Piece piece : pieces) {
            if (!piece.inserted.isEmpty()) {
                replacement.append(piece.inserted);
            } else if (piece.length > 0) {
                if (piece.start > keptUntil || !replacement.isEmpty()) {
                    edits.add(new TextEdit(new Span(keptUntil, piece.start), replacement.toString()));
                }
                replacement.setLength(0);
                keptUntil = piece.start + piece.length;
            }
        }
        return new TextEdits(edits);
    }
}
