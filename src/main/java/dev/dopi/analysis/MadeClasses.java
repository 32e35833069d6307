package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.model.DurableObjectClass.Declaration;
import dev.dopi.model.DurableObjectClass.Made;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.Optional;

/** Classes that are values of calls: {@code const Room = wrap(Base, …)}, {@code const { Room } = createRooms()}. */
final class MadeClasses {

    /** Wrappers of wrappers beyond this are not followed. */
    private static final int DEPTH = 8;

    private final Resolver resolver;
    private final Heritage heritage;

    MadeClasses(Resolver resolver, Heritage heritage) {
        this.resolver = resolver;
        this.heritage = heritage;
    }

    /**
     * Returns the object that {@code node} of {@code module} makes, exported as {@code name}.
     *
     * @param named whether the configuration says that it is an object, so that nothing in the code has to
     */
    Optional<Discovery.Found> of(String name, Module module, SyntaxNode node, boolean named) {
        Optional<Site> call = call(module, node);
        if (call.isEmpty()) {
            return Optional.empty();
        }
        Optional<Target.ClassNode> built = built(call.get(), property(node, name));
        Optional<Target.ClassNode> wrapped = wrapped(call.get(), DEPTH);
        Optional<Target.ClassNode> site = built.or(() -> wrapped);
        Heritage.Kind kind = heritage.ofMade(call.get().module(), call.get().node(), site);
        // What a call outside the project makes of a class may be anything, unless the configuration tells.
        if (kind.surelyNot() || !named && (kind.declaration().isEmpty() || built.isEmpty())) {
            return Optional.empty();
        }
        Declaration declaration = built.isEmpty() && wrapped.isPresent() ? Declaration.WRAPPER : Declaration.FACTORY;
        String inner = site.map(it -> it.node().fieldText("name")).orElse("");
        SyntaxNode statement =
                node.enclosing("lexical_declaration", "variable_declaration").orElse(node);
        // A class that is exported under its own name is that class to everybody, whatever is wrapped around it.
        String called = inner.equals(name) ? name : constant(node, name);
        Made made = new Made(called, module.path(), statement.span(), statement.line(), inner);
        return Optional.of(new Discovery.Found(name, declaration, site, Optional.of(kind), Optional.of(made)));
    }

    private record Site(Module module, SyntaxNode node) {}

    /** The call behind {@code node}: itself, a declarator's value, or that of the object whose property it is. */
    private Optional<Site> call(Module module, SyntaxNode node) {
        SyntaxNode value = node.is("variable_declarator")
                ? node.field("value").map(Expressions::bare).orElse(node)
                : Expressions.bare(node);
        if (value.is("member_expression")) {
            Optional<Target> object = value.field("object").map(it -> resolver.value(module, it));
            return object.isPresent()
                            && object.get() instanceof Target.Other(Module home, SyntaxNode made)
                            && made.is("call_expression")
                    ? Optional.of(new Site(home, made))
                    : Optional.empty();
        }
        return value.is("call_expression") ? Optional.of(new Site(module, value)) : Optional.empty();
    }

    private Optional<Target.ClassNode> built(Site call, String property) {
        return call.node()
                .field("function")
                .map(function -> resolver.value(call.module(), function))
                .flatMap(target -> target instanceof Target.Other(Module home, SyntaxNode function)
                        ? Factories.returned(home, function, property)
                        : Optional.empty());
    }

    /** The class among the arguments of {@code call}, or of the calls among them: the one that is an object, if any is. */
    private Optional<Target.ClassNode> wrapped(Site call, int depth) {
        Optional<Target.ClassNode> unsure = Optional.empty();
        for (SyntaxNode argument : Expressions.arguments(call.node())) {
            Optional<Target.ClassNode> passed =
                    switch (resolver.value(call.module(), argument)) {
                        case Target.ClassNode site -> Optional.of(site);
                        case Target.Other(Module home, SyntaxNode inner)
                        when inner.is("call_expression") && depth > 0 -> {
                            var site = new Site(home, inner);
                            yield wrapped(site, depth - 1).or(() -> built(site, ""));
                        }
                        default -> Optional.empty();
                    };
            if (passed.filter(site -> heritage.of(site).declaration().isPresent())
                    .isPresent()) {
                return passed;
            }
            unsure = unsure.or(() -> passed);
        }
        return unsure;
    }

    /** The property that is taken of what the call returns; empty where it is the whole. */
    private static String property(SyntaxNode node, String name) {
        if (node.is("member_expression")) {
            return node.fieldText("property");
        }
        return node.field("name")
                .filter(it -> it.is("object_pattern"))
                .flatMap(pattern -> pattern.children().stream()
                        .filter(part -> part.is("pair_pattern")
                                && part.fieldText("value").equals(name))
                        .map(part -> part.fieldText("key"))
                        .findFirst())
                .orElse(name);
    }

    /** The constant that holds the class, or the exported name where there is none. */
    private static String constant(SyntaxNode node, String name) {
        return node.enclosing("variable_declarator", "statement_block", "program")
                .filter(up -> up.is("variable_declarator"))
                .flatMap(up -> up.field("name"))
                .filter(it -> it.is("identifier"))
                .map(SyntaxNode::text)
                .orElse(name);
    }
}
