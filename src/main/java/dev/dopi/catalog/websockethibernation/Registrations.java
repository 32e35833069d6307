package dev.dopi.catalog.websockethibernation;

import dev.dopi.source.Span;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statements that put a socket, or what is kept of it, into a field: those that waking can do again, and no others. */
record Registrations(SyntaxNode classNode, ClassMembers members) {

    private static final Set<String> STORES = Set.of("add", "push", "set", "unshift");

    Registrations(SyntaxNode classNode) {
        this(classNode, new ClassMembers(classNode));
    }

    /**
     * What was found.
     *
     * @param fields the fields that the statements fill, as {@code this.sessions}
     */
    record Found(List<SyntaxNode> statements, Set<String> fields) {

        Found and(Found more) {
            return new Found(
                    Stream.concat(statements.stream(), more.statements.stream()).toList(),
                    Stream.concat(fields.stream(), more.fields.stream()).collect(Collectors.toSet()));
        }
    }

    /** Returns those of {@code block}, and adds what they need to {@code kept}. */
    Found in(SyntaxNode block, ServedSocket target, List<Listener> listeners, KeptVariables kept) throws NotMovable {
        var found = new ArrayList<SyntaxNode>();
        var fields = new HashSet<String>();
        SyntaxNode method = block.enclosing("method_definition").orElse(classNode);
        for (SyntaxNode statement : block.children()) {
            Optional<String> field = (statement.is("expression_statement")
                            ? statement.children().stream().findFirst().flatMap(Registrations::storing)
                            : Optional.<SyntaxNode>empty())
                    .map(SyntaxNode::text)
                    .filter(name -> statement.descendants().anyMatch(node -> holdsSocket(node, target))
                            || removes(listeners, name));
            if (field.isPresent()) {
                kept.usedBy(statement, target, method);
                fields.add(field.get());
                found.add(statement);
            }
        }
        return new Found(found, fields);
    }

    /** The field, as {@code this.sessions}, into which {@code expression} puts something. */
    private static Optional<SyntaxNode> storing(SyntaxNode expression) {
        SyntaxNode node = Expressions.bare(expression);
        Optional<SyntaxNode> field = node.is("call_expression") && STORES.contains(Names.calledProperty(node))
                ? Names.object(node)
                : node.is("assignment_expression")
                        ? node.field("left")
                                .filter(left -> left.is("subscript_expression"))
                                .flatMap(left -> left.field("object"))
                        : Optional.empty();
        return field.filter(it -> it.text().matches("this\\.#?\\w+"));
    }

    private static boolean holdsSocket(SyntaxNode node, ServedSocket target) {
        if (!Names.isName(node)) {
            return false;
        }
        Optional<Names.Declaration> declared = Names.declaration(node);
        if (declared.filter(it -> it.node().span().equals(target.declaration())).isPresent()) {
            return true;
        }
        return declared.map(Names.Declaration::node)
                .flatMap(it -> it.field("value"))
                .map(Expressions::bare)
                .filter(it -> it.is("object"))
                .filter(it -> it.descendants().anyMatch(part -> Names.isName(part) && part.hasText(target.name())))
                .isPresent();
    }

    private static boolean removes(List<Listener> listeners, String field) {
        return listeners.stream()
                .map(listener -> listener.function().text())
                .anyMatch(text -> text.contains(field + ".delete(")
                        || text.contains(field + ".splice(")
                        || text.contains(field + " = " + field + ".filter(")
                        || text.contains("delete " + field + "["));
    }

    /** Refuses what puts the socket, or what is kept of it, anywhere that waking would not fill again. */
    void check(ServedSocket target, SyntaxNode socket, List<SyntaxNode> registrations, KeptVariables kept)
            throws NotMovable {
        var declared = new LinkedHashSet<Span>(List.of(target.declaration(), ServedSocket.declaring(socket)));
        kept.objects().forEach(declared::add);
        for (SyntaxNode call : members.ownCalls()) {
            handedOn(call, declared);
        }
        for (SyntaxNode node : classNode
                .descendants()
                .filter(each -> each.is("call_expression", "assignment_expression"))
                .toList()) {
            boolean known = registrations.stream().anyMatch(each -> each.span().contains(node.span()));
            if (!known && stores(node, declared)) {
                throw new NotMovable(
                        "Line %d keeps the socket in a field at a place that the object does not pass when it wakes."
                                .formatted(node.line()));
            }
        }
    }

    /** Adds the parameters of the class's own methods that are given one of {@code declared}. */
    private void handedOn(SyntaxNode call, Set<Span> declared) {
        List<SyntaxNode> arguments = Expressions.arguments(call);
        List<SyntaxNode> parameters = members.method(Names.calledProperty(call))
                .map(Expressions::parameters)
                .orElse(List.of());
        for (int i = 0; i < Math.min(arguments.size(), parameters.size()); i++) {
            SyntaxNode argument = Expressions.bare(arguments.get(i));
            if (argument.is("identifier") && declared.contains(ServedSocket.declaring(argument))) {
                declared.add(parameters.get(i).span());
            }
        }
    }

    private static boolean stores(SyntaxNode node, Set<Span> declared) {
        if (node.is("assignment_expression")) {
            return node.fieldText("left").startsWith("this.")
                    && node.field("right")
                            .map(Expressions::bare)
                            .filter(it -> it.is("identifier") && declared.contains(ServedSocket.declaring(it)))
                            .isPresent();
        }
        return STORES.contains(Names.calledProperty(node))
                && Names.object(node)
                        .filter(it -> it.text().startsWith("this."))
                        .isPresent()
                && Expressions.arguments(node).stream()
                        .flatMap(SyntaxNode::descendants)
                        .anyMatch(
                                it -> Names.isName(it) && !isRead(it) && declared.contains(ServedSocket.declaring(it)));
    }

    /** Whether only a property of what {@code name} means is used. */
    private static boolean isRead(SyntaxNode name) {
        return name.parent()
                .filter(up -> up.is("member_expression")
                        && up.field("object")
                                .filter(it -> it.span().equals(name.span()))
                                .isPresent())
                .isPresent();
    }
}
