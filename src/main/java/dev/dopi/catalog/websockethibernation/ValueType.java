package dev.dopi.catalog.websockethibernation;

import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The type of a value that can be kept with a socket, as TypeScript writes it.
 *
 * <p>Empty where it is not certain that the value survives a structured clone: better not moved than lost.
 */
final class ValueType {

    private static final int DEEPEST = 8;
    private static final String PLAIN = "(string|number|boolean|null|undefined|\"[^\"]*\"|'[^']*'|\\d+)";
    private static final Set<String> TEXT = Set.of(
            "toString",
            "toUpperCase",
            "toLowerCase",
            "trim",
            "slice",
            "substring",
            "join",
            "toISOString",
            "toUTCString",
            "randomUUID",
            "padStart",
            "replace",
            "replaceAll");
    private static final Set<String> TESTS = Set.of("has", "includes", "startsWith", "endsWith", "test");
    private static final Set<String> URL_PARTS =
            Set.of("pathname", "hostname", "href", "search", "hash", "host", "url");

    private ValueType() {}

    static Optional<String> of(SyntaxNode expression) {
        return of(expression, 0);
    }

    private static Optional<String> of(SyntaxNode expression, int depth) {
        SyntaxNode node = Expressions.bare(expression);
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        return switch (node.kind()) {
            case "string", "template_string" -> Optional.of("string");
            case "number" -> Optional.of("number");
            case "true", "false" -> Optional.of("boolean");
            case "null" -> Optional.of("null");
            case "undefined" -> Optional.of("undefined");
            case "unary_expression" -> Optional.of(node.has("!") ? "boolean" : "number");
            case "binary_expression" -> binary(node, depth);
            case "ternary_expression" -> union(node.field("consequence"), node.field("alternative"), depth);
            case "call_expression" -> call(node).or(() -> returned(node, depth));
            case "member_expression" -> field(node, depth).or(() -> member(node, depth));
            case "subscript_expression" -> element(node, depth);
            case "identifier" -> name(node, depth);
            case "object" -> object(node, depth);
            default -> Optional.empty();
        };
    }

    private static Optional<String> binary(SyntaxNode node, int depth) {
        String operator = node.fieldText("operator");
        return switch (operator) {
            case "===", "!==", "==", "!=", "<", ">", "<=", ">=", "in", "instanceof" -> Optional.of("boolean");
            case "??", "||" ->
                union(node.field("left"), node.field("right"), depth)
                        .map(type -> withoutNothing(type, node.field("right").flatMap(it -> of(it, depth + 1))));
            case "+" ->
                union(node.field("left"), node.field("right"), depth)
                        .map(type -> type.contains("string") ? "string" : "number");
            case "-", "*", "/", "%", "**" -> Optional.of("number");
            default -> Optional.empty();
        };
    }

    private static String withoutNothing(String union, Optional<String> last) {
        var parts = new LinkedHashSet<>(List.of(union.split(" \\| ")));
        if (last.filter(it -> it.contains("null")).isEmpty()) {
            parts.remove("null");
        }
        if (last.filter(it -> it.contains("undefined")).isEmpty()) {
            parts.remove("undefined");
        }
        return String.join(" | ", parts);
    }

    private static Optional<String> union(Optional<SyntaxNode> one, Optional<SyntaxNode> other, int depth) {
        Optional<String> left = one.flatMap(it -> of(it, depth + 1));
        Optional<String> right = other.flatMap(it -> of(it, depth + 1));
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        var parts = new LinkedHashSet<String>(List.of(left.get().split(" \\| ")));
        parts.addAll(List.of(right.get().split(" \\| ")));
        return Optional.of(String.join(" | ", parts));
    }

    private static Optional<String> call(SyntaxNode node) {
        String callee = node.fieldText("function");
        String property = Names.calledProperty(node);
        if (callee.matches("(?s).*\\b(searchParams|headers|params|query)\\??\\.get")) {
            return Optional.of("string | null");
        }
        if (TEXT.contains(property)
                || Set.of(
                                "String",
                                "nanoid",
                                "uuid",
                                "uuidv4",
                                "decodeURIComponent",
                                "encodeURIComponent",
                                "JSON.stringify")
                        .contains(callee)) {
            return Optional.of("string");
        }
        if (Set.of("Date.now", "Number", "parseInt", "parseFloat", "performance.now")
                        .contains(callee)
                || callee.startsWith("Math.")) {
            return Optional.of("number");
        }
        return TESTS.contains(property) || callee.equals("Boolean") ? Optional.of("boolean") : Optional.empty();
    }

    /** What a method of the class returns: as annotated where that is plain, else the type of all that it returns. */
    private static Optional<String> returned(SyntaxNode call, int depth) {
        Optional<SyntaxNode> method = call.enclosing("class_body").stream()
                .flatMap(body -> body.children().stream())
                .filter(member -> member.is("method_definition") && !member.has("async") && !member.has("*"))
                .filter(member -> call.fieldText("function").equals("this." + member.fieldText("name")))
                .findFirst();
        Optional<String> annotated = method.flatMap(it -> it.field("return_type"))
                .map(type -> type.text().replaceFirst("^:\\s*", ""));
        if (method.isEmpty() || annotated.isPresent()) {
            return annotated.filter(ValueType::isPlain);
        }
        List<SyntaxNode> returns = method.flatMap(it -> it.field("body")).stream()
                .flatMap(body -> body.descendants(node -> !Expressions.isFunction(node)))
                .filter(node -> node.is("return_statement"))
                .toList();
        var types = new LinkedHashSet<String>();
        for (SyntaxNode each : returns) {
            Optional<String> type = each.children().stream().findFirst().flatMap(value -> of(value, depth + 1));
            if (type.isEmpty()) {
                return Optional.empty();
            }
            types.add(type.get());
        }
        return types.isEmpty() ? Optional.empty() : Optional.of(String.join(" | ", types));
    }

    /** The type of a field of the class, as it is declared in TypeScript: elsewhere anything may be put into it. */
    private static Optional<String> field(SyntaxNode node, int depth) {
        boolean own = node.field("object").filter(it -> it.is("this")).isPresent()
                && node.tree().grammar().typed();
        return own
                ? node.enclosing("class_body").stream()
                        .flatMap(body -> body.children().stream())
                        .filter(member -> member.is("public_field_definition")
                                && member.fieldText("name").equals(node.fieldText("property")))
                        .findFirst()
                        .flatMap(member -> annotation(member).isPresent()
                                ? annotation(member).filter(ValueType::isPlain)
                                : member.field("value").flatMap(value -> of(value, depth + 1)))
                        .filter(ValueType::isPlain)
                : Optional.empty();
    }

    /** The type of an element of a list that the script writes down, where all are of one. */
    private static Optional<String> element(SyntaxNode node, int depth) {
        Optional<String> list =
                node.field("object").filter(it -> it.is("identifier")).map(SyntaxNode::text);
        if (list.isEmpty()
                || Names.declaration(node.field("object").orElseThrow()).isPresent()) {
            return Optional.empty();
        }
        List<Optional<String>> types = node.tree().root().children().stream()
                .map(each ->
                        each.is("export_statement") ? each.field("declaration").orElse(each) : each)
                .filter(each -> each.is("lexical_declaration") && each.has("const"))
                .flatMap(each -> each.children().stream())
                .filter(each -> each.fieldText("name").equals(list.get()))
                .flatMap(each -> each.field("value").stream())
                .map(Expressions::bare)
                .filter(value -> value.is("array"))
                .flatMap(value -> value.children().stream())
                .map(value -> of(value, depth + 1))
                .distinct()
                .toList();
        return types.size() == 1 ? types.getFirst().filter(ValueType::isPlain) : Optional.empty();
    }

    private static Optional<String> member(SyntaxNode node, int depth) {
        String property = node.fieldText("property");
        Optional<SyntaxNode> literal = node.field("object")
                .filter(it -> it.is("identifier"))
                .flatMap(Names::declaration)
                .flatMap(it -> it.node().field("value"))
                .map(Expressions::bare)
                .filter(it -> it.is("object"));
        if (literal.isPresent()) {
            return literal.get().children().stream()
                    .filter(it -> it.is("pair") ? it.fieldText("key").equals(property) : it.hasText(property))
                    .findFirst()
                    .flatMap(it -> it.is("pair")
                            ? it.field("value").flatMap(value -> of(value, depth + 1))
                            : name(it, depth + 1));
        }
        if (URL_PARTS.contains(property)) {
            return Optional.of("string");
        }
        return property.equals("length") || property.equals("size") ? Optional.of("number") : Optional.empty();
    }

    private static Optional<String> name(SyntaxNode name, int depth) {
        return Names.declaration(name).flatMap(declared -> of(declared, depth));
    }

    /** The type of a variable or a parameter: as annotated where that is plain, else that of its value. */
    static Optional<String> of(Names.Declaration declared) {
        return of(declared, 0);
    }

    private static Optional<String> of(Names.Declaration declared, int depth) {
        Optional<String> annotated = annotation(declared.node()).filter(ValueType::isPlain);
        if (annotated.isPresent()) {
            return annotated;
        }
        if (declared.node().is("variable_declarator")) {
            return declared.node()
                            .field("name")
                            .filter(it -> it.is("identifier"))
                            .isPresent()
                    ? declared.node().field("value").flatMap(value -> of(value, depth + 1))
                    : Optional.empty();
        }
        return declared.isParameter() ? argument(declared, depth) : Optional.empty();
    }

    static Optional<String> annotation(SyntaxNode declaration) {
        return declaration.field("type").map(type -> type.text().replaceFirst("^:\\s*", ""));
    }

    static boolean isPlain(String type) {
        return type.matches("\\|?\\s*" + PLAIN + "(\\[\\])?(\\s*\\|\\s*" + PLAIN + ")*");
    }

    /** The type of what the class's own calls pass for a parameter. */
    private static Optional<String> argument(Names.Declaration declared, int depth) {
        String method = declared.function().fieldText("name");
        int index = Expressions.parameters(declared.function()).indexOf(declared.node());
        List<SyntaxNode> passed = declared.function().enclosing("class_body").stream()
                .flatMap(SyntaxNode::descendants)
                .filter(node -> node.is("call_expression")
                        && !method.isEmpty()
                        && node.fieldText("function").equals("this." + method))
                .map(Expressions::arguments)
                .filter(arguments -> arguments.size() > index)
                .map(arguments -> arguments.get(index))
                .toList();
        var types = new LinkedHashSet<String>();
        for (SyntaxNode each : passed) {
            Optional<String> type = of(each, depth + 1);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            types.add(type.get());
        }
        return types.isEmpty() ? Optional.empty() : Optional.of(String.join(" | ", types));
    }

    private static Optional<String> object(SyntaxNode node, int depth) {
        var parts = new ArrayList<String>();
        for (SyntaxNode member : node.children()) {
            Optional<String> type =
                    switch (member.kind()) {
                        case "pair" -> member.field("value").flatMap(value -> of(value, depth + 1));
                        case "shorthand_property_identifier" -> name(member, depth + 1);
                        default -> Optional.empty();
                    };
            if (type.isEmpty()) {
                return Optional.empty();
            }
            parts.add((member.is("pair") ? member.fieldText("key") : member.text()) + ": " + type.get());
        }
        return Optional.of(parts.isEmpty() ? "{}" : "{ " + String.join("; ", parts) + " }");
    }
}
