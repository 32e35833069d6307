package dev.dopi.catalog.websockethibernation;

import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;

/** The methods of a class, and where it calls them itself. */
record ClassMembers(SyntaxNode classNode) {

    /** Returns each call by way of {@code this}. */
    List<SyntaxNode> ownCalls() {
        return classNode
                .descendants()
                .filter(node -> node.is("call_expression"))
                .filter(call -> Names.object(call).filter(it -> it.is("this")).isPresent())
                .toList();
    }

    Optional<SyntaxNode> method(String name) {
        return classNode.field("body").stream()
                .flatMap(body -> body.children().stream())
                .filter(node ->
                        node.is("method_definition") && node.fieldText("name").equals(name))
                .findFirst();
    }
}
