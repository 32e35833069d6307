package dev.dopi.catalog.websockethibernation;

import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.Optional;
import java.util.stream.Stream;

/** What names mean in a class's code: which function declares them, and what is read or written through them. */
final class Names {

    private Names() {}

    /**
     * Where a name is declared.
     *
     * @param function the function whose variable or parameter it is
     * @param node the declarator, parameter or function that declares it
     */
    record Declaration(SyntaxNode function, SyntaxNode node) {

        boolean isParameter() {
            return !node.is("variable_declarator", "function_declaration", "for_in_statement", "catch_clause");
        }
    }

    static boolean isName(SyntaxNode node) {
        return node.is("identifier", "shorthand_property_identifier");
    }

    /** Returns where the name {@code use} is declared, within the class; empty where it belongs to the module. */
    static Optional<Declaration> declaration(SyntaxNode use) {
        String name = use.text();
        return use.ancestors()
                .takeWhile(up -> !up.is("class_body"))
                .filter(Expressions::isFunction)
                .flatMap(function -> declarationIn(function, name).stream())
                .findFirst();
    }

    private static Optional<Declaration> declarationIn(SyntaxNode function, String name) {
        for (SyntaxNode parameter : Expressions.parameters(function)) {
            if (bound(parameter.field("pattern").orElse(parameter)).anyMatch(name::equals)) {
                return Optional.of(new Declaration(function, parameter));
            }
        }
        return function.field("body").stream()
                .flatMap(body -> body.descendants(node -> !Expressions.isFunction(node) || node == body))
                .filter(node -> declares(node, name))
                .findFirst()
                .map(node -> new Declaration(function, node));
    }

    private static boolean declares(SyntaxNode node, String name) {
        return switch (node.kind()) {
            case "variable_declarator" ->
                node.field("name").stream().flatMap(Names::bound).anyMatch(name::equals);
            case "function_declaration" -> node.fieldText("name").equals(name);
            case "for_in_statement" ->
                node.field("kind").isPresent()
                        && node.field("left").stream().flatMap(Names::bound).anyMatch(name::equals);
            case "catch_clause" ->
                node.field("parameter").stream().flatMap(Names::bound).anyMatch(name::equals);
            default -> false;
        };
    }

    /** The names that a pattern binds. */
    private static Stream<String> bound(SyntaxNode pattern) {
        return pattern.descendants(node -> !node.is("type_annotation"))
                .filter(node -> node.is("identifier", "shorthand_property_identifier_pattern"))
                .map(SyntaxNode::text);
    }

    /** The property that {@code call} calls, as in {@code object.property(…)}. */
    static String calledProperty(SyntaxNode call) {
        return Expressions.calledProperty(call).orElse("");
    }

    /** What {@code call} calls a method of. */
    static Optional<SyntaxNode> object(SyntaxNode call) {
        return Expressions.object(call).map(Expressions::bare);
    }

    /** The expression at the left of a chain of members: {@code a} of {@code a.b[c].d}. */
    static SyntaxNode root(SyntaxNode expression) {
        SyntaxNode next = Expressions.bare(expression);
        while (next.is("member_expression", "subscript_expression")) {
            Optional<SyntaxNode> object = next.field("object").map(Expressions::bare);
            if (object.isEmpty()) {
                return next;
            }
            next = object.get();
        }
        return next;
    }

    /** What {@code node} assigns to, where it does. */
    static Optional<SyntaxNode> assigned(SyntaxNode node) {
        return switch (node.kind()) {
            case "assignment_expression", "augmented_assignment_expression" ->
                node.field("left").map(Expressions::bare);
            case "update_expression" -> node.field("argument").map(Expressions::bare);
            case "unary_expression" ->
                node.has("delete") ? node.field("argument").map(Expressions::bare) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The whole statement that {@code node} belongs to, where another can stand behind it. */
    static Optional<SyntaxNode> statement(SyntaxNode node) {
        SyntaxNode inner = node;
        for (SyntaxNode up : node.ancestors().toList()) {
            if (up.is("statement_block", "switch_case", "switch_default")) {
                return inner.is("return_statement") ? Optional.empty() : Optional.of(inner);
            }
            if (Expressions.isFunction(up)
                    || up.is("if_statement", "else_clause", "for_statement", "for_in_statement", "while_statement")) {
                // Without braces there is room for one statement only; a condition is no place at all.
                return Optional.empty();
            }
            inner = up;
        }
        return Optional.empty();
    }
}
