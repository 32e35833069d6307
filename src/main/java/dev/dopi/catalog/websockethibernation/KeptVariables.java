package dev.dopi.catalog.websockethibernation;

import dev.dopi.source.Span;
import dev.dopi.syntax.SyntaxNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Gathers what handlers, and the fields that hold sockets, need of the code that takes a socket: each variable once. */
final class KeptVariables {

    private final ServedSocket socket;
    private final Map<Span, Kept> byDeclaration = new LinkedHashMap<>();

    KeptVariables(ServedSocket socket) {
        this.socket = socket;
    }

    /**
     * Adds what {@code code} uses that is declared outside of it; the socket itself is none.
     *
     * @param named the socket, as it is called there
     * @throws NotMovable where it is not certain that one of them can be kept
     */
    void usedBy(SyntaxNode code, ServedSocket named, SyntaxNode method) throws NotMovable {
        for (SyntaxNode use : code.descendants().filter(Names::isName).toList()) {
            Optional<Names.Declaration> declared = Names.declaration(use);
            Optional<Span> at = declared.map(it -> it.node().span());
            if (at.isEmpty()
                    || code.span().contains(at.get())
                    || at.get().equals(socket.declaration())
                    || at.get().equals(named.declaration())) {
                continue;
            }
            if (!byDeclaration.containsKey(at.get())) {
                byDeclaration.put(at.get(), Kept.of(use.text(), declared.get(), method, named.name(), use.line()));
            }
        }
    }

    /** Returns what declares the objects of which each connection has one. */
    Stream<Span> objects() {
        return byDeclaration.values().stream()
                .filter(each -> each.kind() == Kept.Kind.OBJECT)
                .map(each -> each.declarator().span());
    }

    /** Returns them as they are declared, the first first. */
    List<Kept> inOrder() {
        return byDeclaration.values().stream()
                .sorted(Comparator.comparingInt(each -> each.declarator().span().start()))
                .toList();
    }
}
