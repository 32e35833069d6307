package dev.dopi.analysis;

import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;

/** What expressions look like without what does not change their value. */
final class Expressions {

    private Expressions() {}

    /** Returns {@code node} without parentheses, casts, {@code !}, {@code satisfies} and {@code await} around it. */
    static SyntaxNode bare(SyntaxNode node) {
        SyntaxNode next = node;
        while (next.is(
                "parenthesized_expression",
                "as_expression",
                "satisfies_expression",
                "non_null_expression",
                "await_expression",
                "type_assertion")) {
            List<SyntaxNode> inside = next.children();
            if (inside.isEmpty()) {
                return next;
            }
            next = next.is("type_assertion") ? inside.getLast() : inside.getFirst();
        }
        return next;
    }

    static boolean isClass(SyntaxNode node) {
        return node.is("class_declaration", "abstract_class_declaration", "class");
    }

    static boolean isFunction(SyntaxNode node) {
        return node.is(
                "arrow_function",
                "function_expression",
                "function_declaration",
                "generator_function_declaration",
                "generator_function",
                "method_definition");
    }

    /** Returns the arguments of a call, in order. */
    static List<SyntaxNode> arguments(SyntaxNode call) {
        return call.field("arguments")
                .filter(it -> it.is("arguments"))
                .map(SyntaxNode::children)
                .orElse(List.of());
    }

    /** Returns the property that {@code call} calls, as in {@code object.property(…)}. */
    static Optional<String> calledProperty(SyntaxNode call) {
        return call.field("function")
                .map(Expressions::bare)
                .filter(function -> function.is("member_expression"))
                .map(function -> function.fieldText("property"));
    }
}
