package dev.dopi.analysis;

import dev.dopi.analysis.TableReader.Shaped;
import dev.dopi.model.Table.Timestamp.Unit;
import dev.dopi.source.Span;
import dev.dopi.sql.SqlShape;
import dev.dopi.sql.TableShape;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells which inserted values are the time of the insert, and how they count it. */
final class TimeValues {

    private static final Pattern NAME = Pattern.compile(
            "(^|_)(ts|time|timestamp|date|at|created|inserted|added|sent|received|logged|clicked|expires?|expiry|expiration)($|_)"
                    + "|[a-z](At|Time|Date|On)$|timestamp",
            Pattern.CASE_INSENSITIVE);

    private final SyntaxNode classNode;

    TimeValues(SyntaxNode classNode) {
        this.classNode = classNode;
    }

    static boolean soundsLikeTime(String name) {
        return NAME.matcher(name).find();
    }

    /** Returns the unit in which {@code insert} fills {@code column} with the present time, where it does. */
    Optional<Unit> unitOf(Shaped insert, TableShape table, TableShape.Column column) {
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
        if (index < 0) {
            return column.defaultText().flatMap(TimeValues::sqlUnit);
        }
        List<Span> values = parts.rows().getFirst().values();
        if (index >= values.size()) {
            return Optional.empty();
        }
        Span value = values.get(index);
        String sql = insert.statement().sql().substring(value.start(), value.end());
        return sqlUnit(sql).or(() -> binding(insert, value).flatMap(text -> codeUnit(text, insert)));
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

    private static Optional<Unit> sqlUnit(String sql) {
        String text = sql.toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
        if (text.contains("unixepoch(") || text.contains("strftime('%s'")) {
            return text.contains("*1000") ? Optional.of(Unit.MILLISECONDS) : Optional.of(Unit.SECONDS);
        }
        if (text.contains("current_timestamp") || text.contains("datetime('now')")) {
            return Optional.of(Unit.SQLITE_TEXT);
        }
        return Optional.empty();
    }

    private Optional<Unit> codeUnit(String code, Shaped insert) {
        Optional<Unit> direct = codeUnit(code);
        return direct.isPresent() ? direct : local(code, insert).flatMap(TimeValues::codeUnit);
    }

    private static Optional<Unit> codeUnit(String code) {
        String text = code.replaceAll("\\s+", "");
        if (text.matches("Date\\.now\\(\\)|newDate\\(\\)\\.(getTime|valueOf)\\(\\)|\\+newDate\\(\\)")) {
            return Optional.of(Unit.MILLISECONDS);
        }
        if (text.matches("Math\\.(floor|round|trunc)\\((Date\\.now\\(\\)|newDate\\(\\)\\.getTime\\(\\))/1000\\)")) {
            return Optional.of(Unit.SECONDS);
        }
        if (text.matches("newDate\\((Date\\.now\\(\\))?\\)\\.toISOString\\(\\)")) {
            return Optional.of(Unit.ISO_TEXT);
        }
        return Optional.empty();
    }

    /** Returns what the constant {@code name} (or {@code object.field}) is set to in the function of the insert. */
    private Optional<String> local(String code, Shaped insert) {
        String name = code.strip();
        Optional<Span> call = insert.statement().call();
        if (call.isEmpty() || !name.matches("[\\w$.]+")) {
            return Optional.empty();
        }
        Optional<SyntaxNode> function = classNode
                .descendants()
                .filter(node -> node.is("method_definition") && node.span().contains(call.get()))
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
