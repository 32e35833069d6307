package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.model.DurableObjectClass.Declaration;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells from what a class extends and implements whether its instances are Durable Objects. */
final class Heritage {

    private static final String RUNTIME = "cloudflare:workers";

    /** Base classes, by package, whose subclasses are Durable Objects. A package's subpaths count as the package. */
    private static final Map<String, Set<String>> FRAMEWORKS = Map.ofEntries(
            Map.entry("agents", Set.of("Agent", "McpAgent", "AIChatAgent")),
            Map.entry("agents-sdk", Set.of("Agent", "AIChatAgent")),
            Map.entry("@cloudflare/agents", Set.of("Agent", "AIChatAgent", "McpAgent")),
            Map.entry("@cloudflare/ai-chat", Set.of("AIChatAgent")),
            Map.entry("@cloudflare/think", Set.of("Think")),
            Map.entry("@cloudflare/actors", Set.of("Actor")),
            Map.entry("@cloudflare/containers", Set.of("Container")),
            Map.entry("@cloudflare/sandbox", Set.of("Sandbox")),
            Map.entry("partyserver", Set.of("Server")),
            Map.entry("y-partyserver", Set.of("YServer")),
            Map.entry("partywhen", Set.of("Scheduler")),
            Map.entry("partysync", Set.of("SyncServer")));

    /** Base classes of the runtime whose subclasses are something else. */
    private static final Set<String> OTHERS = Set.of("WorkerEntrypoint", "WorkflowEntrypoint", "RpcTarget");

    private final Resolver resolver;

    Heritage(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * What is known of a class from its heritage.
     *
     * @param declaration how it says that it is a Durable Object; empty where it does not say so
     * @param surelyNot whether it is certainly something else
     * @param base the expression that it extends, as written
     * @param framework the package of the framework's base class, where there is one
     */
    record Kind(
            Optional<Declaration> declaration,
            boolean surelyNot,
            Optional<String> base,
            Optional<String> framework,
            List<Target.ClassNode> ancestors) {}

    Kind of(Target.ClassNode site) {
        return of(site, new HashSet<>());
    }

    /**
     * Returns the kind of the class that {@code call} makes of its arguments.
     *
     * @param site the class that is wrapped or made, where it is known
     */
    Kind ofMade(Module module, SyntaxNode call, Optional<Target.ClassNode> site) {
        Kind made = made(new Target.Other(module, call), call, new HashSet<>());
        if (site.isEmpty()) {
            return made;
        }
        Kind own = of(site.get());
        return own.declaration().isPresent() || own.surelyNot()
                ? own
                : new Kind(
                        made.declaration(),
                        made.surelyNot(),
                        own.base(),
                        made.framework(),
                        made.ancestors().stream()
                                .filter(above -> above.node() != site.get().node())
                                .toList());
    }

    private Kind of(Target.ClassNode site, Set<String> seen) {
        Optional<SyntaxNode> extended = extended(site.node());
        if (extended.isEmpty()) {
            boolean implementing = implementsDurableObject(site);
            boolean plain = !implementing && PlainClass.isObject(site);
            return kind(implementing ? Declaration.IMPLEMENTS : plain ? Declaration.PLAIN : null, false, null, null);
        }
        SyntaxNode base = extended.get();
        if (!seen.add(site.module().path() + ":" + site.node().span().start())) {
            return kind(null, false, base.text(), null);
        }
        return switch (resolver.value(site.module(), base)) {
            case Target.External(String from, String name) -> external(from, name, base.text());
            case Target.ClassNode parent -> inherited(parent, base, seen);
            case Target.Other other -> expression(other, base, seen);
        };
    }

    private Kind external(String from, String name, String written) {
        if (from.equals(RUNTIME)) {
            return name.equals("DurableObject")
                    ? kind(Declaration.EXTENDS, false, written, null)
                    : kind(null, OTHERS.contains(name), written, null);
        }
        String packageName = Specifiers.packageOf(from);
        boolean known = FRAMEWORKS.getOrDefault(packageName, Set.of()).contains(name)
                // Libraries whose base class is one for sure say so in its name.
                || name.endsWith("DurableObject");
        return kind(known ? Declaration.SUBCLASS : null, OTHERS.contains(name), written, packageName);
    }

    /** Returns the framework whose base class {@code site} is, where the framework's own source is in the project. */
    Optional<String> frameworkOf(Target.ClassNode site) {
        String name = site.node().fieldText("name");
        if (FRAMEWORKS.values().stream().noneMatch(names -> names.contains(name))) {
            return Optional.empty();
        }
        return resolver.packagesAround(site.module().path()).stream()
                .filter(each -> FRAMEWORKS.getOrDefault(each, Set.of()).contains(name))
                .findFirst();
    }

    private Kind inherited(Target.ClassNode parent, SyntaxNode base, Set<String> seen) {
        Kind above = of(parent, seen);
        Optional<String> own = above.declaration().flatMap(_ -> frameworkOf(parent));
        if (own.isPresent()) {
            // What a framework does is known, and the same whether or not its source is in the project.
            return new Kind(Optional.of(Declaration.SUBCLASS), false, Optional.of(base.text()), own, List.of());
        }
        var ancestors = new ArrayList<Target.ClassNode>();
        ancestors.add(parent);
        ancestors.addAll(above.ancestors());
        return new Kind(
                above.declaration().map(_ -> Declaration.SUBCLASS),
                above.surelyNot(),
                Optional.of(base.text()),
                above.framework(),
                List.copyOf(ancestors));
    }

    /** A base that is not a plain name: the ambient type, or a call. */
    private Kind expression(Target.Other other, SyntaxNode base, Set<String> seen) {
        if (other.node().is("identifier") && other.node().hasText("DurableObject")) {
            // The ambient type: nothing in the module declares or imports the name.
            return kind(Declaration.EXTENDS, false, base.text(), null);
        }
        return other.node().is("call_expression") ? made(other, base, seen) : kind(null, false, base.text(), null);
    }

    /**
     * A base that a call makes: {@code mixin(Base)} is a Durable Object if one of the arguments is one, {@code
     * makeDurableObject({…})} if the class that it returns is.
     */
    private Kind made(Target.Other call, SyntaxNode base, Set<String> seen) {
        if (!seen.add(call.module().path() + ":" + call.node().span().start())) {
            return kind(null, false, base.text(), null);
        }
        Optional<Target> function = call.node().field("function").map(callee -> resolver.value(call.module(), callee));
        Optional<Target.ClassNode> returned =
                function.flatMap(target -> target instanceof Target.Other(Module home, SyntaxNode node)
                        ? Factories.returned(home, node, "")
                        : Optional.empty());
        var parts = new ArrayList<Kind>();
        // What a call makes is known to be an object, but no ancestor: those who write into one must be able to read
        // it.
        returned.ifPresent(parent -> {
            Kind kind = inherited(parent, base, seen);
            parts.add(new Kind(kind.declaration(), kind.surelyNot(), kind.base(), kind.framework(), List.of()));
        });
        for (SyntaxNode argument : Expressions.arguments(call.node())) {
            switch (resolver.value(call.module(), argument)) {
                case Target.External(String from, String name) ->
                    Optional.of(external(from, name, base.text()))
                            .filter(kind -> kind.declaration().isPresent() || kind.surelyNot())
                            .ifPresent(parts::add);
                case Target.ClassNode parent -> parts.add(inherited(parent, base, seen));
                case Target.Other other -> {
                    if (other.node().is("call_expression")) {
                        parts.add(made(other, base, seen));
                    }
                }
            }
        }
        if (parts.isEmpty()
                && function.isPresent()
                && function.get() instanceof Target.External(String from, String name)) {
            parts.add(external(from, name, base.text()));
        }
        return joined(parts, base);
    }

    /** Returns the kind of a class that has all of {@code parts} above it. */
    private static Kind joined(List<Kind> parts, SyntaxNode base) {
        boolean sure = parts.stream().anyMatch(part -> part.declaration().isPresent());
        return new Kind(
                sure ? Optional.of(Declaration.SUBCLASS) : Optional.empty(),
                !sure && parts.stream().anyMatch(Kind::surelyNot),
                Optional.of(base.text()),
                parts.stream().flatMap(part -> part.framework().stream()).findFirst(),
                parts.stream().flatMap(part -> part.ancestors().stream()).toList());
    }

    private boolean implementsDurableObject(Target.ClassNode site) {
        return site.node()
                .child("class_heritage")
                .flatMap(heritage -> heritage.child("implements_clause"))
                .map(clause -> clause.children().stream().anyMatch(type -> isDurableObjectType(site.module(), type)))
                .orElse(false);
    }

    private static boolean isDurableObjectType(Module module, SyntaxNode type) {
        String name = type.is("generic_type") ? type.fieldText("name") : type.text();
        Module.Reference imported = module.imports().get(name);
        if (imported != null) {
            return imported.name().equals("DurableObject") && !Specifiers.isRelative(imported.specifier());
        }
        if (!name.equals("DurableObject") && !name.endsWith(".DurableObject")) {
            return false;
        }
        // A class or an interface of the project's own with that name shadows the ambient type.
        return !module.declarations().containsKey(name);
    }

    /** Returns the expression that {@code node} extends. */
    static Optional<SyntaxNode> extended(SyntaxNode node) {
        return node.child("class_heritage").flatMap(heritage -> heritage.child("extends_clause")
                .flatMap(clause -> clause.field("value"))
                .or(() -> heritage.children().stream()
                        .filter(child -> !child.is("implements_clause", "extends_clause"))
                        .findFirst()));
    }

    /** Returns whether {@code specifier} names a package whose classes are bases of Durable Objects. */
    static boolean isOfFramework(String specifier) {
        return FRAMEWORKS.containsKey(Specifiers.packageOf(specifier));
    }

    private static Kind kind(
            @org.jspecify.annotations.Nullable Declaration declaration,
            boolean surelyNot,
            @org.jspecify.annotations.Nullable String base,
            @org.jspecify.annotations.Nullable String framework) {
        return new Kind(
                Optional.ofNullable(declaration),
                surelyNot,
                Optional.ofNullable(base),
                Optional.ofNullable(framework),
                List.of());
    }
}
