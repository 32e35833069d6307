package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The code that runs as one object: its class, the base classes in the project, the helper objects that it keeps in its
 * fields, and the functions to which it hands itself or a socket.
 *
 * <p>What is static, or belongs to a class that the object does not keep, is not among it. Ends on cycles.
 *
 * @param parts the class itself first
 */
record ObjectCode(List<Part> parts) {

    private static final int MOST = 32;

    /** How a piece of code comes to run as the object. */
    enum Kind {
        CLASS,
        BASE_CLASS,
        OWNED_CLASS,
        FUNCTION
    }

    /** One class or function. */
    record Part(Kind kind, Module module, SyntaxNode body) {

        String file() {
            return module.path();
        }

        /** Returns every node of it that runs with the object: not what is static, nor what another class holds. */
        Stream<SyntaxNode> nodes() {
            return body.descendants(node -> !isStatic(node) && (!Expressions.isClass(node) || node == body));
        }

        Stream<SyntaxNode> calls() {
            return nodes().filter(node -> node.is("call_expression"));
        }

        private static boolean isStatic(SyntaxNode node) {
            return node.is("class_static_block")
                    || node.is("method_definition", "public_field_definition", "field_definition")
                            && node.has("static");
        }
    }

    static ObjectCode of(ClassBody inside, Heritage.Kind heritage, Resolver resolver) {
        var parts = new ArrayList<Part>();
        var seen = new HashSet<String>();
        var open = new ArrayDeque<Part>();
        open.add(new Part(Kind.CLASS, inside.module(), inside.body()));
        // What a framework's base class can do is not what each of its subclasses does; it is no ancestor.
        for (Target.ClassNode ancestor : heritage.ancestors()) {
            open.add(new Part(Kind.BASE_CLASS, ancestor.module(), body(ancestor.node())));
        }
        while (!open.isEmpty() && parts.size() < MOST) {
            Part part = open.removeFirst();
            if (seen.add(part.file() + ":" + part.body().span().start())) {
                parts.add(part);
                found(part, resolver).forEach(open::addLast);
            }
        }
        return new ObjectCode(List.copyOf(parts));
    }

    private static Stream<Part> found(Part part, Resolver resolver) {
        return part.nodes().flatMap(node -> switch (node.kind()) {
            case "new_expression" -> owned(part, node, resolver).stream();
            case "call_expression" -> called(part, node, resolver).stream();
            default -> Stream.empty();
        });
    }

    /** A class of the project, an instance of which is kept in a field. */
    private static Optional<Part> owned(Part part, SyntaxNode creation, Resolver resolver) {
        if (part.kind() == Kind.FUNCTION || !isKept(creation)) {
            return Optional.empty();
        }
        return creation.field("constructor")
                .map(type -> resolver.value(part.module(), type))
                .flatMap(target -> target instanceof Target.ClassNode(Module module, SyntaxNode node)
                        ? Optional.of(new Part(Kind.OWNED_CLASS, module, body(node)))
                        : Optional.empty());
    }

    private static boolean isKept(SyntaxNode creation) {
        return creation.parent()
                .filter(up -> up.is("public_field_definition", "field_definition")
                        || up.is("assignment_expression")
                                && up.fieldText("left").startsWith("this."))
                .isPresent();
    }

    /** A function of the project that is given the object, its state, or a socket. */
    private static Optional<Part> called(Part part, SyntaxNode call, Resolver resolver) {
        Optional<SyntaxNode> callee = call.field("function").filter(it -> it.is("identifier"));
        if (callee.isEmpty() || Expressions.arguments(call).isEmpty()) {
            return Optional.empty();
        }
        return resolver.value(part.module(), callee.get()) instanceof Target.Other(Module module, SyntaxNode node)
                        && isFunction(node)
                ? Optional.of(new Part(Kind.FUNCTION, module, node))
                : Optional.empty();
    }

    private static boolean isFunction(SyntaxNode node) {
        return Expressions.isFunction(node) && !node.is("method_definition");
    }

    private static SyntaxNode body(SyntaxNode type) {
        return type.field("body").orElse(type);
    }
}
