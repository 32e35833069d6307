package dev.dopi.catalog.rpcmetadata;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.NameUse;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a class reads a name that it was told and kept.
 *
 * <p>What it keeps stays: an object that is reached without a name still needs it. The runtime's name only comes first.
 */
record KeptName(SyntaxTree tree, SyntaxNode type, DurableObjectClass about) {

    /** Returns the expressions that read what is kept at {@code use}. */
    List<SyntaxNode> readsOf(NameUse use) {
        Optional<SyntaxNode> kept = tree.find(
                        "assignment_expression", use.place().span())
                .or(() -> tree.find("call_expression", use.place().span()));
        if (kept.isEmpty()) {
            return List.of();
        }
        List<SyntaxNode> reads = kept.get().is("assignment_expression")
                ? fieldReads(kept.get().fieldText("left"))
                : storageReads(kept.get());
        var found = new ArrayList<SyntaxNode>();
        for (SyntaxNode read : reads) {
            boolean inside = found.stream().anyMatch(each -> each.span().overlaps(read.span()));
            if (!inside && ReadSite.reachesObject(read, about) && !startsStatement(read)) {
                found.add(read);
            }
        }
        return found;
    }

    private List<SyntaxNode> fieldReads(String field) {
        return type.descendants()
                .filter(node -> node.is("member_expression") && node.hasText(field))
                .filter(node -> node.parent()
                        .filter(up -> up.is("update_expression", "augmented_assignment_expression")
                                || up.is("assignment_expression")
                                        && up.field("left")
                                                .filter(left -> left.span().equals(node.span()))
                                                .isPresent())
                        .isEmpty())
                .toList();
    }

    /** {@code storage.get("name")} where {@code storage.put("name", …)} keeps it. */
    private List<SyntaxNode> storageReads(SyntaxNode put) {
        String object = put.field("function").map(it -> it.fieldText("object")).orElse("");
        String key = firstArgument(put);
        return type.descendants()
                .filter(node -> node.is("call_expression"))
                .filter(call -> call.field("function")
                        .filter(it -> it.fieldText("property").equals("get"))
                        .filter(it -> it.fieldText("object").equals(object))
                        .isPresent())
                .filter(call -> firstArgument(call).equals(key))
                .toList();
    }

    private static String firstArgument(SyntaxNode call) {
        return call.field("arguments").stream()
                .flatMap(arguments -> arguments.children().stream())
                .findFirst()
                .map(SyntaxNode::text)
                .orElse("");
    }

    /** A parenthesis at the start of a statement could join it to the one before. */
    private static boolean startsStatement(SyntaxNode node) {
        return node.enclosing("expression_statement")
                .filter(statement -> statement.span().start() == node.span().start())
                .isPresent();
    }
}
