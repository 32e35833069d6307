package dev.dopi.analysis;

import dev.dopi.analysis.StorageCode.Unit;
import dev.dopi.model.SqlStatement;
import dev.dopi.source.Span;
import dev.dopi.sql.SqlScript;
import dev.dopi.sql.SqlShape;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.TaggedTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds every SQL statement that runs on a class's own storage: directly, by helpers, or from a list of migrations. */
final class SqlReader {

    private final StorageCode code;
    private final Resolver resolver;
    private final SqlRunners runners;
    private final boolean sqlTag;
    private final List<Run> runs = new ArrayList<>();
    /** Units whose caller hands over a list of SQL: what they run that is not known otherwise is that list. */
    private final Set<Unit> fed = new HashSet<>();

    /**
     * A statement, and the call that runs it.
     *
     * @param call may stand in another file than the class; for a list, it is the call that the list is passed to
     */
    record Run(SqlStatement statement, Unit unit, SyntaxNode call) {}

    /**
     * @param sqlTag whether the base class gives the object a template tag {@code this.sql}
     */
    SqlReader(StorageCode code, Resolver resolver, boolean sqlTag) {
        this.code = code;
        this.resolver = resolver;
        this.sqlTag = sqlTag;
        this.runners = new SqlRunners(code, resolver);
    }

    List<Run> read() {
        for (Unit unit : code.units()) {
            unit.code()
                    .body()
                    .descendants()
                    .filter(node -> node.is(
                            "call_expression", "new_expression", "assignment_expression", "public_field_definition"))
                    .forEach(node -> readList(unit, node));
        }
        for (Unit unit : code.units()) {
            unit.code()
                    .body()
                    .descendants()
                    .filter(node -> node.is("call_expression", "binary_expression"))
                    .forEach(call -> read(unit, call));
        }
        runs.addAll(new DrizzleReader(code, resolver).read());
        runs.addAll(new KyselyReader(code, resolver).read());
        return once();
    }

    private void read(Unit unit, SyntaxNode call) {
        var texts = new SqlTexts(unit.code().module(), resolver);
        Optional<TaggedTemplate> tagged = TaggedTemplate.of(call).filter(it -> isTag(unit, it.tag()));
        if (tagged.isPresent()) {
            add(unit, call, texts.tagged(tagged.get().template()), List.of());
            return;
        }
        runners.argument(unit, call).ifPresent(index -> readCall(unit, call, index, texts));
    }

    private void readCall(Unit unit, SyntaxNode call, int index, SqlTexts texts) {
        List<SyntaxNode> arguments = Expressions.arguments(call);
        if (index >= arguments.size() || runners.passesOn(unit, call, arguments.get(index))) {
            return;
        }
        SyntaxNode sql = arguments.get(index);
        List<String> bindings = bindings(sql, arguments.subList(index + 1, arguments.size()));
        List<SqlText> found = texts.of(sql);
        // A list that a helper runs one by one is no statement of the call itself: what is beside the call runs each
        // time.
        boolean listed = found.size() > 1
                && Expressions.bare(sql).is("identifier", "member_expression")
                && Expressions.calledProperty(call)
                        .filter(it -> it.equals("exec"))
                        .isEmpty();
        for (SqlText text : found) {
            boolean isList = text.text().isBlank() && text.dynamic().isPresent() && fed.contains(unit);
            if (!isList) {
                add(unit, call, text, bindings, listed);
            }
        }
    }

    /** The values that a call binds: its further arguments, or the list in the object that holds the SQL. */
    private static List<String> bindings(SyntaxNode sql, List<SyntaxNode> rest) {
        SyntaxNode bare = Expressions.bare(sql);
        if (bare.is("array") && bare.children().size() == 1) {
            bare = bare.children().getFirst();
        }
        if (bare.is("object")) {
            return bare.children().stream()
                    .filter(pair -> pair.fieldText("key").matches("params|bindings|args|values|parameters"))
                    .flatMap(pair -> pair.field("value").stream())
                    .filter(value -> value.is("array"))
                    .flatMap(value -> value.children().stream())
                    .map(SyntaxNode::text)
                    .toList();
        }
        if (rest.size() == 1 && Expressions.bare(rest.getFirst()).is("array")) {
            return Expressions.bare(rest.getFirst()).children().stream()
                    .map(SyntaxNode::text)
                    .toList();
        }
        return rest.stream().map(SyntaxNode::text).toList();
    }

    /** A list of SQL that is handed over together with the storage, or kept as the object's migrations. */
    private void readList(Unit unit, SyntaxNode node) {
        List<SyntaxNode> lists =
                switch (node.kind()) {
                    case "assignment_expression" ->
                        node.fieldText("left").matches("(?i)this\\..*migrations?")
                                ? node.field("right").stream().toList()
                                : List.of();
                    case "public_field_definition" ->
                        ClassBody.memberName(node).matches("(?i)#?\\w*migrations?")
                                ? node.field("value").stream().toList()
                                : List.of();
                    default -> handedOver(unit, node);
                };
        var texts = new SqlTexts(unit.code().module(), resolver);
        boolean any = false;
        for (SyntaxNode list : lists) {
            for (SqlText text : texts.of(list)) {
                if (text.dynamic().isEmpty() && text.looksLikeSql()) {
                    add(unit, node, text, List.of(), true);
                    any = true;
                }
            }
        }
        if (any) {
            code.units().stream()
                    .filter(each -> each.caller()
                            .filter(caller -> caller.call().span().equals(node.span())
                                    && caller.unit().equals(unit))
                            .isPresent())
                    .forEach(fed::add);
        }
    }

    private List<SyntaxNode> handedOver(Unit unit, SyntaxNode call) {
        if (runners.argument(unit, call).isPresent()
                || unit.code().roles().passed(call).stream().noneMatch(StorageRoles.Passed::isSomething)) {
            return List.of();
        }
        return Expressions.arguments(call).stream()
                .flatMap(argument -> Expressions.bare(argument).is("object")
                        ? Expressions.bare(argument).children().stream().flatMap(pair -> pair.field("value").stream())
                        : java.util.stream.Stream.of(argument))
                .filter(value -> Expressions.bare(value).is("array", "identifier", "member_expression", "object"))
                .filter(value -> unit.code().roles().of(value).isEmpty())
                .toList();
    }

    private void add(Unit unit, SyntaxNode call, SqlText text, List<String> bindings) {
        add(unit, call, text, bindings, false);
    }

    private void add(Unit unit, SyntaxNode call, SqlText text, List<String> bindings, boolean listed) {
        List<SqlScript.Part> parts = SqlScript.split(text.text());
        Optional<Span> place = unit.own() && !listed ? Optional.of(call.span()) : Optional.empty();
        for (int i = 0; i < parts.size(); i++) {
            // Only the last statement of a call may have bindings.
            List<String> own = i == parts.size() - 1 ? bindings : List.of();
            SqlScript.Part part = parts.get(i);
            runs.add(new Run(statement(part.text(), part.offset(), text, place, own), unit, call));
        }
        if (parts.isEmpty() && text.dynamic().isPresent()) {
            runs.add(new Run(statement("", 0, text, place, bindings), unit, call));
        }
    }

    private static SqlStatement statement(
            String sql, int offset, SqlText text, Optional<Span> call, List<String> bindings) {
        SqlShape shape = SqlShape.of(sql);
        return new SqlStatement(
                sql,
                text.file(),
                text.literal(),
                text.line(),
                call,
                arguments(shape, offset, text.holes(), bindings),
                text.dynamic(),
                SqlStatement.Kind.valueOf(shape.kind().name()));
    }

    /** The values in the order of the parameters: what the text interpolates stands between what the call binds. */
    private static List<String> arguments(SqlShape shape, int offset, List<SqlText.Hole> holes, List<String> bindings) {
        if (holes.isEmpty()) {
            return bindings;
        }
        var arguments = new ArrayList<String>();
        var left = new ArrayList<>(bindings);
        for (SqlShape.Parameter parameter : shape.parameters()) {
            Optional<String> hole = holes.stream()
                    .filter(each -> each.offset() == offset + parameter.span().start())
                    .map(SqlText.Hole::code)
                    .findFirst();
            if (hole.isPresent()) {
                arguments.add(hole.get());
            } else if (!left.isEmpty()) {
                arguments.add(left.removeFirst());
            }
        }
        arguments.addAll(left);
        return List.copyOf(arguments);
    }

    private boolean isTag(Unit unit, SyntaxNode tag) {
        boolean given = tag.is("member_expression")
                && tag.field("object").filter(it -> it.is("this")).isPresent()
                && tag.fieldText("property").equals("sql");
        return sqlTag && given || unit.code().means(tag, Role.SQL) || runners.isTag(unit, tag);
    }

    /** Returns a statement that a library makes of the code {@code node}, where no text of it stands. */
    static SqlStatement made(String sql, SyntaxNode node, List<String> arguments, Optional<String> dynamic) {
        return new SqlStatement(
                sql,
                node.tree().file().path(),
                node.span(),
                node.line(),
                Optional.empty(),
                arguments,
                dynamic,
                SqlStatement.Kind.valueOf(SqlShape.of(sql).kind().name()));
    }

    /** A text that several calls or units run is one statement. */
    private List<Run> once() {
        var seen = new HashSet<String>();
        return runs.stream()
                .filter(run -> seen.add(run.statement().file() + " "
                        + run.statement().literal() + " "
                        + run.statement().sql() + " "
                        + run.statement().call()))
                .toList();
    }
}
