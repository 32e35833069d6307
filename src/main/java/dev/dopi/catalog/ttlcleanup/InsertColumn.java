package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.SqlStatement;
import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.sql.SqlLexer;
import dev.dopi.sql.SqlShape;
import dev.dopi.sql.SqlToken;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Extends an INSERT by one more column with one more binding, where its form lets that be done for certain. */
sealed interface InsertColumn {

    /** What may follow the list of a SELECT. */
    List<String> AFTER_LIST = List.of("FROM", "WHERE", "GROUP", "ORDER", "LIMIT", "ON", "RETURNING", ";");

    /** The edits that extend it. */
    record Extended(List<TextEdit> edits) implements InsertColumn {}

    /** Why it is not extended, as a clause. */
    record Unsupported(String reason) implements InsertColumn {}

    static InsertColumn extend(SyntaxTree tree, SqlStatement statement, String column, String value) {
        SourceFile file = tree.file();
        SqlShape shape = SqlShape.of(statement.sql());
        SqlShape.Insert insert = shape.insert().orElseThrow();
        if (statement.call().isEmpty() || !statement.file().equals(file.path())) {
            return new Unsupported("its text stands in another file");
        }
        if (insert.columnsClose().isEmpty()) {
            return new Unsupported("it has no list of columns, so old code could not insert beside another column");
        }
        Optional<List<Integer>> ends = valuesEnds(statement.sql(), insert);
        if (ends.isEmpty()) {
            return new Unsupported("where its values come from is not followed");
        }
        if (!shape.parameters().stream().allMatch(SqlShape.Parameter::positional)) {
            return new Unsupported("its parameters are numbered or named");
        }
        int offset = file.text().indexOf(statement.sql(), statement.literal().start());
        if (offset < 0
                || offset + statement.sql().length() > statement.literal().end()) {
            return new Unsupported("its text is put together from several parts");
        }
        List<SyntaxNode> arguments = arguments(tree, statement.call().get());
        int first = arguments.size() - statement.arguments().size();
        long parameters = shape.parameters().size();
        if (first < 1
                || parameters != statement.arguments().size()
                || statement.arguments().stream().anyMatch(it -> it.startsWith("..."))) {
            return new Unsupported("its bindings cannot be matched to its parameters one by one");
        }
        var edits = new ArrayList<TextEdit>();
        edits.add(TextEdit.insert(offset + insert.columnsClose().get().start(), ", " + column));
        var bindings = new TreeMap<Integer, String>();
        for (int end : ends.get()) {
            long before = shape.parameters().stream()
                    .filter(parameter -> parameter.span().start() < end)
                    .count();
            edits.add(TextEdit.insert(offset + end, ", ?"));
            int place = arguments.get(first + (int) before - 1).span().end();
            bindings.merge(place, ", " + value, String::concat);
        }
        // A row that is written anew lives anew; its old date would take it away too soon.
        for (int set : updates(statement.sql())) {
            edits.add(TextEdit.insert(offset + set, " %s = excluded.%s,".formatted(column, column)));
        }
        bindings.forEach((place, text) -> edits.add(TextEdit.insert(place, text)));
        return new Extended(List.copyOf(edits));
    }

    /** Returns where another value goes: in each row of VALUES, or at the end of what the SELECT asks for. */
    private static Optional<List<Integer>> valuesEnds(String sql, SqlShape.Insert insert) {
        return switch (insert.source()) {
            case ONE_ROW, ROWS ->
                Optional.of(
                        insert.rows().stream().map(row -> row.close().start()).toList());
            case SELECT -> selectEnd(sql, insert).map(List::of);
            case DEFAULT_VALUES, UNKNOWN -> Optional.empty();
        };
    }

    /** Returns the end of the list of a plain SELECT: one that begins with WITH or goes on with UNION is not followed. */
    private static Optional<Integer> selectEnd(String sql, SqlShape.Insert insert) {
        List<SqlToken> tokens = SqlLexer.tokens(sql).stream()
                .filter(token -> token.type() != SqlToken.Lexeme.COMMENT)
                .toList();
        int start = insert.columnsClose().map(Span::end).orElse(0);
        List<SqlToken> source =
                tokens.stream().filter(token -> token.start() >= start).toList();
        boolean plain = !source.isEmpty()
                && source.getFirst().is("SELECT")
                && source.stream().noneMatch(token -> token.is("UNION") || token.is("EXCEPT") || token.is("INTERSECT"));
        if (!plain) {
            return Optional.empty();
        }
        int end = start;
        int depth = 0;
        for (SqlToken token : source) {
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0 && AFTER_LIST.stream().anyMatch(token::is)) {
                return Optional.of(end);
            }
            end = token.span().end();
        }
        return Optional.of(end);
    }

    /** Returns the places behind each SET of {@code ON CONFLICT … DO UPDATE SET}. */
    private static List<Integer> updates(String sql) {
        List<SqlToken> tokens = SqlLexer.tokens(sql).stream()
                .filter(token -> token.type() != SqlToken.Lexeme.COMMENT)
                .toList();
        return IntStream.range(2, tokens.size())
                .filter(i -> tokens.get(i).is("SET")
                        && tokens.get(i - 1).is("UPDATE")
                        && tokens.get(i - 2).is("DO"))
                .map(i -> tokens.get(i).span().end())
                .boxed()
                .toList();
    }

    private static List<SyntaxNode> arguments(SyntaxTree tree, Span call) {
        return tree.find("call_expression", call)
                .flatMap(node -> node.field("arguments"))
                .map(SyntaxNode::children)
                .orElse(List.of());
    }
}
