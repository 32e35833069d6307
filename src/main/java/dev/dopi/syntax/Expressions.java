package dev.dopi.syntax;

import java.util.List;
import java.util.Optional;

/** What expressions look like without what does not change their value. */
public final class Expressions {

    private Expressions() {}

    /** Returns {@code node} without parentheses, casts, {@code !}, {@code satisfies}, {@code await} and type arguments around it. */
    public static SyntaxNode bare(SyntaxNode node) {
        SyntaxNode next = node;
        while (next.is(
                "parenthesized_expression",
                "as_expression",
                "satisfies_expression",
                "non_null_expression",
                "await_expression",
                "instantiation_expression",
                "type_assertion")) {
            List<SyntaxNode> inside = next.children();
            if (inside.isEmpty()) {
                return next;
            }
            next = next.is("type_assertion") ? inside.getLast() : inside.getFirst();
        }
        return next;
    }

    public static boolean isClass(SyntaxNode node) {
        return node.is("class_declaration", "abstract_class_declaration", "class");
    }

    public static boolean isFunction(SyntaxNode node) {
        return node.is(
                "arrow_function",
                "function_expression",
                "function_declaration",
                "generator_function_declaration",
                "generator_function",
                "method_definition");
    }

    /** Returns the arguments of a call, in order. */
    public static List<SyntaxNode> arguments(SyntaxNode call) {
        return call.field("arguments")
                .filter(it -> it.is("arguments"))
                .map(SyntaxNode::children)
                .orElse(List.of());
    }

    /** Returns the property that {@code call} calls, as in {@code object.property(…)}. */
    public static Optional<String> calledProperty(SyntaxNode call) {
        return call.field("function")
                .map(Expressions::bare)
                .filter(function -> function.is("member_expression"))
                .map(function -> function.fieldText("property"));
    }

    /** Returns what {@code call} calls a method of. */
    public static Optional<SyntaxNode> object(SyntaxNode call) {
        return call.field("function")
                .map(Expressions::bare)
                .filter(function -> function.is("member_expression"))
                .flatMap(function -> function.field("object"));
    }

    /** Returns the parameters of a function, in order. */
    public static List<SyntaxNode> parameters(SyntaxNode function) {
        return function.field("parameters")
                .map(SyntaxNode::children)
                .or(() -> function.field("parameter").map(List::of))
                .orElse(List.of());
    }

    /** Returns the name of a parameter, without its type and its default. */
    public static String parameterName(SyntaxNode parameter) {
        SyntaxNode pattern = parameter.field("pattern").orElse(parameter);
        return pattern.is("assignment_pattern") ? pattern.fieldText("left") : pattern.text();
    }
}
