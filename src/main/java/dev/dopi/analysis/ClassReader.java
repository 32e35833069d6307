package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.analysis.StorageRoles.Role;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.AlarmUse;
import dev.dopi.model.DurableObjectClass.Place;
import dev.dopi.model.DurableObjectClass.Storage;
import dev.dopi.model.DurableObjectClass.Timer;
import dev.dopi.model.DurableObjectClass.WebSocketUse;
import dev.dopi.model.SqlStatement;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads one class: its storage, its statements, its alarms, sockets, timers and methods. */
final class ClassReader {

    private static final Set<String> ALARM_CALLS = Set.of("setAlarm", "getAlarm", "deleteAlarm");
    private static final Set<String> KV_CALLS = Set.of("get", "put", "delete", "list", "deleteAll", "transaction");
    private static final Set<String> RESERVED =
            Set.of("constructor", "fetch", "alarm", "webSocketMessage", "webSocketClose", "webSocketError");

    private final Target.ClassNode site;
    private final SyntaxNode body;
    private final Heritage.Kind heritage;
    private final StorageRoles roles;
    private final Resolver resolver;

    ClassReader(Target.ClassNode site, Heritage.Kind heritage, Resolver resolver) {
        this.site = site;
        this.body = site.node().field("body").orElse(site.node());
        this.heritage = heritage;
        this.resolver = resolver;
        this.roles = new StorageRoles(site.node(), heritage.base().isPresent());
    }

    DurableObjectClass.Access access() {
        return roles.access();
    }

    List<SqlStatement> statements() {
        boolean tag = heritage.framework()
                .filter(name ->
                        name.equals("agents") || name.equals("@cloudflare/ai-chat") || name.equals("partyserver"))
                .isPresent();
        return new SqlReader(site.module(), roles, resolver, tag).read(body);
    }

    Set<Storage> storage(List<SqlStatement> statements) {
        var used = EnumSet.noneOf(Storage.class);
        if (!statements.isEmpty()) {
            used.add(Storage.SQL);
        }
        boolean keyValue = calls().anyMatch(call -> {
            Optional<Role> role = object(call).flatMap(roles::of);
            String property = Expressions.calledProperty(call).orElse("");
            return KV_CALLS.contains(property)
                    && role.filter(it -> it == Role.STORAGE || it == Role.KV).isPresent();
        });
        if (keyValue) {
            used.add(Storage.KV);
        }
        return used;
    }

    Optional<Place> alarmHandler() {
        return members()
                .filter(member -> memberName(member).equals("alarm") && !member.has("static"))
                .findFirst()
                .map(ClassReader::place);
    }

    List<AlarmUse> alarmUses() {
        return calls().filter(call ->
                        ALARM_CALLS.contains(Expressions.calledProperty(call).orElse("")))
                .filter(call -> object(call)
                        .filter(object -> roles.of(object)
                                        .filter(role -> role == Role.STORAGE)
                                        .isPresent()
                                || object.text().endsWith("storage"))
                        .isPresent())
                .map(call -> new AlarmUse(
                        Expressions.calledProperty(call).orElse(""),
                        place(call),
                        reachedFromConstructor(call),
                        isGuarded(call)))
                .toList();
    }

    /** Whether a constructor runs {@code node}, itself or by the class's own methods that it calls. */
    private boolean reachedFromConstructor(SyntaxNode node) {
        var reached = new HashSet<String>(Set.of("constructor"));
        boolean more = true;
        while (more) {
            more = false;
            for (SyntaxNode member : members().toList()) {
                if (reached.contains(memberName(member))) {
                    more |= reached.addAll(ownCalls(member));
                }
            }
        }
        return node.enclosing("method_definition", "public_field_definition", "field_definition")
                .filter(member -> reached.contains(memberName(member)))
                .isPresent();
    }

    private static List<String> ownCalls(SyntaxNode member) {
        return member.descendants()
                .filter(node -> node.is("call_expression"))
                .filter(call ->
                        object(call).filter(object -> object.hasText("this")).isPresent())
                .flatMap(call -> Expressions.calledProperty(call).stream())
                .toList();
    }

    private static boolean isGuarded(SyntaxNode call) {
        return call.ancestors()
                .takeWhile(up -> !up.is("method_definition", "class_body"))
                .filter(up -> up.is("if_statement"))
                .flatMap(test -> test.field("condition").stream())
                .anyMatch(condition -> condition.text().contains("getAlarm") || mentionsAlarm(condition));
    }

    private static boolean mentionsAlarm(SyntaxNode condition) {
        List<String> names = condition
                .descendants()
                .filter(node -> node.is("identifier"))
                .map(SyntaxNode::text)
                .toList();
        return condition.enclosing("method_definition").stream()
                .flatMap(SyntaxNode::descendants)
                .filter(node -> node.is("variable_declarator") && names.contains(node.fieldText("name")))
                .anyMatch(declarator -> declarator.fieldText("value").contains("getAlarm"));
    }

    WebSocketUse webSocket() {
        boolean hibernates = calls().anyMatch(call -> Expressions.calledProperty(call)
                .filter(it -> it.equals("acceptWebSocket"))
                .isPresent());
        boolean accepts = calls().anyMatch(this::isStandardAccept);
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
                boolean connects = members().anyMatch(member -> Set.of("onConnect", "onMessage", "onClose")
                        .contains(memberName(member)));
                boolean hibernate = members()
                        .anyMatch(member -> memberName(member).equals("options")
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
        String socket = object(call).map(it -> Expressions.bare(it).text()).orElse("");
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

    List<Timer> timers() {
        return calls().filter(call -> Set.of("setTimeout", "setInterval").contains(call.fieldText("function")))
                .map(call -> new Timer(call.fieldText("function"), place(call)))
                .toList();
    }

    List<Place> nameReads() {
        return body.descendants()
                .filter(node -> node.is("member_expression")
                        && node.fieldText("property").equals("name"))
                .filter(node -> node.field("object")
                        .flatMap(roles::of)
                        .filter(role -> role == Role.ID)
                        .isPresent())
                .map(ClassReader::place)
                .toList();
    }

    List<String> rpcMethods() {
        return members()
                .filter(member -> member.is("method_definition"))
                .filter(member -> !member.has("static") && !member.has("get") && !member.has("set"))
                .filter(member -> member.child("accessibility_modifier")
                        .filter(it -> !it.hasText("public"))
                        .isEmpty())
                .map(ClassReader::memberName)
                .filter(name -> !name.startsWith("#") && !RESERVED.contains(name))
                .distinct()
                .toList();
    }

    /** Returns what keeps the class from being wholly understood, as sentences. */
    List<String> doubts() {
        var doubts = new ArrayList<String>();
        if (site.node().containsError()) {
            doubts.add("Part of the class could not be parsed.");
        }
        body.descendants()
                .filter(node -> node.is("call_expression", "new_expression"))
                .filter(call -> !call.fieldText("function").equals("super"))
                .forEach(call -> call.field("arguments").stream()
                        .filter(it -> it.is("arguments"))
                        .flatMap(it -> it.children().stream())
                        .filter(argument -> roles.of(argument)
                                .filter(role -> role != Role.ID)
                                .isPresent())
                        .findFirst()
                        .ifPresent(argument ->
                                doubts.add("%s is passed to %s in line %d: what happens to it there is not followed."
                                        .formatted(argument.text(), callee(call), call.line()))));
        return doubts;
    }

    private static String callee(SyntaxNode call) {
        return call.field("function")
                .or(() -> call.field("constructor"))
                .map(SyntaxNode::text)
                .orElse("a call");
    }

    private Stream<SyntaxNode> members() {
        return body.children().stream()
                .filter(node -> node.is("method_definition", "public_field_definition", "field_definition"));
    }

    static String memberName(SyntaxNode member) {
        return member.field("name")
                .or(() -> member.field("property"))
                .map(SyntaxNode::text)
                .orElse("");
    }

    private Stream<SyntaxNode> calls() {
        return body.descendants().filter(node -> node.is("call_expression"));
    }

    private static Optional<SyntaxNode> object(SyntaxNode call) {
        return call.field("function")
                .map(Expressions::bare)
                .filter(function -> function.is("member_expression"))
                .flatMap(function -> function.field("object"));
    }

    private static Place place(SyntaxNode node) {
        return new Place(node.span(), node.line());
    }
}
