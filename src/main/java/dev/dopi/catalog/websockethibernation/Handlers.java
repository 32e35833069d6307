package dev.dopi.catalog.websockethibernation;

import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The methods that the runtime calls for a socket, made of the listeners that it had. */
final class Handlers {

    /** Stands in a template where the user's own code goes, which no style may touch. */
    static final String TOKEN = "USERS_OWN_CODE";

    private static final Pattern PARAMETER = Pattern.compile("\\b(\\w+): [A-Za-z]");

    private final SourceFile file;
    private final CodeStyle style;
    private final ConnectionCode code;
    private final ConnectionState kept;
    private final String margin;
    private final String override;

    Handlers(
            SourceFile file,
            CodeStyle style,
            ConnectionCode code,
            ConnectionState kept,
            String margin,
            String override) {
        this.file = file;
        this.style = style;
        this.code = code;
        this.kept = kept;
        this.margin = margin;
        this.override = override;
    }

    /** Returns them as members, each without a line end after its last line. */
    List<String> all() {
        Optional<Listener> close = code.listener(Listener.Kind.CLOSE);
        Optional<Listener> error = code.listener(Listener.Kind.ERROR);
        boolean shared = close.isPresent()
                && error.isPresent()
                && close.get().function().span().equals(error.get().function().span());
        boolean apart = close.isPresent() && (shared || code.needsMap() || leaves(close.get()));
        var members = new ArrayList<String>();
        code.listener(Listener.Kind.MESSAGE).map(this::message).ifPresent(members::add);
        members.add(apart ? closeBy(close.get()) : close.map(this::close).orElseGet(this::closeOnly));
        error.map(each -> shared ? errorBy(each) : error(each)).ifPresent(members::add);
        if (apart) {
            members.add(disconnected(close.get()));
        }
        members.addAll(kept.methods(margin).toList());
        return members;
    }

    private String message(Listener listener) {
        String message = free(listener, "message", "data", "received", "text");
        List<TextEdit> edits = edits(listener, Map.of("data", message));
        return member(
                "message.ts.txt", listener, kept.prelude(used(listener), false), edits, Map.of("MESSAGE", message));
    }

    private String close(Listener listener) {
        Told told = Told.of(this, listener);
        return member(
                "close.ts.txt",
                listener,
                kept.prelude(used(listener), code.needsMap()),
                edits(listener, told.names()),
                told.values(style));
    }

    /** The handler of a class that had no listener: the client's close must be answered, and is answered only here. */
    private String closeOnly() {
        var values = new HashMap<String, String>(Map.of(
                "CODE", "code", "REASON", "reason", "CLEAN", "", "BODY", "", "ASYNC", "", "RETURNS", voids(false)));
        values.put("PRELUDE", String.join("\n", kept.prelude(Set.of(), code.needsMap())));
        values.putAll(common());
        return render("close.ts.txt", style, margin, values, Set.of("ANSWERS"), Map.of());
    }

    private String closeBy(Listener listener) {
        Told told = Told.of(this, listener);
        var values = new HashMap<>(told.values(style));
        values.put("BODY", call(listener, told));
        values.put("PRELUDE", "");
        values.put("ASYNC", listener.async() ? "async " : "");
        values.put("RETURNS", voids(listener.async()));
        values.putAll(common());
        return render("close.ts.txt", style, margin, values, answers(listener), Map.of());
    }

    private String call(Listener listener, Told told) {
        String arguments = SocketEdits.joined(Stream.concat(Stream.of(code.socket()), told.used().stream()));
        return "%sthis.#disconnected(%s)%s"
                .formatted(listener.async() ? "await " : "", arguments, style.semicolons() ? ";" : "");
    }

    private String errorBy(Listener listener) {
        var values = new HashMap<String, String>(Map.of("ERROR", "", "PRELUDE", ""));
        values.put("BODY", call(listener, Told.of(this, listener)));
        values.put("ASYNC", listener.async() ? "async " : "");
        values.put("RETURNS", voids(listener.async()));
        values.putAll(common());
        return render("error.ts.txt", style, margin, values, Set.of(), Map.of());
    }

    private String disconnected(Listener listener) {
        Told told = Told.of(this, listener);
        return member(
                "disconnected.ts.txt",
                listener,
                kept.prelude(used(listener), code.needsMap()),
                edits(listener, told.names()),
                Map.of("PARAMETERS", told.parameters(style)));
    }

    private String error(Listener listener) {
        String error = free(listener, "error", "cause", "failure");
        boolean told = listener.parameter()
                .map(Expressions::parameterName)
                .filter(event -> !listener.uses(event).isEmpty())
                .isPresent();
        List<TextEdit> edits = edits(listener, Map.of("error", error, "message", "String(" + error + ")"));
        String parameter = told ? ", " + error + (style.typed() ? ": unknown" : "") : "";
        return member(
                "error.ts.txt",
                listener,
                kept.prelude(used(listener), code.needsMap()),
                edits,
                Map.of("ERROR", parameter));
    }

    private String member(
            String template, Listener listener, List<String> prelude, List<TextEdit> edits, Map<String, String> own) {
        var values = new HashMap<String, String>(own);
        String body = new MovedBody(file, style, margin + style.indent()).of(listener.function(), edits);
        values.put("PRELUDE", String.join("\n", prelude));
        values.put("BODY", body.isEmpty() ? "" : TOKEN);
        values.put("ASYNC", listener.async() ? "async " : "");
        values.put("RETURNS", voids(listener.async()));
        values.putAll(common());
        String comments = commentsAbove(listener.statement()).stream()
                .map(comment -> margin + comment.text() + style.lineEnd())
                .collect(Collectors.joining());
        return comments + marked(render(template, style, margin, values, answers(listener), Map.of(TOKEN, body)));
    }

    /** Marks the parameters that nothing uses, which a compiler may refuse otherwise. */
    private String marked(String member) {
        if (!style.typed()) {
            return member;
        }
        // The template's own comment stands above.
        int start = member.stripLeading().startsWith("/**") ? member.indexOf('\n') + 1 : 0;
        int end = member.indexOf('\n', start) < 0 ? member.length() : member.indexOf('\n', start);
        String code = member;
        for (MatchResult found :
                PARAMETER.matcher(member.substring(start, end)).results().toList()) {
            String name = found.group(1);
            boolean used = Pattern.compile("\\b" + Pattern.quote(name) + "\\b")
                    .matcher(member.substring(end))
                    .find();
            if (!used) {
                code = code.replaceFirst("\\b" + Pattern.quote(name) + ":", "_" + name + ":");
            }
        }
        return code;
    }

    /** Whether the close is to be answered: not where the user's own code does. */
    private Set<String> answers(Listener listener) {
        return listener.function().text().contains(code.socket() + ".close(") ? Set.of() : Set.of("ANSWERS");
    }

    private Map<String, String> common() {
        return Map.of("SOCKET", code.socket(), "OVERRIDE", override);
    }

    private String voids(boolean async) {
        return !style.typed() ? "" : async ? ": Promise<void>" : ": void";
    }

    private static boolean leaves(Listener listener) {
        return listener.function().field("body").stream()
                .flatMap(body -> body.descendants(node -> !Expressions.isFunction(node)))
                .anyMatch(node -> node.is("return_statement"));
    }

    /** The kept variables that {@code listener} uses. */
    private Set<String> used(Listener listener) {
        var names = new HashSet<String>();
        listener.function()
                .descendants()
                .filter(Names::isName)
                .filter(node -> kept(node).isPresent())
                .forEach(node -> names.add(node.text()));
        return names;
    }

    private Optional<Kept> kept(SyntaxNode name) {
        return Names.declaration(name).flatMap(declared -> code.kept().stream()
                .filter(each -> each.declarator().span().equals(declared.node().span()))
                .findFirst());
    }

    private List<TextEdit> edits(Listener listener, Map<String, String> told) {
        var edits = new ArrayList<>(MovedBody.certain(listener.function(), code.socket()));
        listener.parameter().map(Expressions::parameterName).ifPresent(event -> {
            for (SyntaxNode use : listener.uses(event)) {
                if (listener.kind() == Listener.Kind.ERROR && Listener.isShown(use)) {
                    edits.add(new TextEdit(use.span(), told.getOrDefault("error", use.text())));
                    continue;
                }
                SyntaxNode member = use.parent().orElse(use);
                String value = told.getOrDefault(member.fieldText("property"), member.text());
                edits.add(new TextEdit(member.span(), asText(member, value)));
            }
        });
        listener.function()
                .descendants()
                .filter(Names::isName)
                .filter(node -> kept(node).filter(Kept::mutable).isPresent())
                .forEach(node -> edits.add(new TextEdit(
                        node.span(),
                        node.is("shorthand_property_identifier")
                                ? node.text() + ": connection." + node.text()
                                : "connection." + node.text())));
        for (ConnectionCode.Change change : code.changes()) {
            boolean over = change.own() && listener.kind() != Listener.Kind.MESSAGE;
            if (!over && listener.function().span().contains(change.statement().span())) {
                edits.add(kept.keep(file, change));
            }
        }
        return edits;
    }

    /** A message that was of any type is text where the code takes it as such. */
    private String asText(SyntaxNode member, String value) {
        Optional<SyntaxNode> up = member.parent();
        boolean data = member.fieldText("property").equals("data") && style.typed() && !isTested(member);
        boolean given = up.filter(it -> it.is("arguments"))
                .flatMap(SyntaxNode::parent)
                .filter(call ->
                        !Names.calledProperty(call).equals("send") && !takesAnything(call) && !takesBytes(call, member))
                .isPresent();
        if (data && up.filter(it -> it.is("member_expression")).isPresent()) {
            return "(" + value + " as string)";
        }
        return data && given ? value + " as string" : value;
    }

    private static boolean takesAnything(SyntaxNode call) {
        return call.fieldText("function").matches("String|Boolean|JSON\\.stringify|console\\.\\w+");
    }

    /** Whether a method of the class says that it takes bytes, too. */
    private boolean takesBytes(SyntaxNode call, SyntaxNode argument) {
        int index = Expressions.arguments(call).stream()
                .map(SyntaxNode::span)
                .toList()
                .indexOf(argument.span());
        return call.fieldText("function").startsWith("this.")
                && code.type().field("body").stream()
                        .flatMap(body -> body.children().stream())
                        .filter(method -> method.is("method_definition")
                                && method.fieldText("name").equals(Names.calledProperty(call)))
                        .map(Expressions::parameters)
                        .filter(parameters -> index >= 0 && index < parameters.size())
                        .flatMap(parameters -> ValueType.annotation(parameters.get(index)).stream())
                        .anyMatch(type -> type.contains("ArrayBuffer") || type.matches("any|unknown"));
    }

    /** Whether the code around looks itself what kind of message it is: then TypeScript knows it, too. */
    private static boolean isTested(SyntaxNode member) {
        String text = member.text();
        return member.ancestors()
                .filter(Expressions::isFunction)
                .map(SyntaxNode::text)
                .anyMatch(code -> code.contains("typeof " + text) || code.contains(text + " instanceof"));
    }

    /** The first of {@code names} that {@code listener} does not use for something of its own. */
    static String free(Listener listener, String... names) {
        Set<String> used = listener.function()
                .descendants()
                .filter(node ->
                        node.is("identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern"))
                .map(SyntaxNode::text)
                .collect(Collectors.toSet());
        listener.parameter().map(Expressions::parameterName).ifPresent(used::remove);
        return Stream.of(names).filter(name -> !used.contains(name)).findFirst().orElse(names[0] + "Received");
    }

    /** The comments right above a statement, which belong to it. */
    static List<SyntaxNode> commentsAbove(SyntaxNode statement) {
        List<SyntaxNode> all = statement.parent().map(SyntaxNode::all).orElse(List.of());
        var comments = new ArrayList<SyntaxNode>();
        int line = statement.line();
        for (int i = index(all, statement) - 1; i >= 0 && all.get(i).is("comment"); i--) {
            int lines = (int) all.get(i).text().chars().filter(c -> c == '\n').count();
            if (all.get(i).line() + lines != line - 1) {
                break;
            }
            comments.addFirst(all.get(i));
            line = all.get(i).line();
        }
        return comments;
    }

    private static int index(List<SyntaxNode> all, SyntaxNode node) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).span().equals(node.span())) {
                return i;
            }
        }
        return 0;
    }

    /** Renders a template and puts the user's own code where its tokens stand. */
    static String render(
            String name,
            CodeStyle style,
            String margin,
            Map<String, String> values,
            Set<String> flags,
            Map<String, String> own) {
        String rendered = CodeTemplate.beside(Handlers.class, name).render(style, margin, values, flags);
        return rendered.lines()
                .map(line -> own.entrySet().stream()
                        .filter(each -> line.strip().equals(each.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(line))
                .collect(Collectors.joining(style.lineEnd()));
    }
}
