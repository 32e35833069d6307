package dev.dopi.catalog.websockethibernation;

import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a class answers to one certain text of a client, such as {@code "pong"} to {@code "ping"}: the runtime can do that
 * without waking the object, since both are the same each time and nothing else happens.
 *
 * @param statement the statement that answers
 * @param request the text that it is compared with
 * @param response what is sent then
 */
record FixedAnswer(SyntaxNode statement, Text request, Text response) {

    /**
     * A text that is always the same.
     *
     * @param code as the class writes it, maybe a name
     * @param literal what can be written for it in another file
     */
    record Text(String code, String literal) {}

    /**
     * The same in words.
     *
     * @param fixed that there is such an answer, as a sentence
     * @param left why an answer that looks like one is none, as a sentence
     */
    record Told(Optional<String> fixed, Optional<String> left) {

        static final Told NOTHING = new Told(Optional.empty(), Optional.empty());
    }

    /** The runtime takes no longer texts. */
    private static final int LONGEST = 2_048;

    private static final Set<String> READING =
            Set.of("deserializeAttachment", "get", "has", "getTags", "#connectionOf");
    private static final Pattern PARSED_PING =
            Pattern.compile("(?i)[\\w.\\]\\[\"']+ ={2,3} *[\"'`](ping|heartbeat|keep-?alive)[\"'`]");

    /**
     * What was found.
     *
     * @param left why an answer that looks like one is not, as a sentence
     */
    record Search(Optional<FixedAnswer> found, Optional<String> left) {

        static final Search NOTHING = new Search(Optional.empty(), Optional.empty());

        Told told() {
            return new Told(
                    found.map(answer -> "Line %d answers %s with %s itself, so that each one wakes the object."
                            .formatted(
                                    answer.statement().line(),
                                    answer.request().code(),
                                    answer.response().code())),
                    left);
        }

        /** The same where no client is known to ask. */
        Told toldOnly() {
            return new Told(
                    Optional.empty(),
                    told().fixed()
                            .map(
                                    fixed -> fixed
                                            + " No client in this project sends that text; where others do, setWebSocketAutoResponse() in the constructor lets the runtime answer."));
        }
    }

    /**
     * Looks into the handler of a message.
     *
     * @param socket the name of the socket there
     * @param message what the code calls the message: {@code message}, or {@code event.data}
     */
    static Search in(SyntaxNode handler, String socket, String message) {
        Optional<SyntaxNode> body = handler.field("body").filter(it -> it.is("statement_block"));
        if (body.isEmpty() || handler.tree().file().text().contains("setWebSocketAutoResponse")) {
            return Search.NOTHING;
        }
        List<SyntaxNode> statements = statements(body.get());
        for (int i = 0; i < statements.size(); i++) {
            SyntaxNode statement = statements.get(i);
            Optional<Text> request = asked(statement, message);
            Optional<Text> response = request.flatMap(_ -> answered(statement, socket));
            if (request.isEmpty()) {
                continue;
            }
            String line = "Line %d answers %s itself, so that each one wakes the object"
                    .formatted(statement.line(), request.get().code());
            Optional<SyntaxNode> before = statements.subList(0, i).stream()
                    .filter(each -> !onlyReads(each, message))
                    .findFirst();
            if (response.isEmpty()) {
                return left(
                        line
                                + ". The runtime could do it, but only with a text that is always the same, and where nothing else happens then.");
            }
            if (before.isPresent()) {
                return left(line
                        + ". The runtime could do it, but line %d would no longer run for it; where that keeps when a client was last heard, getWebSocketAutoResponseTimestamp() of the state tells it, too."
                                .formatted(before.get().line()));
            }
            boolean last = i == statements.size() - 1;
            if (!last && !returns(statement)) {
                return left(line + ". The runtime could do it, but the code behind it would no longer run for it.");
            }
            return new Search(Optional.of(new FixedAnswer(statement, request.get(), response.get())), Optional.empty());
        }
        return parsed(handler, message);
    }

    /** The statements of a handler, also where all of them are tried together. */
    private static List<SyntaxNode> statements(SyntaxNode body) {
        List<SyntaxNode> all = body.children();
        boolean tried = all.size() == 1 && all.getFirst().is("try_statement");
        return tried ? all.getFirst().field("body").map(SyntaxNode::children).orElse(all) : all;
    }

    private static Search left(String why) {
        return new Search(Optional.empty(), Optional.of(why));
    }

    /** A message that is taken apart first: which text it was is for its sender to say. */
    private static Search parsed(SyntaxNode handler, String message) {
        return handler.descendants()
                .filter(node -> node.is("if_statement") && handler.text().contains("JSON.parse"))
                .filter(node -> asked(node, message).isEmpty()
                        && PARSED_PING
                                .matcher(node.field("condition")
                                        .map(SyntaxNode::text)
                                        .orElse(""))
                                .find())
                .findFirst()
                .map(node -> left(
                        "Line %d answers a ping that is parsed first. The runtime can answer one without waking the object, but compares its whole text, which the clients' code decides: where they all send the same, setWebSocketAutoResponse() is for it."
                                .formatted(node.line())))
                .orElse(Search.NOTHING);
    }

    /** The text that {@code statement} compares the message with. */
    private static Optional<Text> asked(SyntaxNode statement, String message) {
        if (!statement.is("if_statement")) {
            return Optional.empty();
        }
        Optional<SyntaxNode> condition = statement.field("condition").map(Expressions::bare);
        Optional<SyntaxNode> compared = condition
                .filter(it -> it.fieldText("operator").equals("&&"))
                .filter(it ->
                        it.field("left").filter(left -> isText(left, message)).isPresent())
                .flatMap(it -> it.field("right"))
                .map(Expressions::bare)
                .or(() -> condition);
        if (compared.filter(it -> it.fieldText("operator").matches("===?")).isEmpty()) {
            return Optional.empty();
        }
        SyntaxNode left = compared.get().field("left").map(Expressions::bare).orElse(statement);
        SyntaxNode right = compared.get().field("right").map(Expressions::bare).orElse(statement);
        return left.hasText(message) ? constant(right) : right.hasText(message) ? constant(left) : Optional.empty();
    }

    private static boolean isText(SyntaxNode condition, String message) {
        return condition.text().matches("typeof " + Pattern.quote(message) + " ===? [\"']string[\"']");
    }

    private static Optional<Text> answered(SyntaxNode statement, String socket) {
        if (statement.field("alternative").isPresent()) {
            return Optional.empty();
        }
        List<SyntaxNode> done = consequence(statement);
        boolean two = done.size() == 2
                && done.get(1).is("return_statement")
                && done.get(1).children().isEmpty();
        if (done.size() != 1 && !two || !done.getFirst().is("expression_statement", "return_statement")) {
            return Optional.empty();
        }
        return done.getFirst().children().stream()
                .findFirst()
                .map(Expressions::bare)
                .filter(call -> call.is("call_expression")
                        && Names.calledProperty(call).equals("send")
                        && Names.object(call).filter(it -> it.hasText(socket)).isPresent())
                .map(Expressions::arguments)
                .filter(arguments -> arguments.size() == 1)
                .flatMap(arguments -> constant(Expressions.bare(arguments.getFirst())));
    }

    private static List<SyntaxNode> consequence(SyntaxNode statement) {
        return statement
                .field("consequence")
                .map(it -> it.is("statement_block") ? it.children() : List.of(it))
                .orElse(List.of());
    }

    private static boolean returns(SyntaxNode statement) {
        List<SyntaxNode> done = consequence(statement);
        return !done.isEmpty() && done.getLast().is("return_statement");
    }

    /** An expression that is the same text each time. */
    private static Optional<Text> constant(SyntaxNode node) {
        return node.is("identifier")
                ? declared(node).flatMap(FixedAnswer::literal).map(literal -> new Text(node.text(), literal))
                : literal(node).map(literal -> new Text(literal, literal));
    }

    private static Optional<String> literal(SyntaxNode node) {
        Optional<String> text = Optional.of(node.text()).filter(it -> it.length() <= LONGEST);
        return switch (node.kind()) {
            case "string" -> text;
            case "template_string" -> text.filter(it -> !it.contains("${"));
            case "call_expression" ->
                text.filter(_ -> node.fieldText("function").equals("JSON.stringify")
                        && Expressions.arguments(node).size() == 1
                        && isLiteral(Expressions.arguments(node).getFirst()));
            default -> Optional.empty();
        };
    }

    private static boolean isLiteral(SyntaxNode node) {
        return switch (node.kind()) {
            case "string", "number", "true", "false", "null" -> true;
            case "object" ->
                node.children().stream()
                        .allMatch(each -> each.is("pair")
                                && each.field("value")
                                        .filter(FixedAnswer::isLiteral)
                                        .isPresent());
            case "array" -> node.children().stream().allMatch(FixedAnswer::isLiteral);
            default -> false;
        };
    }

    /** The value of a constant of the module. */
    private static Optional<SyntaxNode> declared(SyntaxNode name) {
        return Names.declaration(name).isPresent()
                ? Optional.empty()
                : name.tree().root().children().stream()
                        .map(node -> node.is("export_statement")
                                ? node.field("declaration").orElse(node)
                                : node)
                        .filter(node -> node.is("lexical_declaration") && node.has("const"))
                        .flatMap(node -> node.children().stream())
                        .filter(each -> each.fieldText("name").equals(name.text()))
                        .flatMap(each -> each.field("value").stream())
                        .map(Expressions::bare)
                        .findFirst();
    }

    /** Whether leaving {@code statement} out for one message changes nothing. */
    private static boolean onlyReads(SyntaxNode statement, String message) {
        boolean guard = statement.is("if_statement")
                && statement
                        .field("condition")
                        .map(Expressions::bare)
                        .filter(it -> it.text()
                                .matches("connection === undefined|typeof " + Pattern.quote(message)
                                        + " !==? [\"']string[\"']|" + Pattern.quote(message)
                                        + " instanceof ArrayBuffer"))
                        .isPresent();
        boolean declares = statement.is("lexical_declaration", "variable_declaration")
                && statement
                        .descendants()
                        .noneMatch(node -> node.is(
                                        "await_expression",
                                        "new_expression",
                                        "assignment_expression",
                                        "augmented_assignment_expression",
                                        "update_expression")
                                || node.is("call_expression") && !READING.contains(Names.calledProperty(node)));
        return guard || declares;
    }
}
