package dev.dopi.analysis;

import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Calls that are each made on the result of the one before, as in {@code a().b().c()}.
 *
 * @param calls the innermost, which runs first, at the start; never empty
 */
record CallChain(SyntaxNode outermost, List<SyntaxNode> calls) {

    /** Returns the chain that ends in {@code outermost}, which alone is one where it calls nothing. */
    static CallChain of(SyntaxNode outermost) {
        var calls = new ArrayList<SyntaxNode>();
        Optional<SyntaxNode> next = Optional.of(outermost);
        while (next.filter(it -> it.is("call_expression")).isPresent()) {
            calls.addFirst(next.get());
            next = next.get()
                    .field("function")
                    .filter(it -> it.is("member_expression"))
                    .flatMap(it -> it.field("object"))
                    .map(Expressions::bare);
        }
        return new CallChain(outermost, calls.isEmpty() ? List.of(outermost) : List.copyOf(calls));
    }

    /** Returns every chain in {@code code}, each as long as it is written. */
    static Stream<CallChain> in(ClassBody code) {
        return code.calls().filter(CallChain::isOutermost).map(CallChain::of);
    }

    private static boolean isOutermost(SyntaxNode call) {
        return call.parent()
                .filter(up -> up.is("member_expression"))
                .flatMap(SyntaxNode::parent)
                .filter(up -> up.is("call_expression"))
                .isEmpty();
    }

    SyntaxNode first() {
        return calls.getFirst();
    }

    /** Returns the first call of the method called {@code name}. */
    Optional<SyntaxNode> named(String name) {
        return calls.stream()
                .filter(call ->
                        Expressions.calledProperty(call).filter(name::equals).isPresent())
                .findFirst();
    }
}
