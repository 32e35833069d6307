package dev.dopi.analysis;

import dev.dopi.sql.SqlName;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Writes a kysely query, such as {@code db.selectFrom("a").selectAll().where("b", "=", c)}, as SQL. */
final class KyselyQuery {

    private static final Set<String> OPERATORS =
            Set.of("=", "==", "!=", "<>", ">", ">=", "<", "<=", "like", "not like", "glob", "is", "is not");

    private final KyselyText.Builder text = new KyselyText.Builder();
    private final List<String> joins = new ArrayList<>();
    private final List<String> where = new ArrayList<>();
    private final List<String> order = new ArrayList<>();
    private final List<String> group = new ArrayList<>();
    private final List<String> columns = new ArrayList<>();
    private String start = "";
    private String end = "";
    private String limit = "";
    private String conflict = "";

    private KyselyQuery() {}

    static KyselyText of(List<SyntaxNode> chain) {
        return new KyselyQuery().read(chain);
    }

    private KyselyText read(List<SyntaxNode> chain) {
        SyntaxNode first = chain.getFirst();
        List<SyntaxNode> arguments = Expressions.arguments(first);
        String root = Expressions.calledProperty(first).orElse("");
        if (arguments.isEmpty()) {
            return text.text("");
        }
        String table = text.list(arguments);
        start = switch (root) {
            case "selectFrom" -> " FROM " + table;
            case "insertInto" -> "INTO " + table;
            case "replaceInto" -> "REPLACE INTO " + table;
            case "updateTable" -> "UPDATE " + table;
            case "deleteFrom" -> "DELETE FROM " + table;
            default -> "";
        };
        if (start.isEmpty()) {
            return text.text("");
        }
        chain.stream()
                .skip(1)
                .forEach(call -> part(Expressions.calledProperty(call).orElse(""), call));
        return text.text(
                switch (root) {
                    case "selectFrom" ->
                        "SELECT " + (columns.isEmpty() ? "*" : String.join(", ", columns)) + start + joined() + filter()
                                + listed(" GROUP BY ", group) + listed(" ORDER BY ", order) + limit;
                    case "insertInto" ->
                        "INSERT " + (conflict.startsWith("OR ") ? conflict + " " : "") + start + end
                                + (conflict.startsWith("OR ") ? "" : conflict);
                    case "replaceInto" -> start + end;
                    default -> start + end + filter() + listed(" ORDER BY ", order) + limit;
                });
    }

    private static String listed(String word, List<String> parts) {
        return parts.isEmpty() ? "" : word + String.join(", ", parts);
    }

    private String joined() {
        return String.join("", joins);
    }

    private String filter() {
        return where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where);
    }

    private void part(String property, SyntaxNode call) {
        List<SyntaxNode> arguments = Expressions.arguments(call);
        switch (property) {
            case "select" -> columns.add(text.list(arguments));
            case "selectAll" -> columns.add(arguments.isEmpty() ? "*" : text.list(arguments) + ".*");
            case "returning" -> end += " RETURNING " + text.list(arguments);
            case "returningAll" -> end += " RETURNING *";
            case "where" -> where(arguments);
            case "whereRef" -> comparison(arguments, true);
            case "orderBy" -> orderBy(arguments);
            case "groupBy" -> group.add(text.list(arguments));
            case "limit" -> arguments.forEach(it -> limit = " LIMIT " + text.bound(it) + limit);
            case "offset" -> arguments.forEach(it -> limit += " OFFSET " + text.bound(it));
            case "innerJoin" -> join(" JOIN ", arguments);
            case "leftJoin" -> join(" LEFT JOIN ", arguments);
            case "values" -> arguments.forEach(this::values);
            case "set" -> arguments.forEach(this::set);
            case "orReplace" -> conflict = "OR REPLACE";
            case "orIgnore", "ignore" -> conflict = "OR IGNORE";
            case "onConflict" -> arguments.forEach(this::onConflict);
            default -> text.other(property);
        }
    }

    private void where(List<SyntaxNode> arguments) {
        comparison(arguments, false);
    }

    /** {@code ("column", "operator", value)}. */
    private void comparison(List<SyntaxNode> arguments, boolean columns) {
        String operator = arguments.size() == 3 && arguments.get(1).is("string")
                ? SqlTexts.literalText(arguments.get(1)).toLowerCase(Locale.ROOT)
                : "";
        boolean in = operator.equals("in") || operator.equals("not in");
        if (!in && !OPERATORS.contains(operator)) {
            text.unknown("it filters by " + (arguments.isEmpty() ? "nothing" : shortly(arguments.getFirst())));
            return;
        }
        String column = text.name(arguments.getFirst());
        SyntaxNode value = Expressions.bare(arguments.get(2));
        String right = columns
                ? text.name(value)
                : value.hasText("null") ? "NULL" : in ? "(" + text.bound(value) + ")" : text.bound(value);
        where.add(column + " " + operator.toUpperCase(Locale.ROOT) + " " + right);
    }

    private static String shortly(SyntaxNode node) {
        String line = node.text().replaceAll("\\s+", " ");
        return line.length() > 40 ? line.substring(0, 37) + "..." : line;
    }

    private void orderBy(List<SyntaxNode> arguments) {
        if (arguments.isEmpty()) {
            return;
        }
        boolean directed = arguments.size() > 1 && arguments.get(1).is("string");
        if (arguments.size() > 1 && !directed) {
            text.unknown("it orders by " + shortly(arguments.get(1)));
        }
        String direction = directed && SqlTexts.literalText(arguments.get(1)).equalsIgnoreCase("desc") ? " DESC" : "";
        text.names(arguments.getFirst()).forEach(name -> order.add(name + direction));
    }

    private void join(String word, List<SyntaxNode> arguments) {
        if (arguments.size() != 3) {
            text.unknown("it joins by a function");
            return;
        }
        joins.add(word + text.name(arguments.get(0)) + " ON " + text.name(arguments.get(1)) + " = "
                + text.name(arguments.get(2)));
    }

    private void values(SyntaxNode node) {
        SyntaxNode value = Expressions.bare(node);
        Optional<SyntaxNode> row = value.is("array")
                ? value.children().stream().map(Expressions::bare).findFirst()
                : Optional.of(value);
        if (row.isEmpty() || !row.get().is("object")) {
            text.unknown("it inserts " + shortly(value));
            return;
        }
        var names = new ArrayList<String>();
        var bound = new ArrayList<String>();
        pairs(row.get(), (name, it) -> {
            names.add(name);
            bound.add(text.bound(it));
        });
        end = " (" + String.join(", ", names) + ") VALUES (" + String.join(", ", bound) + ")" + end;
    }

    private void set(SyntaxNode node) {
        SyntaxNode value = Expressions.bare(node);
        if (!value.is("object")) {
            text.unknown("it sets " + shortly(value));
            return;
        }
        var parts = new ArrayList<String>();
        pairs(value, (name, it) -> parts.add(name + " = " + text.bound(it)));
        end = " SET " + String.join(", ", parts) + end;
    }

    private interface Pair {
        void take(String name, SyntaxNode value);
    }

    private void pairs(SyntaxNode object, Pair taker) {
        for (SyntaxNode pair : object.children()) {
            if (pair.is("shorthand_property_identifier")) {
                taker.take(SqlName.written(pair.text()), pair);
            } else if (pair.is("pair")
                    && pair.field("key")
                            .filter(key -> !key.is("computed_property_name"))
                            .isPresent()) {
                String name = pair.fieldText("key").replaceAll("^[\"']|[\"']$", "");
                taker.take(SqlName.written(name), pair.field("value").orElse(pair));
            } else {
                text.unknown("it takes columns from " + shortly(pair));
            }
        }
    }

    /** {@code (oc) => oc.column("id").doNothing()}, or {@code .doUpdateSet({…})}. */
    private void onConflict(SyntaxNode callback) {
        Optional<SyntaxNode> body = Expressions.bare(callback).field("body").map(Expressions::bare);
        List<SyntaxNode> chain = body.filter(it -> it.is("call_expression"))
                .map(it -> CallChain.of(it).calls())
                .orElse(List.of());
        String target = "";
        String action = "";
        for (SyntaxNode call : chain) {
            List<SyntaxNode> arguments = Expressions.arguments(call);
            switch (Expressions.calledProperty(call).orElse("")) {
                case "column", "columns" -> target = " (" + text.list(arguments) + ")";
                case "doNothing" -> action = " DO NOTHING";
                case "doUpdateSet" -> {
                    var parts = new ArrayList<String>();
                    arguments.stream()
                            .map(Expressions::bare)
                            .filter(it -> it.is("object"))
                            .forEach(it -> pairs(it, (name, value) -> parts.add(name + " = " + text.bound(value))));
                    action = parts.isEmpty() ? "" : " DO UPDATE SET " + String.join(", ", parts);
                }
                default -> text.unknown("its conflict clause is not followed");
            }
        }
        if (action.isEmpty()) {
            text.unknown("its conflict clause is not followed");
        } else {
            conflict = " ON CONFLICT" + target + action;
        }
    }
}
