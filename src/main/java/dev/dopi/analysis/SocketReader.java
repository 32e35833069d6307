package dev.dopi.analysis;

import dev.dopi.analysis.ObjectCode.Part;
import dev.dopi.model.DurableObjectClass.WebSocketUse;
import dev.dopi.model.SocketUse;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads how a class takes WebSockets: itself, through a base class, or through a helper that it hands the socket to. */
final class SocketReader {

    private final ClassBody inside;
    private final Heritage.Kind heritage;
    private final ObjectCode code;
    private final Survey survey;

    SocketReader(ClassBody inside, Heritage.Kind heritage, ObjectCode code, Survey survey) {
        this.survey = survey;
        this.inside = inside;
        this.heritage = heritage;
        this.code = code;
    }

    WebSocketUse use() {
        List<SocketUse> places = places();
        boolean hibernates = has(places, SocketUse.Kind.HIBERNATABLE);
        boolean accepts = has(places, SocketUse.Kind.STANDARD);
        Optional<WebSocketUse> framework = new SocketFramework(inside, heritage).use();
        if (framework.isPresent()) {
            // What the framework's own source does stands in its base class; the option decides which of it runs.
            boolean own = places.stream()
                    .anyMatch(place -> place.kind() == SocketUse.Kind.STANDARD
                            && place.file().equals(inside.module().path()));
            return own && framework.get() == WebSocketUse.HIBERNATION ? WebSocketUse.MIXED : framework.get();
        }
        if (hibernates) {
            return accepts ? WebSocketUse.MIXED : WebSocketUse.HIBERNATION;
        }
        if (accepts) {
            return WebSocketUse.STANDARD;
        }
        return isWokenBySockets() ? WebSocketUse.HIBERNATION : WebSocketUse.NONE;
    }

    /**
     * Whether the platform calls the class with messages of sockets, which it does only with those that hibernate: it
     * has the handler, does not call it itself, and some script of the project, or a package's base class, accepts
     * sockets so.
     */
    private boolean isWokenBySockets() {
        boolean handles = code.parts().stream()
                .filter(part -> part.kind() == ObjectCode.Kind.CLASS || part.kind() == ObjectCode.Kind.BASE_CLASS)
                .flatMap(part -> part.body().children().stream())
                .anyMatch(member -> member.is("method_definition")
                        && !member.has("static")
                        && ClassBody.memberName(member).equals("webSocketMessage"));
        return handles
                && code.parts().stream().flatMap(Part::calls).noneMatch(call -> call.fieldText("function")
                        .equals("this.webSocketMessage"))
                && (heritage.framework().isPresent() || survey.acceptsHibernating());
    }

    private static boolean has(List<SocketUse> places, SocketUse.Kind kind) {
        return places.stream().anyMatch(place -> place.kind() == kind);
    }

    /** Returns every place where a socket is taken, opened or answered with, the class's own before its helpers'. */
    List<SocketUse> places() {
        return code.parts().stream().flatMap(SocketReader::places).toList();
    }

    private static Stream<SocketUse> places(Part part) {
        return part.nodes()
                .filter(node -> node.is("call_expression", "new_expression"))
                .flatMap(node -> place(part, node).stream());
    }

    private static Optional<SocketUse> place(Part part, SyntaxNode node) {
        if (node.is("new_expression")) {
            return node.fieldText("constructor").equals("WebSocket")
                    ? Optional.of(use(SocketUse.Kind.OUTBOUND, part, node, node.text()))
                    : Optional.empty();
        }
        String property = Expressions.calledProperty(node).orElse("");
        List<SyntaxNode> arguments = Expressions.arguments(node);
        if (property.equals("acceptWebSocket") && !arguments.isEmpty()) {
            return Optional.of(use(
                    SocketUse.Kind.HIBERNATABLE,
                    part,
                    node,
                    arguments.getFirst().text()));
        }
        if (!property.equals("accept") || !arguments.isEmpty()) {
            return Optional.empty();
        }
        return Expressions.object(node).map(Expressions::bare).flatMap(socket -> accepted(part, node, socket));
    }

    /** An {@code accept()}: of an incoming socket that stays open, of an outbound one, or for an error reply. */
    private static Optional<SocketUse> accepted(Part part, SyntaxNode call, SyntaxNode socket) {
        return switch (new SocketOrigin(part).of(socket)) {
            case INBOUND ->
                Optional.of(use(
                        isErrorReply(call, socket.text()) ? SocketUse.Kind.ERROR_REPLY : SocketUse.Kind.STANDARD,
                        part,
                        call,
                        socket.text()));
            case OUTBOUND -> Optional.of(use(SocketUse.Kind.OUTBOUND, part, call, socket.text()));
            case UNKNOWN ->
                listens(call, socket.text())
                        ? Optional.of(use(SocketUse.Kind.STANDARD, part, call, socket.text()))
                        : Optional.empty();
        };
    }

    /** Whether the block that accepts the socket also closes it, and nothing listens to it before the block is left. */
    private static boolean isErrorReply(SyntaxNode call, String socket) {
        return call.enclosing("statement_block")
                .filter(block -> closes(block, socket))
                .filter(block -> leaves(block) ? !listens(block.text(), socket) : !listens(call, socket))
                .filter(block -> !block.text().contains("(" + socket + ")"))
                .isPresent();
    }

    /** Whether {@code block} closes the socket as it runs; what is only called later does not count. */
    private static boolean closes(SyntaxNode block, String socket) {
        return block.descendants(node -> !Expressions.isFunction(node))
                .anyMatch(node -> node.is("call_expression")
                        && node.fieldText("function").replace("?.", ".").equals(socket + ".close"));
    }

    private static boolean leaves(SyntaxNode block) {
        List<SyntaxNode> statements = block.children();
        return !statements.isEmpty() && statements.getLast().is("return_statement", "throw_statement");
    }

    private static boolean listens(SyntaxNode call, String socket) {
        return call.ancestors()
                .filter(Expressions::isFunction)
                .findFirst()
                .map(SyntaxNode::text)
                .filter(text -> listens(text, socket))
                .isPresent();
    }

    private static boolean listens(String code, String socket) {
        return code.contains(socket + ".addEventListener") || code.contains(socket + ".onmessage");
    }

    private static SocketUse use(SocketUse.Kind kind, Part part, SyntaxNode node, String socket) {
        return new SocketUse(kind, part.file(), ClassBody.place(node), socket);
    }
}
