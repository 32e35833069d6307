package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.SqlStatement;
import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.sql.SqlShape;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.List;

/** Extends an INSERT by one more column with one more binding, where its form lets that be done for certain. */
sealed interface InsertColumn {

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
        if (insert.source() != SqlShape.Source.ONE_ROW || insert.columnsClose().isEmpty()) {
            return new Unsupported("it is not an INSERT of one row with a list of columns");
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
        Span close = insert.rows().getFirst().close();
        long before = shape.parameters().stream()
                .filter(parameter -> parameter.span().start() < close.start())
                .count();
        SyntaxNode anchor = arguments.get(first + (int) before - 1);
        return new Extended(List.of(
                TextEdit.insert(offset + insert.columnsClose().get().start(), ", " + column),
                TextEdit.insert(offset + close.start(), ", ?"),
                TextEdit.insert(anchor.span().end(), ", " + value)));
    }

    private static List<SyntaxNode> arguments(SyntaxTree tree, Span call) {
        return tree.find("call_expression", call)
                .flatMap(node -> node.field("arguments"))
                .map(SyntaxNode::children)
                .orElse(List.of());
    }
}
