package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.analysis.StorageRoles.Role;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.Storage;
import dev.dopi.model.SqlStatement;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one class: its storage, its statements, its alarms, sockets, timers and methods. */
final class ClassReader {

    private static final Set<String> KV_CALLS = Set.of("get", "put", "delete", "list", "deleteAll", "transaction");
    private static final Set<String> RESERVED =
            Set.of("constructor", "fetch", "alarm", "webSocketMessage", "webSocketClose", "webSocketError");

    private final Target.ClassNode site;
    private final ClassBody inside;
    private final Heritage.Kind heritage;
    private final StorageRoles roles;
    private final Resolver resolver;
    private final ObjectCode code;

    ClassReader(Target.ClassNode site, Heritage.Kind heritage, Resolver resolver) {
        this.site = site;
        this.heritage = heritage;
        this.resolver = resolver;
        this.roles = new StorageRoles(site.node(), heritage.base().isPresent());
        this.inside = new ClassBody(site.module(), site.node().field("body").orElse(site.node()), roles);
        this.code = ObjectCode.of(inside, heritage, resolver);
    }

    ClassBody inside() {
        return inside;
    }

    AlarmReader alarms() {
        return new AlarmReader(inside, heritage);
    }

    SocketReader sockets() {
        return new SocketReader(inside, heritage, code);
    }

    TimerReader timers() {
        return new TimerReader(code);
    }

    DurableObjectClass.Access access() {
        return roles.access();
    }

    List<SqlStatement> statements() {
        boolean tag = heritage.framework()
                .filter(name ->
                        name.equals("agents") || name.equals("@cloudflare/ai-chat") || name.equals("partyserver"))
                .isPresent();
        return new SqlReader(site.module(), roles, resolver, tag).read(inside.body());
    }

    Set<Storage> storage(List<SqlStatement> statements) {
        var used = EnumSet.noneOf(Storage.class);
        if (!statements.isEmpty()) {
            used.add(Storage.SQL);
        }
        boolean keyValue = inside.calls().anyMatch(call -> {
            Optional<Role> role = ClassBody.object(call).flatMap(roles::of);
            String property = Expressions.calledProperty(call).orElse("");
            return KV_CALLS.contains(property)
                    && role.filter(it -> it == Role.STORAGE || it == Role.KV).isPresent();
        });
        if (keyValue) {
            used.add(Storage.KV);
        }
        return used;
    }

    List<String> rpcMethods() {
        return inside.members()
                .filter(member -> member.is("method_definition"))
                .filter(member -> !member.has("static") && !member.has("get") && !member.has("set"))
                .filter(member -> member.child("accessibility_modifier")
                        .filter(it -> !it.hasText("public"))
                        .isEmpty())
                .map(ClassBody::memberName)
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
        inside.body()
                .descendants()
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
}
