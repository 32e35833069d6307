package dev.dopi.analysis;

import dev.dopi.model.NameUse.Kind;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells what a piece of code does where the name that it reads is undefined.
 *
 * <p>A test may stand around the read, before it, or on the variable or field that takes the name.
 */
final class NameGuards {

    private static final Set<String> COMPARISONS = Set.of("===", "!==", "==", "!=");
    private static final Set<String> FALLBACKS = Set.of("??", "||");
    private static final Pattern LOGS = Pattern.compile("console\\.\\w+|(?:.*\\.)?#?log(?:ger)?(?:\\.\\w+)?");
    private static final Pattern CHECKS = Pattern.compile("(?:.*\\.)?(?:assert|invariant|ok)");
    private static final Pattern NOTHING = Pattern.compile("undefined|null|void 0");

    private NameGuards() {}

    static Kind of(SyntaxNode read) {
        if (isTest(read) || isLogged(read)) {
            return Kind.GUARDED_READ;
        }
        SyntaxNode outer = unwrapped(read);
        Optional<SyntaxNode> fallback = fallback(outer);
        if (fallback.isPresent() && !isConstant(fallback.get())) {
            return Kind.GUARDED_READ;
        }
        boolean guarded = isTestedElsewhere(read, read.text()) || isTakenByTested(outer) || isDeclaredOptional(outer);
        return guarded ? Kind.GUARDED_READ : fallback.isPresent() ? Kind.CONSTANT_FALLBACK : Kind.READ;
    }

    /** Returns the widest expression that only passes the value of {@code node} on. */
    static SyntaxNode unwrapped(SyntaxNode node) {
        SyntaxNode outer = node;
        for (SyntaxNode up : node.ancestors().toList()) {
            boolean passes =
                    up.is("parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression")
                            && up.parent()
                                    .filter(it -> it.is("if_statement", "while_statement"))
                                    .isEmpty();
            if (!passes) {
                return outer;
            }
            outer = up;
        }
        return outer;
    }

    /** Returns what takes the place of {@code outer} in the end, {@code c} in {@code outer ?? b ?? c}. */
    static Optional<SyntaxNode> fallback(SyntaxNode outer) {
        Optional<SyntaxNode> last = Optional.empty();
        SyntaxNode inner = outer;
        for (SyntaxNode up : outer.ancestors().toList()) {
            if (isFallback(up) && isField(up, "left", inner)) {
                last = up.field("right");
            } else if (!up.is("parenthesized_expression")) {
                return last;
            }
            inner = up;
        }
        return last;
    }

    private static boolean isFallback(SyntaxNode node) {
        return node.is("binary_expression") && FALLBACKS.contains(node.fieldText("operator"));
    }

    /** Whether every object without a name would get the same {@code value}. */
    private static boolean isConstant(SyntaxNode value) {
        SyntaxNode bare = Expressions.bare(value);
        if (bare.is("template_string")) {
            return bare.children().stream().noneMatch(part -> part.is("template_substitution"));
        }
        return bare.is("string") || bare.is("identifier") && bare.text().matches("[A-Z][A-Z0-9_]+");
    }

    /** Whether the code asks there whether {@code node} is anything. */
    private static boolean isTest(SyntaxNode node) {
        SyntaxNode outer = unwrapped(node);
        SyntaxNode up = outer.parent().orElse(outer);
        return switch (up.kind()) {
            case "parenthesized_expression" -> true;
            case "ternary_expression" -> isField(up, "condition", outer);
            case "unary_expression" -> true;
            case "binary_expression" ->
                COMPARISONS.contains(up.fieldText("operator"))
                        || up.fieldText("operator").equals("&&") && isField(up, "left", outer);
            case "member_expression" -> isField(up, "object", outer) && isOptionalChain(up);
            case "arguments" ->
                up.parent()
                        .filter(call ->
                                CHECKS.matcher(call.fieldText("function")).matches())
                        .isPresent();
            default -> false;
        };
    }

    private static boolean isOptionalChain(SyntaxNode member) {
        return member.field("optional_chain").isPresent()
                && (fallback(widest(member)).filter(NameGuards::isConstant).isEmpty() || isLogged(member));
    }

    /** Returns the whole chain of properties and calls that {@code member} begins. */
    private static SyntaxNode widest(SyntaxNode member) {
        SyntaxNode outer = member;
        for (SyntaxNode up : member.ancestors().toList()) {
            if (!up.is("member_expression", "call_expression", "parenthesized_expression", "subscript_expression")) {
                return outer;
            }
            outer = up;
        }
        return outer;
    }

    /** A line of a log without a name is poorer, but nobody else's. */
    private static boolean isLogged(SyntaxNode node) {
        return node.ancestors()
                .takeWhile(up -> !Expressions.isFunction(up))
                .filter(up -> up.is("call_expression"))
                .anyMatch(call -> LOGS.matcher(call.fieldText("function")).matches());
    }

    private static boolean isTestedElsewhere(SyntaxNode read, String text) {
        return read.ancestors()
                .filter(Expressions::isFunction)
                .findFirst()
                .filter(function -> function.descendants()
                        .filter(node -> node.is("identifier", "member_expression") && node.hasText(text))
                        .filter(node -> !node.span().equals(read.span()))
                        .anyMatch(NameGuards::isHandled))
                .isPresent();
    }

    private static boolean isHandled(SyntaxNode node) {
        return isTest(node)
                || fallback(unwrapped(node)).filter(value -> !isConstant(value)).isPresent();
    }

    /** Whether a variable or a field that takes the name is tested where it is used. */
    private static boolean isTakenByTested(SyntaxNode outer) {
        SyntaxNode value = outer;
        while (value.parent().filter(NameGuards::isFallback).isPresent()) {
            value = value.parent().orElseThrow();
        }
        SyntaxNode up = value.parent().orElse(value);
        if (up.is("variable_declarator") && isField(up, "value", value)) {
            return up.field("name")
                    .filter(name -> name.is("identifier"))
                    .filter(name -> isTestedElsewhere(name, name.text()))
                    .isPresent();
        }
        if (up.is("assignment_expression") && isField(up, "right", value)) {
            return up.field("left")
                    .filter(left -> left.is("member_expression"))
                    .filter(left -> isTestedInClass(left))
                    .isPresent();
        }
        return false;
    }

    private static boolean isTestedInClass(SyntaxNode field) {
        return field.enclosing("class_body")
                .filter(body -> body.descendants()
                        .filter(node -> node.is("member_expression") && node.hasText(field.text()))
                        .filter(node -> !node.span().equals(field.span()))
                        .anyMatch(NameGuards::isHandled))
                .isPresent();
    }

    /** Whether the function that returns the name says that there may be none. */
    private static boolean isDeclaredOptional(SyntaxNode outer) {
        boolean returned = outer.parent()
                .filter(up -> up.is("return_statement") || up.is("arrow_function"))
                .isPresent();
        return returned
                && outer.ancestors()
                        .filter(Expressions::isFunction)
                        .findFirst()
                        .map(function -> function.fieldText("return_type"))
                        .filter(type -> NOTHING.matcher(type).find())
                        .isPresent();
    }

    private static boolean isField(SyntaxNode up, String field, SyntaxNode node) {
        return up.field(field).filter(it -> it.span().equals(node.span())).isPresent();
    }
}
