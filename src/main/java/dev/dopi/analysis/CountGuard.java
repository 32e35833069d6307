package dev.dopi.analysis;

import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds a condition that lets a statement run only while a count is below a limit. */
final class CountGuard {

    /** What a count is compared with: a number, or a constant by its name. */
    private static final String LIMIT = "(?:\\d[\\d_]*|(?:[\\w$]+\\.)*[A-Z][A-Z0-9_]*|(?:[\\w$]+\\.)*max[A-Z]\\w*)";

    private CountGuard() {}

    /** Returns whether a condition on what {@code count} gives decides whether {@code insert} runs. */
    static boolean stands(SyntaxNode count, SyntaxNode insert) {
        List<String> names = named(count);
        Optional<SyntaxNode> function = insert.enclosing("method_definition", "function_declaration");
        return function.isPresent()
                && !names.isEmpty()
                && function.get()
                        .descendants()
                        .filter(node -> node.is("if_statement"))
                        .filter(test -> test.span().start() > count.span().start()
                                && test.span().start() < insert.span().start())
                        .anyMatch(test -> decides(test, names, insert));
    }

    private static boolean decides(SyntaxNode test, List<String> names, SyntaxNode insert) {
        String condition = test.fieldText("condition").replaceAll("\\s+", " ");
        Optional<SyntaxNode> then = test.field("consequence");
        if (then.isEmpty()) {
            return false;
        }
        if (then.get().span().contains(insert.span())) {
            return names.stream().anyMatch(name -> isBelow(condition, name));
        }
        boolean ends = then.get().descendants().anyMatch(node -> node.is("return_statement", "throw_statement"));
        return ends
                && !test.span().contains(insert.span())
                && names.stream().anyMatch(name -> isEnough(condition, name));
    }

    /** Any of several conditions joined by "or" ends it, and all of them joined by "and" do. */
    private static boolean isEnough(String condition, String name) {
        return !condition.contains("&&")
                && matches(condition, uses(name) + "\\s*>=?\\s*" + LIMIT + "|" + LIMIT + "\\s*<=?\\s*" + uses(name));
    }

    private static boolean isBelow(String condition, String name) {
        return !condition.contains("||")
                && matches(
                        condition,
                        uses(name) + "\\s*(?:<=?|===?)\\s*" + LIMIT + "|" + LIMIT + "\\s*>=?\\s*" + uses(name)
                                + "|!\\s*" + uses(name) + "\\s*\\)?$");
    }

    private static boolean matches(String condition, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(condition);
        return matcher.find();
    }

    /** The value itself, or a field of the row that it is. */
    private static String uses(String name) {
        return "(?<![\\w$.])" + Pattern.quote(name)
                + "(?:\\[\\d+\\])?(?:[?!]?\\.\\w+)*(?:\\s*\\?\\?\\s*0)?(?:\\s+as\\s+number)?\\)*";
    }

    /** Returns the names that the declaration around {@code count} gives to its result. */
    private static List<String> named(SyntaxNode count) {
        return count.enclosing("variable_declarator").flatMap(it -> it.field("name")).stream()
                .flatMap(name -> Stream.concat(Stream.of(name), name.descendants()))
                .filter(node -> node.is("identifier", "shorthand_property_identifier_pattern"))
                .map(SyntaxNode::text)
                .distinct()
                .toList();
    }
}
