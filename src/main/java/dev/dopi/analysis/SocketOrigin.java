package dev.dopi.analysis;

import dev.dopi.analysis.ObjectCode.Part;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells where an expression's socket comes from, by following names, fields and arguments within one piece of code. */
final class SocketOrigin {

    private static final int DEEPEST = 6;

    /** Where a socket comes from. */
    enum Origin {
        /** The object's end of a {@code WebSocketPair}. */
        INBOUND,
        /** Opened by the object itself. */
        OUTBOUND,
        /** It may not even be a socket. */
        UNKNOWN
    }

    private final Part part;

    SocketOrigin(Part part) {
        this.part = part;
    }

    Origin of(SyntaxNode expression) {
        return of(expression, 0);
    }

    private Origin of(SyntaxNode expression, int depth) {
        SyntaxNode node = Expressions.bare(expression);
        if (depth > DEEPEST) {
            return Origin.UNKNOWN;
        }
        return switch (node.kind()) {
            case "new_expression" ->
                switch (node.fieldText("constructor")) {
                    case "WebSocketPair" -> Origin.INBOUND;
                    case "WebSocket" -> Origin.OUTBOUND;
                    default -> Origin.UNKNOWN;
                };
            case "subscript_expression" -> part(node, depth);
            case "member_expression" -> member(node, depth);
            case "call_expression" ->
                node.fieldText("function").equals("Object.values")
                        ? Expressions.arguments(node).stream()
                                .findFirst()
                                .map(argument -> of(argument, depth + 1))
                                .orElse(Origin.UNKNOWN)
                        : Origin.UNKNOWN;
            case "identifier" -> name(node, depth);
            default -> Origin.UNKNOWN;
        };
    }

    private Origin part(SyntaxNode node, int depth) {
        return node.field("object").map(object -> of(object, depth + 1)).orElse(Origin.UNKNOWN);
    }

    private Origin member(SyntaxNode node, int depth) {
        if (!node.fieldText("object").equals("this")) {
            // A response's webSocket is the other end of a connection that was asked for.
            return node.fieldText("property").equals("webSocket") ? Origin.OUTBOUND : part(node, depth);
        }
        return first(part.nodes()
                .filter(it ->
                        it.is("assignment_expression") && it.fieldText("left").equals(node.text()))
                .flatMap(it -> it.field("right").stream())
                .map(right -> of(right, depth + 1)));
    }

    private Origin name(SyntaxNode identifier, int depth) {
        String name = identifier.text();
        for (SyntaxNode function :
                identifier.ancestors().filter(Expressions::isFunction).toList()) {
            Optional<SyntaxNode> declarator = function.descendants()
                    .filter(node -> node.is("variable_declarator") && binds(node, name))
                    .findFirst();
            if (declarator.isPresent()) {
                boolean unpacked = declarator
                                .get()
                                .field("name")
                                .filter(it -> it.is("object_pattern"))
                                .isPresent()
                        && name.equals("webSocket");
                Origin value = declarator
                        .get()
                        .field("value")
                        .map(it -> of(it, depth + 1))
                        .orElse(Origin.UNKNOWN);
                return value == Origin.UNKNOWN && unpacked ? Origin.OUTBOUND : value;
            }
            List<SyntaxNode> parameters = Expressions.parameters(function);
            for (int i = 0; i < parameters.size(); i++) {
                if (Expressions.parameterName(parameters.get(i)).equals(name)) {
                    return parameter(function, parameters.get(i), i, depth);
                }
            }
        }
        return Origin.UNKNOWN;
    }

    private static boolean binds(SyntaxNode declarator, String name) {
        return declarator.field("name").stream()
                .flatMap(SyntaxNode::descendants)
                .anyMatch(node -> node.is("identifier", "shorthand_property_identifier_pattern") && node.hasText(name));
    }

    private Origin parameter(SyntaxNode function, SyntaxNode parameter, int index, int depth) {
        String method = function.fieldText("name");
        Origin passed = method.isEmpty()
                ? Origin.UNKNOWN
                : first(part.calls()
                        .filter(call -> call.fieldText("function").equals("this." + method)
                                || call.fieldText("function").equals(method))
                        .map(Expressions::arguments)
                        .filter(arguments -> arguments.size() > index)
                        .map(arguments -> of(arguments.get(index), depth + 1)));
        if (passed != Origin.UNKNOWN) {
            return passed;
        }
        String type = parameter.fieldText("type");
        String name = Expressions.parameterName(parameter).toLowerCase(Locale.ROOT);
        boolean named = type.isEmpty() && (name.contains("socket") || name.equals("ws") || name.equals("server"));
        return named || type.matches(":\\s*(\\w+\\.)?WebSocket\\b.*") ? Origin.INBOUND : Origin.UNKNOWN;
    }

    private static Origin first(Stream<Origin> origins) {
        return origins.filter(it -> it != Origin.UNKNOWN).findFirst().orElse(Origin.UNKNOWN);
    }
}
