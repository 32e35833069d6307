package dev.dopi.analysis;

import dev.dopi.analysis.StorageCode.Unit;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns a drizzle schema and the queries that are built on it into the SQL that drizzle makes of them. */
final class DrizzleReader {

    private final StorageCode code;
    private final DrizzleSchema schema;
    private final Resolver resolver;

    DrizzleReader(StorageCode code, Resolver resolver) {
        this.code = code;
        this.resolver = resolver;
        this.schema = new DrizzleSchema(code, resolver);
    }

    /** Returns the schema's statements and then those of the queries; nothing where the class uses no drizzle. */
    List<SqlReader.Run> read() {
        var queries = new ArrayList<SqlReader.Run>();
        for (Unit unit : code.units()) {
            CallChain.in(unit.code()).forEach(chain -> query(unit, chain).ifPresent(queries::add));
        }
        if (queries.isEmpty()) {
            return List.of();
        }
        var runs = new ArrayList<SqlReader.Run>();
        Unit own = code.units().getFirst();
        for (DrizzleTable table : schema.tables()) {
            table.statements()
                    .map(sql -> SqlReader.made(sql, table.node(), List.of(), Optional.empty()))
                    .forEach(each ->
                            runs.add(new SqlReader.Run(each, own, own.code().body())));
        }
        runs.addAll(queries);
        return runs;
    }

    private Optional<SqlReader.Run> query(Unit unit, CallChain chain) {
        SyntaxNode first = chain.first();
        Optional<SyntaxNode> object = first.field("function")
                .filter(it -> it.is("member_expression"))
                .flatMap(it -> it.field("object"))
                .map(Expressions::bare);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        var text = new DrizzleQuery(schema, resolver, unit.code().module());
        if (unit.code().means(object.get(), Role.ORM)) {
            text.built(chain);
        } else {
            relational(unit, object.get(), first, text);
        }
        return text.sql().isEmpty()
                ? Optional.empty()
                : Optional.of(new SqlReader.Run(
                        SqlReader.made(text.sql(), chain.outermost(), text.arguments(), text.dynamic()),
                        unit,
                        chain.outermost()));
    }

    /** {@code db.query.table.findMany({ … })}. */
    private void relational(Unit unit, SyntaxNode object, SyntaxNode call, DrizzleQuery text) {
        Optional<SyntaxNode> query =
                object.is("member_expression") ? object.field("object").map(Expressions::bare) : Optional.empty();
        boolean relational = query.filter(it ->
                        it.is("member_expression") && it.fieldText("property").equals("query"))
                .flatMap(it -> it.field("object"))
                .filter(it -> unit.code().means(it, Role.ORM))
                .isPresent();
        if (relational) {
            schema.named(object.fieldText("property")).ifPresent(table -> text.found(table, call));
        }
    }
}
