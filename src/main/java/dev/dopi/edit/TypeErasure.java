package dev.dopi.edit;

import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Makes a whole script in TypeScript one in JavaScript that a person would have written.
 *
 * <p>What only the compiler reads goes, and so does what stood there for its sake: parentheses around a cast, the comment
 * on an interface, the lines of a list of parameters that now fits into one. What is left does the same. It is for dopi's
 * own templates: what JavaScript has no word for, such as an enum, stays and would not parse.
 */
final class TypeErasure {

    private static final int WIDTH = 120;

    private final SourceFile file;
    private final List<TextEdit> edits = new ArrayList<>();

    private TypeErasure(SourceFile file) {
        this.file = file;
    }

    /** Returns {@code script}, whose lines end with {@code \n}, without its types. */
    static String of(String script) {
        String bare = pass("script.ts", script, TypeErasure::erase);
        return pass("script.js", bare, TypeErasure::joinParameters);
    }

    private static String pass(String path, String script, BiConsumer<TypeErasure, SyntaxNode> step) {
        var erasure = new TypeErasure(new SourceFile(path, script));
        try (SyntaxTree tree = SyntaxTree.parse(
                erasure.file, Grammar.of(path).orElseThrow(() -> new IllegalArgumentException(path)))) {
            step.accept(erasure, tree.root());
        }
        return new TextEdits(erasure.edits).applyTo(script);
    }

    private void erase(SyntaxNode node) {
        if (node.is("parenthesized_expression") && isCast(node)) {
            uncover(node);
            return;
        }
        if (node.is("import_statement") && node.has("type")) {
            cutStatement(node);
            return;
        }
        switch (node.kind()) {
            case "type_annotation", "type_arguments", "type_parameters" -> cut(node.span());
            case "interface_declaration", "type_alias_declaration" -> cutStatement(node);
            case "implements_clause", "accessibility_modifier", "override_modifier" -> cutWord(node);
            case "as_expression", "satisfies_expression", "non_null_expression" -> {
                SyntaxNode value = value(node);
                cut(new Span(value.span().end(), node.span().end()));
                erase(value);
            }
            default -> {
                boolean declares = node.is("public_field_definition", "required_parameter", "optional_parameter");
                for (SyntaxNode child : node.all()) {
                    if (declares && child.is("readonly")) {
                        cutWord(child);
                    } else if (declares && child.is("?")) {
                        cut(child.span());
                    } else {
                        erase(child);
                    }
                }
            }
        }
    }

    private static boolean isCast(SyntaxNode parenthesized) {
        return parenthesized.children().size() == 1
                && value(parenthesized.children().getFirst())
                        .is("identifier", "this", "member_expression", "subscript_expression", "call_expression")
                && parenthesized.child("as_expression", "satisfies_expression").isPresent();
    }

    /** Returns what {@code node} is about, under any number of casts. */
    private static SyntaxNode value(SyntaxNode node) {
        SyntaxNode value = node;
        while (value.is("as_expression", "satisfies_expression", "non_null_expression")) {
            value = value.children().getFirst();
        }
        return value;
    }

    /** Takes the parentheses away from a cast; a member that was only to be had by its text is then had by its name. */
    private void uncover(SyntaxNode parenthesized) {
        SyntaxNode value = value(parenthesized.children().getFirst());
        cut(new Span(parenthesized.span().start(), value.span().start()));
        cut(new Span(value.span().end(), parenthesized.span().end()));
        erase(value);
        parenthesized
                .parent()
                .filter(access -> access.is("subscript_expression") && !access.has("?."))
                .flatMap(access -> access.field("index"))
                .filter(index -> index.is("string") && index.text().matches(".[A-Za-z_$][\\w$]*."))
                .ifPresent(index -> {
                    edits.add(new TextEdit(
                            new Span(parenthesized.span().end(), index.span().start() + 1), "."));
                    cut(new Span(index.span().end() - 1, index.span().end() + 1));
                });
    }

    private void cut(Span span) {
        edits.add(TextEdit.delete(span));
    }

    /** Cuts a word with the space behind it; a clause ends what it stands in, and goes with the space before it. */
    private void cutWord(SyntaxNode word) {
        Span span = word.span();
        cut(
                word.is("implements_clause")
                        ? new Span(span.start() - 1, span.end())
                        : new Span(span.start(), span.end() + 1));
    }

    /** Cuts a statement with the comments right above it and the empty line behind it. */
    private void cutStatement(SyntaxNode node) {
        List<SyntaxNode> siblings = node.parent().map(SyntaxNode::all).orElse(List.of(node));
        int first = siblings.indexOf(node);
        while (first > 0
                && siblings.get(first - 1).is("comment")
                && file.line(siblings.get(first).span())
                        == file.position(siblings.get(first - 1).span().end()).line() + 1) {
            first--;
        }
        int end = node.span().end();
        for (int lines = 0;
                lines < 2 && end < file.text().length() && file.text().charAt(end) == '\n';
                lines++) {
            end++;
        }
        cut(new Span(siblings.get(first).span().start(), end));
    }

    /** Puts parameters into one line that had lines of their own for their types. */
    private void joinParameters(SyntaxNode root) {
        root.descendants()
                .filter(node -> node.is("formal_parameters") && node.text().contains("\n"))
                .filter(node -> node.all().stream().noneMatch(each -> each.is("comment")))
                .filter(node -> node.children().stream().allMatch(parameter -> parameter.is("identifier")))
                .forEach(node -> {
                    String joined =
                            node.children().stream().map(SyntaxNode::text).collect(Collectors.joining(", ", "(", ")"));
                    int column = file.position(node.span().start()).column();
                    if (column + joined.length() < WIDTH) {
                        edits.add(new TextEdit(node.span(), joined));
                    }
                });
    }
}
