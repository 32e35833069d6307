package dev.dopi.analysis;

import dev.dopi.analysis.ObjectCode.Part;
import dev.dopi.model.DurableObjectClass.Timer.Purpose;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a timer is for, as far as the code around it tells.
 *
 * @param reason why it is taken to be for that, as a clause
 */
record TimerPurpose(Purpose purpose, String reason) {

    /** Steps that follow each other faster than this are a simulation: no alarm can replace them. */
    private static final long FASTEST_INTERVAL_MS = 1_000;

    private static final Pattern GAME = Pattern.compile("(?i).*(gameloop|game_loop|tick|frame|physics|simulat).*");

    static boolean isTimer(String function) {
        return switch (function) {
            case "setTimeout", "setInterval", "globalThis.setTimeout", "globalThis.setInterval", "self.setTimeout" ->
                true;
            default -> false;
        };
    }

    static TimerPurpose of(Part part, SyntaxNode call) {
        List<SyntaxNode> arguments = Expressions.arguments(call);
        Optional<Long> delay = arguments.size() < 2 ? Optional.of(0L) : milliseconds(part, arguments.get(1));
        if (call.fieldText("function").endsWith("setInterval")) {
            return repeated(call, delay, "it");
        }
        Optional<SyntaxNode> callback = arguments.stream().findFirst();
        return executor(call)
                .map(executor -> inPromise(call, executor, callback))
                .or(() -> callback.filter(TimerPurpose::aborts)
                        .map(_ -> new TimerPurpose(Purpose.TIME_OUT, "it gives up something else that takes too long")))
                .or(() -> calledOff(part, call))
                .or(() -> rearmsItself(call, callback, delay))
                .orElseGet(() -> once(call, delay));
    }

    private static TimerPurpose repeated(SyntaxNode call, Optional<Long> delay, String subject) {
        if (delay.filter(ms -> ms < FASTEST_INTERVAL_MS).isPresent()) {
            return new TimerPurpose(Purpose.GAME_LOOP, "%s runs every %d ms".formatted(subject, delay.orElse(0L)));
        }
        String around = handle(call).orElse("") + " "
                + Expressions.arguments(call).stream()
                        .findFirst()
                        .map(SyntaxNode::text)
                        .orElse("");
        if (delay.isEmpty()
                && GAME.matcher(around.lines().findFirst().orElse("")).matches()) {
            return new TimerPurpose(Purpose.GAME_LOOP, "%s is named like the loop of a game".formatted(subject));
        }
        return new TimerPurpose(
                Purpose.INTERVAL,
                delay.map(ms -> "%s runs every %s".formatted(subject, words(ms)))
                        .orElse(subject + " runs again and again"));
    }

    /** The function that is given to {@code new Promise}, where the timer stands in one. */
    private static Optional<SyntaxNode> executor(SyntaxNode call) {
        return call.ancestors().filter(Expressions::isFunction).findFirst().filter(function -> function.parent()
                .flatMap(SyntaxNode::parent)
                .filter(up ->
                        up.is("new_expression") && up.fieldText("constructor").equals("Promise"))
                .isPresent());
    }

    private static TimerPurpose inPromise(SyntaxNode call, SyntaxNode executor, Optional<SyntaxNode> callback) {
        boolean raced = call.ancestors().filter(up -> up.is("call_expression")).anyMatch(up -> up.fieldText("function")
                .equals("Promise.race"));
        List<SyntaxNode> parameters = Expressions.parameters(executor);
        String reject = parameters.size() > 1 ? Expressions.parameterName(parameters.get(1)) : "reject";
        boolean rejects = callback.filter(it -> it.text().matches("(?s).*\\b" + Pattern.quote(reject) + "\\b.*"))
                .isPresent();
        return raced || rejects
                ? new TimerPurpose(Purpose.TIME_OUT, "it gives up something else that takes too long")
                : new TimerPurpose(Purpose.SLEEP, "the code after it waits for it");
    }

    private static boolean aborts(SyntaxNode callback) {
        return callback.text().contains(".abort(") || callback.text().matches("(?s).*\\breject\\(.*");
    }

    /** A timer whose handle some code clears. */
    private static Optional<TimerPurpose> calledOff(Part part, SyntaxNode call) {
        return handle(call).flatMap(handle -> part.calls()
                .filter(it -> it.fieldText("function").equals("clearTimeout"))
                .filter(it -> Expressions.arguments(it).stream().anyMatch(given -> isHandle(given, handle)))
                .findFirst()
                .map(it -> new TimerPurpose(
                        Purpose.DEBOUNCE, "line %d calls it off when something else happens".formatted(it.line()))));
    }

    private static boolean isHandle(SyntaxNode given, String handle) {
        String text = Expressions.bare(given).text();
        return text.equals(handle) || text.startsWith(handle + ".get(") || text.startsWith(handle + "[");
    }

    /** Where the timer's handle is kept: a name, a field, or a map of them. */
    private static Optional<String> handle(SyntaxNode call) {
        Optional<SyntaxNode> up = call.parent();
        while (up.filter(it -> it.is("as_expression", "parenthesized_expression", "non_null_expression"))
                .isPresent()) {
            up = up.flatMap(SyntaxNode::parent);
        }
        return up.flatMap(node -> switch (node.kind()) {
            case "variable_declarator" -> node.field("name").map(SyntaxNode::text);
            case "assignment_expression" ->
                node.field("left")
                        .map(left -> left.is("subscript_expression") ? left.fieldText("object") : left.text());
            case "arguments" ->
                node.parent()
                        .filter(it -> Expressions.calledProperty(it).orElse("").equals("set"))
                        .flatMap(Expressions::object)
                        .map(SyntaxNode::text);
            default -> Optional.empty();
        });
    }

    /** A timer of a method that the timer itself calls again. */
    private static Optional<TimerPurpose> rearmsItself(
            SyntaxNode call, Optional<SyntaxNode> callback, Optional<Long> delay) {
        return call.enclosing("method_definition")
                .map(method -> method.fieldText("name"))
                .filter(name -> callback.stream()
                        .map(SyntaxNode::text)
                        .anyMatch(text -> text.matches("(?s).*\\bthis\\." + Pattern.quote(name) + "\\b.*")))
                .map(name -> repeated(call, delay, name + "() starts itself again, and so"));
    }

    private static TimerPurpose once(SyntaxNode call, Optional<Long> delay) {
        if (delay.filter(ms -> ms < FASTEST_INTERVAL_MS).isPresent()) {
            return new TimerPurpose(Purpose.BRIEF, "it is over within a second");
        }
        return call.parent().filter(up -> up.is("expression_statement")).isPresent()
                        || handle(call).isEmpty()
                                && call.parent()
                                        .filter(up -> up.is("arrow_function", "unary_expression"))
                                        .isPresent()
                ? new TimerPurpose(Purpose.DELAY, "nothing waits for it and nothing calls it off")
                : new TimerPurpose(
                        Purpose.UNKNOWN,
                        handle(call)
                                .map(handle -> "its handle is kept in %s, but nothing here clears it".formatted(handle))
                                .orElse("what becomes of its handle is not followed"));
    }

    /** The value of a number, a product of numbers, or a constant of the module that is one. */
    static Optional<Long> milliseconds(Part part, SyntaxNode expression) {
        SyntaxNode node = Expressions.bare(expression);
        return switch (node.kind()) {
            case "number" -> number(node.text());
            case "identifier" ->
                Optional.ofNullable(part.module().declarations().get(node.text()))
                        .filter(declared -> declared.is("variable_declarator"))
                        .flatMap(declared -> declared.field("value"))
                        .filter(value -> !value.is("identifier"))
                        .flatMap(value -> milliseconds(part, value));
            case "binary_expression" -> {
                Stream<Optional<Long>> sides =
                        Stream.of("left", "right").map(side -> node.field(side).flatMap(it -> milliseconds(part, it)));
                yield node.fieldText("operator").equals("*") || node.has("*")
                        ? sides.reduce((a, b) -> a.flatMap(x -> b.map(y -> x * y)))
                                .orElse(Optional.empty())
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private static Optional<Long> number(String text) {
        String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
        return digits.matches("\\d{1,15}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }

    private static String words(long milliseconds) {
        return milliseconds % 60_000 == 0 ? milliseconds / 60_000 + " min" : milliseconds / 1_000 + " s";
    }
}
