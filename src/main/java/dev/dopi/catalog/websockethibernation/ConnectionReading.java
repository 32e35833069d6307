package dev.dopi.catalog.websockethibernation;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.List;
import java.util.Set;

/** Reads how a class takes its sockets and serves them. */
record ConnectionReading(SyntaxTree tree, SyntaxNode classNode, DurableObjectClass type) {

    ConnectionCode read() throws NotMovable {
        var sockets = new AcceptedSocket(classNode, type);
        SyntaxNode call = sockets.accept();
        SyntaxNode accept = call.parent()
                .filter(up -> up.is("expression_statement"))
                .orElseThrow(() ->
                        new NotMovable("Line %d accepts the socket within an expression, which is not supported yet."
                                .formatted(call.line())));
        SyntaxNode socket = Names.object(call)
                .filter(it -> it.is("identifier"))
                .orElseThrow(() -> new NotMovable(
                        "Line %d: give the socket a name of its own first, such as const server = pair[1]."
                                .formatted(call.line())));
        AcceptedSocket.checkThis(accept);
        sockets.checkWaiting(accept);
        ServedSocket served = sockets.served(socket);
        List<Listener> listeners = sockets.listeners(served);
        var kept = new KeptVariables(served);
        for (Listener listener : listeners) {
            kept.usedBy(
                    listener.function(),
                    served,
                    listener.statement().enclosing("method_definition").orElse(classNode));
        }
        SyntaxNode around = accept.parent().orElse(accept);
        SyntaxNode block = listeners.isEmpty()
                ? around
                : listeners.getFirst().statement().parent().orElse(accept);
        Registrations.Found filling = filling(block, around, served, socket, listeners, kept);
        new Registrations(classNode).check(served, socket, filling.statements(), kept);
        List<Kept> ordered = kept.inOrder();
        return new ConnectionCode(
                classNode,
                accept,
                socket.text(),
                call.text().startsWith(socket.text() + "!") ? "!" : "",
                served.name(),
                listeners,
                ordered,
                filling.statements(),
                Set.copyOf(filling.fields()),
                new KeptChanges(tree, classNode).of(ordered, listeners, block));
    }

    /** What puts the socket into fields: where it is listened to, and where it is taken. */
    private Registrations.Found filling(
            SyntaxNode block,
            SyntaxNode around,
            ServedSocket served,
            SyntaxNode socket,
            List<Listener> listeners,
            KeptVariables kept)
            throws NotMovable {
        var registrations = new Registrations(classNode);
        Registrations.Found here = registrations.in(block, served, listeners, kept);
        if (around.span().equals(block.span())) {
            return here;
        }
        Registrations.Found all = here.and(registrations.in(around, ServedSocket.of(socket), listeners, kept));
        if (!socket.hasText(served.name())) {
            for (SyntaxNode registration : all.statements()) {
                checkName(registration, socket.text(), served.name());
            }
        }
        return all;
    }

    private static void checkName(SyntaxNode registration, String accepted, String served) throws NotMovable {
        if (registration.descendants().anyMatch(node -> node.is("identifier") && node.hasText(accepted))) {
            throw new NotMovable(
                    "Line %d keeps the socket under the name %s, while its listeners call it %s: give it one name first."
                            .formatted(registration.line(), accepted, served));
        }
    }
}
