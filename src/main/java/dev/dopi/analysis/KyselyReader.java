package dev.dopi.analysis;

import dev.dopi.analysis.StorageCode.Unit;
import dev.dopi.analysis.StorageRoles.Role;
import dev.dopi.model.SqlStatement;
import dev.dopi.source.Span;
import dev.dopi.sql.SqlScript;
import dev.dopi.sql.SqlShape;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what is built with kysely on the object's storage into the SQL that kysely makes of it. */
final class KyselyReader {

    private final StorageCode code;
    private final Resolver resolver;

    KyselyReader(StorageCode code, Resolver resolver) {
        this.code = code;
        this.resolver = resolver;
    }

    /** Returns the statements in reading order. */
    List<SqlReader.Run> read() {
        var runs = new ArrayList<SqlReader.Run>();
        for (Unit unit : code.units()) {
            unit.code().calls().filter(KyselyReader::isOutermost).forEach(call -> read(unit, call)
                    .ifPresent(runs::add));
        }
        return runs;
    }

    private static boolean isOutermost(SyntaxNode call) {
        return call.parent()
                .filter(up -> up.is("member_expression"))
                .flatMap(SyntaxNode::parent)
                .filter(up -> up.is("call_expression"))
                .isEmpty();
    }

    private Optional<SqlReader.Run> read(Unit unit, SyntaxNode outermost) {
        List<SyntaxNode> chain = DrizzleTable.chain(outermost);
        Optional<SqlText> raw = raw(unit, chain);
        if (raw.isPresent()) {
            return Optional.of(new SqlReader.Run(
                    statement(
                            raw.get().text(),
                            outermost,
                            raw.get().holes().stream().map(SqlText.Hole::code).toList(),
                            raw.get().dynamic()),
                    unit,
                    outermost));
        }
        Optional<SyntaxNode> object = Expressions.object(chain.getFirst()).map(Expressions::bare);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        boolean schema = object.get().is("member_expression")
                && object.get().fieldText("property").equals("schema")
                && object.get()
                        .field("object")
                        .filter(it -> unit.code().means(it, Role.BUILDER))
                        .isPresent();
        if (!schema && !unit.code().means(object.get(), Role.BUILDER)) {
            return Optional.empty();
        }
        KyselyText text = schema ? KyselySchema.of(chain) : KyselyQuery.of(chain);
        return text.sql().isEmpty()
                ? Optional.empty()
                : Optional.of(new SqlReader.Run(
                        statement(text.sql(), outermost, text.arguments(), text.dynamic()), unit, outermost));
    }

    /** {@code sql`…`.execute(db)}. */
    private Optional<SqlText> raw(Unit unit, List<SyntaxNode> chain) {
        if (chain.size() < 2) {
            return Optional.empty();
        }
        SyntaxNode execute = chain.get(1);
        boolean runs =
                Expressions.calledProperty(execute).filter("execute"::equals).isPresent()
                        && Expressions.arguments(execute).stream()
                                .anyMatch(argument -> unit.code().means(argument, Role.BUILDER));
        return runs && chain.getFirst().fieldText("function").equals("sql")
                ? chain.getFirst()
                        .field("arguments")
                        .filter(it -> it.is("template_string"))
                        .map(it -> new SqlTexts(unit.code().module(), resolver).tagged(it))
                : Optional.empty();
    }

    private static SqlStatement statement(
            String sql, SyntaxNode node, List<String> arguments, Optional<String> dynamic) {
        List<SqlScript.Part> parts = SqlScript.split(sql);
        String text = parts.size() == 1 ? parts.getFirst().text() : sql;
        Span span = node.span();
        return new SqlStatement(
                text,
                node.tree().file().path(),
                span,
                node.line(),
                Optional.empty(),
                arguments,
                dynamic,
                SqlStatement.Kind.valueOf(SqlShape.of(text).kind().name()));
    }
}
