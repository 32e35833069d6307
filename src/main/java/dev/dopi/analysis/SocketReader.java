package dev.dopi.analysis;

import dev.dopi.model.DurableObjectClass.WebSocketUse;
import dev.dopi.model.SocketUse;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads how a class takes WebSockets. */
final class SocketReader {

    private final ClassBody inside;
    private final Heritage.Kind heritage;

    SocketReader(ClassBody inside, Heritage.Kind heritage) {
        this.inside = inside;
        this.heritage = heritage;
    }

    WebSocketUse use() {
        boolean hibernates = inside.calls().anyMatch(call -> Expressions.calledProperty(call)
                .filter(it -> it.equals("acceptWebSocket"))
                .isPresent());
        boolean accepts = inside.calls().anyMatch(this::isStandardAccept);
        if (heritage.framework().isPresent() && !hibernates && !accepts) {
            return frameworkSockets();
        }
        if (hibernates) {
            return accepts ? WebSocketUse.MIXED : WebSocketUse.HIBERNATION;
        }
        return accepts ? WebSocketUse.STANDARD : WebSocketUse.NONE;
    }

    private WebSocketUse frameworkSockets() {
        return switch (heritage.framework().orElse("")) {
            case "partyserver" -> {
                boolean connects = inside.members().anyMatch(member -> Set.of("onConnect", "onMessage", "onClose")
                        .contains(ClassBody.memberName(member)));
                boolean hibernate = inside.members()
                        .anyMatch(member -> ClassBody.memberName(member).equals("options")
                                && member.text().replace(" ", "").contains("hibernate:true"));
                yield hibernate ? WebSocketUse.HIBERNATION : connects ? WebSocketUse.STANDARD : WebSocketUse.NONE;
            }
            case "agents", "@cloudflare/ai-chat", "y-partyserver" -> WebSocketUse.HIBERNATION;
            default -> WebSocketUse.NONE;
        };
    }

    /** An {@code accept()} of an incoming socket that stays open; not an outbound one, nor an error reply. */
    private boolean isStandardAccept(SyntaxNode call) {
        if (!Expressions.calledProperty(call).orElse("").equals("accept")
                || !Expressions.arguments(call).isEmpty()) {
            return false;
        }
        String socket =
                ClassBody.object(call).map(it -> Expressions.bare(it).text()).orElse("");
        Optional<SyntaxNode> function =
                call.ancestors().filter(Expressions::isFunction).findFirst();
        boolean outbound = function.stream()
                .flatMap(SyntaxNode::descendants)
                .filter(node ->
                        node.is("variable_declarator") && node.fieldText("name").equals(socket))
                .map(declarator -> declarator.fieldText("value"))
                .anyMatch(value -> value.contains("webSocket") && !value.contains("WebSocketPair")
                        || value.contains("new WebSocket("));
        boolean closedAtOnce = call.parent()
                .flatMap(SyntaxNode::parent)
                .filter(block -> block.is("statement_block"))
                .filter(block -> block.text().contains(socket + ".close(")
                        && !block.text().contains(socket + ".addEventListener"))
                .isPresent();
        return !outbound && !closedAtOnce;
    }

    List<SocketUse> places() {
        return List.of();
    }
}
