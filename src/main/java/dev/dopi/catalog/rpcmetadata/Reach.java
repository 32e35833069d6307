package dev.dopi.catalog.rpcmetadata;

import dev.dopi.syntax.SyntaxNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which members of a class run when some of them do, as far as they call each other through {@code this}. */
final class Reach {

    private Reach() {}

    /** Returns the names of {@code starts} and of all that they call. What initialises a field runs in the constructor. */
    static Set<String> of(SyntaxNode body, Set<String> starts) {
        var reached = new HashSet<>(starts);
        boolean more = true;
        while (more) {
            more = false;
            for (SyntaxNode member : body.children()) {
                if (reached.contains(name(member))) {
                    more |= reached.addAll(calls(member));
                }
            }
        }
        return reached;
    }

    private static String name(SyntaxNode member) {
        return member.is("method_definition") ? member.fieldText("name") : "constructor";
    }

    /** Getters are reached without a call, so any use of a member counts. */
    private static List<String> calls(SyntaxNode member) {
        boolean field = !member.is("method_definition");
        return member.descendants(node -> !(field && node.is("arrow_function", "function_expression")))
                .filter(node ->
                        node.is("member_expression") && node.fieldText("object").equals("this"))
                .map(node -> node.fieldText("property"))
                .toList();
    }
}
