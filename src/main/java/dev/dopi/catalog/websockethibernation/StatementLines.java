package dev.dopi.catalog.websockethibernation;

import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.syntax.SyntaxNode;

/** The lines that a statement takes up, for taking it away whole. */
final class StatementLines {

    private StatementLines() {}

    /** Returns its lines with those of the comments right above it. */
    static Span whole(SourceFile file, SyntaxNode statement) {
        int start = statement.span().start();
        for (SyntaxNode comment : Handlers.commentsAbove(statement)) {
            start = Math.min(start, comment.span().start());
        }
        int from = file.text().lastIndexOf('\n', start - 1) + 1;
        int newline = file.text().indexOf('\n', statement.span().end());
        return new Span(from, newline < 0 ? file.text().length() : newline + 1);
    }

    /** As {@link #whole}, with the blank line above where the code would otherwise be left with two. */
    static Span of(SourceFile file, SyntaxNode statement) {
        Span whole = whole(file, statement);
        String text = file.text();
        int above = text.lastIndexOf('\n', whole.start() - 2) + 1;
        boolean blankAbove =
                whole.start() > 0 && text.substring(above, whole.start()).isBlank();
        boolean opens = whole.start() > 0
                && text.substring(above, whole.start()).strip().endsWith("{");
        int newline = text.indexOf('\n', whole.end());
        String below = newline < 0 ? "" : text.substring(whole.end(), newline);
        if (blankAbove && (below.isBlank() || below.strip().equals("}"))) {
            return new Span(above, whole.end());
        }
        return opens && newline >= 0 && below.isBlank() ? new Span(whole.start(), newline + 1) : whole;
    }
}
