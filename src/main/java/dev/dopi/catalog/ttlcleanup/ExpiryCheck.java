package dev.dopi.catalog.ttlcleanup;

import dev.dopi.analysis.PresentTime;
import dev.dopi.model.Table.Timestamp.Unit;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A comparison, in code, of the time that a row holds with the present one.
 *
 * @param node the comparison
 * @param row the variable that holds the row
 * @param column what of the row is its time
 * @param alive whether it holds of rows whose time is still to come
 * @param unit how the row's time counts
 */
record ExpiryCheck(SyntaxNode node, String row, String column, boolean alive, Unit unit) {

    private static final Set<String> KEEPING = Set.of("filter", "some", "find", "every", "findLast");

    /** Returns the unit of the check by which the function around {@code call} passes expired rows over, where it does. */
    static Optional<Unit> around(SyntaxNode call, String column) {
        Optional<SyntaxNode> function = function(call);
        return function.stream()
                .flatMap(SyntaxNode::descendants)
                .filter(node -> node.is("binary_expression"))
                .flatMap(node -> read(node, column).stream())
                .filter(check -> check.passesOver(function.orElseThrow()))
                .map(ExpiryCheck::unit)
                .findFirst();
    }

    /** Returns the unit of the one constant {@code name} of the function around {@code node}, where it is the present time. */
    static Optional<Unit> present(SyntaxNode node, String name) {
        if (!name.matches("[\\w$]+")) {
            return PresentTime.ofCode(name);
        }
        List<SyntaxNode> values = function(node).stream()
                .flatMap(SyntaxNode::descendants)
                .filter(each ->
                        each.is("variable_declarator") && each.fieldText("name").equals(name))
                .flatMap(each -> each.field("value").stream())
                .toList();
        return values.size() == 1
                ? PresentTime.ofCode(Expressions.bare(values.getFirst()).text())
                : Optional.empty();
    }

    private static Optional<SyntaxNode> function(SyntaxNode node) {
        return node.ancestors()
                .filter(up -> up.is("method_definition", "function_declaration"))
                .findFirst();
    }

    private static Optional<ExpiryCheck> read(SyntaxNode comparison, String column) {
        String operator = comparison.fieldText("operator");
        Optional<SyntaxNode> left = comparison.field("left").map(Expressions::bare);
        Optional<SyntaxNode> right = comparison.field("right").map(Expressions::bare);
        if (!Set.of("<", "<=", ">", ">=").contains(operator) || left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        boolean greater = operator.startsWith(">");
        return read(comparison, left.get(), right.get(), column, greater)
                .or(() -> read(comparison, right.get(), left.get(), column, !greater));
    }

    private static Optional<ExpiryCheck> read(
            SyntaxNode comparison, SyntaxNode time, SyntaxNode now, String column, boolean alive) {
        Optional<Unit> present = present(now, now.text());
        return present.flatMap(unit -> row(time, column, unit))
                .map(found -> new ExpiryCheck(comparison, found.name(), column, alive, found.unit()));
    }

    private record Row(String name, Unit unit) {}

    /** Reads {@code row.column}, as it is, as a number, as a date, or in milliseconds. */
    private static Optional<Row> row(SyntaxNode time, String column, Unit present) {
        String text = time.text().replaceAll("\\s+", "");
        String field =
                "(?<row>[\\w$]+)(?:\\[0\\]|\\.at\\(0\\))?[!?]?(?:\\.%1$s|\\.?\\[[\"'`]%1$s[\"'`]\\])!?(?:asnumber|asstring)?"
                        .formatted(Pattern.quote(column));
        var plain = Pattern.compile(field + "|Number\\(" + field.replace("<row>", "<number>") + "\\)")
                .matcher(text);
        if (plain.matches()) {
            return Optional.of(new Row(
                    plain.group("row") != null ? plain.group("row") : String.valueOf(plain.group("number")), present));
        }
        var scaled = Pattern.compile("(?:Number\\()?" + field + "\\)?\\*(?:1000|1_000)")
                .matcher(text);
        if (scaled.matches() && present == Unit.MILLISECONDS) {
            return Optional.of(new Row(scaled.group("row"), Unit.SECONDS));
        }
        var parsed = Pattern.compile("(?:Date\\.parse\\(%s\\)|newDate\\(%s\\)\\.(?:getTime|valueOf)\\(\\))"
                        .formatted(field, field.replace("<row>", "<date>")))
                .matcher(text);
        return parsed.matches() && present == Unit.MILLISECONDS
                ? Optional.of(new Row(
                        parsed.group("row") != null ? parsed.group("row") : String.valueOf(parsed.group("date")),
                        Unit.ISO_TEXT))
                : Optional.empty();
    }

    /** Whether what follows from the comparison leaves a row whose time has passed unused. */
    private boolean passesOver(SyntaxNode function) {
        SyntaxNode inner = node;
        boolean holds = alive;
        while (true) {
            Optional<SyntaxNode> up = inner.parent();
            if (up.isEmpty()) {
                return false;
            }
            SyntaxNode outer = up.get();
            switch (outer.kind()) {
                case "parenthesized_expression" -> inner = outer;
                case "unary_expression" -> {
                    if (!outer.fieldText("operator").equals("!")) {
                        return false;
                    }
                    holds = !holds;
                    inner = outer;
                }
                case "binary_expression" -> {
                    if (!joins(outer, inner, holds)) {
                        return false;
                    }
                    inner = outer;
                }
                case "if_statement" -> {
                    return holds ? onlyInside(outer, function) : leaves(outer);
                }
                case "ternary_expression" -> {
                    return outer.field(holds ? "alternative" : "consequence")
                            .filter(dead -> !names(dead))
                            .isPresent();
                }
                case "return_statement" -> {
                    return holds && outer.enclosing("method_definition").isPresent();
                }
                case "arrow_function" -> {
                    return holds && isKept(outer);
                }
                default -> {
                    return false;
                }
            }
        }
    }

    /** Whether {@code outer} still tells rows that are alive from those that are not, with {@code inner} as one side. */
    private boolean joins(SyntaxNode outer, SyntaxNode inner, boolean holds) {
        String operator = outer.fieldText("operator");
        SyntaxNode other = outer.field("left")
                .filter(left -> !left.span().equals(inner.span()))
                .or(() -> outer.field("right"))
                .orElse(outer);
        // The one that is looser, alive || x or past && x, must only ask whether there is a row or a time at all.
        boolean looser = operator.equals(holds ? "||" : "&&");
        return looser ? isGuard(other) : operator.equals(holds ? "&&" : "||");
    }

    private boolean isGuard(SyntaxNode other) {
        String text = other.text().replaceAll("\\s+", "");
        return text.matches("\\(?!?" + Pattern.quote(row)
                + "(?:\\[0\\])?(?:[.?!]+%1$s|[.?!]*\\[[\"'`]%1$s[\"'`]\\])?(?:[!=]==?(?:null|undefined|0))?\\)?"
                        .formatted(Pattern.quote(column)));
    }

    private boolean leaves(SyntaxNode condition) {
        return condition
                .field("consequence")
                .filter(dead -> !names(dead) && isLeft(dead))
                .isPresent();
    }

    private static boolean isLeft(SyntaxNode statement) {
        if (statement.is("return_statement", "throw_statement", "continue_statement")) {
            return true;
        }
        return statement.is("statement_block")
                && !statement.children().isEmpty()
                && isLeft(statement.children().getLast());
    }

    /** Whether the row is named neither in the else nor behind the statement. */
    private boolean onlyInside(SyntaxNode condition, SyntaxNode function) {
        int end = condition
                .field("consequence")
                .map(it -> it.span().end())
                .orElse(condition.span().start());
        return function.descendants()
                .filter(each -> each.span().start() >= end)
                .noneMatch(each -> each.is("identifier") && each.hasText(row));
    }

    private static boolean isKept(SyntaxNode callback) {
        return callback.parent()
                .filter(up -> up.is("arguments"))
                .flatMap(SyntaxNode::parent)
                .flatMap(Expressions::calledProperty)
                .filter(KEEPING::contains)
                .isPresent();
    }

    private boolean names(SyntaxNode code) {
        return Stream.concat(Stream.of(code), code.descendants())
                .anyMatch(each -> each.is("identifier") && each.hasText(row));
    }
}
