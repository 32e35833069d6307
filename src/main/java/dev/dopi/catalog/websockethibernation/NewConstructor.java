package dev.dopi.catalog.websockethibernation;

import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.Statements;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The constructor of a class that had none. */
final class NewConstructor {

    private NewConstructor() {}

    /**
     * Returns the edit that puts it before the first method.
     *
     * @param state how the class reaches its state: what keeps it is part of the constructor
     * @param statements what it does besides, for an indentation; nothing, where that is all
     */
    static TextEdit of(
            SyntaxNode classNode,
            SourceFile file,
            CodeStyle style,
            StateReference state,
            UnaryOperator<String> statements)
            throws NotMovable {
        List<SyntaxNode> members =
                classNode.field("body").map(SyntaxNode::children).orElse(List.of());
        Optional<SyntaxNode> method = members.stream()
                .filter(member -> member.is("method_definition"))
                .findFirst();
        if (method.isEmpty()) {
            throw new NotMovable("The class has no constructor in which its sockets could be known again.");
        }
        int start = method.get().span().start();
        for (SyntaxNode comment : Handlers.commentsAbove(method.get())) {
            start = Math.min(start, comment.span().start());
        }
        String margin = file.indentAt(members.getLast().span().start());
        String more = statements.apply(margin + style.indent());
        Optional<String> keeping = state.statement(style, "");
        String constructor = Handlers.render(
                keeping.isPresent() ? "constructor-alone.ts.txt" : "constructor.ts.txt",
                style,
                margin,
                keeping.map(keep -> Map.of("KEEP", keep, "WAKE", more.isEmpty() ? "" : Handlers.TOKEN))
                        .orElseGet(() -> Map.of("ENV", environment(classNode), "WAKE", Handlers.TOKEN)),
                Set.of(),
                Map.of(Handlers.TOKEN, more));
        return Statements.beforeLine(file, start, constructor + style.lineEnd());
    }

    /** The type of the constructor's second parameter, as the class's own heritage gives it. */
    private static String environment(SyntaxNode classNode) {
        Optional<SyntaxNode> arguments = classNode
                .descendants(node -> !node.is("class_body"))
                .filter(node -> node.is("type_arguments"))
                .findFirst();
        String base = classNode.child("class_heritage").stream()
                .flatMap(SyntaxNode::descendants)
                .filter(node -> node.is("identifier", "member_expression"))
                .map(SyntaxNode::text)
                .findFirst()
                .orElse("DurableObject");
        return arguments
                .map(SyntaxNode::children)
                .filter(all -> !all.isEmpty())
                .map(all -> all.getFirst().text())
                .orElse("ConstructorParameters<typeof %s>[1]".formatted(base));
    }
}
