package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.model.DurableObjectClass.Declaration;
import dev.dopi.syntax.SyntaxNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells from what a class extends and implements whether its instances are Durable Objects. */
final class Heritage {

    private static final String RUNTIME = "cloudflare:workers";

    /** Base classes, by package, whose subclasses are Durable Objects. A package's subpaths count as the package. */
    private static final Map<String, Set<String>> FRAMEWORKS = Map.of(
            "agents", Set.of("Agent", "McpAgent", "AIChatAgent"),
            "agents-sdk", Set.of("Agent", "AIChatAgent"),
            "@cloudflare/ai-chat", Set.of("AIChatAgent"),
            "@cloudflare/actors", Set.of("Actor"),
            "@cloudflare/containers", Set.of("Container"),
            "@cloudflare/sandbox", Set.of("Sandbox"),
            "partyserver", Set.of("Server"),
            "y-partyserver", Set.of("YServer"),
            "partywhen", Set.of("Scheduler"),
            "partysync", Set.of("SyncServer"));

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

    private Kind of(Target.ClassNode site, Set<String> seen) {
        Optional<SyntaxNode> extended = extended(site.node());
        if (extended.isEmpty()) {
            boolean implementing = implementsDurableObject(site);
            return kind(implementing ? Declaration.IMPLEMENTS : null, false, null, null);
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
        String packageName = packageOf(from);
        boolean known = FRAMEWORKS.getOrDefault(packageName, Set.of()).contains(name);
        return kind(known ? Declaration.SUBCLASS : null, false, written, packageName);
    }

    private Kind inherited(Target.ClassNode parent, SyntaxNode base, Set<String> seen) {
        Kind above = of(parent, seen);
        var ancestors = new java.util.ArrayList<Target.ClassNode>();
        ancestors.add(parent);
        ancestors.addAll(above.ancestors());
        return new Kind(
                above.declaration().map(_ -> Declaration.SUBCLASS),
                above.surelyNot(),
                Optional.of(base.text()),
                above.framework(),
                List.copyOf(ancestors));
    }

    /** A base that is made by a call, {@code mixin(Base)}: a Durable Object if one of the arguments is one. */
    private Kind expression(Target.Other other, SyntaxNode base, Set<String> seen) {
        if (other.node().is("identifier") && other.node().hasText("DurableObject")) {
            // The ambient type: nothing in the module declares or imports the name.
            return kind(Declaration.EXTENDS, false, base.text(), null);
        }
        if (other.node().is("call_expression")) {
            for (SyntaxNode argument : Expressions.arguments(other.node())) {
                Kind passed =
                        switch (resolver.value(other.module(), argument)) {
                            case Target.External(String from, String name) -> external(from, name, base.text());
                            case Target.ClassNode parent -> inherited(parent, base, seen);
                            case Target.Other _ -> kind(null, false, base.text(), null);
                        };
                if (passed.declaration().isPresent()) {
                    return new Kind(
                            Optional.of(Declaration.SUBCLASS),
                            false,
                            Optional.of(base.text()),
                            passed.framework(),
                            passed.ancestors());
                }
            }
        }
        return kind(null, false, base.text(), null);
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
        return FRAMEWORKS.containsKey(packageOf(specifier));
    }

    private static String packageOf(String specifier) {
        String[] parts = specifier.split("/", 3);
        return specifier.startsWith("@") && parts.length > 1 ? parts[0] + "/" + parts[1] : parts[0];
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
