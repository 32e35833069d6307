package dev.dopi.syntax;

import java.util.Optional;

/**
 * A template string that a tag is called with, as in {@code this.sql`SELECT 1`}.
 *
 * <p>A type between the two is seen through: the grammar takes {@code this.sql<Row>`SELECT 1`} for comparisons.
 *
 * @param tag the function, without its type arguments
 */
public record TaggedTemplate(SyntaxNode tag, SyntaxNode template) {

    /** Returns what {@code node} is, where it is a tagged template, whatever is then done with the value. */
    public static Optional<TaggedTemplate> of(SyntaxNode node) {
        return switch (node.kind()) {
            case "call_expression" ->
                node.field("arguments").filter(it -> it.is("template_string")).flatMap(template -> node.field(
                                "function")
                        .map(tag -> new TaggedTemplate(Expressions.bare(tag), template)));
            case "binary_expression" -> typed(node);
            default -> Optional.empty();
        };
    }

    private static Optional<TaggedTemplate> typed(SyntaxNode node) {
        Optional<SyntaxNode> tag = operand(node, ">", "left")
                .filter(it -> it.is("binary_expression"))
                .flatMap(it -> operand(it, "<", "left"));
        Optional<SyntaxNode> template = operand(node, ">", "right").flatMap(TaggedTemplate::start);
        return tag.isPresent() && template.isPresent()
                ? Optional.of(new TaggedTemplate(Expressions.bare(tag.get()), template.get()))
                : Optional.empty();
    }

    private static Optional<SyntaxNode> operand(SyntaxNode node, String operator, String side) {
        return node.fieldText("operator").equals(operator) ? node.field(side) : Optional.empty();
    }

    /** Returns the template that the chain of calls and properties {@code node} starts with. */
    private static Optional<SyntaxNode> start(SyntaxNode node) {
        Optional<SyntaxNode> next = Optional.of(node);
        while (next.isPresent() && next.get().is("call_expression", "member_expression", "subscript_expression")) {
            SyntaxNode here = next.get();
            next = here.field("function").or(() -> here.field("object"));
        }
        return next.filter(it -> it.is("template_string"));
    }
}
