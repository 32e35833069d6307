package dev.dopi.analysis;

import dev.dopi.model.DurableObjectClass.Place;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.stream.Stream;

/** The inside of one class, for those who read it: its members, its calls and what the objects in them mean. */
record ClassBody(Module module, SyntaxNode body, StorageRoles roles) {

    Stream<SyntaxNode> members() {
        return body.children().stream()
                .filter(node -> node.is("method_definition", "public_field_definition", "field_definition"));
    }

    static String memberName(SyntaxNode member) {
        return member.field("name")
                .or(() -> member.field("property"))
                .map(SyntaxNode::text)
                .orElse("");
    }

    Stream<SyntaxNode> calls() {
        return body.descendants().filter(node -> node.is("call_expression"));
    }

    /** Whether {@code expression} is known to mean one of {@code wanted}. */
    boolean means(SyntaxNode expression, Role... wanted) {
        return roles.of(expression).filter(List.of(wanted)::contains).isPresent();
    }

    static Place place(SyntaxNode node) {
        return new Place(node.span(), node.line());
    }
}
