package dev.dopi.catalog.websockethibernation;

import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A variable of the code that takes a socket, which its listeners still need after the object has slept.
 *
 * @param declarator where it is declared
 * @param type its type in TypeScript
 * @param mutable whether something is assigned to it later
 * @param socketProperties the properties of it that hold the socket itself
 * @param properties the properties of an object literal
 */
record Kept(
        String name,
        Kind kind,
        SyntaxNode declarator,
        String type,
        boolean mutable,
        List<String> socketProperties,
        List<String> properties) {

    /** What it is. */
    enum Kind {
        /** A value that is copied. */
        VALUE,
        /** An object of which there is one for each connection. */
        OBJECT,
        /** The handle of a timer: while it runs the object does not sleep, so it need not be kept. */
        HANDLE
    }

    static Kept of(String name, Names.Declaration declared, SyntaxNode method, String socket, int line)
            throws NotMovable {
        SyntaxNode node = declared.node();
        if (node.is("function_declaration")) {
            throw new NotMovable(
                    "Line %d: the listener calls %s(), a function of the code around it, which is not supported yet."
                            .formatted(line, name));
        }
        List<SyntaxNode> assignments = method.descendants()
                .filter(each -> Names.assigned(each)
                        .filter(left -> left.is("identifier") && left.hasText(name))
                        .flatMap(Names::declaration)
                        .filter(it -> it.node().span().equals(node.span()))
                        .isPresent())
                .toList();
        boolean timer = assignments.stream()
                .flatMap(each -> each.field("right").stream())
                .map(Expressions::bare)
                .anyMatch(Kept::isTimer);
        if (timer) {
            String type = ValueType.annotation(node).orElse("ReturnType<typeof setTimeout> | null | undefined");
            return new Kept(name, Kind.HANDLE, node, type, true, List.of(), List.of());
        }
        Optional<SyntaxNode> literal = node.is("variable_declarator")
                ? node.field("value").map(Expressions::bare).filter(it -> it.is("object"))
                : Optional.empty();
        if (literal.isPresent()) {
            if (!assignments.isEmpty()) {
                throw new NotMovable("Line %d assigns another object to %s, which is not supported yet."
                        .formatted(assignments.getFirst().line(), name));
            }
            return object(name, node, literal.get(), socket);
        }
        String type = ValueType.of(declared)
                .orElseThrow(() -> new NotMovable(
                        "Line %d: a listener uses %s, of which it is not certain that it can be kept with the socket (a string, number, boolean, or an object of such can)."
                                .formatted(line, name)));
        return new Kept(name, Kind.VALUE, node, type, !assignments.isEmpty(), List.of(), List.of());
    }

    private static boolean isTimer(SyntaxNode node) {
        return node.is("call_expression")
                && node.fieldText("function").matches("(globalThis\\.|self\\.)?set(Timeout|Interval)");
    }

    private static Kept object(String name, SyntaxNode declarator, SyntaxNode literal, String socket)
            throws NotMovable {
        var sockets = new ArrayList<String>();
        var properties = new ArrayList<String>();
        var types = new ArrayList<String>();
        for (SyntaxNode member : literal.children()) {
            String key = member.is("pair") ? member.fieldText("key") : member.text();
            Optional<SyntaxNode> value = member.is("pair")
                    ? member.field("value").map(Expressions::bare)
                    : Optional.of(member).filter(it -> it.is("shorthand_property_identifier"));
            if (value.isEmpty()) {
                throw new NotMovable("Line %d: %s of %s cannot be kept with the socket."
                        .formatted(member.line(), key.lines().findFirst().orElse(""), name));
            }
            properties.add(key);
            if (value.get().hasText(socket)) {
                sockets.add(key);
                types.add(key + ": WebSocket");
                continue;
            }
            Optional<String> type = member.is("pair")
                    ? ValueType.of(value.get())
                    : Names.declaration(member).flatMap(ValueType::of);
            types.add(key + ": "
                    + type.orElseThrow(
                            () -> new NotMovable("Line %d: it is not certain that %s of %s can be kept with the socket."
                                    .formatted(member.line(), key, name))));
        }
        String type = ValueType.annotation(declarator).orElse("{ " + String.join("; ", types) + " }");
        return new Kept(name, Kind.OBJECT, declarator, type, false, sockets, properties);
    }

    /** The type of what is kept of it: all but the socket itself. */
    String keptType() {
        return socketProperties.isEmpty()
                ? type
                : "Omit<%s, %s>"
                        .formatted(
                                type,
                                String.join(
                                        " | ",
                                        socketProperties.stream()
                                                .map(each -> "\"" + each + "\"")
                                                .toList()));
    }

    /** The value that it has when the object wakes and nothing was kept. */
    String initial() {
        return declarator.fieldText("value").isEmpty() ? "undefined" : declarator.fieldText("value");
    }
}
