package dev.dopi.catalog.websockethibernation;

import dev.dopi.catalog.alarmjobs.Overrides;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.Statements;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The edits that take a class's sockets so that it can sleep. */
final class SocketEdits {

    private final SourceFile file;
    private final CodeStyle style;
    private final ConnectionCode code;
    private final StateReference state;
    private final String margin;
    private final SyntaxNode body;
    private final Handlers handlers;
    private final ConnectionState kept;

    SocketEdits(Project project, SocketHolder match, SyntaxTree tree, ConnectionCode code) throws NotMovable {
        this.file = tree.file();
        this.style = CodeStyle.of(file, tree.grammar().typed());
        this.code = code;
        this.state = StateReference.of(code.type(), match.type());
        this.body = code.type().field("body").orElse(code.type());
        List<SyntaxNode> members = body.children();
        this.margin = file.indentAt(members.getLast().span().start());
        this.kept = new ConnectionState(code, style);
        String override = Overrides.word(project, match.worker(), match.type(), code.type(), style);
        this.handlers = new Handlers(file, style, code, kept, margin, override);
    }

    List<TextEdit> all() throws NotMovable {
        var edits = new ArrayList<TextEdit>();
        SyntaxNode call = code.accept().children().getFirst();
        edits.add(new TextEdit(
                call.span(), "%s.acceptWebSocket(%s%s)".formatted(state.name(), code.accepted(), code.sure())));
        String indent = file.indentAt(code.accept().span().start());
        if (code.keepsAtOnce() && !code.kept().isEmpty()) {
            edits.add(Statements.after(file, code.accept().span(), kept.attach(indent)));
        }
        takeListenersAway(edits);
        fields().ifPresent(edits::add);
        kept.type(file.indentAt(statement().span().start())).ifPresent(type -> edits.add(beforeClass(type)));
        wake(edits);
        for (ConnectionCode.Change change : code.changes()) {
            boolean listening = code.listeners().stream()
                    .anyMatch(each ->
                            each.function().span().contains(change.statement().span()));
            if (!listening) {
                edits.add(kept.keep(file, change));
            }
        }
        edits.add(Statements.after(
                file, members().getLast().span(), style.lineEnd() + String.join(blankLine(), handlers.all())));
        return edits;
    }

    /** The fields that the class needs, before its first member. */
    private Optional<TextEdit> fields() {
        String fields = Stream.concat(
                        state.field(style, margin).stream(),
                        code.needsMap() ? Stream.of(kept.field(margin)) : Stream.empty())
                .collect(Collectors.joining(style.lineEnd()));
        String behind = members().getFirst().is("method_definition") ? style.lineEnd() : "";
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(TextEdit.insert(body.span().start() + 1, style.lineEnd() + fields + behind));
    }

    private List<SyntaxNode> members() {
        return body.children();
    }

    /** The statement of the module that holds the class. */
    private SyntaxNode statement() {
        SyntaxNode statement = code.type();
        while (statement.parent().filter(up -> !up.is("program")).isPresent()) {
            statement = statement.parent().orElseThrow();
        }
        return statement;
    }

    private TextEdit beforeClass(String type) {
        int start = statement().span().start();
        for (SyntaxNode comment : Handlers.commentsAbove(statement())) {
            start = Math.min(start, comment.span().start());
        }
        return Statements.beforeLine(file, start, type + style.lineEnd());
    }

    private String blankLine() {
        return style.lineEnd() + style.lineEnd();
    }

    /** Takes the listeners out, and puts what keeps the connection's state in the place of the last one. */
    private void takeListenersAway(List<TextEdit> edits) {
        Set<Span> gone = new HashSet<>();
        List<SyntaxNode> statements = code.listeners().stream()
                .flatMap(each -> Stream.concat(Stream.of(each.statement()), each.named().stream()))
                .filter(each -> gone.add(each.span()))
                .toList();
        Optional<SyntaxNode> last = code.listeners().stream()
                .map(Listener::statement)
                .reduce((one, other) -> one.span().start() > other.span().start() ? one : other);
        String attach = code.keepsAtOnce()
                ? ""
                : kept.attach(
                        last.map(each -> file.indentAt(each.span().start())).orElse(""));
        for (SyntaxNode statement : statements) {
            Span lines = StatementLines.of(file, statement);
            boolean replaced =
                    last.filter(each -> each.span().equals(statement.span())).isPresent();
            edits.add(
                    replaced && !attach.isEmpty()
                            ? new TextEdit(StatementLines.whole(file, statement), attach + style.lineEnd())
                            : TextEdit.delete(lines));
        }
    }

    private void wake(List<TextEdit> edits) throws NotMovable {
        boolean fills = !code.registrations().isEmpty() || code.needsMap();
        if (!fills && state.given().isEmpty()) {
            return;
        }
        Optional<SyntaxNode> constructor = new ClassMembers(code.type()).method("constructor");
        if (constructor.isEmpty()) {
            edits.add(NewConstructor.of(
                    code.type(), file, style, state, indent -> fills ? kept.wake(indent, state.name(), file) : ""));
            return;
        }
        String outer = file.indentAt(constructor.get().span().start());
        edits.addAll(state.keeping(constructor.get(), style, outer + style.indent()));
        SyntaxNode block = fills
                ? filledLater(constructor.get())
                : constructor.get().field("body").orElseThrow();
        if (fills) {
            checkFilling(constructor.get(), block);
        }
        List<SyntaxNode> statements = block.children();
        if (statements.isEmpty()) {
            Stream<String> wake =
                    fills ? Stream.of(kept.wake(outer + style.indent(), state.name(), file)) : Stream.of();
            String all = Stream.concat(state.statement(style, outer + style.indent()).stream(), wake)
                    .collect(Collectors.joining(style.lineEnd()));
            edits.add(new TextEdit(block.span(), "{" + style.lineEnd() + all + style.lineEnd() + outer + "}"));
        } else if (fills) {
            Span last = statements.getLast().span();
            edits.add(Statements.after(file, last, kept.wake(file.indentAt(last.start()), state.name(), file)));
        }
    }

    private void checkFilling(SyntaxNode constructor, SyntaxNode block) throws NotMovable {
        boolean returns =
                block.descendants(node -> !Expressions.isFunction(node)).anyMatch(node -> node.is("return_statement"));
        if (returns) {
            throw new NotMovable("Line %d: the constructor may return before the sockets are known again."
                    .formatted(constructor.line()));
        }
        boolean taken = Expressions.parameters(constructor).stream()
                        .anyMatch(each -> Expressions.parameterName(each).equals(code.socket()))
                || block.descendants().anyMatch(node -> node.is("identifier") && node.hasText(code.socket()));
        if (taken) {
            throw new NotMovable("Line %d: the constructor uses the name %s for something else."
                    .formatted(constructor.line(), code.socket()));
        }
    }

    /** The block that fills the sockets' fields last: what the constructor starts there runs after its own end. */
    private SyntaxNode filledLater(SyntaxNode constructor) throws NotMovable {
        SyntaxNode body = constructor.field("body").orElse(constructor);
        Optional<SyntaxNode> filling = body.descendants()
                .filter(node ->
                        node.is("assignment_expression") && code.registries().contains(node.fieldText("left")))
                .filter(node -> node.ancestors()
                        .takeWhile(up -> !up.span().equals(body.span()))
                        .anyMatch(Expressions::isFunction))
                .findFirst();
        if (filling.isEmpty()) {
            return body;
        }
        SyntaxNode function = filling.get()
                .ancestors()
                .filter(Expressions::isFunction)
                .findFirst()
                .orElse(body);
        return Optional.of(function)
                .filter(it -> it.is("arrow_function"))
                .filter(it -> it.parent()
                        .flatMap(SyntaxNode::parent)
                        .filter(call -> Names.calledProperty(call).equals("blockConcurrencyWhile"))
                        .isPresent())
                .flatMap(it -> it.field("body"))
                .filter(it -> it.is("statement_block"))
                .orElseThrow(() -> new NotMovable(
                        "Line %d sets %s at some time after the object woke, which would lose its sockets again: set it before, or within blockConcurrencyWhile(async () => { … })."
                                .formatted(filling.get().line(), filling.get().fieldText("left"))));
    }

    static String joined(Stream<String> parts) {
        return parts.collect(Collectors.joining(", "));
    }
}
