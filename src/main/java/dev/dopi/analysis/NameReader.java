package dev.dopi.analysis;

import dev.dopi.analysis.NamespaceCalls.Passed;
import dev.dopi.model.DurableObjectClass.Place;
import dev.dopi.model.NameUse;
import dev.dopi.model.NameUse.Kind;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a class knows of its own name: what the runtime says, and what callers tell it. */
final class NameReader {

    private final ClassBody inside;

    NameReader(ClassBody inside) {
        this.inside = inside;
    }

    List<Place> reads() {
        return readNodes().map(ClassBody::place).toList();
    }

    /** Returns what the class does with its name, then what {@code callers} do, each in reading order. */
    List<NameUse> uses(NamespaceCalls.Calls callers) {
        var uses = new ArrayList<NameUse>();
        readNodes().forEach(node -> uses.add(use(NameGuards.of(node), node)));
        callers.passed().forEach(passed -> keeps(passed).forEach(node -> uses.add(use(Kind.KEPT_BY_HAND, node))));
        uses.sort(Comparator.comparingInt(use -> use.place().span().start()));
        uses.addAll(callers.made());
        return uses.stream().distinct().toList();
    }

    private NameUse use(Kind kind, SyntaxNode node) {
        return new NameUse(kind, inside.module().path(), ClassBody.place(node), node.text());
    }

    private Stream<SyntaxNode> readNodes() {
        return inside.body().descendants().filter(node -> isRead(node) || isTakenApart(node));
    }

    private boolean isRead(SyntaxNode node) {
        return node.is("member_expression")
                && node.fieldText("property").equals("name")
                && node.field("object")
                        .filter(object -> inside.means(object, Role.ID))
                        .isPresent();
    }

    /** {@code name} in {@code const { name } = ctx.id}. */
    private boolean isTakenApart(SyntaxNode node) {
        boolean named = node.is("shorthand_property_identifier_pattern") && node.hasText("name")
                || node.is("pair_pattern") && node.fieldText("key").equals("name");
        return named
                && node.parent()
                        .flatMap(SyntaxNode::parent)
                        .filter(up -> up.is("variable_declarator"))
                        .flatMap(up -> up.field("value"))
                        .filter(value -> inside.means(value, Role.ID))
                        .isPresent();
    }

    /** Returns where the class keeps what a caller passes. */
    private List<SyntaxNode> keeps(Passed passed) {
        return switch (passed) {
            case Passed.Argument(String method, int index, Optional<String> key) ->
                inside.members()
                        .filter(member -> ClassBody.memberName(member).equals(method))
                        .flatMap(member -> parameter(member, index, key).stream()
                                .flatMap(given -> member.descendants().filter(node -> keeps(node, given))))
                        .toList();
            case Passed.Header(String name) ->
                inside.calls()
                        .filter(call -> call.fieldText("function").endsWith("headers.get"))
                        .filter(call -> Expressions.arguments(call).stream()
                                .anyMatch(argument -> argument.is("string")
                                        && Module.unquoted(argument).equalsIgnoreCase(name)))
                        .filter(this::isKept)
                        .toList();
        };
    }

    /** Returns the expression that stands for what is passed, {@code name} or {@code options.name}. */
    private static Optional<String> parameter(SyntaxNode method, int index, Optional<String> key) {
        List<SyntaxNode> parameters =
                method.field("parameters").map(SyntaxNode::children).orElse(List.of());
        if (index >= parameters.size()) {
            return Optional.empty();
        }
        SyntaxNode parameter = parameters.get(index);
        SyntaxNode pattern = parameter.field("pattern").orElse(parameter);
        if (pattern.is("identifier")) {
            return Optional.of(key.map(it -> pattern.text() + "." + it).orElse(pattern.text()));
        }
        return key.filter(it ->
                pattern.is("object_pattern") && pattern.children().stream().anyMatch(part -> part.hasText(it)));
    }

    /** Whether what {@code read} gives outlives the request, itself or by the variable that it is put in. */
    private boolean isKept(SyntaxNode read) {
        Optional<SyntaxNode> member =
                read.enclosing("method_definition", "public_field_definition", "field_definition");
        Optional<String> variable = read.enclosing("variable_declarator")
                .flatMap(it -> it.field("name"))
                .filter(it -> it.is("identifier"))
                .map(SyntaxNode::text);
        return member.stream()
                .flatMap(SyntaxNode::descendants)
                .anyMatch(node -> keeps(node, read.text())
                        || variable.filter(name -> keeps(node, name)).isPresent());
    }

    private boolean keeps(SyntaxNode node, String given) {
        if (node.is("assignment_expression")) {
            return node.fieldText("left").startsWith("this.")
                    && node.field("right").map(Expressions::bare).stream().anyMatch(right -> right.hasText(given));
        }
        return node.is("call_expression")
                && Expressions.calledProperty(node).filter("put"::equals).isPresent()
                && Expressions.object(node)
                        .filter(object -> inside.means(object, Role.STORAGE, Role.KV))
                        .isPresent()
                && Expressions.arguments(node).stream().skip(1).anyMatch(argument -> argument.hasText(given));
    }
}
