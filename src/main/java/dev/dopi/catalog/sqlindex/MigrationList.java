package dev.dopi.catalog.sqlindex;

import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.Elements;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list of migrations, {@code [{ name: "1_init", sql: "…" }, …]} or {@code ["…", …]}, of which each object runs every one once.
 *
 * <p>A further one goes behind the last and looks like it; a list whose elements hold anything that is not understood
 * is left alone.
 */
final class MigrationList {

    private static final Set<String> SQL = Set.of("sql", "query", "statement", "up", "ddl");
    private static final Set<String> NAMES = Set.of("name", "id", "tag", "key", "title");
    private static final Set<String> NUMBERS =
            Set.of("version", "id", "idx", "idMonotonicInc", "index", "order", "number");
    private static final Pattern NUMBERED = Pattern.compile("^([^0-9]{0,2})(\\d+)([_-])(.*)$", Pattern.DOTALL);

    private final SyntaxNode list;
    private final SyntaxNode last;

    private MigrationList(SyntaxNode list) {
        this.list = list;
        this.last = list.children().getLast();
    }

    /** Returns the list in which the text at {@code literal} is one migration, where there is one. */
    static Optional<MigrationList> around(SyntaxTree tree, Span literal) {
        return tree.root()
                .descendants(node -> node.span().contains(literal))
                .filter(node -> node.is("array") && node.span().contains(literal))
                .reduce((_, inner) -> inner)
                .filter(array -> array.children().stream().allMatch(each -> each.is("object"))
                        || array.children().stream().allMatch(each -> each.is("string", "template_string")))
                .map(MigrationList::new);
    }

    /** Returns where it begins. */
    int start() {
        return list.span().start();
    }

    /** Returns the edit that appends a migration running {@code sql}; empty where the last one is not understood. */
    Optional<TextEdit> append(String what, String sql, CodeStyle style) {
        if (!last.is("object")) {
            return isPicked()
                    ? Optional.empty()
                    : Optional.of(Elements.of(list).append("`" + sql + "`", style.indent()));
        }
        var parts = new ArrayList<String>();
        boolean runs = false;
        for (SyntaxNode pair : last.children()) {
            String key = pair.fieldText("key");
            Optional<String> value = value(pair, key, what, sql, style);
            if (!pair.is("pair") || value.isEmpty()) {
                return Optional.empty();
            }
            runs |= SQL.contains(key);
            parts.add(key + ": " + value.get());
        }
        return runs ? Optional.of(edit(parts, style)) : Optional.empty();
    }

    /** Whether the script takes single texts out of the list by their place: what comes last may then not be run at all. */
    private boolean isPicked() {
        Optional<String> name = list.ancestors()
                .filter(node -> node.is("variable_declarator"))
                .findFirst()
                .map(node -> node.fieldText("name"));
        return name.isEmpty()
                || list.tree()
                        .root()
                        .descendants()
                        .anyMatch(node -> node.is("subscript_expression")
                                && node.fieldText("object").equals(name.get())
                                && node.field("index")
                                        .filter(index -> index.is("number"))
                                        .isPresent());
    }

    private static Optional<String> value(SyntaxNode pair, String key, String what, String sql, CodeStyle style) {
        SyntaxNode value = pair.field("value").orElse(pair);
        if (SQL.contains(key)) {
            return Optional.of("`" + sql + "`");
        }
        if (value.is("number") && NUMBERS.contains(key)) {
            return value.text().matches("\\d{1,9}")
                    ? Optional.of(String.valueOf(Integer.parseInt(value.text()) + 1))
                    : Optional.empty();
        }
        if (!value.is("string")) {
            return Optional.empty();
        }
        String text = value.text().substring(1, value.text().length() - 1);
        if (NAMES.contains(key)) {
            Matcher numbered = NUMBERED.matcher(text);
            return numbered.matches() && numbered.group(2).length() < 10
                    ? Optional.of(quoted(next(numbered, what), style))
                    : Optional.empty();
        }
        return key.equals("description") || key.equals("comment")
                ? Optional.of(quoted(what.replace('_', ' '), style))
                : Optional.empty();
    }

    private static String next(Matcher numbered, String what) {
        String digits = numbered.group(2);
        String next = String.valueOf(Integer.parseInt(digits) + 1);
        String padded = "0".repeat(Math.max(0, digits.length() - next.length())) + next;
        return numbered.group(1) + padded + numbered.group(3) + what;
    }

    private static String quoted(String text, CodeStyle style) {
        return style.quote() + text + style.quote();
    }

    private TextEdit edit(List<String> parts, CodeStyle style) {
        boolean lines = last.text().contains("\n");
        return Elements.of(list)
                .append(
                        lines
                                ? "{\n" + style.indent() + String.join(",\n" + style.indent(), parts) + ",\n}"
                                : "{ " + String.join(", ", parts) + " }",
                        style.indent());
    }
}
