package dev.dopi.catalog.websockethibernation;

import dev.dopi.edit.CodeStyle;
import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;

/** The user's own code at another place: kept to the letter, but for what is replaced in it and its indentation. */
final class MovedBody {

    private final SourceFile file;
    private final CodeStyle style;
    private final String margin;

    /**
     * @param margin the white space before each line at the new place
     */
    MovedBody(SourceFile file, CodeStyle style, String margin) {
        this.file = file;
        this.style = style;
        this.margin = margin;
    }

    /** Returns the body of {@code function} as statements, with {@code edits} made in it. */
    String of(SyntaxNode function, List<TextEdit> edits) {
        SyntaxNode body = function.field("body").orElse(function);
        if (!body.is("statement_block")) {
            String end = style.semicolons() ? ";" : "";
            return margin + moved(body.span(), indentOf(body), body, edits).strip() + end;
        }
        List<SyntaxNode> all = body.all().stream()
                .filter(node -> !node.hasText("{") && !node.hasText("}"))
                .toList();
        if (all.isEmpty()) {
            return "";
        }
        var inner = new Span(body.span().start() + 1, body.span().end() - 1);
        String text = moved(inner, indentOf(all.getFirst()), body, edits).strip();
        return text.isEmpty() ? "" : margin + text;
    }

    /** Returns whole statements as they stand, where {@code socket} is certainly one. */
    String of(List<SyntaxNode> statements, String socket) {
        var lines = new ArrayList<String>();
        for (SyntaxNode each : statements) {
            lines.add(margin + moved(each.span(), indentOf(each), each, certain(each, socket)));
        }
        return String.join(style.lineEnd(), lines);
    }

    /** The edits that take the {@code !} behind {@code name} away, which a parameter of a certain type does not need. */
    static List<TextEdit> certain(SyntaxNode code, String name) {
        return code.descendants()
                .filter(node -> node.is("non_null_expression")
                        && node.children().getFirst().hasText(name))
                .map(node -> TextEdit.delete(new Span(
                        node.children().getFirst().span().end(), node.span().end())))
                .toList();
    }

    private String indentOf(SyntaxNode node) {
        return file.indentAt(node.span().start());
    }

    private String moved(Span span, String base, SyntaxNode around, List<TextEdit> edits) {
        var all = new ArrayList<TextEdit>();
        for (TextEdit edit : edits) {
            if (span.contains(edit.span())) {
                String text = edit.replacement().replace("\n" + base, "\n" + margin);
                all.add(new TextEdit(
                        new Span(edit.span().start() - span.start(), edit.span().end() - span.start()), text));
            }
        }
        List<Span> templates = around.descendants()
                .filter(node -> node.is("template_string"))
                .map(SyntaxNode::span)
                .toList();
        String text = file.text(span);
        for (int newline = text.indexOf('\n'); newline >= 0; newline = text.indexOf('\n', newline + 1)) {
            int at = span.start() + newline;
            // The lines of a template are its value.
            if (templates.stream().noneMatch(each -> each.contains(at))) {
                indent(text, newline + 1, base, all);
            }
        }
        return new TextEdits(all).applyTo(text);
    }

    private void indent(String text, int start, String base, List<TextEdit> edits) {
        int end = start;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        boolean blank = end < text.length() && (text.charAt(end) == '\n' || text.charAt(end) == '\r');
        String own = text.substring(start, end);
        String moved = blank || end == text.length()
                ? ""
                : own.startsWith(base) ? margin + own.substring(base.length()) : margin;
        edits.add(new TextEdit(new Span(start, end), moved));
    }
}
