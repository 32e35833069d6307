package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;

/** Functions of the project that make classes. */
final class Factories {

    private Factories() {}

    /**
     * Returns the class that {@code function}, a node of {@code module}, makes: the one called {@code name}, else the one
     * that it returns, else the only one in it. Empty where the node is no function.
     */
    static Optional<Target.ClassNode> returned(Module module, SyntaxNode function, String name) {
        if (!Expressions.isFunction(function)) {
            return Optional.empty();
        }
        List<SyntaxNode> classes =
                function.descendants().filter(Expressions::isClass).toList();
        return classes.stream()
                .filter(node -> !name.isEmpty() && node.fieldText("name").equals(name))
                .findFirst()
                .or(() -> byReturn(function, classes))
                .or(() -> classes.size() == 1 ? Optional.of(classes.getFirst()) : Optional.empty())
                .map(node -> new Target.ClassNode(module, node));
    }

    private static Optional<SyntaxNode> byReturn(SyntaxNode function, List<SyntaxNode> classes) {
        Optional<SyntaxNode> value = function.field("body")
                .flatMap(body -> body.is("statement_block")
                        ? body.children().stream()
                                .filter(statement -> statement.is("return_statement"))
                                .findFirst()
                                .flatMap(statement ->
                                        statement.children().stream().findFirst())
                        : Optional.of(body));
        return value.map(Expressions::bare).flatMap(made -> classes.stream()
                .filter(node -> node.span().equals(made.span())
                        || made.is("identifier") && made.hasText(node.fieldText("name")))
                .findFirst());
    }
}
