package dev.dopi.catalog.rpcmetadata;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A line that a class writes to its log without saying which object writes it.
 *
 * @param call the whole call
 * @param arguments what it writes, at least one
 */
record LogLine(SyntaxNode call, List<SyntaxNode> arguments) {

    private static final Set<String> CALLS =
            Set.of("console.log", "console.info", "console.warn", "console.error", "console.debug");
    /** The name or the id itself, a method that gives one of them, or a line that is named already. */
    private static final Pattern IDENTITY =
            Pattern.compile("\\.id\\b|\\bthis\\.name\\b|\\bthis\\.#?\\w*[nN]ame\\w*\\(|\\bthis\\.#logLine\\(");

    private static final Pattern FORMAT = Pattern.compile("%[sdifoOc]");

    /** Returns those of {@code body}'s lines that can be made to say so, in reading order. */
    static List<LogLine> in(SyntaxNode body, DurableObjectClass type) {
        return body.descendants()
                .filter(node -> node.is("call_expression") && CALLS.contains(node.fieldText("function")))
                .map(call -> new LogLine(
                        call, call.field("arguments").map(SyntaxNode::children).orElse(List.of())))
                .filter(line -> !line.arguments().isEmpty() && !line.isNamed())
                .filter(line ->
                        !FORMAT.matcher(line.arguments().getFirst().text()).find())
                .filter(line -> ReadSite.reachesObject(line.call(), type))
                .toList();
    }

    private boolean isNamed() {
        return arguments.stream()
                .anyMatch(argument -> IDENTITY.matcher(argument.text()).find()
                        || argument.descendants()
                                .filter(node -> node.is("identifier", "shorthand_property_identifier"))
                                .anyMatch(this::holdsIdentity));
    }

    /** Whether {@code variable} was made of the name or the id in the same method. */
    private boolean holdsIdentity(SyntaxNode variable) {
        return ReadSite.method(call).stream()
                .flatMap(SyntaxNode::descendants)
                .filter(node ->
                        node.is("variable_declarator") && node.fieldText("name").equals(variable.text()))
                .anyMatch(node -> IDENTITY.matcher(node.fieldText("value")).find());
    }
}
