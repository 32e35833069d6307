package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The form of a key in the key-value store: what of it is written down, and what varies.
 *
 * @param text with {@code <…>} for what varies
 * @param varying the code of what varies first; empty for a single key
 * @param source what that code is worked out from, such as the value of a variable
 */
record KeyForm(String text, Optional<String> varying, String source) {

    private static final int DEPTH = 8;
    private static final Pattern TIME = Pattern.compile(
            "(?i)date\\.now|new date|toISOString|timestamp|\\bts\\b|\\bnow\\b|\\btime\\b|ulid|\\bperformance\\.now|(created|sent|received|logged)_?at");
    private static final Pattern FRESH =
            Pattern.compile("(?i)randomUUID|uuid|nanoid|cuid|math\\.random|createId|generateId");
    private static final Pattern COUNTED = Pattern.compile(
            "(?i)\\+\\+|seq|counter|next_?id|last_?id|padStart|(message|event|entry)_?(id|count|index)\\b");
    private static final Pattern FEW = Pattern.compile(
            "(?i)^(i|j|n|idx|index|chunk\\w*|part\\w*|shard\\w*|step\\w*|type|kind|status|state|field|prop|property|option|setting|flag|level|tier|mode|version|lang\\w*|locale)$");

    private static final Pattern OWN = Pattern.compile("this\\.#?\\w+");

    /** What makes one key of a form differ from the next. */
    enum Varies {
        NOT,
        /** By time, so that each write makes another key. */
        TIME,
        /** By a fresh id or a count: each new thing makes another key. */
        FRESH,
        /** By what the object itself holds and does not count up: mostly its own name. */
        OWN,
        /** By something of which there are few. */
        FEW,
        /** By the name of something. */
        NAME
    }

    Varies varies() {
        if (varying.isEmpty()) {
            return Varies.NOT;
        }
        String code = varying.get() + " " + source;
        if (TIME.matcher(code).find()) {
            return Varies.TIME;
        }
        if (FRESH.matcher(code).find() || COUNTED.matcher(code).find()) {
            return Varies.FRESH;
        }
        if (OWN.matcher(varying.get()).matches()) {
            return Varies.OWN;
        }
        String last = varying.get().replaceAll("^.*[.\\s]", "");
        return FEW.matcher(last).matches() ? Varies.FEW : Varies.NAME;
    }

    boolean single() {
        return varying.isEmpty();
    }

    /** Whether nothing of the key is written down. */
    boolean unknown() {
        return !single() && text.startsWith("<") && text.indexOf('>') == text.length() - 1;
    }

    /** Returns what every key of this form begins with. */
    String prefix() {
        int hole = text.indexOf('<');
        return single() || hole < 0 ? text : text.substring(0, hole);
    }

    /** Returns whether a key of {@code other} can be one of this form. */
    boolean covers(KeyForm other) {
        if (other.single()) {
            return single() ? text.equals(other.text) : other.text.startsWith(prefix());
        }
        return !single() && (prefix().equals(other.prefix()) || other.prefix().isEmpty());
    }

    /** Returns the forms that {@code expression} can have: several where it is a list. */
    static List<KeyForm> of(SyntaxNode expression, Module module, Resolver resolver) {
        SyntaxNode node = Expressions.bare(expression);
        if (node.is("array")) {
            return node.children().stream()
                    .map(each -> read(each, module, resolver, DEPTH))
                    .toList();
        }
        Optional<SyntaxNode> choice = choice(node);
        if (choice.isPresent()) {
            return Stream.of("consequence", "alternative")
                    .flatMap(side -> choice.get().field(side).stream())
                    .map(each -> read(each, module, resolver, DEPTH))
                    .toList();
        }
        return List.of(read(node, module, resolver, DEPTH));
    }

    /** {@code a ? b : c}, also where a variable is set to it once. */
    private static Optional<SyntaxNode> choice(SyntaxNode node) {
        return (node.is("identifier") ? onlyValue(node) : Optional.of(node)).filter(it -> it.is("ternary_expression"));
    }

    private static Optional<SyntaxNode> onlyValue(SyntaxNode variable) {
        return Variables.local(variable)
                .filter(local -> local.values().size() == 1 && local.appended().isEmpty())
                .map(local -> Expressions.bare(local.values().getFirst()));
    }

    private static KeyForm read(SyntaxNode expression, Module module, Resolver resolver, int depth) {
        SyntaxNode node = Expressions.bare(expression);
        if (depth == 0) {
            return hole(node.text(), "");
        }
        return switch (node.kind()) {
            case "string" -> new KeyForm(SqlTexts.literalText(node), Optional.empty(), "");
            case "template_string" -> template(node, module, resolver, depth);
            case "binary_expression" ->
                node.has("+")
                        ? join(
                                read(node.field("left").orElse(node), module, resolver, depth - 1),
                                read(node.field("right").orElse(node), module, resolver, depth - 1))
                        : hole(node.text(), "");
            case "identifier" -> variable(node, module, resolver, depth);
            case "member_expression" ->
                known(node, module, resolver).orElseGet(() -> hole(node.text(), isCounted(node) ? "++" : ""));
            case "call_expression" -> called(node, module, resolver, depth);
            default -> hole(node.text(), "");
        };
    }

    private static KeyForm hole(String code, String source) {
        String line = code.strip().replaceAll("\\s+", " ");
        String shown = line.contains("toISOString")
                ? "ISO timestamp"
                : line.length() > 40 ? line.substring(0, 37) + "..." : line;
        return new KeyForm("<" + shown + ">", Optional.of(line), source);
    }

    /** Whether the class counts the field up: {@code this.last++}, or {@code this.last = this.last + 1}. */
    private static boolean isCounted(SyntaxNode node) {
        String field = Pattern.quote(node.text());
        return node.text().matches("this\\.#?\\w+")
                && node.enclosing("class_body")
                        .filter(body -> Pattern.compile(
                                        field + "\\s*(\\+\\+|\\+=|=\\s*" + field + "\\s*\\+)|\\+\\+\\s*" + field)
                                .matcher(body.text())
                                .find())
                        .isPresent();
    }

    private static KeyForm join(KeyForm left, KeyForm right) {
        return new KeyForm(
                left.text + right.text, left.varying.or(right::varying), (left.source + " " + right.source).strip());
    }

    private static KeyForm template(SyntaxNode node, Module module, Resolver resolver, int depth) {
        var form = new KeyForm("", Optional.empty(), "");
        for (SyntaxNode part : node.children()) {
            KeyForm next = part.is("template_substitution")
                    ? read(part.children().stream().findFirst().orElse(part), module, resolver, depth - 1)
                    : new KeyForm(SqlTexts.piece(part), Optional.empty(), "");
            form = join(form, next);
        }
        return form;
    }

    private static Optional<KeyForm> known(SyntaxNode node, Module module, Resolver resolver) {
        List<SqlText> texts = new SqlTexts(module, resolver).of(node);
        return texts.size() == 1
                        && texts.getFirst().dynamic().isEmpty()
                        && texts.getFirst().holes().isEmpty()
                ? Optional.of(new KeyForm(texts.getFirst().text(), Optional.empty(), ""))
                : Optional.empty();
    }

    private static KeyForm variable(SyntaxNode node, Module module, Resolver resolver, int depth) {
        Optional<SyntaxNode> value = onlyValue(node);
        if (value.isPresent()) {
            KeyForm form = read(value.get(), module, resolver, depth - 1);
            // What is only called by another name keeps its own: what it is worked out from tells how it varies.
            return form.prefix().isEmpty() && !form.single()
                    ? hole(
                            form.text.contains("ISO timestamp") || form.text.contains("Date.now")
                                    ? form.varying.orElse("")
                                    : node.text(),
                            value.get().text() + " " + form.source)
                    : form;
        }
        return known(node, module, resolver).orElseGet(() -> hole(node.text(), ""));
    }

    /** A function of the project's own that makes keys. */
    private static KeyForm called(SyntaxNode node, Module module, Resolver resolver, int depth) {
        SyntaxNode callee = node.field("function").map(Expressions::bare).orElse(node);
        Optional<SyntaxNode> function = Optional.empty();
        Module home = module;
        if (callee.is("identifier")
                && resolver.value(module, callee) instanceof Target.Other(Module there, SyntaxNode value)
                && Expressions.isFunction(value)) {
            function = Optional.of(value);
            home = there;
        } else if (callee.is("member_expression") && callee.fieldText("object").equals("this")) {
            function = node.enclosing("class_body").stream()
                    .flatMap(body -> body.children().stream())
                    .filter(member -> member.is("method_definition")
                            && member.fieldText("name").equals(callee.fieldText("property")))
                    .findFirst();
        }
        Optional<SyntaxNode> result = function.flatMap(KeyForm::result);
        if (result.isEmpty()) {
            return hole(node.text(), "");
        }
        String arguments = node.fieldText("arguments");
        KeyForm form = read(result.get(), home, resolver, depth - 1);
        return new KeyForm(form.text, form.varying, form.source + " " + arguments);
    }

    private static Optional<SyntaxNode> result(SyntaxNode function) {
        Optional<SyntaxNode> body = function.field("body");
        if (body.filter(it -> !it.is("statement_block")).isPresent()) {
            return body;
        }
        List<SyntaxNode> returned = body.stream()
                .flatMap(it -> it.descendants(node -> !Expressions.isFunction(node)))
                .filter(node -> node.is("return_statement"))
                .flatMap(node -> node.children().stream())
                .toList();
        return returned.size() == 1 ? Optional.of(returned.getFirst()) : Optional.empty();
    }
}
