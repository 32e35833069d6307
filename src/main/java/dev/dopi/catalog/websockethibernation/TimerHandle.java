package dev.dopi.catalog.websockethibernation;

import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The field in which a class keeps the handle of an interval, to know whether it runs and to end it.
 *
 * <p>Every use of the field in the class is one of those listed here, so that it can go: whether the interval waits, and that
 * it waits no more, is then asked of and said to the storage.
 *
 * @param assignment the assignment of the interval, which is a statement
 * @param clears the calls that end it
 * @param tests where it is asked whether it runs
 * @param emptied the statements that only empty the field, behind a call that ends it or where the object begins
 * @param declared the member that declares the field
 */
record TimerHandle(
        SyntaxNode assignment,
        List<SyntaxNode> clears,
        List<Test> tests,
        List<SyntaxNode> emptied,
        Optional<SyntaxNode> declared) {

    private static final Set<String> ENDING = Set.of("clearInterval", "clearTimeout");

    /**
     * A question whether it runs.
     *
     * @param expression the whole of it
     * @param negated whether it holds where none runs
     */
    record Test(SyntaxNode expression, boolean negated) {}

    /** Reads the handle of {@code call}; empty where none is kept. */
    static Optional<TimerHandle> of(SyntaxNode call) throws NotMovable {
        Optional<SyntaxNode> assignment = call.parent()
                .filter(up -> up.is("assignment_expression", "augmented_assignment_expression"))
                .filter(up -> up.field("right")
                        .filter(right -> right.span().equals(call.span()))
                        .isPresent())
                .filter(up -> Set.of("", "=", "??=", "||=").contains(up.fieldText("operator")))
                .filter(up ->
                        up.parent().filter(it -> it.is("expression_statement")).isPresent());
        Optional<SyntaxNode> field = assignment.flatMap(up -> up.field("left")).filter(left -> left.text()
                .matches("this\\.#?\\w+"));
        Optional<SyntaxNode> body = call.enclosing("class_body");
        if (field.isEmpty() || body.isEmpty()) {
            return Optional.empty();
        }
        var reading = new Reading(assignment.get(), field.get().text());
        for (SyntaxNode use : body.get()
                .descendants()
                .filter(node -> node.is("member_expression") && node.hasText(reading.field))
                .toList()) {
            reading.add(use);
        }
        reading.checkOthers(body.get());
        reading.checkEmptied();
        return Optional.of(reading.handle(body.get()));
    }

    /** Returns the edits by which {@code method} is asked for instead, but for the assignment itself. */
    List<TextEdit> edits(SourceFile file, String method) {
        var edits = new ArrayList<TextEdit>();
        String name = "(\"" + method + "\")";
        clears.forEach(call -> edits.add(new TextEdit(call.span(), "this.#calls.cancel" + name)));
        tests.forEach(test -> edits.add(
                new TextEdit(test.expression().span(), (test.negated() ? "!" : "") + "this.#calls.waits" + name)));
        emptied.forEach(statement -> edits.add(without(file, statement)));
        declared.ifPresent(member -> edits.add(without(file, member)));
        return edits;
    }

    /** Takes the lines of {@code statement} away, where nothing else stands in them. */
    private static TextEdit without(SourceFile file, SyntaxNode statement) {
        Span whole = StatementLines.whole(file, statement);
        String rest = file.text().substring(statement.span().end(), whole.end()).strip();
        boolean alone = file.text()
                        .substring(
                                file.text().lastIndexOf('\n', statement.span().start() - 1) + 1,
                                statement.span().start())
                        .isBlank()
                && (rest.isEmpty() || rest.equals(";"));
        return TextEdit.delete(alone ? StatementLines.of(file, statement) : statement.span());
    }

    /** Looks at each use of the field. */
    private static final class Reading {

        private final SyntaxNode assignment;
        private final String field;
        private final List<SyntaxNode> clears = new ArrayList<>();
        private final List<Test> tests = new ArrayList<>();
        private final List<SyntaxNode> emptied = new ArrayList<>();

        Reading(SyntaxNode assignment, String field) {
            this.assignment = assignment;
            this.field = field;
        }

        void add(SyntaxNode use) throws NotMovable {
            SyntaxNode outer = use;
            SyntaxNode up = use.parent().orElse(use);
            while (up.is("parenthesized_expression", "non_null_expression", "as_expression")
                    && !up.parent().filter(it -> it.is("if_statement")).isPresent()) {
                outer = up;
                up = up.parent().orElse(up);
            }
            if (up.span().equals(assignment.span())) {
                return;
            }
            Optional<SyntaxNode> ending = up.is("arguments")
                    ? up.parent().filter(call -> ENDING.contains(call.fieldText("function")))
                    : Optional.empty();
            if (ending.isPresent()) {
                clears.add(ending.get());
            } else if (isEmptying(up, outer)) {
                emptied.add(emptying(up));
            } else {
                tests.add(test(up, outer));
            }
        }

        private static boolean isEmptying(SyntaxNode up, SyntaxNode outer) {
            return up.is("assignment_expression")
                    && up.field("left")
                            .filter(it -> it.span().equals(outer.span()))
                            .isPresent()
                    && up.fieldText("right").matches("null|undefined");
        }

        /** The statement that empties the field: only where the interval has just ended, or nothing can run yet. */
        private SyntaxNode emptying(SyntaxNode up) throws NotMovable {
            SyntaxNode statement = up.parent()
                    .filter(it -> it.is("expression_statement"))
                    .filter(it -> it.parent()
                            .filter(block -> block.is("statement_block", "switch_case", "switch_default"))
                            .isPresent())
                    .orElseThrow(() -> refused(up));
            List<SyntaxNode> around = statement.parent().orElse(statement).children();
            int at = around.stream().map(SyntaxNode::span).toList().indexOf(statement.span());
            boolean ended = at > 0
                    && around.get(at - 1)
                            .descendants()
                            .anyMatch(node -> node.is("call_expression")
                                    && ENDING.contains(node.fieldText("function"))
                                    && node.text().contains(field));
            boolean begins = statement
                    .enclosing("method_definition")
                    .filter(method -> method.fieldText("name").equals("constructor"))
                    .isPresent();
            if (!ended && !begins) {
                throw refused(up);
            }
            return statement;
        }

        private Test test(SyntaxNode up, SyntaxNode outer) throws NotMovable {
            if (up.is("unary_expression") && up.fieldText("operator").equals("!")) {
                return new Test(up, true);
            }
            if (up.is("binary_expression")) {
                String other = up.fieldText(
                        up.field("left")
                                        .filter(it -> it.span().equals(outer.span()))
                                        .isPresent()
                                ? "right"
                                : "left");
                String operator = up.fieldText("operator");
                if (other.matches("null|undefined") && operator.matches("[!=]==?")) {
                    return new Test(up, operator.startsWith("="));
                }
                // What && and || give is only a truth where it is a condition.
                if (operator.equals("&&") && isCondition(up)) {
                    return new Test(outer, false);
                }
            }
            if (up.is("parenthesized_expression") && isCondition(outer)) {
                return new Test(outer, false);
            }
            throw refused(outer);
        }

        private static boolean isCondition(SyntaxNode node) {
            return node.ancestors()
                    .dropWhile(up ->
                            up.is("binary_expression") && Set.of("&&", "||").contains(up.fieldText("operator")))
                    .findFirst()
                    .filter(up -> up.is("parenthesized_expression"))
                    .flatMap(SyntaxNode::parent)
                    .filter(up -> up.is("if_statement"))
                    .isPresent();
        }

        private NotMovable refused(SyntaxNode node) {
            return new NotMovable(
                    "Line %d: setInterval in line %d keeps the object in memory, and %s, which holds its handle, is used here for more than to end it or to see whether it runs: that is not supported yet."
                            .formatted(node.line(), assignment.line(), field));
        }

        /** Another timer, or another object, could mean the same field. */
        void checkOthers(SyntaxNode body) throws NotMovable {
            String name = field.substring("this.".length());
            Optional<SyntaxNode> other = body.tree()
                    .root()
                    .descendants()
                    .filter(node -> node.is("member_expression")
                                    && node.fieldText("property").equals(name)
                                    && !node.hasText(field)
                            || node.is("member_expression")
                                    && node.hasText(field)
                                    && !body.span().contains(node.span())
                            || node.is("shorthand_property_identifier_pattern") && node.hasText(name))
                    .findFirst();
            if (other.isPresent()) {
                throw refused(other.get());
            }
            if (clears.isEmpty()) {
                throw new NotMovable(
                        "Line %d: %s holds the handle of setInterval, but nothing here clears it: what it is for is not known."
                                .formatted(assignment.line(), field));
            }
        }

        /** A handle that is not emptied still looks as if the interval ran: what looks at it would be told otherwise. */
        void checkEmptied() throws NotMovable {
            Optional<SyntaxNode> left = clears.stream()
                    .filter(call -> Names.statement(call)
                            .filter(statement -> emptied.stream().anyMatch(each -> follows(each, statement)))
                            .isEmpty())
                    .filter(call -> !isSetAnew(call))
                    .findFirst();
            boolean looks = !assignment.fieldText("operator").isEmpty()
                            && !assignment.fieldText("operator").equals("=")
                    || tests.stream().anyMatch(test -> !onlyGuards(test));
            if (left.isPresent() && looks) {
                throw new NotMovable(
                        "Line %d ends the interval of line %d and leaves its handle in %s, which is looked at elsewhere as if it still ran: set it to null there first."
                                .formatted(left.get().line(), assignment.line(), field));
            }
        }

        /** Whether the next interval follows in any case, in the block around or one further out. */
        private boolean isSetAnew(SyntaxNode call) {
            return assignment.span().start() > call.span().end()
                    && assignment
                            .parent()
                            .flatMap(SyntaxNode::parent)
                            .filter(block -> call.ancestors()
                                    .takeWhile(up -> !Expressions.isFunction(up))
                                    .anyMatch(up -> up.span().equals(block.span())))
                            .isPresent();
        }

        private static boolean follows(SyntaxNode later, SyntaxNode earlier) {
            List<SyntaxNode> around = later.parent().map(SyntaxNode::children).orElse(List.of());
            int at = around.stream().map(SyntaxNode::span).toList().indexOf(later.span());
            return at > 0 && around.get(at - 1).span().contains(earlier.span());
        }

        /** Whether it only saves ending what does not run. */
        private boolean onlyGuards(Test test) {
            return !test.negated()
                    && test.expression()
                            .enclosing("if_statement")
                            .filter(it -> it.field("alternative").isEmpty())
                            .flatMap(it -> it.field("consequence"))
                            .filter(it -> it.is("statement_block")
                                    ? it.children().stream().allMatch(this::ends)
                                    : ends(it))
                            .isPresent();
        }

        private boolean ends(SyntaxNode statement) {
            return emptied.stream().anyMatch(each -> each.span().equals(statement.span()))
                    || clears.stream().anyMatch(call -> call.parent()
                            .filter(it -> it.span().equals(statement.span()))
                            .isPresent());
        }

        TimerHandle handle(SyntaxNode body) {
            String name = field.substring("this.".length());
            Optional<SyntaxNode> declared = body.children().stream()
                    .filter(member -> member.is("public_field_definition", "field_definition"))
                    .filter(member -> member.field("name")
                            .or(() -> member.field("property"))
                            .filter(it -> it.hasText(name))
                            .isPresent())
                    .findFirst();
            return new TimerHandle(assignment, List.copyOf(clears), List.copyOf(tests), List.copyOf(emptied), declared);
        }
    }
}
