package dev.dopi.analysis;

import dev.dopi.sql.SqlName;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what {@code db.schema} is asked for, such as {@code createTable("a").addColumn("b", "text")}, as SQL. */
final class KyselySchema {

    private final KyselyText.Builder text = new KyselyText.Builder();
    private final List<String> definitions = new ArrayList<>();
    private String condition = "";
    private String table = "";
    private String unique = "";
    private String indexed = "";
    private String options = "";

    private KyselySchema() {}

    static KyselyText of(List<SyntaxNode> chain) {
        return new KyselySchema().read(chain);
    }

    private KyselyText read(List<SyntaxNode> chain) {
        SyntaxNode first = chain.getFirst();
        List<SyntaxNode> arguments = Expressions.arguments(first);
        if (arguments.isEmpty()) {
            return text.text("");
        }
        String name = text.name(arguments.getFirst());
        chain.stream()
                .skip(1)
                .forEach(call -> part(Expressions.calledProperty(call).orElse(""), call));
        return text.text(
                switch (Expressions.calledProperty(first).orElse("")) {
                    case "createTable" ->
                        "CREATE TABLE " + condition + name + " (" + String.join(", ", definitions) + ")" + options;
                    case "createIndex" ->
                        "CREATE " + unique + "INDEX " + condition + name + " ON " + table + " (" + indexed + ")";
                    case "alterTable" ->
                        definitions.size() == 1 ? "ALTER TABLE " + name + " ADD COLUMN " + definitions.getFirst() : "";
                    case "dropTable" -> "DROP TABLE " + condition + name;
                    case "dropIndex" -> "DROP INDEX " + condition + name;
                    default -> "";
                });
    }

    private void part(String property, SyntaxNode call) {
        List<SyntaxNode> arguments = Expressions.arguments(call);
        switch (property) {
            case "ifNotExists" -> condition = "IF NOT EXISTS ";
            case "ifExists" -> condition = "IF EXISTS ";
            case "unique" -> unique = "UNIQUE ";
            case "on" -> table = text.list(arguments);
            case "column", "columns" ->
                indexed = indexed.isEmpty() ? text.list(arguments) : indexed + ", " + text.list(arguments);
            case "addColumn" -> column(arguments);
            case "addPrimaryKeyConstraint" -> constraint("PRIMARY KEY", arguments);
            case "addUniqueConstraint" -> constraint("UNIQUE", arguments);
            case "modifyEnd" ->
                options = " " + arguments.stream().map(this::raw).findFirst().orElse("");
            default -> text.other(property);
        }
    }

    private void constraint(String word, List<SyntaxNode> arguments) {
        if (arguments.size() < 2) {
            text.unknown("a constraint names no columns");
            return;
        }
        definitions.add(word + " (" + text.list(arguments.subList(1, 2)) + ")");
    }

    private void column(List<SyntaxNode> arguments) {
        if (arguments.size() < 2) {
            text.unknown("a column has no type");
            return;
        }
        SyntaxNode type = Expressions.bare(arguments.get(1));
        String written = type.is("string") ? SqlTexts.literalText(type) : raw(type);
        definitions.add(text.name(arguments.getFirst()) + " " + written
                + (arguments.size() > 2 ? constraints(arguments.get(2)) : ""));
    }

    /** The text of {@code sql`…`} that holds nothing else. */
    private String raw(SyntaxNode node) {
        Optional<SyntaxNode> template = Expressions.bare(node)
                .field("arguments")
                .filter(it -> it.is("template_string")
                        && it.child("template_substitution").isEmpty());
        if (template.isEmpty()) {
            text.unknown("it takes SQL from " + node.text());
            return "";
        }
        String whole = template.get().text();
        return whole.substring(1, whole.length() - 1);
    }

    /** {@code (column) => column.primaryKey().notNull()}, in the order in which SQLite takes them. */
    private String constraints(SyntaxNode callback) {
        Optional<SyntaxNode> body = Expressions.bare(callback).field("body").map(Expressions::bare);
        List<SyntaxNode> chain = body.filter(it -> it.is("call_expression"))
                .map(it -> CallChain.of(it).calls())
                .orElse(List.of());
        if (chain.isEmpty()) {
            text.unknown("the constraints of a column are not followed");
        }
        var key = "";
        var rest = new StringBuilder();
        for (SyntaxNode call : chain) {
            List<SyntaxNode> arguments = Expressions.arguments(call);
            switch (Expressions.calledProperty(call).orElse("")) {
                case "primaryKey" -> key = " PRIMARY KEY" + key;
                case "autoIncrement" -> key += " AUTOINCREMENT";
                case "notNull" -> rest.append(" NOT NULL");
                case "unique" -> rest.append(" UNIQUE");
                case "defaultTo" ->
                    arguments.forEach(it -> rest.append(" DEFAULT ").append(value(it)));
                case "references" -> arguments.forEach(it -> rest.append(reference(it)));
                case "onDelete" ->
                    arguments.stream().filter(it -> it.is("string")).forEach(it -> rest.append(" ON DELETE ")
                            .append(SqlTexts.literalText(it)));
                default -> text.unknown("a constraint of a column is not followed");
            }
        }
        return key + rest;
    }

    private String value(SyntaxNode node) {
        SyntaxNode bare = Expressions.bare(node);
        return switch (bare.kind()) {
            case "string" -> "'" + SqlTexts.literalText(bare).replace("'", "''") + "'";
            case "number", "null", "true", "false" -> bare.text();
            default -> "(" + raw(bare) + ")";
        };
    }

    private String reference(SyntaxNode node) {
        String[] parts = node.is("string") ? SqlTexts.literalText(node).split("\\.", -1) : new String[0];
        if (parts.length != 2) {
            text.unknown("a column refers to " + node.text());
            return "";
        }
        return " REFERENCES " + SqlName.written(parts[0]) + "(" + SqlName.written(parts[1]) + ")";
    }
}
