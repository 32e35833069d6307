package dev.dopi.analysis;

import dev.dopi.sql.SqlName;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes one drizzle query, such as {@code db.select().from(table).where(eq(table.id, id))}, as the SQL that drizzle makes of it. */
final class DrizzleQuery {

    private final DrizzleSchema schema;
    private final Module module;
    private final DrizzleWriter sql;

    DrizzleQuery(DrizzleSchema schema, Resolver resolver, Module module) {
        this.schema = schema;
        this.module = module;
        this.sql = new DrizzleWriter(schema, resolver, module);
    }

    /** Returns the SQL; empty where what was read is no query. */
    String sql() {
        return sql.sql();
    }

    List<String> arguments() {
        return sql.arguments();
    }

    /** Returns why the SQL is not all that is run, where that is so. */
    Optional<String> dynamic() {
        return sql.dynamic();
    }

    /** Reads {@code db.select().from(table)…} and the like. */
    void built(CallChain chain) {
        String method = Expressions.calledProperty(chain.first()).orElse("");
        Optional<SyntaxNode> argument =
                Expressions.arguments(chain.first()).stream().findFirst();
        switch (method) {
            case "select", "selectDistinct" -> select(chain, method.equals("selectDistinct"));
            case "insert" -> argument.flatMap(it -> schema.table(module, it)).ifPresent(table -> insert(table, chain));
            case "update" ->
                argument.flatMap(it -> schema.table(module, it)).ifPresent(table -> {
                    sql.append("UPDATE ").append(SqlName.written(table.name())).append(" SET ");
                    set(table, chain);
                    clauses(chain);
                });
            case "delete" ->
                argument.flatMap(it -> schema.table(module, it)).ifPresent(table -> {
                    sql.append("DELETE FROM ").append(SqlName.written(table.name()));
                    clauses(chain);
                });
            case "$count" ->
                argument.flatMap(it -> schema.table(module, it)).ifPresent(table -> {
                    sql.append("SELECT count(*) FROM ").append(SqlName.written(table.name()));
                    Expressions.arguments(chain.first()).stream().skip(1).forEach(this::where);
                });
            case "run", "all", "get", "values" -> argument.ifPresent(sql::raw);
            default -> {}
        }
    }

    private void select(CallChain chain, boolean distinct) {
        Optional<DrizzleTable> from = chain.named("from")
                .flatMap(call ->
                        Expressions.arguments(call).stream().findFirst().flatMap(it -> schema.table(module, it)));
        if (from.isEmpty()) {
            return;
        }
        sql.append(distinct ? "SELECT DISTINCT " : "SELECT ")
                .append(columns(chain.first()))
                .append(" FROM ")
                .append(SqlName.written(from.get().name()));
        for (SyntaxNode call : chain.calls()) {
            String method = Expressions.calledProperty(call).orElse("");
            List<SyntaxNode> arguments = Expressions.arguments(call);
            if (method.matches("(left|inner|full|right)Join") && arguments.size() == 2) {
                schema.table(module, arguments.getFirst()).ifPresent(table -> {
                    sql.append(method.startsWith("inner") ? " JOIN " : " LEFT JOIN ")
                            .append(SqlName.written(table.name()))
                            .append(" ON ");
                    sql.condition(arguments.get(1));
                });
            }
        }
        clauses(chain);
    }

    private String columns(SyntaxNode select) {
        List<String> columns = Expressions.arguments(select).stream()
                .filter(it -> it.is("object"))
                .flatMap(it -> it.children().stream())
                .flatMap(pair -> pair.field("value").stream())
                .flatMap(value -> sql.column(value).stream())
                .toList();
        boolean aggregates = Expressions.arguments(select).stream()
                .anyMatch(it -> it.text().matches("(?s).*\\b(count|sum|avg|max|min)\\s*\\(.*"));
        return columns.isEmpty() ? (aggregates ? "count(*)" : "*") : String.join(", ", columns);
    }

    private void clauses(CallChain chain) {
        chain.named("where").ifPresent(call -> Expressions.arguments(call).forEach(this::where));
        chain.named("groupBy").ifPresent(call -> sql.list(" GROUP BY ", Expressions.arguments(call)));
        chain.named("having").ifPresent(call -> Expressions.arguments(call).forEach(each -> {
            sql.append(" HAVING ");
            sql.condition(each);
        }));
        chain.named("orderBy").ifPresent(call -> sql.list(" ORDER BY ", Expressions.arguments(call)));
        chain.named("limit").ifPresent(call -> value(" LIMIT ", call));
        chain.named("offset").ifPresent(call -> value(" OFFSET ", call));
    }

    private void value(String word, SyntaxNode call) {
        sql.append(word).append("?");
        sql.argument(Expressions.arguments(call).stream()
                .findFirst()
                .map(SyntaxNode::text)
                .orElse(""));
    }

    private void where(SyntaxNode condition) {
        if (!condition.hasText("undefined")) {
            sql.append(" WHERE ");
            sql.condition(condition);
        }
    }

    private void set(DrizzleTable table, CallChain chain) {
        List<SyntaxNode> pairs = chain.named("set").stream()
                .flatMap(call -> Expressions.arguments(call).stream())
                .filter(it -> it.is("object"))
                .flatMap(it -> it.children().stream())
                .filter(pair -> table.columns().containsKey(key(pair)))
                .toList();
        sql.append(pairs.stream()
                .flatMap(pair -> Optional.ofNullable(table.columns().get(key(pair))).stream())
                .map(column -> SqlName.written(column.name()) + " = ?")
                .collect(Collectors.joining(", ")));
        pairs.forEach(pair -> sql.argument(pair.fieldText("value")));
        if (pairs.isEmpty()) {
            String any = table.columns().values().stream()
                    .map(DrizzleTable.Column::name)
                    .reduce((_, last) -> last)
                    .orElse("rowid");
            sql.append(SqlName.written(any)).append(" = ?");
            sql.argument("");
        }
    }

    private static String key(SyntaxNode pair) {
        return pair.is("pair") ? pair.fieldText("key") : pair.text();
    }

    private void insert(DrizzleTable table, CallChain chain) {
        Optional<SyntaxNode> values = chain.named("values")
                .flatMap(call -> Expressions.arguments(call).stream().findFirst())
                .map(Expressions::bare)
                .map(it -> it.is("array") && !it.children().isEmpty()
                        ? Expressions.bare(it.children().getFirst())
                        : it);
        var given = new ArrayList<String>();
        boolean known = values.filter(it -> it.is("object")).isPresent()
                && values.get().child("spread_element").isEmpty();
        for (Map.Entry<String, DrizzleTable.Column> each : table.columns().entrySet()) {
            Optional<String> value = values.stream()
                    .filter(it -> it.is("object"))
                    .flatMap(it -> it.children().stream())
                    .filter(pair -> key(pair).equals(each.getKey()))
                    .map(pair -> pair.is("pair") ? pair.fieldText("value") : pair.text())
                    .findFirst()
                    .or(() -> each.getValue().madeByCode())
                    .or(() -> known ? Optional.empty() : Optional.of("values." + each.getKey()));
            value.ifPresent(it -> {
                given.add(SqlName.written(each.getValue().name()));
                sql.argument(inDatabase(each.getValue(), it));
            });
        }
        sql.append("INSERT INTO ").append(SqlName.written(table.name()));
        if (given.isEmpty()) {
            sql.append(" DEFAULT VALUES");
        } else {
            sql.append(" (").append(String.join(", ", given)).append(") VALUES (");
            sql.append(given.stream().map(_ -> "?").collect(Collectors.joining(", ")))
                    .append(")");
        }
        if (chain.named("onConflictDoNothing").isPresent()) {
            sql.append(" ON CONFLICT DO NOTHING");
        } else if (chain.named("onConflictDoUpdate").isPresent() && !given.isEmpty()) {
            sql.append(" ON CONFLICT DO UPDATE SET ")
                    .append(given.getLast())
                    .append(" = excluded.")
                    .append(given.getLast());
        }
    }

    /** A date in a column whose mode is a timestamp is stored as a number. */
    private static String inDatabase(DrizzleTable.Column column, String code) {
        boolean now = code.replaceAll("\\s+", "").matches("newDate\\((Date\\.now\\(\\))?\\)");
        return now && column.mode().filter(it -> it.equals("timestamp_ms")).isPresent()
                ? "Date.now()"
                : now && column.mode().filter(it -> it.equals("timestamp")).isPresent()
                        ? "Math.floor(Date.now() / 1000)"
                        : code;
    }

    /** {@code findMany} and {@code findFirst}. */
    void found(DrizzleTable table, SyntaxNode call) {
        sql.append("SELECT * FROM ").append(SqlName.written(table.name()));
        Map<String, SyntaxNode> options = Expressions.arguments(call).stream()
                .filter(it -> it.is("object"))
                .flatMap(it -> it.children().stream())
                .filter(pair -> pair.field("value").isPresent())
                .collect(Collectors.toMap(
                        pair -> pair.fieldText("key"),
                        pair -> pair.field("value").orElseThrow(),
                        (one, _) -> one));
        Optional.ofNullable(options.get("where")).map(it -> within(it, table)).ifPresent(this::where);
        Optional.ofNullable(options.get("orderBy"))
                .map(it -> within(it, table))
                .ifPresent(it -> sql.list(" ORDER BY ", it.is("array") ? it.children() : List.of(it)));
        if (Expressions.calledProperty(call)
                .filter(it -> it.equals("findFirst"))
                .isPresent()) {
            sql.append(" LIMIT 1");
        } else if (options.containsKey("limit")) {
            sql.append(" LIMIT ?");
            sql.argument(options.get("limit").text());
        }
    }

    /** The body of {@code (table, operators) => …}, in which the first parameter stands for the table. */
    private SyntaxNode within(SyntaxNode value, DrizzleTable table) {
        if (!Expressions.isFunction(value)) {
            return value;
        }
        Stream<SyntaxNode> parameters = Variables.parameters(value);
        parameters.findFirst().ifPresent(first -> sql.name(first.text(), table));
        return value.field("body").map(Expressions::bare).orElse(value);
    }
}
