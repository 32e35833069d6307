package dev.dopi.analysis;

import dev.dopi.analysis.SqlTexts.SqlText;
import dev.dopi.analysis.StorageRoles.Role;
import dev.dopi.model.SqlStatement;
import dev.dopi.source.Span;
import dev.dopi.sql.SqlScript;
import dev.dopi.sql.SqlShape;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds every SQL statement that a class runs on its own storage, directly or by a method of its own. */
final class SqlReader {

    private final Module module;
    private final StorageRoles roles;
    private final SqlTexts texts;
    private final boolean sqlTag;
    /** Methods that run the SQL they are given: by name, the place of the parameter. */
    private final Map<String, Integer> runners = new HashMap<>();

    /**
     * @param sqlTag whether the base class gives the object a template tag {@code this.sql}
     */
    SqlReader(Module module, StorageRoles roles, Resolver resolver, boolean sqlTag) {
        this.module = module;
        this.roles = roles;
        this.texts = new SqlTexts(module, resolver);
        this.sqlTag = sqlTag;
    }

    List<SqlStatement> read(SyntaxNode body) {
        List<SyntaxNode> calls =
                body.descendants().filter(node -> node.is("call_expression")).toList();
        calls.forEach(this::learnRunner);
        var statements = new ArrayList<SqlStatement>();
        for (SyntaxNode call : calls) {
            if (isTag(call)) {
                call.field("arguments")
                        .map(texts::tagged)
                        .ifPresent(text -> add(text, call, text.values(), statements));
                continue;
            }
            sqlArgument(call).ifPresent(index -> readCall(call, index, statements));
        }
        return statements;
    }

    private void readCall(SyntaxNode call, int index, List<SqlStatement> statements) {
        List<SyntaxNode> arguments = Expressions.arguments(call);
        if (index >= arguments.size() || isRunnerBody(call, arguments.get(index))) {
            return;
        }
        List<String> bindings =
                arguments.stream().skip(index + 1L).map(SyntaxNode::text).toList();
        texts.of(arguments.get(index)).forEach(text -> add(text, call, bindings, statements));
    }

    private void add(SqlText text, SyntaxNode call, List<String> bindings, List<SqlStatement> statements) {
        List<SqlScript.Part> parts = SqlScript.split(text.text());
        for (int i = 0; i < parts.size(); i++) {
            // Only the last statement of a call may have bindings.
            List<String> own = i == parts.size() - 1 ? bindings : List.of();
            statements.add(statement(parts.get(i).text(), text, call, own));
        }
        if (parts.isEmpty() && text.dynamic().isPresent()) {
            statements.add(statement("", text, call, bindings));
        }
    }

    private SqlStatement statement(String sql, SqlText text, SyntaxNode call, List<String> bindings) {
        Span literal = text.literal().span();
        return new SqlStatement(
                sql,
                text.home().path(),
                literal,
                text.home().tree().file().line(literal),
                Optional.of(call.span()),
                bindings,
                text.dynamic(),
                SqlStatement.Kind.valueOf(SqlShape.of(sql).kind().name()));
    }

    private boolean isTag(SyntaxNode call) {
        return call.field("arguments").filter(it -> it.is("template_string")).isPresent()
                && call.field("function")
                        .filter(function -> sqlTag && function.hasText("this.sql")
                                || roles.of(function)
                                        .filter(role -> role == Role.SQL)
                                        .isPresent())
                        .isPresent();
    }

    /** Returns which argument of {@code call} is SQL for the object's own database, where one is. */
    private Optional<Integer> sqlArgument(SyntaxNode call) {
        Optional<SyntaxNode> function =
                call.field("function").map(Expressions::bare).filter(it -> it.is("member_expression"));
        if (function.isEmpty()) {
            return Optional.empty();
        }
        String property = function.get().fieldText("property");
        Optional<SyntaxNode> object = function.get().field("object");
        if (property.equals("exec")
                && object.flatMap(roles::of).filter(role -> role == Role.SQL).isPresent()) {
            return Optional.of(0);
        }
        return object.filter(it -> it.hasText("this")).map(_ -> runners.get(property));
    }

    /** Learns that a method is a runner when it passes one of its own parameters to {@code exec}. */
    private void learnRunner(SyntaxNode call) {
        if (sqlArgument(call).filter(index -> index == 0).isEmpty()
                || Expressions.arguments(call).isEmpty()) {
            return;
        }
        SyntaxNode argument = Expressions.bare(Expressions.arguments(call).getFirst());
        Optional<SyntaxNode> method = method(call);
        if (argument.is("identifier") && method.isPresent()) {
            parameters(method.get()).stream()
                    .filter(name -> name.equals(argument.text()))
                    .findFirst()
                    .ifPresent(name -> runners.put(
                            method.get().fieldText("name"),
                            parameters(method.get()).indexOf(name)));
        }
    }

    private boolean isRunnerBody(SyntaxNode call, SyntaxNode argument) {
        SyntaxNode bare = Expressions.bare(argument);
        return bare.is("identifier")
                && method(call)
                        .filter(method -> runners.containsKey(method.fieldText("name"))
                                && parameters(method).contains(bare.text()))
                        .isPresent();
    }

    private static Optional<SyntaxNode> method(SyntaxNode node) {
        return node.enclosing("method_definition");
    }

    private static List<String> parameters(SyntaxNode method) {
        return method.field("parameters").map(SyntaxNode::children).orElse(List.of()).stream()
                .map(parameter -> parameter.field("pattern").orElse(parameter).text())
                .toList();
    }

    Module module() {
        return module;
    }
}
