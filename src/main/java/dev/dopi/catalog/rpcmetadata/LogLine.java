package dev.dopi.catalog.rpcmetadata;

import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Set;

/**
 * A line that a class writes to its log.
 *
 * @param call the whole call
 * @param message its first argument
 * @param named whether it says which object wrote it
 */
record LogLine(SyntaxNode call, SyntaxNode message, boolean named) {

    private static final Set<String> CALLS =
            Set.of("console.log", "console.info", "console.warn", "console.error", "console.debug");

    /** Returns the lines that {@code body} writes, in reading order. */
    static List<LogLine> in(SyntaxNode body) {
        return body.descendants()
                .filter(node -> node.is("call_expression") && CALLS.contains(node.fieldText("function")))
                .flatMap(call -> call
                        .field("arguments")
                        .filter(arguments -> !arguments.children().isEmpty())
                        .map(arguments -> new LogLine(call, arguments.children().getFirst(), isNamed(arguments)))
                        .stream())
                .toList();
    }

    /** Whether a line has the object's name or id in it, however it gets there. */
    private static boolean isNamed(SyntaxNode arguments) {
        return arguments
                .descendants()
                .anyMatch(node -> node.is("member_expression", "identifier", "shorthand_property_identifier")
                                && node.text()
                                        .matches(
                                                "(?s).*\\.id|(?s).*\\.id\\.(?:name|toString)|this\\.name|this\\.#logLine")
                        || node.is("call_expression")
                                && node.fieldText("function").matches("this\\.#?\\w*[nN]ame\\w*"));
    }
}
