package dev.dopi.catalog.websockethibernation;

import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.edit.Statements;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The edits that have the runtime give a fixed answer, of a class whose sockets can sleep. */
final class AutoResponse {

    private static final String HANDLER = "webSocketMessage";

    private AutoResponse() {}

    /** Looks for one in a class that handles its messages itself. */
    static FixedAnswer.Search search(SyntaxNode classNode, DurableObjectClass type) {
        if (type.framework().isPresent()) {
            return FixedAnswer.Search.NOTHING;
        }
        Optional<SyntaxNode> handler = member(classNode, HANDLER);
        List<String> names = handler.stream()
                .flatMap(it -> Expressions.parameters(it).stream())
                .map(Expressions::parameterName)
                .toList();
        return names.size() < 2
                ? FixedAnswer.Search.NOTHING
                : FixedAnswer.in(handler.get(), names.get(0), names.get(1));
    }

    static List<TextEdit> edits(ClassSource source, DurableObjectClass type, FixedAnswer answer) throws NotMovable {
        SourceFile file = source.tree().file();
        CodeStyle style = CodeStyle.of(file, source.tree().grammar().typed());
        SyntaxNode handler = member(source.node(), HANDLER)
                .orElseThrow(() -> new NotMovable("The handler of messages could not be found again."));
        var edits = new ArrayList<TextEdit>();
        edits.add(TextEdit.delete(StatementLines.of(file, answer.statement())));
        for (SyntaxNode parameter : Expressions.parameters(handler)) {
            unused(handler, parameter, answer).ifPresent(edits::add);
        }
        edits.add(response(source, type, answer, file, style));
        return edits;
    }

    private static TextEdit response(
            ClassSource source, DurableObjectClass type, FixedAnswer answer, SourceFile file, CodeStyle style)
            throws NotMovable {
        boolean extending = type.baseClass().isPresent();
        String state = extending ? "this.ctx" : type.access().state().orElse("this.state");
        Optional<SyntaxNode> constructor = member(source.node(), "constructor");
        Map<String, String> values = Map.of(
                "STATE", state,
                "REQUEST", answer.request().code(),
                "RESPONSE", answer.response().code());
        CodeTemplate template = CodeTemplate.beside(AutoResponse.class, "auto-response.ts.txt");
        UnaryOperator<String> code = indent -> comments(answer, indent, style) + template.render(style, indent, values);
        if (constructor.isEmpty()) {
            return NewConstructor.of(source.node(), file, style, StateReference.of(source.node(), type), code);
        }
        List<SyntaxNode> statements = constructor
                .flatMap(it -> it.field("body"))
                .map(SyntaxNode::children)
                .orElse(List.of());
        SyntaxNode after = statements.stream()
                .filter(each -> extending
                        ? each.text().startsWith("super(")
                        : each.text().startsWith(state + " ="))
                .findFirst()
                .orElseThrow(() -> new NotMovable("Line %d: the constructor does not say where its state is known."
                        .formatted(constructor.get().line())));
        return Statements.after(
                file, after.span(), code.apply(file.indentAt(after.span().start())));
    }

    /** What the author said of the answer goes with it. */
    private static String comments(FixedAnswer answer, String indent, CodeStyle style) {
        return Handlers.commentsAbove(answer.statement()).stream()
                .map(comment -> indent + comment.text() + style.lineEnd())
                .collect(Collectors.joining());
    }

    /** A parameter that nothing uses any more says so, which TypeScript and linters may ask for. */
    private static Optional<TextEdit> unused(SyntaxNode handler, SyntaxNode parameter, FixedAnswer answer) {
        String name = Expressions.parameterName(parameter);
        boolean used = handler.field("body").stream()
                .flatMap(SyntaxNode::descendants)
                .filter(node -> !answer.statement().span().contains(node.span()))
                .anyMatch(node -> Names.isName(node) && node.hasText(name));
        boolean was = answer.statement().descendants().anyMatch(node -> Names.isName(node) && node.hasText(name));
        return used || !was || name.startsWith("_")
                ? Optional.empty()
                : Optional.of(TextEdit.insert(parameter.span().start(), "_"));
    }

    private static Optional<SyntaxNode> member(SyntaxNode classNode, String name) {
        return classNode.field("body").stream()
                .flatMap(body -> body.children().stream())
                .filter(member -> member.is("method_definition")
                        && member.fieldText("name").equals(name))
                .findFirst();
    }
}
