package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.analysis.StorageCode.Unit;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;

/** The drizzle tables that a class's code imports or declares, by the names under which it knows them. */
final class DrizzleSchema {

    private final Resolver resolver;
    private final Map<String, DrizzleTable> byPlace = new LinkedHashMap<>();
    private final Map<String, DrizzleTable> byName = new LinkedHashMap<>();

    DrizzleSchema(StorageCode code, Resolver resolver) {
        this.resolver = resolver;
        var modules = new LinkedHashSet<Module>();
        for (Unit unit : code.units()) {
            Module module = unit.code().module();
            modules.add(module);
            module.imports().values().stream()
                    .flatMap(reference -> resolver.module(module, reference.specifier()).stream())
                    .forEach(modules::add);
        }
        modules.forEach(this::read);
    }

    private void read(Module module) {
        module.declarations()
                .forEach((name, node) ->
                        node.field("value").map(Expressions::bare).ifPresent(value -> keep(module, name, value)));
        for (String name : resolver.exportedNames(module)) {
            if (resolver.exported(module, name).orElse(null) instanceof Target.Other(Module there, SyntaxNode node)) {
                keep(there, name, node);
            }
        }
    }

    private void keep(Module module, String name, SyntaxNode value) {
        String place = place(value);
        Optional<DrizzleTable> table = byPlace.containsKey(place)
                ? Optional.of(byPlace.get(place))
                : DrizzleTable.read(value, new SqlTexts(module, resolver));
        table.ifPresent(it -> {
            byPlace.put(place, it);
            byName.putIfAbsent(name, it);
        });
    }

    private static String place(SyntaxNode node) {
        return node.tree().file().path() + " " + node.span().start();
    }

    Collection<DrizzleTable> tables() {
        return byPlace.values();
    }

    /** Returns the table of that name in {@code db.query.name}. */
    Optional<DrizzleTable> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Returns the table that {@code expression} of {@code module} stands for. */
    Optional<DrizzleTable> table(Module module, SyntaxNode expression) {
        SyntaxNode node = Expressions.bare(expression);
        if (resolver.value(module, node) instanceof Target.Other(Module _, SyntaxNode value)) {
            DrizzleTable direct = byPlace.get(place(value));
            if (direct != null) {
                return Optional.of(direct);
            }
        }
        // An object that gathers the tables: schema.emails where schema is { emails, … }.
        return node.is("member_expression") ? named(node.fieldText("property")) : Optional.empty();
    }
}
