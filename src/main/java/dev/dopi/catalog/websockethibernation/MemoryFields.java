package dev.dopi.catalog.websockethibernation;

import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the fields whose values are lost when an object sleeps: changed while it runs, and brought back by nothing. */
final class MemoryFields {

    private static final Set<String> MUTATORS =
            Set.of("add", "push", "set", "unshift", "delete", "clear", "splice", "pop", "shift", "sort", "fill");

    private MemoryFields() {}

    /**
     * Returns them in the order in which they are first changed.
     *
     * @param known the fields that are taken care of, as {@code this.sessions}
     */
    static List<MemoryField> of(SyntaxNode classNode, Set<String> known) {
        Map<String, MemoryField> changed = new LinkedHashMap<>();
        var brought = new ArrayList<String>();
        for (SyntaxNode node : classNode.descendants().toList()) {
            Optional<SyntaxNode> target = target(node);
            Optional<String> field = target.flatMap(MemoryFields::field);
            if (field.isEmpty() || inConstructor(node) && !node.is("call_expression")) {
                target.flatMap(MemoryFields::field)
                        .filter(_ -> comesFromOutside(node))
                        .ifPresent(brought::add);
                continue;
            }
            if (comesFromOutside(node)) {
                brought.add(field.get());
            } else {
                changed.putIfAbsent(field.get(), new MemoryField(field.get(), node.line()));
            }
        }
        return changed.values().stream()
                .filter(each -> !known.contains(each.name()) && !brought.contains(each.name()))
                .filter(each -> !isTimer(classNode, each.name()))
                .toList();
    }

    private static Optional<SyntaxNode> target(SyntaxNode node) {
        return node.is("call_expression") && MUTATORS.contains(Names.calledProperty(node))
                ? Names.object(node)
                : Names.assigned(node);
    }

    /** The field that the expression is, or belongs to. */
    private static Optional<String> field(SyntaxNode expression) {
        SyntaxNode node = Expressions.bare(expression);
        while (node.is("member_expression", "subscript_expression")) {
            SyntaxNode object = node.field("object").map(Expressions::bare).orElse(node);
            if (object.is("this") && node.is("member_expression")) {
                return Optional.of(node.text());
            }
            if (object.span().equals(node.span())) {
                return Optional.empty();
            }
            node = object;
        }
        return Optional.empty();
    }

    private static boolean inConstructor(SyntaxNode node) {
        return node.ancestors()
                .filter(up -> up.is("method_definition"))
                .findFirst()
                .filter(method -> method.fieldText("name").equals("constructor"))
                .isPresent();
    }

    /** Whether what is assigned was waited for or read from a store: then the class brings it back itself. */
    private static boolean comesFromOutside(SyntaxNode node) {
        // What is written down is not loaded, wherever it stands: a counter that begins with 0, an empty list.
        boolean plain = node.field("right")
                .map(Expressions::bare)
                .filter(right -> right.is("number", "string", "true", "false", "null", "new_expression")
                        || right.is("array", "object") && right.children().isEmpty())
                .isPresent();
        boolean loads = !plain
                && node.is("assignment_expression")
                && node.field("left")
                        .map(Expressions::bare)
                        .flatMap(left -> left.field("object"))
                        .filter(it -> it.is("this"))
                        .isPresent()
                && node.enclosing("method_definition")
                        .filter(method ->
                                method.text().matches("(?s).*\\bstorage\\b\\S*\\.(get|list|exec|one|toArray)\\b.*"))
                        .isPresent();
        return loads
                || node.field("right")
                        .filter(right -> right.descendants().anyMatch(it -> it.is("await_expression"))
                                || right.text().matches("(?s).*\\b(storage|sql|kv)\\b.*"))
                        .isPresent();
    }

    private static boolean isTimer(SyntaxNode classNode, String field) {
        return classNode
                .descendants()
                .filter(node -> node.is("assignment_expression", "augmented_assignment_expression")
                        && node.fieldText("left").equals(field))
                .flatMap(node -> node.field("right").stream())
                .map(Expressions::bare)
                .anyMatch(right -> right.is("call_expression")
                        && right.fieldText("function").matches("set(Timeout|Interval)"));
    }

    /** Returns a field that, by its type or its first value, holds sockets. */
    static Optional<SyntaxNode> holdingSockets(SyntaxNode classNode, Set<String> known) {
        return classNode.field("body").stream()
                .flatMap(body -> body.children().stream())
                .filter(member -> member.is("public_field_definition", "field_definition"))
                .filter(member ->
                        member.field("type").map(SyntaxNode::text).orElse("").contains("WebSocket")
                                || member.field("value")
                                        .map(SyntaxNode::text)
                                        .orElse("")
                                        .contains("<WebSocket"))
                .filter(member -> !known.contains("this."
                        + member.field("name")
                                .or(() -> member.field("property"))
                                .map(SyntaxNode::text)
                                .orElse("")))
                .findFirst();
    }
}
