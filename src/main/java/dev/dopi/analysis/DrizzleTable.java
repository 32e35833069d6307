package dev.dopi.analysis;

import dev.dopi.sql.SqlName;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of a drizzle schema, {@code sqliteTable("name", { … }, (t) => [ … ])}.
 *
 * @param node the call
 * @param columns by the name that code uses
 * @param constraints further parts of CREATE TABLE
 * @param indexes whole CREATE INDEX statements
 */
record DrizzleTable(
        String name, SyntaxNode node, Map<String, Column> columns, List<String> constraints, List<String> indexes) {

    /**
     * A column.
     *
     * @param name in the database
     * @param definition its part of CREATE TABLE
     * @param mode drizzle's mode of an integer: {@code timestamp}, {@code timestamp_ms}
     * @param madeByCode the code that makes its value where an insert gives none, {@code $defaultFn(() => …)}
     */
    record Column(String name, String definition, Optional<String> mode, Optional<String> madeByCode) {}

    /** Reads {@code call}, if it makes a table whose name is known. */
    static Optional<DrizzleTable> read(SyntaxNode call, SqlTexts texts) {
        List<SyntaxNode> arguments = Expressions.arguments(call);
        if (!call.is("call_expression") || !isMaker(call) || arguments.size() < 2) {
            return Optional.empty();
        }
        List<SqlText> names = texts.of(arguments.getFirst());
        SyntaxNode columns = Expressions.bare(arguments.get(1));
        if (names.size() != 1 || names.getFirst().dynamic().isPresent() || !columns.is("object")) {
            return Optional.empty();
        }
        var table = new DrizzleTable(
                names.getFirst().text(), call, new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        columns.children().forEach(pair -> table.readColumn(pair, texts));
        if (arguments.size() > 2) {
            table.readExtras(arguments.get(2));
        }
        return Optional.of(table);
    }

    private static boolean isMaker(SyntaxNode call) {
        String function = call.fieldText("function");
        return function.equals("sqliteTable") || function.matches("\\w*[cC]reateTable|\\w*SqliteTable|\\w+\\.table");
    }

    private void readColumn(SyntaxNode pair, SqlTexts texts) {
        Optional<SyntaxNode> value = pair.field("value").map(Expressions::bare);
        if (!pair.is("pair") || value.isEmpty()) {
            return;
        }
        String key = pair.fieldText("key").replaceAll("[\"']", "");
        List<SyntaxNode> chain = CallChain.of(value.get()).calls();
        SyntaxNode maker = chain.getFirst();
        List<SyntaxNode> arguments = Expressions.arguments(maker);
        String name = arguments.stream()
                .findFirst()
                .filter(it -> it.is("string"))
                .map(SqlTexts::literalText)
                .orElse(key);
        Optional<String> mode = option(arguments, "mode");
        var definition = new StringBuilder(SqlName.written(name) + " " + type(maker.fieldText("function")));
        Optional<String> made = Optional.empty();
        for (SyntaxNode call : chain.subList(1, chain.size())) {
            String method = Expressions.calledProperty(call).orElse("");
            if (method.equals("$defaultFn") || method.equals("$default")) {
                made = Expressions.arguments(call).stream()
                        .findFirst()
                        .flatMap(it -> it.field("body"))
                        .map(SyntaxNode::text);
            } else {
                definition.append(part(method, call, texts));
            }
        }
        columns.put(key, new Column(name, definition.toString(), mode, made));
    }

    private static String type(String function) {
        String name = function.substring(function.lastIndexOf('.') + 1);
        return switch (name) {
            case "integer", "int" -> "INTEGER";
            case "real" -> "REAL";
            case "blob" -> "BLOB";
            case "numeric" -> "NUMERIC";
            default -> "TEXT";
        };
    }

    private static String part(String method, SyntaxNode call, SqlTexts texts) {
        return switch (method) {
            case "notNull" -> " NOT NULL";
            case "primaryKey" ->
                call.fieldText("arguments").contains("autoIncrement") ? " PRIMARY KEY AUTOINCREMENT" : " PRIMARY KEY";
            case "unique" -> " UNIQUE";
            case "default" -> defaultValue(call, texts);
            default -> "";
        };
    }

    private static String defaultValue(SyntaxNode call, SqlTexts texts) {
        Optional<SyntaxNode> value = Expressions.arguments(call).stream().findFirst();
        if (value.isEmpty()) {
            return "";
        }
        List<SqlText> text = texts.of(value.get());
        boolean known = text.size() == 1
                && text.getFirst().dynamic().isEmpty()
                && text.getFirst().holes().isEmpty();
        if (!known) {
            return " DEFAULT 0";
        }
        String sql = text.getFirst().text();
        return value.get().is("string")
                ? " DEFAULT '" + sql.replace("'", "''") + "'"
                : value.get().is("number") ? " DEFAULT " + sql : " DEFAULT (" + sql + ")";
    }

    private static Optional<String> option(List<SyntaxNode> arguments, String key) {
        return arguments.stream()
                .filter(it -> it.is("object"))
                .flatMap(it -> it.children().stream())
                .filter(pair -> pair.fieldText("key").equals(key))
                .flatMap(pair -> pair.field("value").stream())
                .filter(it -> it.is("string"))
                .map(SqlTexts::literalText)
                .findFirst();
    }

    /** Indexes, unique constraints and keys of several columns. */
    private void readExtras(SyntaxNode callback) {
        Optional<SyntaxNode> body = callback.field("body").map(Expressions::bare);
        if (body.filter(it -> it.is("statement_block")).isPresent()) {
            body = body.get()
                    .descendants()
                    .filter(node -> node.is("return_statement"))
                    .flatMap(node -> node.children().stream())
                    .findFirst()
                    .map(Expressions::bare);
        }
        body.stream()
                .flatMap(it -> it.children().stream())
                .map(it -> it.is("pair") ? it.field("value").orElse(it) : it)
                .forEach(this::readExtra);
    }

    private void readExtra(SyntaxNode expression) {
        List<SyntaxNode> chain = CallChain.of(Expressions.bare(expression)).calls();
        String maker = chain.getFirst().fieldText("function");
        if (maker.equals("primaryKey")) {
            constraints.add("PRIMARY KEY (" + columnsIn(chain.getFirst()) + ")");
            return;
        }
        Optional<SyntaxNode> on = chain.stream()
                .filter(call -> Expressions.calledProperty(call)
                        .filter(it -> it.equals("on"))
                        .isPresent())
                .findFirst();
        if (on.isEmpty() || columnsIn(on.get()).isEmpty()) {
            return;
        }
        switch (maker) {
            case "unique" -> constraints.add("UNIQUE (" + columnsIn(on.get()) + ")");
            case "index", "uniqueIndex" ->
                indexes.add("CREATE %sINDEX IF NOT EXISTS %s ON %s(%s)"
                        .formatted(
                                maker.equals("index") ? "" : "UNIQUE ",
                                SqlName.written(Expressions.arguments(chain.getFirst()).stream()
                                        .findFirst()
                                        .filter(it -> it.is("string"))
                                        .map(SqlTexts::literalText)
                                        .orElse("idx_" + name + "_" + indexes.size())),
                                SqlName.written(name),
                                columnsIn(on.get())));
            default -> {}
        }
    }

    private String columnsIn(SyntaxNode call) {
        return call.field("arguments").stream()
                .flatMap(SyntaxNode::descendants)
                .filter(node -> node.is("member_expression"))
                .flatMap(node -> Optional.ofNullable(columns.get(node.fieldText("property"))).stream())
                .map(column -> SqlName.written(column.name()))
                .collect(Collectors.joining(", "));
    }

    /** Returns the statements that make the table and its indexes. */
    Stream<String> statements() {
        String parts = Stream.concat(columns.values().stream().map(Column::definition), constraints.stream())
                .collect(Collectors.joining(", "));
        return Stream.concat(
                Stream.of("CREATE TABLE IF NOT EXISTS " + SqlName.written(name) + " (" + parts + ")"),
                indexes.stream());
    }
}
