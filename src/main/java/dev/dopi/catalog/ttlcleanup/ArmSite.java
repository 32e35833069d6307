package dev.dopi.catalog.ttlcleanup;

import dev.dopi.source.Span;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.Optional;
import java.util.Set;

/**
 * Where, next to a statement that adds rows, the clean-up is scheduled.
 *
 * @param statement the statement next to which the call goes
 * @param before whether it goes before it, because control leaves there; the rows are then not there yet
 * @param async whether it can be awaited
 */
record ArmSite(SyntaxNode statement, boolean before, boolean async) {

    /** Calls that run their callback at once and to its end: what follows them follows the callback. */
    private static final Set<String> AT_ONCE = Set.of("transactionSync", "forEach", "map");

    /** Calls whose callback ends with the promise that they return: what follows an await follows the callback. */
    private static final Set<String> AWAITED = Set.of("transaction", "blockConcurrencyWhile");

    /** Returns the site for the call at {@code span}, or empty where {@code this} is lost or nothing can be put in. */
    static Optional<ArmSite> of(SyntaxTree tree, Span span) {
        return tree.find("call_expression", span).flatMap(ArmSite::around);
    }

    private static Optional<ArmSite> around(SyntaxNode start) {
        SyntaxNode node = start;
        while (true) {
            Optional<SyntaxNode> up = node.parent();
            if (up.isEmpty()) {
                return Optional.empty();
            }
            if (isSequence(up.get(), node) && !isLoopBody(up.get())) {
                Optional<SyntaxNode> function = up.get().parent().filter(Expressions::isFunction);
                Optional<SyntaxNode> call = function.flatMap(ArmSite::runAtOnce);
                if (call.isEmpty()) {
                    return at(start, node);
                }
                node = call.get();
            } else if (Expressions.isFunction(up.get())) {
                // The body is an expression: there is no place for a statement, unless the callback is run at once.
                Optional<SyntaxNode> call = runAtOnce(up.get());
                if (call.isEmpty()) {
                    return Optional.empty();
                }
                node = call.get();
            } else {
                node = up.get();
            }
        }
    }

    private static Optional<ArmSite> at(SyntaxNode call, SyntaxNode statement) {
        Optional<SyntaxNode> function =
                statement.ancestors().filter(Expressions::isFunction).findFirst();
        boolean thisIsKept = statement
                .ancestors()
                .filter(Expressions::isFunction)
                .allMatch(it -> it.is("arrow_function", "method_definition"));
        if (function.isEmpty() || !thisIsKept || function.get().has("static") || !isMember(statement)) {
            return Optional.empty();
        }
        boolean leaves = leaves(call, statement);
        // What is scheduled before it would run while it waits, and so before the rows are there.
        boolean waits = statement
                .descendants(node -> !Expressions.isFunction(node))
                .anyMatch(node -> node.is("await_expression"));
        if (leaves && waits) {
            return Optional.empty();
        }
        return Optional.of(new ArmSite(statement, leaves, function.get().has("async")));
    }

    /** Whether control leaves the function with the rows of {@code call}, as in {@code if (x) return insert()}. */
    private static boolean leaves(SyntaxNode call, SyntaxNode statement) {
        return statement.is("return_statement", "throw_statement")
                || call.ancestors()
                        .takeWhile(up -> !up.span().equals(statement.span()))
                        .takeWhile(up -> !Expressions.isFunction(up))
                        .anyMatch(up -> up.is("return_statement", "throw_statement"));
    }

    /** Whether {@code this} is the object: a method of an object literal within the class has another. */
    private static boolean isMember(SyntaxNode statement) {
        return statement
                .ancestors()
                .filter(up -> up.is("method_definition", "class_body"))
                .findFirst()
                .filter(up -> up.is("class_body")
                        || up.parent().filter(body -> body.is("class_body")).isPresent())
                .isPresent();
    }

    /** Whether {@code statement} is one of a row of statements, so that another can stand beside it. */
    private static boolean isSequence(SyntaxNode up, SyntaxNode statement) {
        boolean label = up.field("value")
                .filter(value -> value.span().equals(statement.span()))
                .isPresent();
        return up.is("statement_block") || up.is("switch_case", "switch_default") && !label;
    }

    private static boolean isLoopBody(SyntaxNode block) {
        return block.parent()
                .filter(up -> up.is("for_statement", "for_in_statement", "while_statement", "do_statement"))
                .filter(loop -> loop.descendants(node -> !Expressions.isFunction(node))
                        .noneMatch(node -> node.is("return_statement", "throw_statement", "yield_expression")))
                .isPresent();
    }

    private static Optional<SyntaxNode> runAtOnce(SyntaxNode function) {
        return function.parent()
                .filter(up -> up.is("arguments"))
                .flatMap(SyntaxNode::parent)
                .filter(call -> call.field("function")
                        .filter(callee -> callee.is("member_expression"))
                        .map(callee -> callee.fieldText("property"))
                        .filter(property -> AT_ONCE.contains(property) || AWAITED.contains(property) && isAwaited(call))
                        .isPresent());
    }

    /** Whether the statement that holds {@code call} goes on only when its promise is kept. */
    private static boolean isAwaited(SyntaxNode call) {
        return call.parent()
                .filter(up -> up.is("await_expression"))
                .filter(up -> up.enclosing("return_statement", "statement_block")
                        .filter(nearest -> nearest.is("statement_block"))
                        .isPresent())
                .isPresent();
    }
}
