package dev.dopi.catalog.websockethibernation;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The option of a framework's base class by which sockets let the object sleep: {@code static options}. */
final class FrameworkOption {

    private FrameworkOption() {}

    static Movable movable(SyntaxNode classNode) throws NotMovable {
        Optional<SyntaxNode> listens = classNode
                .descendants()
                .filter(node ->
                        node.is("call_expression") && Names.calledProperty(node).equals("addEventListener"))
                .findFirst();
        if (listens.isPresent()) {
            throw new NotMovable(
                    "Line %d listens to a connection itself, which ends when the object sleeps: use the class's onMessage, onClose and onError."
                            .formatted(listens.get().line()));
        }
        Optional<SyntaxNode> options = options(classNode);
        if (options.isPresent()
                && options.get().field("value").filter(it -> it.is("object")).isEmpty()) {
            throw new NotMovable("Line %d: the options are not written out here, so the option cannot be added."
                    .formatted(options.get().line()));
        }
        return new Movable(Optional.empty(), MemoryFields.of(classNode, Set.of()));
    }

    private static Optional<SyntaxNode> options(SyntaxNode classNode) {
        return classNode.field("body").stream()
                .flatMap(body -> body.children().stream())
                .filter(member -> member.is("public_field_definition", "field_definition") && member.has("static"))
                .filter(member -> member.field("name")
                        .or(() -> member.field("property"))
                        .filter(name -> name.hasText("options"))
                        .isPresent())
                .findFirst();
    }

    static EditPlan plan(ClassSource source, Applicability applicability) {
        SourceFile file = source.tree().file();
        CodeStyle style = CodeStyle.of(file, source.tree().grammar().typed());
        return new EditPlan(
                List.of(new Hunk(
                        "option",
                        file.path(),
                        false,
                        TextEdits.of(edit(source.node(), file, style)),
                        applicability,
                        "Set the option hibernate",
                        "The base class then takes sockets so that they stay open while the object sleeps; connection.setState() outlives it.",
                        Set.of())),
                List.of());
    }

    private static TextEdit edit(SyntaxNode classNode, SourceFile file, CodeStyle style) {
        Optional<SyntaxNode> literal = options(classNode).flatMap(it -> it.field("value"));
        if (literal.isEmpty()) {
            SyntaxNode body = classNode.field("body").orElseThrow();
            List<SyntaxNode> members = body.children();
            String margin = members.isEmpty()
                    ? file.indentAt(classNode.span().start()) + style.indent()
                    : file.indentAt(members.getFirst().span().start());
            String code =
                    CodeTemplate.beside(FrameworkOption.class, "option.ts.txt").render(style, margin, Map.of());
            return TextEdit.insert(
                    body.span().start() + 1, style.lineEnd() + code + (members.isEmpty() ? "" : style.lineEnd()));
        }
        Optional<SyntaxNode> pair = literal.get().children().stream()
                .filter(each -> each.is("pair") && each.fieldText("key").equals("hibernate"))
                .findFirst();
        if (pair.isPresent()) {
            return new TextEdit(pair.get().field("value").orElseThrow().span(), "true");
        }
        boolean empty = literal.get().children().isEmpty();
        return TextEdit.insert(literal.get().span().start() + 1, empty ? " hibernate: true " : " hibernate: true,");
    }
}
