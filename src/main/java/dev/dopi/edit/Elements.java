package dev.dopi.edit;

import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;

/**
 * What stands in a pair of brackets, commas between, and how one more element is written behind the last: in the form of
 * those that are there. Nothing else moves.
 *
 * @param file JSON or a script
 * @param open the offset of the opening bracket
 * @param close the offset of the closing bracket
 * @param elements where each element stands
 */
public record Elements(SourceFile file, int open, int close, List<Span> elements) {

    public Elements {
        elements = List.copyOf(elements);
    }

    /** Returns the elements of an array, an object or a list of names. */
    public static Elements of(SyntaxNode list) {
        return new Elements(
                list.tree().file(),
                list.span().start(),
                list.span().end() - 1,
                list.children().stream().map(SyntaxNode::span).toList());
    }

    /**
     * Returns the edit that puts {@code element} behind the last; lines in it end with {@code \n} and come without a margin.
     *
     * @param step one step of indentation, for a list that is empty
     */
    public TextEdit append(String element, String step) {
        String end = file.lineEnd();
        if (elements.isEmpty()) {
            String margin = file.indentAt(open);
            String inner = margin + step;
            return new TextEdit(new Span(open + 1, close), end + inner + indented(element, inner) + end + margin);
        }
        Span last = elements.getLast();
        int after = Trivia.end(file.text(), last.end());
        boolean trailing = file.text().charAt(after) == ',';
        if (!onOwnLines()) {
            String flat = element.replaceAll("\\s*\\R\\s*", " ");
            return trailing ? TextEdit.insert(after + 1, " " + flat + ",") : TextEdit.insert(last.end(), ", " + flat);
        }
        String margin = file.indentAt(last.start());
        String line = end + margin + indented(element, margin);
        if (trailing) {
            return TextEdit.insert(endOfLine(after + 1), line + ",");
        }
        int lineEnd = endOfLine(last.end());
        return new TextEdit(new Span(last.end(), lineEnd), "," + file.text().substring(last.end(), lineEnd) + line);
    }

    /** Returns the edit that puts {@code element}, of one line, before {@code next}, which is one of the elements. */
    public TextEdit before(Span next, String element) {
        int start = next.start();
        String text = file.text();
        boolean startsLine =
                text.substring(text.lastIndexOf('\n', start - 1) + 1, start).isBlank();
        return TextEdit.insert(start, element + "," + (startsLine ? file.lineEnd() + file.indentAt(start) : " "));
    }

    private boolean onOwnLines() {
        return hasLineEnd(open, elements.getFirst().start())
                && hasLineEnd(elements.getLast().end(), close);
    }

    private boolean hasLineEnd(int from, int to) {
        return file.text().substring(from, to).indexOf('\n') >= 0;
    }

    private String indented(String element, String margin) {
        return element.replace("\n", file.lineEnd() + margin);
    }

    private int endOfLine(int from) {
        int newline = file.text().indexOf('\n', from);
        int lineEnd = newline < 0 ? file.text().length() : newline;
        return lineEnd > from && file.text().charAt(lineEnd - 1) == '\r' ? lineEnd - 1 : lineEnd;
    }
}
