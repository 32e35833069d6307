package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The SQL that an expression stands for, worked out without running anything.
 *
 * <p>Literals, templates, constants of this and other modules, concatenations and arrays are understood. What is only
 * known at run time is said to be so and never guessed.
 */
final class SqlTexts {

    private static final int DEPTH = 12;

    private final Module module;
    private final Resolver resolver;

    SqlTexts(Module module, Resolver resolver) {
        this.module = module;
        this.resolver = resolver;
    }

    /**
     * One text.
     *
     * @param text the SQL; a part that is not known stands as {@code ?}
     * @param literal the node that holds it whole, or most nearly
     * @param home the module that {@code literal} stands in
     * @param values what stands between the parts of a tagged template, as source text
     * @param dynamic why it is not fully known
     */
    record SqlText(String text, SyntaxNode literal, Module home, List<String> values, Optional<String> dynamic) {}

    /** Returns what {@code node} stands for: one text, or each element of an array. */
    List<SqlText> of(SyntaxNode node) {
        return of(node, module, DEPTH);
    }

    /** Returns the text of the tagged template {@code node}, whose substitutions are bindings. */
    SqlText tagged(SyntaxNode node) {
        var text = new StringBuilder();
        var values = new ArrayList<String>();
        for (SyntaxNode part : node.children()) {
            if (part.is("template_substitution")) {
                text.append('?');
                values.add(part.children().stream()
                        .findFirst()
                        .map(SyntaxNode::text)
                        .orElse(""));
            } else {
                text.append(piece(part));
            }
        }
        return new SqlText(text.toString(), node, module, List.copyOf(values), Optional.empty());
    }

    private List<SqlText> of(SyntaxNode expression, Module home, int depth) {
        SyntaxNode node = Expressions.bare(expression);
        if (depth == 0) {
            return List.of(unknown(node, home, "it is defined by way of itself or too many others"));
        }
        return switch (node.kind()) {
            case "string" -> List.of(known(literalText(node), node, home));
            case "template_string" -> List.of(template(node, home, depth));
            case "binary_expression" -> List.of(concatenation(node, home, depth));
            case "array" ->
                node.children().stream()
                        .flatMap(each -> of(each, home, depth - 1).stream())
                        .toList();
            case "identifier" -> identifier(node, home, depth);
            case "member_expression" -> member(node, home, depth);
            case "call_expression" -> call(node, home, depth);
            default -> List.of(unknown(node, home, "it is put together at run time"));
        };
    }

    private SqlText template(SyntaxNode node, Module home, int depth) {
        var text = new StringBuilder();
        Optional<String> dynamic = Optional.empty();
        for (SyntaxNode part : node.children()) {
            if (!part.is("template_substitution")) {
                text.append(piece(part));
                continue;
            }
            SyntaxNode inside = part.children().stream().findFirst().orElse(part);
            Optional<SqlText> constant = constant(inside, home, depth);
            text.append(constant.map(SqlText::text).orElse("?"));
            if (constant.isEmpty() && dynamic.isEmpty()) {
                dynamic = Optional.of("it interpolates " + inside.text());
            }
        }
        return new SqlText(text.toString(), node, home, List.of(), dynamic);
    }

    /** Returns the one fully known text that {@code node} stands for; numbers count. */
    private Optional<SqlText> constant(SyntaxNode node, Module home, int depth) {
        if (node.is("number")) {
            return Optional.of(known(node.text(), node, home));
        }
        List<SqlText> texts = of(node, home, depth - 1);
        return texts.size() == 1 && texts.getFirst().dynamic().isEmpty()
                ? Optional.of(texts.getFirst())
                : Optional.empty();
    }

    private SqlText concatenation(SyntaxNode node, Module home, int depth) {
        if (!node.has("+")) {
            return unknown(node, home, "it is put together at run time");
        }
        var text = new StringBuilder();
        Optional<String> dynamic = Optional.empty();
        for (SyntaxNode side :
                List.of(node.field("left").orElse(node), node.field("right").orElse(node))) {
            Optional<SqlText> part = side == node ? Optional.empty() : constant(side, home, depth);
            text.append(part.map(SqlText::text).orElse("?"));
            if (part.isEmpty() && dynamic.isEmpty()) {
                dynamic = Optional.of("it appends " + side.text());
            }
        }
        return new SqlText(text.toString(), node, home, List.of(), dynamic);
    }

    private List<SqlText> identifier(SyntaxNode node, Module home, int depth) {
        Optional<SyntaxNode> loop = looped(node);
        if (loop.isPresent()) {
            return of(loop.get(), home, depth - 1);
        }
        Optional<SyntaxNode> local = localConstant(node);
        if (local.isPresent()) {
            return of(local.get(), home, depth - 1);
        }
        if (isParameter(node)) {
            return List.of(unknown(node, home, "it is the parameter " + node.text()));
        }
        return switch (resolver.local(home, node.text()).orElse(new Target.Other(home, node))) {
            case Target.Other(Module there, SyntaxNode value)
            when value != node && !value.is("identifier") -> of(value, there, depth - 1);
            case Target.External external ->
                List.of(unknown(node, home, "%s comes from %s".formatted(node.text(), external.packageName())));
            default -> List.of(unknown(node, home, "%s is not a constant of the project".formatted(node.text())));
        };
    }

    /** A static or instance field with a value of its own: {@code this.NAME}, {@code Class.NAME}. */
    private List<SqlText> member(SyntaxNode node, Module home, int depth) {
        String property = node.fieldText("property");
        String object = node.fieldText("object");
        Optional<SyntaxNode> body =
                node.ancestors().filter(up -> up.is("class_body")).findFirst();
        if (!object.equals("this") && !object.equals("this.constructor")) {
            SyntaxNode declared = home.declarations().get(object);
            if (declared != null && declared.is("variable_declarator")) {
                return declared.field("value")
                        .map(Expressions::bare)
                        .filter(value -> value.is("object"))
                        .flatMap(value -> value.children().stream()
                                .filter(pair ->
                                        pair.is("pair") && pair.fieldText("key").equals(property))
                                .findFirst())
                        .flatMap(pair -> pair.field("value"))
                        .map(value -> of(value, home, depth - 1))
                        .orElseGet(() -> List.of(unknown(node, home, "it is put together at run time")));
            }
            body = Optional.ofNullable(declared).flatMap(it -> it.field("body"));
        }
        return body.stream()
                .flatMap(it -> it.children().stream())
                .filter(field -> field.is("public_field_definition", "field_definition"))
                .filter(field -> field.has("static") || field.has("readonly"))
                .filter(field -> field.field("name")
                        .or(() -> field.field("property"))
                        .map(SyntaxNode::text)
                        .orElse("")
                        .equals(property))
                .flatMap(field -> field.field("value").stream())
                .findFirst()
                .map(value -> of(value, home, depth - 1))
                .orElseGet(() -> List.of(unknown(node, home, "%s is not a constant".formatted(node.text()))));
    }

    private List<SqlText> call(SyntaxNode node, Module home, int depth) {
        Optional<SyntaxNode> tag = node.field("arguments").filter(it -> it.is("template_string"));
        if (tag.isPresent()) {
            return node.fieldText("function").equals("String.raw")
                    ? List.of(template(tag.get(), home, depth))
                    : List.of(unknown(node, home, "it is made by the tag " + node.fieldText("function")));
        }
        Optional<SyntaxNode> object = node.field("function").flatMap(function -> function.field("object"));
        String called = Expressions.calledProperty(node).orElse("");
        if (object.isPresent() && called.equals("trim")) {
            return of(object.get(), home, depth - 1);
        }
        if (object.isPresent() && called.equals("join")) {
            List<SqlText> parts = of(object.get(), home, depth - 1);
            String separator = Expressions.arguments(node).stream()
                    .findFirst()
                    .filter(it -> it.is("string"))
                    .map(SqlTexts::literalText)
                    .orElse(",");
            Optional<String> dynamic =
                    parts.stream().flatMap(it -> it.dynamic().stream()).findFirst();
            String text =
                    String.join(separator, parts.stream().map(SqlText::text).toList());
            return List.of(new SqlText(text, node, home, List.of(), dynamic));
        }
        return List.of(unknown(node, home, "it is made by the call " + node.fieldText("function")));
    }

    /** Returns what is looped over where {@code node} is the variable of a {@code for … of} or a {@code forEach}. */
    private static Optional<SyntaxNode> looped(SyntaxNode node) {
        for (SyntaxNode up : node.ancestors().toList()) {
            if (up.is("for_in_statement")
                    && up.has("of")
                    && up.fieldText("left").equals(node.text())) {
                return up.field("right");
            }
            if (up.is("arrow_function", "function_expression")
                    && firstParameter(up).equals(node.text())
                    && up.parent()
                            .flatMap(SyntaxNode::parent)
                            .filter(call -> call.is("call_expression"))
                            .isPresent()) {
                SyntaxNode call = up.parent().flatMap(SyntaxNode::parent).orElseThrow();
                if (Expressions.calledProperty(call)
                        .filter(it -> it.equals("forEach") || it.equals("map"))
                        .isPresent()) {
                    return call.field("function").flatMap(function -> function.field("object"));
                }
            }
            if (Expressions.isFunction(up) && !up.is("arrow_function", "function_expression")) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static String firstParameter(SyntaxNode function) {
        return function.field("parameter")
                .or(() -> function.field("parameters")
                        .flatMap(it -> it.children().stream().findFirst()))
                .map(it -> it.field("pattern").orElse(it).text())
                .orElse("");
    }

    private static Optional<SyntaxNode> localConstant(SyntaxNode node) {
        for (SyntaxNode up : node.ancestors().toList()) {
            if (up.is("statement_block")) {
                Optional<SyntaxNode> found = up.children().stream()
                        .filter(statement -> statement.is("lexical_declaration") && statement.has("const"))
                        .flatMap(statement -> statement.children().stream())
                        .filter(declarator -> declarator.fieldText("name").equals(node.text()))
                        .flatMap(declarator -> declarator.field("value").stream())
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isParameter(SyntaxNode node) {
        return node.ancestors()
                .filter(Expressions::isFunction)
                .flatMap(function -> function.field("parameters").stream())
                .flatMap(parameters -> parameters.children().stream())
                .anyMatch(parameter ->
                        parameter.field("pattern").orElse(parameter).text().equals(node.text()));
    }

    private static SqlText known(String text, SyntaxNode node, Module home) {
        return new SqlText(text, node, home, List.of(), Optional.empty());
    }

    private static SqlText unknown(SyntaxNode node, Module home, String why) {
        return new SqlText("", node, home, List.of(), Optional.of(why));
    }

    private static String literalText(SyntaxNode string) {
        var text = new StringBuilder();
        string.children().forEach(part -> text.append(piece(part)));
        return text.toString();
    }

    private static String piece(SyntaxNode part) {
        return part.is("escape_sequence") ? unescaped(part.text()) : part.text();
    }

    private static String unescaped(String escape) {
        return switch (escape.length() > 1 ? escape.charAt(1) : ' ') {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '\n', '\r' -> "";
            case 'u', 'x' -> "?";
            default -> escape.substring(Math.min(1, escape.length()));
        };
    }
}
