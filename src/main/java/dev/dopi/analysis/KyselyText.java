package dev.dopi.analysis;

import dev.dopi.sql.SqlName;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The SQL that one chain of calls makes.
 *
 * @param sql empty where the chain makes no statement
 * @param arguments the code of what is bound
 * @param dynamic why the text is not fully known
 */
record KyselyText(String sql, List<String> arguments, Optional<String> dynamic) {

    private static final Pattern REFERENCE =
            Pattern.compile("([A-Za-z_]\\w*)(?:\\.([A-Za-z_]\\w*|\\*))?(?:\\s+as\\s+([A-Za-z_]\\w*))?");
    /** Calls that run a statement, or only say of what type it is. */
    private static final Set<String> RUNS = Set.of(
            "execute",
            "executeTakeFirst",
            "executeTakeFirstOrThrow",
            "compile",
            "stream",
            "$castTo",
            "$narrowType",
            "$assertType");

    /** What a statement is put together from. */
    static final class Builder {

        private final List<String> arguments = new ArrayList<>();
        private Optional<String> dynamic = Optional.empty();

        void unknown(String why) {
            dynamic = dynamic.or(() -> Optional.of(why));
        }

        /** Takes a call that makes no part of the text, or says that it is not followed. */
        void other(String property) {
            if (!RUNS.contains(property)) {
                unknown("it calls " + property + "(), which is not followed");
            }
        }

        /** Returns {@code value} as a parameter. */
        String bound(SyntaxNode value) {
            arguments.add(value.text());
            return "?";
        }

        /** Returns the table or column that {@code node} names. */
        String name(SyntaxNode node) {
            Matcher matcher = REFERENCE.matcher(node.is("string") ? SqlTexts.literalText(node) : "");
            if (!matcher.matches()) {
                unknown("it names " + node.text());
                return "unknown";
            }
            String first = SqlName.written(matcher.group(1));
            String second = matcher.group(2) == null
                    ? ""
                    : "." + (matcher.group(2).equals("*") ? "*" : SqlName.written(matcher.group(2)));
            return first + second + (matcher.group(3) == null ? "" : " AS " + SqlName.written(matcher.group(3)));
        }

        /** Returns the names in {@code node}, which is one or a list. */
        List<String> names(SyntaxNode node) {
            SyntaxNode bare = Expressions.bare(node);
            return bare.is("array") ? bare.children().stream().map(this::name).toList() : List.of(name(bare));
        }

        String list(List<SyntaxNode> nodes) {
            return nodes.stream().flatMap(node -> names(node).stream()).collect(Collectors.joining(", "));
        }

        KyselyText text(String sql) {
            return new KyselyText(sql, List.copyOf(arguments), dynamic);
        }
    }
}
