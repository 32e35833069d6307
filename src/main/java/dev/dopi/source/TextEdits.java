package dev.dopi.source;

import java.util.ArrayList;
import java.util.List;

/**
 * Edits of one file that can be made together.
 *
 * <p>Sorted, and no two overlap. Whatever lies outside every span is kept to the letter, which is
 * how a project keeps its formatting.
 */
public record TextEdits(List<TextEdit> edits) {

    public TextEdits {
        edits = edits.stream().sorted().toList();
        for (int i = 1; i < edits.size(); i++) {
            if (edits.get(i - 1).span().overlaps(edits.get(i).span())) {
                throw new IllegalArgumentException(
                        "overlapping edits: %s and %s".formatted(edits.get(i - 1), edits.get(i)));
            }
        }
    }

    /** Returns these edits and {@code other}'s, which must not overlap them; at one place, these come first. */
    public TextEdits and(TextEdits other) {
        return new TextEdits(java.util.stream.Stream.concat(edits.stream(), other.edits.stream())
                .toList());
    }

    /** Returns the edits that do in one step what these do to a text and {@code later} then does to the outcome. */
    public TextEdits then(TextEdits later) {
        var made = new ArrayList<Piece>();
        int read = 0;
        for (TextEdit edit : later.edits) {
            made.addAll(Piece.between(read, edit.span().start(), pieces()));
            made.add(Piece.inserted(edit.replacement()));
            read = edit.span().end();
        }
        made.addAll(Piece.between(read, Integer.MAX_VALUE, pieces()));
        return Piece.edits(made);
    }

    /** What a text becomes, piece by piece; the last goes on to its end, wherever that is. */
    private List<Piece> pieces() {
        var pieces = new ArrayList<Piece>();
        int kept = 0;
        for (TextEdit edit : edits) {
            pieces.add(Piece.kept(kept, edit.span().start()));
            pieces.add(Piece.inserted(edit.replacement()));
            kept = edit.span().end();
        }
        pieces.add(Piece.kept(kept, Integer.MAX_VALUE));
        return pieces;
    }

    public static TextEdits of(TextEdit... edits) {
        return new TextEdits(List.of(edits));
    }

    public String applyTo(String text) {
        var result = new StringBuilder(text.length());
        int kept = 0;
        for (TextEdit edit : edits) {
            result.append(text, kept, edit.span().start()).append(edit.replacement());
            kept = edit.span().end();
        }
        return result.append(text, kept, text.length()).toString();
    }
}
