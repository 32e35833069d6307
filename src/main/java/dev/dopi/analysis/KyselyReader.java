package dev.dopi.analysis;

import dev.dopi.analysis.StorageCode.Unit;
import dev.dopi.model.SqlStatement;
import dev.dopi.sql.SqlScript;
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
            CallChain.in(unit.code()).forEach(chain -> read(unit, chain).ifPresent(runs::add));
        }
        return runs;
    }

    private Optional<SqlReader.Run> read(Unit unit, CallChain chain) {
        Optional<SqlText> raw = raw(unit, chain);
        if (raw.isPresent()) {
            return Optional.of(new SqlReader.Run(
                    statement(
                            raw.get().text(),
                            chain.outermost(),
                            raw.get().holes().stream().map(SqlText.Hole::code).toList(),
                            raw.get().dynamic()),
                    unit,
                    chain.outermost()));
        }
        Optional<SyntaxNode> object = Expressions.object(chain.first()).map(Expressions::bare);
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
        KyselyText text = schema ? KyselySchema.of(chain.calls()) : KyselyQuery.of(chain.calls());
        return text.sql().isEmpty()
                ? Optional.empty()
                : Optional.of(new SqlReader.Run(
                        statement(text.sql(), chain.outermost(), text.arguments(), text.dynamic()),
                        unit,
                        chain.outermost()));
    }

    /** {@code sql`…`.execute(db)}. */
    private Optional<SqlText> raw(Unit unit, CallChain chain) {
        if (chain.calls().size() < 2) {
            return Optional.empty();
        }
        SyntaxNode execute = chain.calls().get(1);
        boolean runs =
                Expressions.calledProperty(execute).filter("execute"::equals).isPresent()
                        && Expressions.arguments(execute).stream()
                                .anyMatch(argument -> unit.code().means(argument, Role.BUILDER));
        return runs && chain.first().fieldText("function").equals("sql")
                ? chain.first()
                        .field("arguments")
                        .filter(it -> it.is("template_string"))
                        .map(it -> new SqlTexts(unit.code().module(), resolver).tagged(it))
                : Optional.empty();
    }

    private static SqlStatement statement(
            String sql, SyntaxNode node, List<String> arguments, Optional<String> dynamic) {
        List<SqlScript.Part> parts = SqlScript.split(sql);
        return SqlReader.made(parts.size() == 1 ? parts.getFirst().text() : sql, node, arguments, dynamic);
    }
}
