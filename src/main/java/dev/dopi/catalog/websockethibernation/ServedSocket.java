package dev.dopi.catalog.websockethibernation;

import dev.dopi.source.Span;
import dev.dopi.syntax.SyntaxNode;

/**
 * The socket as its listeners name it.
 *
 * @param declaration what declares that name
 */
record ServedSocket(String name, Span declaration) {

    static ServedSocket of(SyntaxNode name) {
        return new ServedSocket(name.text(), declaring(name));
    }

    /** What declares {@code name}; the name itself, where nothing in the class does. */
    static Span declaring(SyntaxNode name) {
        return Names.declaration(name).map(it -> it.node().span()).orElse(name.span());
    }
}
