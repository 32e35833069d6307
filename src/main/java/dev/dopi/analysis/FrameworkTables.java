package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.model.Table.Growth;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tables that a framework's base class keeps for the object, where their growth is known from its documentation. */
final class FrameworkTables {

    private static final Set<String> CHAT = Set.of("agents", "agents-sdk", "@cloudflare/agents", "@cloudflare/ai-chat");

    private FrameworkTables() {}

    /** Returns the tables that {@code site} has by its base class. */
    static List<Table> of(Target.ClassNode site, Heritage.Kind heritage) {
        List<SyntaxNode> classes = Stream.concat(Stream.of(site), heritage.ancestors().stream())
                .map(Target.ClassNode::node)
                .toList();
        boolean chat = heritage.framework().filter(CHAT::contains).isPresent()
                && classes.stream()
                        .flatMap(node -> Heritage.extended(node).stream())
                        .anyMatch(base -> base.hasText("AIChatAgent"));
        if (!chat) {
            return List.of();
        }
        boolean limited = classes.stream().anyMatch(node -> node.text().contains("maxPersistedMessages"));
        SyntaxNode node = site.node();
        var definition = new SqlStatement(
                "",
                site.module().path(),
                node.span(),
                node.line(),
                Optional.empty(),
                List.of(),
                Optional.of("the base class AIChatAgent makes the table"),
                SqlStatement.Kind.DDL);
        return List.of(new Table(
                "cf_ai_chat_agent_messages",
                List.of(),
                definition,
                limited ? Growth.BOUNDED : Growth.UNBOUNDED,
                limited
                        ? "The class sets maxPersistedMessages."
                        : "The base class AIChatAgent keeps every chat message in cf_ai_chat_agent_messages and deletes none:"
                                + " set maxPersistedMessages, where the installed version has it, or delete old ones by this.schedule().",
                Optional.empty()));
    }
}
