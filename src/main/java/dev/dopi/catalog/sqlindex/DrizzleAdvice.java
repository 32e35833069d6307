package dev.dopi.catalog.sqlindex;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.sql.IndexProposal;
import dev.dopi.sql.SqlShape;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The line that a drizzle schema needs for an index: drizzle-kit writes the migration from it, so dopi does not. */
final class DrizzleAdvice {

    private DrizzleAdvice() {}

    /** Returns what to write and where, where {@code table} is one of a drizzle schema. */
    static Optional<String> of(Project project, DurableObjectClass type, String table, List<IndexProposal> proposals) {
        return type.statements().stream()
                .filter(statement -> isSchemaOf(statement, table))
                .flatMap(statement -> project.read(statement.file()).stream()
                        .filter(file -> isDrizzle(file, statement))
                        .flatMap(file -> advice(file, statement, proposals).stream()))
                .findFirst();
    }

    private static boolean isSchemaOf(SqlStatement statement, String table) {
        SqlShape shape = SqlShape.of(statement.sql());
        return shape.form() == SqlShape.Form.CREATE_TABLE
                && shape.target().filter(name -> name.equalsIgnoreCase(table)).isPresent();
    }

    private static boolean isDrizzle(SourceFile file, SqlStatement statement) {
        return Grammar.of(file.path()).isPresent()
                && file.text(statement.literal()).matches("(?s)[\\w.]*([tT]able)\\s*\\(.*");
    }

    private static Optional<String> advice(SourceFile file, SqlStatement statement, List<IndexProposal> proposals) {
        Grammar grammar = Grammar.of(file.path()).orElseThrow();
        try (SyntaxTree tree = SyntaxTree.parse(file, grammar)) {
            return tree.find("call_expression", statement.literal())
                    .map(call ->
                            "Add to the third argument of the table in %s:%d: %s. Then run drizzle-kit generate, and deploy the migration that it writes."
                                    .formatted(
                                            file.path(),
                                            statement.line(),
                                            proposals.stream()
                                                    .map(proposal -> line(call, proposal))
                                                    .collect(Collectors.joining(", "))));
        }
    }

    private static String line(SyntaxNode table, IndexProposal proposal) {
        String columns = proposal.columns().stream()
                .map(column -> column.contains("(") || column.contains(" COLLATE ")
                        ? "sql`" + column + "`"
                        : "table." + property(table, column.replaceAll("\"", "").replaceFirst(" DESC$", ""))
                                + (column.endsWith(" DESC") ? ".desc()" : ""))
                .collect(Collectors.joining(", "));
        int where = proposal.createSql().indexOf(" WHERE ");
        String rows = where < 0 ? "" : ".where(sql`" + proposal.createSql().substring(where + 7) + "`)";
        return "index(\"%s\").on(%s)%s".formatted(proposal.name(), columns, rows);
    }

    /** Returns the name that code uses for the column {@code name}. */
    private static String property(SyntaxNode table, String name) {
        return table.field("arguments").stream()
                .flatMap(arguments -> arguments.children().stream().skip(1).limit(1))
                .flatMap(columns -> columns.children().stream())
                .filter(pair -> pair.is("pair"))
                .filter(pair -> Stream.of(pair.field("value"))
                        .flatMap(Optional::stream)
                        .flatMap(SyntaxNode::descendants)
                        .anyMatch(node -> node.is("string_fragment") && node.hasText(name)))
                .map(pair -> pair.fieldText("key"))
                .findFirst()
                .orElse(name);
    }
}
