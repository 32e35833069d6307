package dev.dopi.catalog.websockethibernation;

import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A timer that can be kept in storage: all that its function uses of the code around it can be.
 *
 * @param call the whole call of {@code setTimeout} or {@code setInterval}
 * @param function what it calls
 * @param delay the time to wait, as it is written
 * @param kind how often it runs
 * @param method the method that it becomes
 * @param values what the function uses, by name, with its type in TypeScript
 * @param sockets the sockets that it uses, and what TypeScript needs behind the name there: {@code !}, or nothing
 * @param handle the field by which the class's own code ends it
 */
record StoredTimer(
        SyntaxNode call,
        SyntaxNode function,
        String delay,
        Kind kind,
        String method,
        Map<String, String> values,
        Map<String, String> sockets,
        Optional<TimerHandle> handle) {

    /** How often it runs, as the method of DelayedCalls. */
    enum Kind {
        LATER,
        EVERY,
        AGAIN
    }

    /** An object whose sockets can sleep does so once it has been idle for this long. */
    private static final long SLEEPS_AFTER_MS = 10_000;

    private static final Set<String> SOCKET_HANDLERS = Set.of("webSocketMessage", "webSocketClose", "webSocketError");
    private static final String BYTES = "(string|ArrayBuffer)(\\s*\\|\\s*(string|ArrayBuffer))*";

    static StoredTimer of(SyntaxNode call, Kind kind, String method) throws NotMovable {
        List<SyntaxNode> arguments = Expressions.arguments(call);
        SyntaxNode function = arguments.isEmpty() ? call : Expressions.bare(arguments.getFirst());
        if (!function.is("arrow_function", "function_expression")) {
            throw cannot(call, "what it calls is not written at its place; write it as () => …");
        }
        if (arguments.size() > 2 || !Expressions.parameters(function).isEmpty()) {
            throw cannot(call, "it hands arguments to its function, which is not supported yet");
        }
        boolean statement = call.parent()
                .filter(up -> up.is("expression_statement") || up.is("unary_expression") && up.has("void"))
                .isPresent();
        Optional<TimerHandle> handle = statement || kind != Kind.EVERY ? Optional.empty() : TimerHandle.of(call);
        if (!statement && handle.isEmpty()) {
            throw cannot(call, "its handle is not simply kept in a field of the class, which is not supported yet");
        }
        if (usesAnotherThis(function)) {
            throw cannot(call, "its function has another this, or uses arguments or super");
        }
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> sockets = new LinkedHashMap<>();
        for (SyntaxNode use : function.descendants().filter(Names::isName).toList()) {
            Optional<Names.Declaration> declared = Names.declaration(use);
            if (declared.isEmpty()
                    || function.span().contains(declared.get().node().span())) {
                continue;
            }
            if (isSocket(use, declared.get())) {
                boolean unsure =
                        use.parent().filter(up -> up.is("non_null_expression")).isPresent();
                sockets.merge(use.text(), unsure ? "!" : "", (one, _) -> one);
            } else {
                values.put(use.text(), typeOf(call, use, declared.get()));
            }
            checkUnchanged(call, use, declared.get());
        }
        if (handle.isPresent() && !(values.isEmpty() && sockets.isEmpty())) {
            throw cannot(
                    call,
                    "it is ended by its handle, and uses %s of the code around it, of which there may be several"
                            .formatted(String.join(", ", values.isEmpty() ? sockets.keySet() : values.keySet())));
        }
        String delay = arguments.size() < 2 ? "0" : arguments.get(1).text();
        return new StoredTimer(call, function, delay, kind, method, values, sockets, handle);
    }

    /** The call, with the assignment of its handle. */
    SyntaxNode whole() {
        return handle.map(TimerHandle::assignment).orElse(call);
    }

    /** Whether a client waits for it, or it waits for longer than an idle object stays in memory anyway. */
    boolean keepsAwake() {
        return kind != Kind.LATER
                || !sockets.isEmpty()
                || literalMilliseconds().filter(ms -> ms < SLEEPS_AFTER_MS).isEmpty();
    }

    /** A number, or a product of numbers, such as {@code 5 * 1000}. */
    private Optional<Long> literalMilliseconds() {
        String digits = delay.replace("_", "");
        return digits.matches("\\d{1,9}(\\s*\\*\\s*\\d{1,6})?")
                ? Arrays.stream(digits.split("\\s*\\*\\s*"))
                        .map(Long::parseLong)
                        .reduce((a, b) -> a * b)
                : Optional.empty();
    }

    private static boolean usesAnotherThis(SyntaxNode function) {
        boolean own = function.is("function_expression");
        return function.descendants()
                        .anyMatch(node -> node.is("super")
                                || node.is("identifier") && node.hasText("arguments")
                                || own && node.is("this"))
                || function.ancestors()
                        .takeWhile(up -> !up.is("method_definition"))
                        .anyMatch(up -> up.is("function_expression", "function_declaration"));
    }

    private static boolean isSocket(SyntaxNode use, Names.Declaration declared) {
        String name = use.text();
        if (declared.isParameter()) {
            boolean first = Expressions.parameters(declared.function()).stream()
                    .findFirst()
                    .filter(it -> it.span().equals(declared.node().span()))
                    .isPresent();
            return first && SOCKET_HANDLERS.contains(declared.function().fieldText("name"))
                    || ValueType.annotation(declared.node())
                            .filter("WebSocket"::equals)
                            .isPresent()
                    || isAccepted(declared, name);
        }
        return isAccepted(declared, name);
    }

    private static boolean isAccepted(Names.Declaration declared, String name) {
        return declared.function()
                .descendants()
                .filter(node ->
                        node.is("call_expression") && Names.calledProperty(node).equals("acceptWebSocket"))
                .flatMap(node -> Expressions.arguments(node).stream().limit(1))
                .map(Expressions::bare)
                .filter(node -> node.is("identifier") && node.hasText(name))
                .flatMap(node -> Names.declaration(node).stream())
                .anyMatch(other -> other.node().span().equals(declared.node().span()));
    }

    private static String typeOf(SyntaxNode call, SyntaxNode use, Names.Declaration declared) throws NotMovable {
        Optional<String> bytes = ValueType.annotation(declared.node()).filter(type -> type.matches(BYTES));
        boolean message = declared.isParameter()
                && declared.function().fieldText("name").equals("webSocketMessage")
                && ValueType.annotation(declared.node()).isEmpty();
        return ValueType.of(declared)
                .or(() -> bytes)
                .or(() -> message ? Optional.of("string | ArrayBuffer") : Optional.empty())
                .or(() -> parsed(use.text(), declared.node()))
                .orElseThrow(() -> new NotMovable(
                        "Line %d: %s uses %s (line %d), of which it is not certain that it can be stored until then (a string, number, boolean, parsed JSON or the client's socket can): the timer keeps the object in memory."
                                .formatted(call.line(), call.fieldText("function"), use.text(), use.line())));
    }

    /** The type of what is read from JSON, or from what a socket's attachment is said to hold. */
    private static Optional<String> parsed(String name, SyntaxNode declarator) {
        Optional<SyntaxNode> value =
                declarator.is("variable_declarator") ? declarator.field("value") : Optional.empty();
        Optional<String> type = ValueType.annotation(declarator).or(() -> value.filter(it -> it.is("as_expression"))
                .map(it -> it.children().getLast().text()));
        boolean json = value.map(Expressions::bare)
                .filter(it -> it.fieldText("function").equals("JSON.parse"))
                .isPresent();
        boolean attachment = value.map(Expressions::bare)
                        .filter(it -> Names.calledProperty(it).equals("deserializeAttachment"))
                        .isPresent()
                && type.filter(StoredTimer::isPlainObject).isPresent();
        if (!json && !attachment) {
            return Optional.empty();
        }
        boolean part = declarator.field("name").filter(it -> it.is("object_pattern")).stream()
                .flatMap(pattern -> pattern.children().stream())
                .anyMatch(each -> each.is("shorthand_property_identifier_pattern") && each.hasText(name));
        if (!part && !declarator.fieldText("name").equals(name)) {
            return Optional.empty();
        }
        return Optional.of(type.map(it -> part ? member(it, name) : it).orElse("any"));
    }

    /** The type of the member {@code name} of {@code type}: as it stands there, where that is plain. */
    private static String member(String type, String name) {
        Matcher plain = Pattern.compile("[{;,]\\s*" + Pattern.quote(name) + "\\s*:\\s*([^;,}]+)")
                .matcher(type);
        return plain.find() && ValueType.isPlain(plain.group(1).strip())
                ? plain.group(1).strip()
                : "(%s)[\"%s\"]".formatted(type, name);
    }

    private static boolean isPlainObject(String type) {
        String inner = type.replaceFirst("\\s*\\|\\s*null$", "");
        return inner.startsWith("{")
                && inner.endsWith("}")
                && Arrays.stream(inner.substring(1, inner.length() - 1).split("[;,]", -1))
                        .map(String::strip)
                        .filter(member -> !member.isEmpty())
                        .allMatch(member -> member.contains(":")
                                && ValueType.isPlain(member.substring(member.indexOf(':') + 1)
                                        .strip()));
    }

    /** A copy is stored, so a variable that gets another value later would be seen with its old one. */
    private static void checkUnchanged(SyntaxNode call, SyntaxNode use, Names.Declaration declared) throws NotMovable {
        boolean changed = declared.function()
                .descendants()
                .flatMap(node -> Names.assigned(node).stream())
                .map(Names::root)
                .filter(root -> root.is("identifier") && root.hasText(use.text()))
                .flatMap(root -> Names.declaration(root).stream())
                .anyMatch(other -> other.node().span().equals(declared.node().span()));
        if (changed) {
            throw cannot(call, "%s, which it uses, is changed meanwhile".formatted(use.text()));
        }
    }

    private static NotMovable cannot(SyntaxNode call, String why) {
        return new NotMovable("Line %d: %s keeps the object in memory, and cannot be kept in storage instead: %s."
                .formatted(call.line(), call.fieldText("function"), why));
    }

    /** Returns the call that takes its place. */
    String replacement() {
        String given = names(values.keySet());
        String sent = names(sockets.entrySet().stream()
                .map(each -> each.getValue().isEmpty()
                        ? each.getKey()
                        : each.getKey() + ": " + each.getKey() + each.getValue())
                .toList());
        String rest = sockets.isEmpty() ? given : ", " + (given.isEmpty() ? "{}" : given.substring(2)) + sent;
        return "this.#calls.%s(\"%s\", %s%s)".formatted(kind.name().toLowerCase(Locale.ROOT), method, delay, rest);
    }

    private static String names(Collection<String> names) {
        return names.isEmpty() ? "" : ", { " + String.join(", ", names) + " }";
    }

    /** The method that starts it. */
    String around() {
        return call.enclosing("method_definition")
                .map(method -> method.fieldText("name"))
                .orElse("");
    }

    /** Whether it is certain to be started when a client connects or writes. */
    boolean isAlwaysStarted() {
        Optional<SyntaxNode> method = call.enclosing("method_definition");
        Optional<SyntaxNode> body = method.flatMap(it -> it.field("body"));
        boolean alone = whole().parent()
                .flatMap(SyntaxNode::parent)
                .map(SyntaxNode::span)
                .equals(body.map(SyntaxNode::span));
        boolean left = around().equals("webSocketMessage")
                && body.stream().flatMap(SyntaxNode::descendants).anyMatch(node -> node.is("return_statement"));
        return alone && !left && Set.of("fetch", "webSocketMessage").contains(around());
    }

    /** Whether it sends something to the client that it was started for. */
    boolean sends() {
        return sockets.keySet().stream()
                .anyMatch(socket -> function.text().matches("(?s).*\\b" + Pattern.quote(socket) + "!?\\.send\\(.*"));
    }

    boolean givesNothing() {
        return values.isEmpty() && sockets.isEmpty();
    }

    /** Returns the parameter of its method. */
    String parameter(boolean typed) {
        if (givesNothing()) {
            return "";
        }
        var all = new LinkedHashMap<String, String>();
        sockets.keySet().forEach(socket -> all.put(socket, "WebSocket"));
        all.putAll(values);
        String names = "{ " + String.join(", ", all.keySet()) + " }";
        return typed
                ? names + ": "
                        + all.entrySet().stream()
                                .map(each -> each.getKey() + ": " + each.getValue())
                                .collect(Collectors.joining("; ", "{ ", " }"))
                : names;
    }

    boolean async() {
        return function.text().startsWith("async");
    }

    /** Whether it is one expression whose outcome, maybe a promise, is to be waited for. */
    boolean isWaitedFor() {
        Optional<SyntaxNode> value = function.field("body").filter(it -> !it.is("statement_block"));
        boolean atOnce = value.map(Expressions::bare)
                .filter(it -> Set.of("send", "close").contains(Names.calledProperty(it)))
                .flatMap(Names::object)
                .filter(it -> sockets.containsKey(it.text()))
                .isPresent();
        return value.isPresent() && !atOnce && !async();
    }
}
