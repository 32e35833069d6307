package dev.dopi.catalog.websockethibernation;

import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a class does when something happens to a socket.
 *
 * @param statement the statement that adds it
 * @param function what it runs
 * @param named the statement that declares the function, where it has a name of its own
 */
record Listener(Kind kind, SyntaxNode statement, SyntaxNode function, Optional<SyntaxNode> named) {

    /** What it waits for. */
    enum Kind {
        MESSAGE,
        CLOSE,
        ERROR
    }

    /** What a listener may ask of its event: all that the handlers of a class are told, too. */
    private static final Set<String> TOLD = Set.of("data", "code", "reason", "wasClean", "error", "message");

    /** Reads {@code node}, where it adds a listener to {@code socket}. */
    static Optional<Listener> of(SyntaxNode node, String socket) throws NotMovable {
        if (node.is("call_expression")) {
            String property = Names.calledProperty(node);
            boolean own = Names.object(node).filter(it -> it.hasText(socket)).isPresent();
            if (own && property.equals("removeEventListener")) {
                throw new NotMovable(
                        "Line %d takes a listener away again, which is not supported yet.".formatted(node.line()));
            }
            if (!own || !property.equals("addEventListener")) {
                return Optional.empty();
            }
            List<SyntaxNode> arguments = Expressions.arguments(node);
            if (arguments.size() != 2) {
                throw new NotMovable(
                        "Line %d adds a listener with options, which is not supported yet.".formatted(node.line()));
            }
            return Optional.of(of(node, arguments.getFirst().text().replaceAll("[\"'`]", ""), arguments.get(1)));
        }
        Optional<SyntaxNode> left = node.is("assignment_expression") ? node.field("left") : Optional.empty();
        if (left.filter(it -> it.text().matches(java.util.regex.Pattern.quote(socket) + "\\.on(message|close|error)"))
                .isEmpty()) {
            return Optional.empty();
        }
        String event = left.get().fieldText("property").substring(2);
        return Optional.of(of(node, event, node.field("right").orElse(node)));
    }

    private static Listener of(SyntaxNode node, String event, SyntaxNode given) throws NotMovable {
        SyntaxNode statement = node.parent()
                .filter(up -> up.is("expression_statement"))
                .orElseThrow(
                        () -> new NotMovable("Line %d adds a listener within an expression, which is not supported yet."
                                .formatted(node.line())));
        Kind kind =
                switch (event) {
                    case "message" -> Kind.MESSAGE;
                    case "close" -> Kind.CLOSE;
                    case "error" -> Kind.ERROR;
                    default ->
                        throw new NotMovable("Line %d listens for %s, for which a class has no handler."
                                .formatted(node.line(), event));
                };
        SyntaxNode function = Expressions.bare(given);
        Optional<SyntaxNode> named = Optional.empty();
        if (function.is("identifier")) {
            Optional<Names.Declaration> declared = Names.declaration(function);
            named = declared.map(Names.Declaration::node)
                    .map(it -> it.is("variable_declarator") ? it.parent().orElse(it) : it);
            function = declared.map(Names.Declaration::node)
                    .flatMap(it ->
                            it.is("variable_declarator") ? it.field("value").map(Expressions::bare) : Optional.of(it))
                    .orElse(function);
        }
        if (!function.is("arrow_function", "function_expression", "function_declaration")) {
            throw new NotMovable("Line %d: %s is not a function that stands here, which is not supported yet."
                    .formatted(node.line(), given.text().lines().findFirst().orElse("")));
        }
        var listener = new Listener(kind, statement, function, named);
        listener.check();
        return listener;
    }

    private void check() throws NotMovable {
        if (!function.is("arrow_function")
                && function.descendants().anyMatch(it -> it.is("this") || it.hasText("arguments"))) {
            throw new NotMovable("Line %d: the listener has a this of its own.".formatted(function.line()));
        }
        if (Expressions.parameters(function).size() > 1) {
            throw new NotMovable("Line %d: a listener gets one argument.".formatted(function.line()));
        }
        Optional<SyntaxNode> parameter = parameter();
        if (parameter.isEmpty()) {
            return;
        }
        SyntaxNode pattern = parameter.get().field("pattern").orElse(parameter.get());
        if (!pattern.is("identifier")) {
            throw new NotMovable(
                    "Line %d: the listener takes its event apart in its parameters, which is not supported yet."
                            .formatted(function.line()));
        }
        for (SyntaxNode use : uses(pattern.text())) {
            Optional<SyntaxNode> member = use.parent().filter(up -> up.is("member_expression"));
            if (kind == Kind.ERROR && isShown(use)) {
                continue;
            }
            if (member.filter(it -> TOLD.contains(it.fieldText("property"))).isEmpty()) {
                throw new NotMovable(
                        "Line %d uses the event itself, where a class's handler is only told what is in it."
                                .formatted(use.line()));
            }
        }
    }

    /** Whether {@code use} of an error's event only shows it: there the error itself, which a handler is told, says more. */
    static boolean isShown(SyntaxNode use) {
        return use.parent()
                .filter(up -> up.is("template_substitution")
                        || up.is("arguments")
                                && up.parent()
                                        .filter(call ->
                                                call.fieldText("function").matches("String|console\\.\\w+"))
                                        .isPresent())
                .isPresent();
    }

    Optional<SyntaxNode> parameter() {
        return Expressions.parameters(function).stream().findFirst();
    }

    /** Returns each place of the body that names the event. */
    List<SyntaxNode> uses(String event) {
        return function.field("body").stream()
                .flatMap(SyntaxNode::descendants)
                .filter(node -> Names.isName(node) && node.hasText(event))
                .filter(node -> Names.declaration(node)
                        .filter(it -> it.function().span().equals(function.span()))
                        .isPresent())
                .toList();
    }

    boolean async() {
        return function.has("async");
    }
}
