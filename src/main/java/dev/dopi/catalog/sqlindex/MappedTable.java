package dev.dopi.catalog.sqlindex;

import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.Elements;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.sql.IndexProposal;
import dev.dopi.sql.SqlShape;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of a drizzle schema: {@code sqliteTable("notes", { … }, (table) => [ … ])}.
 *
 * @param statement what the call means in SQL, with the place of the call
 * @param proposals the indexes that it lacks
 */
record MappedTable(SourceFile file, SqlStatement statement, List<IndexProposal> proposals) {

    private static final Pattern CALL = Pattern.compile("[\\w.]*[tT]able\\s*\\(.*", Pattern.DOTALL);
    private static final Pattern COLUMN = Pattern.compile("\\w+|\"\\w+\"");

    MappedTable {
        proposals = List.copyOf(proposals);
    }

    /** Returns the table that {@code proposals} are for, where one of the class's drizzle schemas has it. */
    static Optional<MappedTable> of(
            Project project, DurableObjectClass type, String table, List<IndexProposal> proposals) {
        return type.statements().stream()
                .filter(statement -> makes(statement, table))
                .flatMap(statement -> project.read(statement.file()).stream()
                        .filter(file -> Grammar.of(file.path()).isPresent())
                        .filter(file ->
                                CALL.matcher(file.text(statement.literal())).matches())
                        .map(file -> new MappedTable(file, statement, proposals)))
                .findFirst();
    }

    static boolean makes(SqlStatement statement, String table) {
        SqlShape shape = SqlShape.of(statement.sql());
        return shape.form() == SqlShape.Form.CREATE_TABLE
                && shape.target().filter(name -> name.equalsIgnoreCase(table)).isPresent();
    }

    String name() {
        return proposals.getFirst().table();
    }

    /** Returns what to do by hand, in two sentences. */
    String advice() {
        try (SyntaxTree tree = tree()) {
            String lines = tree.find("call_expression", statement.literal())
                    .flatMap(call -> lines(call, "table", '"'))
                    .map(all -> String.join(", ", all))
                    .orElseGet(() -> proposals.stream()
                            .map(IndexProposal::createSql)
                            .collect(Collectors.joining(", as ", "the same as ", "")));
            return "Add to the third argument of the table in %s:%d: %s. Then run drizzle-kit generate, and deploy the migration that it writes."
                    .formatted(file.path(), statement.line(), lines);
        }
    }

    private SyntaxTree tree() {
        return SyntaxTree.parse(file, Grammar.of(file.path()).orElseThrow());
    }

    /** Returns the edit of {@code tree}, of this table's file, that adds the indexes; empty where the call has another form. */
    Optional<TextEdit> edit(SyntaxTree tree, CodeStyle style) {
        Optional<SyntaxNode> call = tree.find("call_expression", statement.literal());
        List<SyntaxNode> arguments = call.flatMap(each -> each.field("arguments")).stream()
                .flatMap(each -> each.children().stream())
                .toList();
        if (arguments.size() == 2 && arguments.get(1).is("object")) {
            return lines(call.orElseThrow(), "table", style.quote())
                    .map(lines -> third(arguments.get(1), lines, style));
        }
        return arguments.size() == 3 && arguments.get(2).is("arrow_function")
                ? further(call.orElseThrow(), arguments.get(2), style)
                : Optional.empty();
    }

    private TextEdit third(SyntaxNode columns, List<String> lines, CodeStyle style) {
        String margin = file.indentAt(columns.span().start());
        String end = style.lineEnd();
        boolean ownLine = file.text()
                .substring(
                        file.text().lastIndexOf('\n', columns.span().start()) + 1,
                        columns.span().start())
                .isBlank();
        String inner = end + margin + style.indent();
        return TextEdit.insert(
                columns.span().end(),
                "," + (ownLine ? end + margin : " ") + "(table) => [" + inner + String.join("," + inner, lines) + ","
                        + end + margin + "]");
    }

    private Optional<TextEdit> further(SyntaxNode call, SyntaxNode function, CodeStyle style) {
        Optional<SyntaxNode> body = function.field("body");
        Optional<SyntaxNode> list = body.filter(each -> each.is("array"))
                .or(() ->
                        body.filter(each -> each.is("parenthesized_expression")).flatMap(each -> each.child("object")));
        Optional<String> parameter = function.field("parameter")
                .or(() -> function.field("parameters")
                        .map(SyntaxNode::children)
                        .filter(all -> all.size() == 1)
                        .map(List::getFirst)
                        .map(each -> each.field("pattern").orElse(each)))
                .filter(each -> each.is("identifier"))
                .map(SyntaxNode::text);
        if (list.isEmpty() || parameter.isEmpty()) {
            return Optional.empty();
        }
        boolean array = list.get().is("array");
        return lines(call, parameter.get(), style.quote())
                .map(lines -> Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                        .map(i -> array ? lines.get(i) : key(proposals.get(i)) + ": " + lines.get(i))
                        .collect(Collectors.joining(",\n")))
                .map(lines -> Elements.of(list.get()).append(lines, style.indent()));
    }

    private static String key(IndexProposal proposal) {
        return Pattern.compile("_+(\\w)").matcher(proposal.name()).replaceAll(match -> match.group(1)
                .toUpperCase(Locale.ROOT));
    }

    /** Returns a call for each index; empty where one is on something that the schema's code cannot name. */
    private Optional<List<String>> lines(SyntaxNode call, String parameter, char quote) {
        List<String> lines = proposals.stream()
                .flatMap(proposal -> line(call, parameter, proposal, quote).stream())
                .toList();
        return lines.size() == proposals.size() ? Optional.of(lines) : Optional.empty();
    }

    private static Optional<String> line(SyntaxNode call, String parameter, IndexProposal proposal, char quote) {
        List<String> columns = proposal.columns().stream()
                .flatMap(column -> isPlain(column)
                        ? property(call, plain(column)).map(name -> parameter + "." + name).stream()
                        : sql(column).stream())
                .toList();
        Optional<String> rows = where(proposal)
                .map(text -> sql(text).map(".where(%s)"::formatted))
                .orElse(Optional.of(""));
        return columns.size() == proposal.columns().size()
                ? rows.map(end -> "index(%1$s%2$s%1$s).on(%3$s)%4$s"
                        .formatted(quote, proposal.name(), String.join(", ", columns), end))
                : Optional.empty();
    }

    /** Returns whether one of the indexes is written with drizzle's {@code sql}. */
    boolean needsSql() {
        return proposals.stream()
                .anyMatch(proposal -> where(proposal).isPresent()
                        || !proposal.columns().stream().allMatch(MappedTable::isPlain));
    }

    private static Optional<String> sql(String text) {
        return text.matches("[^`$\\\\]*") ? Optional.of("sql`" + text + "`") : Optional.empty();
    }

    /** Returns whether {@code column} of an index is one of the table, in its own order and collation. */
    static boolean isPlain(String column) {
        return COLUMN.matcher(column).matches();
    }

    static String plain(String column) {
        return column.replace("\"", "");
    }

    /** Returns which rows an index is about, where it is not about all. */
    static Optional<String> where(IndexProposal proposal) {
        int where = proposal.createSql().indexOf(" WHERE ");
        return where < 0 ? Optional.empty() : Optional.of(proposal.createSql().substring(where + " WHERE ".length()));
    }

    /** Returns the name that code uses for the column {@code name}. */
    private static Optional<String> property(SyntaxNode call, String name) {
        return call.field("arguments").stream()
                .flatMap(arguments -> arguments.children().stream().skip(1).limit(1))
                .flatMap(columns -> columns.children().stream())
                .filter(pair -> pair.is("pair"))
                .filter(pair -> named(pair).orElse(pair.fieldText("key")).equals(name))
                .map(pair -> pair.fieldText("key"))
                .filter(key -> key.matches("[\\w$]+"))
                .findFirst();
    }

    /** Returns the name in {@code author: text("written_by").notNull()}. */
    private static Optional<String> named(SyntaxNode pair) {
        Optional<SyntaxNode> at = pair.field("value");
        while (at.filter(node -> node.is("call_expression")).isPresent()) {
            Optional<SyntaxNode> function = at.flatMap(node -> node.field("function"));
            if (function.filter(node -> node.is("member_expression")
                            && node.field("object")
                                    .filter(each -> each.is("call_expression"))
                                    .isPresent())
                    .isEmpty()) {
                return at.flatMap(node -> node.field("arguments"))
                        .flatMap(arguments -> arguments.children().stream().findFirst())
                        .filter(first -> first.is("string"))
                        .map(first -> first.text().substring(1, first.text().length() - 1));
            }
            at = function.flatMap(node -> node.field("object"));
        }
        return Optional.empty();
    }
}
