package dev.dopi.analysis;

import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the variables of a function hold, as far as its text tells. */
final class Variables {

    private Variables() {}

    /**
     * A variable that is declared in a function.
     *
     * @param values every expression that is assigned to it before it is used
     * @param appended what {@code +=} appends to it before it is used, in order
     */
    record Local(List<SyntaxNode> values, List<Append> appended) {

        boolean conditional() {
            return appended.stream().anyMatch(Append::conditional);
        }
    }

    /** What is appended, and whether that depends on a condition. */
    record Append(SyntaxNode value, boolean conditional) {}

    /** Returns what the nearest declaration of {@code name} within a function says of it. */
    static Optional<Local> local(SyntaxNode name) {
        for (SyntaxNode up : name.ancestors().toList()) {
            if (up.is("statement_block", "switch_case")) {
                Optional<SyntaxNode> declarator = up.children().stream()
                        .filter(statement -> statement.is("lexical_declaration", "variable_declaration"))
                        .flatMap(statement -> statement.children().stream())
                        .filter(each -> each.fieldText("name").equals(name.text()))
                        .findFirst();
                if (declarator.isPresent()) {
                    return Optional.of(read(declarator.get(), up, name));
                }
            }
            if (Expressions.isFunction(up) && declares(up, name.text())) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Local read(SyntaxNode declarator, SyntaxNode block, SyntaxNode use) {
        var values = new ArrayList<SyntaxNode>();
        declarator.field("value").ifPresent(values::add);
        var appended = new ArrayList<Append>();
        boolean constant = declarator.parent().filter(it -> it.has("const")).isPresent();
        if (!constant) {
            block.descendants()
                    .filter(node -> node.is("assignment_expression", "augmented_assignment_expression"))
                    .filter(node -> node.fieldText("left").equals(use.text())
                            && node.span().start() < use.span().start())
                    .forEach(node -> node.field("right").ifPresent(right -> {
                        if (node.is("assignment_expression")) {
                            values.add(right);
                        } else if (node.has("+=")) {
                            appended.add(new Append(right, isConditional(node, block)));
                        }
                    }));
        }
        return new Local(List.copyOf(values), List.copyOf(appended));
    }

    private static boolean isConditional(SyntaxNode node, SyntaxNode block) {
        return node.ancestors()
                .takeWhile(up -> !up.span().equals(block.span()))
                .anyMatch(up -> up.is("if_statement", "switch_statement", "ternary_expression", "for_in_statement"));
    }

    /** Returns what is looped over where {@code node} is (part of) the variable of a {@code for … of} or a callback. */
    static Optional<SyntaxNode> looped(SyntaxNode node) {
        for (SyntaxNode up : node.ancestors().toList()) {
            if (up.is("for_in_statement")
                    && up.has("of")
                    && up.field("left").filter(left -> names(left, node.text())).isPresent()) {
                return up.field("right");
            }
            if (up.is("arrow_function", "function_expression")
                    && parameters(up)
                            .findFirst()
                            .filter(it -> names(it, node.text()))
                            .isPresent()) {
                return callbackOf(up);
            }
            if (Expressions.isFunction(up) && !up.is("arrow_function", "function_expression")) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Returns the list that {@code callback} is run for each element of. */
    static Optional<SyntaxNode> callbackOf(SyntaxNode callback) {
        return callback.parent()
                .flatMap(SyntaxNode::parent)
                .filter(call -> call.is("call_expression"))
                .filter(call -> Expressions.calledProperty(call)
                        .filter(it -> it.equals("forEach") || it.equals("map") || it.equals("flatMap"))
                        .isPresent())
                .flatMap(call -> call.field("function").flatMap(function -> function.field("object")));
    }

    static boolean isParameter(SyntaxNode node) {
        return node.ancestors().filter(Expressions::isFunction).anyMatch(function -> declares(function, node.text()));
    }

    static boolean declares(SyntaxNode function, String name) {
        return parameters(function).anyMatch(parameter -> names(parameter, name));
    }

    static Stream<SyntaxNode> parameters(SyntaxNode function) {
        return function.field("parameter")
                .map(Stream::of)
                .orElseGet(() -> function.field("parameters").stream().flatMap(it -> it.children().stream()))
                .map(it -> it.field("pattern").orElse(it));
    }

    /** Whether {@code pattern} is, or takes apart into, a variable of that name. */
    static boolean names(SyntaxNode pattern, String name) {
        if (pattern.is("identifier")) {
            return pattern.hasText(name);
        }
        return pattern.is("object_pattern", "array_pattern", "assignment_pattern", "rest_pattern")
                && pattern.descendants()
                        .anyMatch(node ->
                                node.is("identifier", "shorthand_property_identifier_pattern") && node.hasText(name));
    }
}
