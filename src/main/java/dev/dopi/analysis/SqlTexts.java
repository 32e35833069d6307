package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.source.Paths;
import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The SQL that an expression stands for, worked out without running anything.
 *
 * <p>Literals, templates, constants of this and other modules, imported {@code .sql} files, concatenations, choices,
 * arrays and lists of objects that hold SQL are understood. What is only known at run time is said to be so and never
 * guessed.
 */
final class SqlTexts {

    private static final int DEPTH = 14;
    private static final int MOST_VARIANTS = 8;
    private static final Set<String> KEYS =
            Set.of("sql", "query", "statement", "statements", "up", "ddl", "text", "queries", "migrations", "schema");
    private static final Set<String> LISTED = Set.of(
            "filter",
            "slice",
            "sort",
            "toSorted",
            "reverse",
            "map",
            "flatMap",
            "concat",
            "flat",
            "trim",
            "trimStart",
            "trimEnd",
            "replace",
            "replaceAll",
            "split",
            "toString");
    private static final Set<String> PLAIN_TAGS =
            Set.of("String.raw", "dedent", "outdent", "stripIndent", "sql", "SQL");

    private final Module module;
    private final Resolver resolver;

    SqlTexts(Module module, Resolver resolver) {
        this.module = module;
        this.resolver = resolver;
    }

    /** Returns what {@code node} stands for: one text, each element of an array, or each that a choice may give. */
    List<SqlText> of(SyntaxNode node) {
        return of(node, module, DEPTH);
    }

    /** Returns the text of the tagged template {@code node}, whose substitutions are bindings. */
    SqlText tagged(SyntaxNode node) {
        var text = new SqlText.Builder();
        for (SyntaxNode part : node.children()) {
            if (part.is("template_substitution")) {
                text.bind(inside(part).text());
            } else {
                text.add(piece(part));
            }
        }
        return text.build(node);
    }

    private List<SqlText> of(SyntaxNode expression, Module home, int depth) {
        SyntaxNode node = Expressions.bare(expression);
        if (depth == 0) {
            return List.of(SqlText.unknown(node, "it is defined by way of itself or too many others"));
        }
        return switch (node.kind()) {
            case "string" -> List.of(SqlText.known(literalText(node), node));
            case "number" -> List.of(SqlText.known(node.text(), node));
            case "template_string" -> template(node, home, depth);
            case "binary_expression" -> binary(node, home, depth);
            case "ternary_expression" -> choice(node, home, depth);
            case "array" ->
                node.children().stream()
                        .flatMap(each -> of(each, home, depth - 1).stream())
                        .toList();
            case "spread_element" ->
                node.children().stream()
                        .flatMap(each -> of(each, home, depth - 1).stream())
                        .toList();
            case "object" -> object(node, home, depth);
            case "identifier", "shorthand_property_identifier" -> identifier(node, home, depth);
            case "member_expression" -> member(node, home, depth);
            case "subscript_expression" ->
                node.field("object").stream()
                        .flatMap(it -> of(it, home, depth - 1).stream())
                        .toList();
            case "call_expression" -> call(node, home, depth);
            default -> List.of(SqlText.unknown(node, "it is put together at run time"));
        };
    }

    private List<SqlText> template(SyntaxNode node, Module home, int depth) {
        List<SqlText.Builder> variants = List.of(new SqlText.Builder());
        for (SyntaxNode part : node.children()) {
            if (!part.is("template_substitution")) {
                variants.forEach(text -> text.add(piece(part)));
                continue;
            }
            variants = extended(
                    variants,
                    inside(part),
                    home,
                    depth,
                    "it interpolates " + inside(part).text());
        }
        return variants.stream().map(text -> text.build(node)).toList();
    }

    /** Adds what {@code part} stands for to each of {@code variants}; several known texts make several of each. */
    private List<SqlText.Builder> extended(
            List<SqlText.Builder> variants, SyntaxNode part, Module home, int depth, String why) {
        List<SqlText> texts = of(part, home, depth - 1);
        boolean known = !texts.isEmpty()
                && texts.stream().allMatch(text -> text.dynamic().isEmpty())
                && variants.size() * texts.size() <= MOST_VARIANTS;
        if (!known) {
            variants.forEach(text -> text.unknown(part.text(), why));
            return variants;
        }
        return variants.stream()
                .flatMap(text -> texts.stream().map(each -> text.copy().add(each)))
                .toList();
    }

    private List<SqlText> binary(SyntaxNode node, Module home, int depth) {
        if (node.has("||") || node.has("??")) {
            return node.field("left").map(left -> of(left, home, depth - 1)).orElse(List.of());
        }
        if (!node.has("+")) {
            return List.of(SqlText.unknown(node, "it is put together at run time"));
        }
        List<SqlText.Builder> variants = List.of(new SqlText.Builder());
        for (SyntaxNode side : Stream.of(node.field("left"), node.field("right"))
                .flatMap(Optional::stream)
                .toList()) {
            variants = extended(variants, side, home, depth, "it appends " + side.text());
        }
        return variants.stream().map(text -> text.build(node)).toList();
    }

    private List<SqlText> choice(SyntaxNode node, Module home, int depth) {
        return Stream.of(node.field("consequence"), node.field("alternative"))
                .flatMap(Optional::stream)
                .flatMap(side -> of(side, home, depth - 1).stream())
                .toList();
    }

    /** The SQL that an object holds under a telling key, or under any where none tells. */
    private List<SqlText> object(SyntaxNode node, Module home, int depth) {
        List<SyntaxNode> telling = node.children().stream()
                .filter(pair -> KEYS.contains(key(pair)))
                .toList();
        return (telling.isEmpty() ? node.children() : telling)
                .stream()
                        .flatMap(pair -> value(pair).stream())
                        .filter(value -> !Expressions.isFunction(value))
                        .flatMap(value -> of(value, home, depth - 1).stream())
                        .toList();
    }

    private static String key(SyntaxNode pair) {
        return pair.is("pair") ? pair.fieldText("key") : pair.text();
    }

    private static Optional<SyntaxNode> value(SyntaxNode pair) {
        return pair.is("pair")
                ? pair.field("value")
                : pair.is("shorthand_property_identifier", "spread_element") ? Optional.of(pair) : Optional.empty();
    }

    private List<SqlText> identifier(SyntaxNode node, Module home, int depth) {
        Optional<SyntaxNode> loop = Variables.looped(node);
        if (loop.isPresent()) {
            return of(loop.get(), home, depth - 1);
        }
        Optional<Variables.Local> local = Variables.local(node);
        if (local.isPresent()) {
            return local(local.get(), node, home, depth);
        }
        if (Variables.isParameter(node)) {
            return List.of(SqlText.unknown(node, "it is the parameter " + node.text()));
        }
        Optional<SqlText> file = imported(node, home);
        if (file.isPresent()) {
            return List.of(file.get());
        }
        return switch (resolver.local(home, node.text()).orElse(new Target.Other(home, node))) {
            case Target.Other(Module there, SyntaxNode value)
            when value != node && !value.is("identifier") -> of(value, there, depth - 1);
            case Target.External external ->
                List.of(SqlText.unknown(node, "%s comes from %s".formatted(node.text(), external.packageName())));
            default -> List.of(SqlText.unknown(node, "%s is not a constant of the project".formatted(node.text())));
        };
    }

    /** What a variable may hold: each value that it is given, with none and with all of what is appended in conditions. */
    private List<SqlText> local(Variables.Local local, SyntaxNode use, Module home, int depth) {
        List<SqlText> values = local.values().stream()
                .flatMap(value -> of(value, home, depth - 1).stream())
                .filter(text -> local.values().size() == 1
                        || !text.text().isBlank()
                        || text.dynamic().isPresent())
                .toList();
        if (local.appended().isEmpty()) {
            return values;
        }
        var variants = new ArrayList<SqlText>();
        for (SqlText value : values.size() > MOST_VARIANTS ? values.subList(0, 1) : values) {
            for (boolean all : local.conditional() ? new boolean[] {false, true} : new boolean[] {true}) {
                List<SqlText.Builder> texts = List.of(new SqlText.Builder().add(value));
                for (Variables.Append append : local.appended()) {
                    if (all || !append.conditional()) {
                        texts = extended(
                                texts,
                                append.value(),
                                home,
                                depth,
                                "line %d appends to it".formatted(append.value().line()));
                    }
                }
                texts.forEach(text -> variants.add(text.build(use)));
            }
        }
        return variants;
    }

    /** The text of a {@code .sql} file that the project's bundler imports as text. */
    private Optional<SqlText> imported(SyntaxNode node, Module home) {
        Module.Reference reference = home.imports().get(node.text());
        if (reference == null) {
            return Optional.empty();
        }
        String specifier = reference.specifier().replaceFirst("\\?.*$", "");
        if (!specifier.endsWith(".sql") || !specifier.startsWith(".")) {
            return Optional.empty();
        }
        return Paths.join(Paths.folder(home.path()), specifier)
                .flatMap(path -> resolver.project().read(path))
                .map(SqlTexts::whole);
    }

    private static SqlText whole(SourceFile file) {
        return new SqlText(file.text(), file.path(), new Span(0, file.text().length()), 1, List.of(), Optional.empty());
    }

    /** A static or instance field with a value of its own, a property of a constant, or of what is looped over. */
    private List<SqlText> member(SyntaxNode node, Module home, int depth) {
        String property = node.fieldText("property");
        SyntaxNode object = node.field("object").map(Expressions::bare).orElse(node);
        if (object.is("identifier")) {
            Optional<SyntaxNode> list = Variables.looped(object);
            if (list.isPresent()) {
                return of(list.get(), home, depth - 1);
            }
            Optional<SyntaxNode> constant = constant(object, home);
            if (constant.isPresent()) {
                return constant.filter(value -> value.is("object"))
                        .flatMap(value -> value.children().stream()
                                .filter(pair -> key(pair).equals(property))
                                .findFirst())
                        .flatMap(SqlTexts::value)
                        .map(value -> of(value, moduleOf(object, home), depth - 1))
                        .orElseGet(() -> List.of(SqlText.unknown(node, "it is put together at run time")));
            }
        }
        return field(node, home, property)
                .map(value -> of(value, home, depth - 1))
                .orElseGet(() -> List.of(SqlText.unknown(node, "%s is not a constant".formatted(node.text()))));
    }

    private Optional<SyntaxNode> constant(SyntaxNode name, Module home) {
        return Variables.local(name)
                .filter(local -> local.values().size() == 1 && local.appended().isEmpty())
                .map(local -> Expressions.bare(local.values().getFirst()))
                .or(() -> resolver.value(home, name) instanceof Target.Other(Module _, SyntaxNode value)
                                && value.is("object")
                        ? Optional.of(value)
                        : Optional.empty());
    }

    private Module moduleOf(SyntaxNode name, Module home) {
        return resolver.value(home, name) instanceof Target.Other(Module there, SyntaxNode _) ? there : home;
    }

    private Optional<SyntaxNode> field(SyntaxNode node, Module home, String property) {
        String object = node.fieldText("object");
        Optional<SyntaxNode> body =
                node.ancestors().filter(up -> up.is("class_body")).findFirst();
        if (!object.equals("this") && !object.equals("this.constructor")) {
            body = Optional.ofNullable(home.declarations().get(object)).flatMap(it -> it.field("body"));
        }
        return body.stream()
                .flatMap(it -> it.children().stream())
                .filter(field -> field.is("public_field_definition", "field_definition"))
                .filter(field -> field.has("static") || field.has("readonly"))
                .filter(field -> ClassBody.memberName(field).equals(property))
                .flatMap(field -> field.field("value").stream())
                .findFirst();
    }

    private List<SqlText> call(SyntaxNode node, Module home, int depth) {
        Optional<SyntaxNode> tag = node.field("arguments").filter(it -> it.is("template_string"));
        if (tag.isPresent()) {
            return PLAIN_TAGS.contains(node.fieldText("function"))
                    ? template(tag.get(), home, depth)
                    : List.of(SqlText.unknown(node, "it is made by the tag " + node.fieldText("function")));
        }
        Optional<SyntaxNode> object = node.field("function").flatMap(function -> function.field("object"));
        String called = Expressions.calledProperty(node).orElse("");
        if (object.isPresent() && called.equals("join")) {
            return joined(node, object.get(), home, depth);
        }
        if (object.filter(it -> it.hasText("Object")).isPresent() && called.matches("values|entries")) {
            return Expressions.arguments(node).stream()
                    .flatMap(it -> of(it, home, depth - 1).stream())
                    .toList();
        }
        if (object.isPresent() && LISTED.contains(called)) {
            return of(object.get(), home, depth - 1);
        }
        return wrapped(node, home, depth)
                .orElseGet(
                        () -> List.of(SqlText.unknown(node, "it is made by the call " + node.fieldText("function"))));
    }

    private List<SqlText> joined(SyntaxNode node, SyntaxNode object, Module home, int depth) {
        List<SqlText> parts = of(object, home, depth - 1);
        if (parts.isEmpty() || isAddedTo(object)) {
            return List.of(SqlText.unknown(node, object.text() + " is filled at run time"));
        }
        String separator = Expressions.arguments(node).stream()
                .findFirst()
                .filter(it -> it.is("string"))
                .map(SqlTexts::literalText)
                .orElse(",");
        var text = new SqlText.Builder();
        for (int i = 0; i < parts.size(); i++) {
            text.add(i == 0 ? "" : separator).add(parts.get(i));
        }
        return List.of(text.build(node));
    }

    /** Whether more is put into the list {@code name} where it is used: then its first elements are not all. */
    private static boolean isAddedTo(SyntaxNode name) {
        String list = Expressions.bare(name).text();
        return name.enclosing("method_definition", "function_declaration", "arrow_function", "function_expression")
                .filter(function -> function.text().contains(list + ".push(")
                        || function.text().contains(list + ".unshift("))
                .isPresent();
    }

    /** What a function of the project that takes a text and puts something around it is given. */
    private Optional<List<SqlText>> wrapped(SyntaxNode node, Module home, int depth) {
        List<SyntaxNode> arguments = Expressions.arguments(node);
        Optional<SyntaxNode> name = node.field("function").filter(it -> it.is("identifier"));
        if (arguments.size() != 1 || name.isEmpty()) {
            return Optional.empty();
        }
        boolean function = resolver.value(home, name.get()) instanceof Target.Other(Module _, SyntaxNode value)
                && Expressions.isFunction(value);
        List<SqlText> given = of(arguments.getFirst(), home, depth - 1);
        return function && given.stream().allMatch(text -> text.dynamic().isEmpty() && text.looksLikeSql())
                ? Optional.of(given)
                : Optional.empty();
    }

    private static SyntaxNode inside(SyntaxNode substitution) {
        return substitution.children().stream().findFirst().orElse(substitution);
    }

    static String literalText(SyntaxNode string) {
        var text = new StringBuilder();
        string.children().forEach(part -> text.append(piece(part)));
        return text.toString();
    }

    static String piece(SyntaxNode part) {
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
