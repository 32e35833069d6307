package dev.dopi.analysis;

import dev.dopi.analysis.TableReader.Shaped;
import dev.dopi.model.Table.Timestamp.Unit;
import dev.dopi.source.Span;
import dev.dopi.sql.SqlShape;
import dev.dopi.sql.TableShape;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells which inserted values are the time of the insert, and how they count it. */
final class TimeValues {

    private static final Pattern NAME = Pattern.compile(
            "(^|_)(ts|time|timestamp|date|datetime|at|when|created|inserted|added|sent|received|logged|clicked|seen|updated|modified"
                    + "|started|ended|finished|completed|expires?|expiry|expiration|expired)($|_)|timestamp",
            Pattern.CASE_INSENSITIVE);

    static boolean soundsLikeTime(String name) {
        return NAME.matcher(name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")).find();
    }

    /** Returns the unit in which {@code insert} fills {@code column} with the present time, where it does. */
    Optional<Unit> unitOf(Shaped insert, TableShape table, TableShape.Column column) {
        Optional<String> given = given(insert, table, column);
        if (given.isEmpty()) {
            SqlShape.Insert parts = insert.shape().insert().orElseThrow();
            return parts.rows().isEmpty() && parts.source() != SqlShape.Source.DEFAULT_VALUES
                    ? Optional.empty()
                    : column.defaultText().flatMap(PresentTime::ofSql);
        }
        return PresentTime.ofSql(given.get())
                .or(() -> valueOf(insert, table, column).flatMap(text -> codeUnit(text, insert)));
    }

    /** Returns what {@code insert} puts into {@code column} of its first row: SQL, or the code of what it binds. */
    Optional<String> valueOf(Shaped insert, TableShape table, TableShape.Column column) {
        return place(insert, table, column).flatMap(span -> binding(insert, span)
                .or(() -> Optional.of(insert.statement().sql().substring(span.start(), span.end()))));
    }

    private static Optional<String> given(Shaped insert, TableShape table, TableShape.Column column) {
        return place(insert, table, column).map(span -> insert.statement().sql().substring(span.start(), span.end()));
    }

    private static Optional<Span> place(Shaped insert, TableShape table, TableShape.Column column) {
        SqlShape.Insert parts = insert.shape().insert().orElseThrow();
        if (parts.rows().isEmpty()) {
            return Optional.empty();
        }
        int index = -1;
        for (int i = 0; i < parts.columns().size(); i++) {
            if (parts.columns().get(i).name().equalsIgnoreCase(column.name())) {
                index = i;
            }
        }
        if (parts.columns().isEmpty()) {
            index = table.columns().indexOf(column);
        }
        List<Span> values = parts.rows().getFirst().values();
        return index < 0 || index >= values.size() ? Optional.empty() : Optional.of(values.get(index));
    }

    /** Returns the code of what a statement binds, with what its variables are set to. */
    String spelledOut(Shaped each) {
        var text = new StringBuilder();
        for (String argument : each.statement().arguments()) {
            text.append(argument)
                    .append(' ')
                    .append(local(argument, each).orElse(""))
                    .append(' ');
        }
        return text.toString();
    }

    private static Optional<String> binding(Shaped insert, Span value) {
        List<SqlShape.Parameter> parameters = insert.shape().parameters();
        return parameters.stream()
                .filter(parameter -> parameter.span().equals(value))
                .findFirst()
                .map(parameter -> parameter.ordinal() - 1)
                .filter(place -> place < insert.statement().arguments().size())
                .map(place -> insert.statement().arguments().get(place));
    }

    private Optional<Unit> codeUnit(String code, Shaped insert) {
        Optional<Unit> direct = PresentTime.ofCode(code);
        return direct.isPresent() ? direct : local(code, insert).flatMap(PresentTime::ofCode);
    }

    /** Returns what the constant {@code name} (or {@code object.field}) is set to in the function of the insert. */
    private Optional<String> local(String code, Shaped insert) {
        String name = code.strip();
        if (!name.matches("[\\w$.]+")) {
            return Optional.empty();
        }
        Optional<SyntaxNode> function = insert.run()
                .call()
                .ancestors()
                .filter(node -> node.is("method_definition", "function_declaration"))
                .findFirst();
        int dot = name.indexOf('.');
        String object = dot < 0 ? name : name.substring(0, dot);
        List<SyntaxNode> values = function.stream()
                .flatMap(SyntaxNode::descendants)
                .filter(node ->
                        node.is("variable_declarator") && node.fieldText("name").equals(object))
                .flatMap(declarator -> declarator.field("value").stream())
                .toList();
        if (values.size() != 1) {
            return Optional.empty();
        }
        SyntaxNode value = Expressions.bare(values.getFirst());
        if (dot < 0) {
            return Optional.of(value.text());
        }
        return value.children().stream()
                .filter(pair -> pair.is("pair") && pair.fieldText("key").equals(name.substring(dot + 1)))
                .findFirst()
                .map(pair -> pair.fieldText("value"));
    }
}
