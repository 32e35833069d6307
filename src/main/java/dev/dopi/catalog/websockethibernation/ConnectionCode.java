package dev.dopi.catalog.websockethibernation;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a class takes its sockets and serves them: all that moving them to hibernation must know.
 *
 * @param accept the statement that takes the socket
 * @param accepted the name of the socket there
 * @param sure what TypeScript needs behind the name there: {@code !}, or nothing
 * @param socket the name of the socket where the listeners are added
 * @param kept what the listeners need of the code around them, in reading order
 * @param registrations the statements that put the socket, or what is kept of it, into a field
 * @param registries the fields that they fill
 * @param changes the statements that change what is kept
 */
record ConnectionCode(
        SyntaxNode type,
        SyntaxNode accept,
        String accepted,
        String sure,
        String socket,
        List<Listener> listeners,
        List<Kept> kept,
        List<SyntaxNode> registrations,
        Set<String> registries,
        List<Change> changes) {

    /**
     * A statement that changes what is kept.
     *
     * @param own whether it can only change that of the listener's own socket
     */
    record Change(SyntaxNode statement, boolean own) {}

    static ConnectionCode of(SyntaxTree tree, SyntaxNode classNode, DurableObjectClass type) throws NotMovable {
        return new ConnectionReading(tree, classNode, type).read();
    }

    /** Whether what is kept must be found again in memory, because it changes or stands in fields, too. */
    boolean needsMap() {
        return kept.stream().anyMatch(each -> each.kind() != Kept.Kind.VALUE || each.mutable());
    }

    /** Whether all that is kept is known where the socket is taken, so that both can be said in one place. */
    boolean keepsAtOnce() {
        return !listeners.isEmpty()
                && accepted.equals(socket)
                && accept.parent()
                        .map(SyntaxNode::span)
                        .equals(listeners.getFirst().statement().parent().map(SyntaxNode::span))
                && kept.stream()
                        .allMatch(each ->
                                each.declarator().span().start() < accept.span().start());
    }

    Optional<Listener> listener(Listener.Kind kind) {
        return listeners.stream().filter(each -> each.kind() == kind).findFirst();
    }
}
