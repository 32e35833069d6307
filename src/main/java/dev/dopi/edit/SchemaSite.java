package dev.dopi.edit;

import dev.dopi.source.Span;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a class sets a table up, as a place to put further set-up behind.
 *
 * <p>Only such a place is one that every object passes each time it wakes: an object that already holds data must run
 * what is added there, or the change would only reach objects that do not exist yet.
 */
public sealed interface SchemaSite {

    /**
     * A place that every object passes.
     *
     * @param statement the whole statement that sets the table up
     * @param call the call in it that runs the SQL
     * @param callee what is called, as written: {@code this.sql.exec}
     * @param tagged whether the callee is a template tag
     * @param function the constructor, method or callback that holds the statement
     */
    record Usable(SyntaxNode statement, SyntaxNode call, String callee, boolean tagged, SyntaxNode function)
            implements SchemaSite {}

    /** A place that not every object passes, or that cannot be told; the reason is a clause: "it stands in a loop". */
    record Unusable(String reason) implements SchemaSite {}

    /** Calls whose callback is run at once, whatever the state of the object. */
    Set<String> TRANSPARENT = Set.of("blockConcurrencyWhile", "transactionSync", "transaction");

    /** Looks at the call of {@code tree} that stands at {@code span}; {@code repeats} says that it is run each time. */
    static SchemaSite of(SyntaxTree tree, Span span, boolean repeats) {
        Optional<SyntaxNode> call = tree.find("call_expression", span);
        return call.<SchemaSite>map(node -> of(node, repeats))
                .orElseGet(() -> new Unusable("it could not be found again"));
    }

    private static SchemaSite of(SyntaxNode call, boolean repeats) {
        SyntaxNode expression = call;
        while (expression.parent().filter(SchemaSite::isChain).isPresent()) {
            expression = expression.parent().orElseThrow();
        }
        Optional<SyntaxNode> statement = expression.parent().filter(up -> up.is("expression_statement"));
        if (statement.isEmpty()) {
            return new Unusable("its result is used in line " + call.line());
        }
        if (!repeats) {
            return new Unusable("the table is made without IF NOT EXISTS, so the code around it runs only once");
        }
        boolean tagged =
                call.field("arguments").filter(it -> it.is("template_string")).isPresent();
        Optional<String> obstacle = obstacle(statement.get());
        SyntaxNode function = statement
                .get()
                .ancestors()
                .filter(SchemaSite::isFunction)
                .findFirst()
                .orElse(call);
        return obstacle.<SchemaSite>map(Unusable::new)
                .orElseGet(() -> new Usable(statement.get(), call, call.fieldText("function"), tagged, function));
    }

    private static boolean isChain(SyntaxNode node) {
        return node.is("await_expression", "parenthesized_expression", "member_expression")
                || node.is("call_expression")
                        && node.field("arguments")
                                .map(SyntaxNode::children)
                                .orElse(List.of())
                                .isEmpty();
    }

    /** Returns what may keep an object from passing {@code statement}, where something may. */
    private static Optional<String> obstacle(SyntaxNode statement) {
        SyntaxNode inner = statement;
        for (SyntaxNode up : statement.ancestors().toList()) {
            if (up.is("if_statement", "switch_statement", "ternary_expression", "catch_clause", "else_clause")) {
                return Optional.of("it stands in a condition in line " + up.line());
            }
            if (up.is("for_statement", "for_in_statement", "while_statement", "do_statement")) {
                return Optional.of("it stands in a loop in line " + up.line());
            }
            if (up.is("statement_block")) {
                Optional<String> left = earlyReturn(up, inner);
                if (left.isPresent()) {
                    return left;
                }
            }
            if (up.is("method_definition")) {
                return Optional.empty();
            }
            if (isFunction(up) && !isTransparent(up)) {
                return Optional.of("it stands in a callback in line " + up.line());
            }
            inner = up;
        }
        return Optional.of("it does not stand in a method of the class");
    }

    /** A return before the statement, unless it only says that this instance has done it already. */
    private static Optional<String> earlyReturn(SyntaxNode block, SyntaxNode until) {
        for (SyntaxNode before : block.children()) {
            if (before.span().start() >= until.span().start()) {
                return Optional.empty();
            }
            boolean leaves =
                    before.descendants(node -> !isFunction(node)).anyMatch(node -> node.is("return_statement"));
            if (leaves && !isMemoryTest(before)) {
                return Optional.of("line %d may return before it".formatted(before.line()));
            }
        }
        return Optional.empty();
    }

    private static boolean isMemoryTest(SyntaxNode statement) {
        return statement.is("if_statement") && statement.fieldText("condition").matches("\\(\\s*this\\.#?\\w+\\s*\\)");
    }

    private static boolean isTransparent(SyntaxNode function) {
        return function.parent()
                .filter(up -> up.is("arguments"))
                .flatMap(SyntaxNode::parent)
                .flatMap(call -> call.field("function"))
                .filter(callee -> callee.is("member_expression"))
                .filter(callee -> TRANSPARENT.contains(callee.fieldText("property")))
                .isPresent();
    }

    private static boolean isFunction(SyntaxNode node) {
        return node.is("method_definition", "arrow_function", "function_expression", "function_declaration");
    }
}
