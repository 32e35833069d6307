package dev.dopi.analysis;

import dev.dopi.sql.SqlName;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The SQL of one drizzle query as it is written, and how drizzle's conditions, operands and templates are put into it.
 *
 * <p>Where a part is put together at run time, something stands in for it, and {@link #dynamic()} says so.
 */
final class DrizzleWriter {

    private final DrizzleSchema schema;
    private final Resolver resolver;
    private final Module module;
    private final StringBuilder sql = new StringBuilder();
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, DrizzleTable> local = new HashMap<>();
    private Optional<String> dynamic = Optional.empty();

    DrizzleWriter(DrizzleSchema schema, Resolver resolver, Module module) {
        this.schema = schema;
        this.resolver = resolver;
        this.module = module;
    }

    String sql() {
        return sql.toString();
    }

    List<String> arguments() {
        return List.copyOf(arguments);
    }

    /** Returns why the SQL is not all that is run, where that is so. */
    Optional<String> dynamic() {
        return dynamic;
    }

    DrizzleWriter append(String text) {
        sql.append(text);
        return this;
    }

    /** Adds the code of the value for a parameter that was written. */
    void argument(String code) {
        arguments.add(code);
    }

    /** Lets {@code name} stand for {@code table} from here on. */
    void name(String name, DrizzleTable table) {
        local.put(name, table);
    }

    /** Writes {@code terms} of an ORDER BY or GROUP BY. */
    void list(String words, List<SyntaxNode> terms) {
        sql.append(words);
        for (int i = 0; i < terms.size(); i++) {
            sql.append(i == 0 ? "" : ", ");
            term(terms.get(i));
        }
    }

    private void term(SyntaxNode expression) {
        SyntaxNode node = Expressions.bare(expression);
        String function = node.is("call_expression") ? node.fieldText("function") : "";
        if (function.equals("desc") || function.equals("asc")) {
            Expressions.arguments(node).stream().findFirst().ifPresent(this::term);
            sql.append(function.equals("desc") ? " DESC" : "");
            return;
        }
        Optional<String> column = column(node);
        if (column.isPresent()) {
            sql.append(column.get());
        } else {
            unknown(node, "1");
        }
    }

    private void unknown(SyntaxNode node, String standIn) {
        sql.append(standIn);
        dynamic = dynamic.or(() -> Optional.of("drizzle gets %s, which is put together at run time"
                .formatted(node.text().strip().replaceAll("\\s+", " "))));
    }

    /** Writes what drizzle makes of a condition. */
    void condition(SyntaxNode expression) {
        SyntaxNode node = Expressions.bare(expression);
        if (node.is("ternary_expression") && node.fieldText("alternative").equals("undefined")) {
            node.field("consequence").ifPresent(this::condition);
            dynamic = dynamic.or(() -> Optional.of("drizzle is given a filter only at times"));
            return;
        }
        if (!node.is("call_expression")) {
            unknown(node, "1");
            return;
        }
        List<SyntaxNode> operands = Expressions.arguments(node);
        switch (node.fieldText("function")) {
            case "eq" -> compare(operands, " = ");
            case "ne" -> compare(operands, " <> ");
            case "gt" -> compare(operands, " > ");
            case "gte" -> compare(operands, " >= ");
            case "lt" -> compare(operands, " < ");
            case "lte" -> compare(operands, " <= ");
            case "like", "ilike" -> compare(operands, " LIKE ");
            case "isNull" -> after(operands, " IS NULL");
            case "isNotNull" -> after(operands, " IS NOT NULL");
            case "inArray" -> among(operands, " IN (");
            case "notInArray" -> among(operands, " NOT IN (");
            case "between" -> {
                operand(operands.getFirst());
                sql.append(" BETWEEN ");
                operands.stream().skip(1).limit(1).forEach(this::operand);
                sql.append(" AND ");
                operands.stream().skip(2).limit(1).forEach(this::operand);
            }
            case "and" -> joined(operands, " AND ");
            case "or" -> joined(operands, " OR ");
            case "not" -> {
                sql.append("NOT (");
                operands.forEach(this::condition);
                sql.append(")");
            }
            default -> {
                if (node.fieldText("function").matches("sql(<[\\s\\S]*>)?")) {
                    raw(node);
                } else {
                    operand(node);
                }
            }
        }
    }

    private void joined(List<SyntaxNode> operands, String word) {
        sql.append("(");
        for (int i = 0; i < operands.size(); i++) {
            sql.append(i == 0 ? "" : word);
            condition(operands.get(i));
        }
        sql.append(")");
    }

    private void compare(List<SyntaxNode> operands, String sign) {
        if (operands.size() == 2) {
            operand(operands.get(0));
            sql.append(sign);
            operand(operands.get(1));
        } else {
            sql.append('1');
        }
    }

    private void after(List<SyntaxNode> operands, String words) {
        operands.stream().findFirst().ifPresent(this::operand);
        sql.append(words);
    }

    private void among(List<SyntaxNode> operands, String words) {
        operands.stream().findFirst().ifPresent(this::operand);
        sql.append(words).append("?)");
        arguments.add(operands.size() > 1 ? operands.get(1).text() : "");
    }

    private void operand(SyntaxNode expression) {
        SyntaxNode node = Expressions.bare(expression);
        Optional<String> column = column(node);
        if (column.isPresent()) {
            sql.append(column.get());
        } else if (node.is("call_expression") && node.fieldText("function").matches("count|sum|avg|max|min")) {
            sql.append(node.fieldText("function")).append('(');
            Expressions.arguments(node).stream().findFirst().ifPresentOrElse(this::operand, () -> sql.append('*'));
            sql.append(')');
        } else if (isRaw(node)) {
            raw(node);
        } else {
            sql.append('?');
            arguments.add(node.text());
        }
    }

    private static boolean isRaw(SyntaxNode node) {
        return node.is("call_expression")
                && node.fieldText("function").matches("sql(<[\\s\\S]*>)?")
                && node.field("arguments")
                        .filter(it -> it.is("template_string"))
                        .isPresent();
    }

    /** A template of drizzle's tag {@code sql}, in which tables and columns stand for their names. */
    void raw(SyntaxNode expression) {
        SyntaxNode node = Expressions.bare(expression);
        if (!isRaw(node)) {
            List<SqlText> texts = new SqlTexts(module, resolver).of(node);
            if (texts.size() == 1 && texts.getFirst().dynamic().isEmpty()) {
                sql.append(texts.getFirst().text());
            }
            return;
        }
        for (SyntaxNode part : node.field("arguments").orElse(node).children()) {
            if (!part.is("template_substitution")) {
                sql.append(SqlTexts.piece(part));
                continue;
            }
            SyntaxNode inside = part.children().stream().findFirst().orElse(part);
            Optional<String> name =
                    column(inside).or(() -> schema.table(module, inside).map(table -> SqlName.written(table.name())));
            if (name.isPresent()) {
                sql.append(name.get());
            } else {
                operand(inside);
            }
        }
    }

    /** Returns the qualified column that {@code expression} stands for. */
    Optional<String> column(SyntaxNode expression) {
        SyntaxNode node = Expressions.bare(expression);
        if (!node.is("member_expression")) {
            return Optional.empty();
        }
        Optional<SyntaxNode> object = node.field("object").map(Expressions::bare);
        Optional<DrizzleTable> table =
                object.flatMap(it -> Optional.ofNullable(local.get(it.text())).or(() -> schema.table(module, it)));
        return table.flatMap(it -> Optional.ofNullable(it.columns().get(node.fieldText("property")))
                .map(column -> SqlName.written(it.name()) + "." + SqlName.written(column.name())));
    }
}
