package dev.dopi.analysis;

import dev.dopi.analysis.Module.Reference;
import dev.dopi.analysis.Resolver.Target;
import dev.dopi.model.DurableObjectClass.WebSocketUse;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a framework's base class takes WebSockets for a class: by its {@code hibernate} option, or by what the framework
 * does where that is not set.
 */
final class SocketFramework {

    /** Packages whose base classes hibernate unless the option says otherwise. */
    private static final Set<String> HIBERNATING = Set.of(
            "agents",
            "agents-sdk",
            "@cloudflare/agents",
            "@cloudflare/ai-chat",
            "@cloudflare/think",
            "partysync",
            "partysub");

    /** Packages whose base classes take sockets for every class, whatever handlers it has. */
    private static final Set<String> SERVING = Set.of("y-partyserver", "partysync", "partysub");

    private static final Set<String> HANDLERS =
            Set.of("onConnect", "onMessage", "onClose", "onError", "getConnectionTags");

    private final ClassBody inside;
    private final List<Link> chain;
    private final Optional<String> framework;

    /** One class of the chain of base classes. */
    private record Link(Module module, SyntaxNode node) {}

    SocketFramework(ClassBody inside, Heritage.Kind heritage) {
        this.inside = inside;
        this.framework = heritage.framework();
        var links = new ArrayList<Link>();
        inside.body().parent().ifPresent(type -> links.add(new Link(inside.module(), type)));
        for (Target.ClassNode ancestor : heritage.ancestors()) {
            links.add(new Link(ancestor.module(), ancestor.node()));
        }
        this.chain = List.copyOf(links);
    }

    /** Returns how sockets are taken, or empty where no framework is known to take them. */
    Optional<WebSocketUse> use() {
        // A framework whose own source is in the project is imported by a path.
        return Stream.concat(packages(), framework.stream())
                .flatMap(name -> use(name).stream())
                .findFirst();
    }

    /** The packages that the chain's base classes are imported from, the nearest first, also where a workspace has them. */
    private Stream<String> packages() {
        return chain.stream().flatMap(SocketFramework::packagesOf);
    }

    private static Stream<String> packagesOf(Link link) {
        return Heritage.extended(link.node()).stream()
                .map(base -> base.is("member_expression") ? base.fieldText("object") : base.text())
                .flatMap(name -> Optional.ofNullable(link.module().imports().get(name)).stream())
                .map(Reference::specifier)
                .filter(specifier -> !specifier.startsWith("."))
                .map(Specifiers::packageOf);
    }

    private Optional<WebSocketUse> use(String name) {
        if (name.equals("@cloudflare/actors")) {
            return Optional.of(configuresSockets() ? WebSocketUse.HIBERNATION : WebSocketUse.NONE);
        }
        boolean hibernating = HIBERNATING.contains(name);
        if (!hibernating && !name.equals("partyserver") && !SERVING.contains(name)) {
            return Optional.empty();
        }
        if (!hibernating && !SERVING.contains(name) && !handlesSockets(name)) {
            return Optional.of(WebSocketUse.NONE);
        }
        return Optional.of(hibernate().orElse(hibernating) ? WebSocketUse.HIBERNATION : WebSocketUse.STANDARD);
    }

    private boolean configuresSockets() {
        return members(chain.getFirst())
                .anyMatch(member -> ClassBody.memberName(member).equals("shouldUpgradeWebSocket")
                        || ClassBody.memberName(member).equals("configuration")
                                && member.text().contains("sockets"));
    }

    /** Whether the class, or a base class that is not the framework's own, handles sockets. */
    private boolean handlesSockets(String framework) {
        int own = 0;
        while (own < chain.size() - 1 && !packagesOf(chain.get(own)).toList().contains(framework)) {
            own++;
        }
        return chain.subList(0, own + 1).stream()
                        .flatMap(SocketFramework::members)
                        .anyMatch(member -> HANDLERS.contains(ClassBody.memberName(member)))
                || inside.calls().anyMatch(call -> Set.of("this.broadcast", "this.getConnections", "this.getConnection")
                        .contains(call.fieldText("function")));
    }

    /** What the nearest class of the chain that has the option says. */
    private Optional<Boolean> hibernate() {
        return chain.stream()
                .flatMap(SocketFramework::members)
                .filter(member -> ClassBody.memberName(member).equals("options") && member.has("static"))
                .findFirst()
                .map(member -> member.descendants()
                        .anyMatch(pair -> pair.is("pair")
                                && pair.fieldText("key").replaceAll("[\"']", "").equals("hibernate")
                                && pair.fieldText("value").equals("true")));
    }

    private static Stream<SyntaxNode> members(Link link) {
        return link.node().field("body").stream()
                .flatMap(body -> body.children().stream())
                .filter(node -> node.is("method_definition", "public_field_definition", "field_definition"));
    }
}
