package dev.dopi.analysis;

import dev.dopi.analysis.Resolver.Target;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.Storage;
import dev.dopi.model.SqlStatement;
import dev.dopi.syntax.Expressions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads one class: its storage, its statements, its alarms, sockets, timers and methods. */
final class ClassReader {

    private static final Set<String> KV_CALLS = Set.of("get", "put", "delete", "list");
    /** Packages whose base classes give the object a template tag {@code this.sql}. */
    private static final Set<String> TAGGED = Set.of(
            "agents",
            "agents-sdk",
            "@cloudflare/agents",
            "@cloudflare/ai-chat",
            "@cloudflare/think",
            "partyserver",
            "partysync");
    /** Packages whose base classes keep tables of their own. */
    private static final Set<String> ON_SQL = Set.of(
            "agents",
            "agents-sdk",
            "@cloudflare/agents",
            "@cloudflare/ai-chat",
            "@cloudflare/think",
            "@cloudflare/actors",
            "@cloudflare/containers",
            "@cloudflare/sandbox",
            "partywhen");

    private static final Set<String> RESERVED =
            Set.of("constructor", "fetch", "alarm", "webSocketMessage", "webSocketClose", "webSocketError");

    private final Target.ClassNode site;
    private final ClassBody inside;
    private final Heritage.Kind heritage;
    private final StorageCode code;
    private final Resolver resolver;

    ClassReader(Target.ClassNode site, Heritage.Kind heritage, Resolver resolver) {
        this.site = site;
        this.heritage = heritage;
        this.resolver = resolver;
        this.code = StorageCode.of(site, heritage, resolver);
        this.inside = code.own();
    }

    /** Returns all code that works on the class's storage. */
    StorageCode code() {
        return code;
    }

    ClassBody inside() {
        return inside;
    }

    AlarmReader alarms() {
        return new AlarmReader(inside, heritage);
    }

    /** Returns all code that runs as the object. */
    ObjectCode reached() {
        return ObjectCode.of(inside, heritage, resolver);
    }

    DurableObjectClass.Access access() {
        return inside.roles().access();
    }

    /** Returns every statement with the call that runs it, in reading order. */
    List<SqlReader.Run> runs() {
        boolean tag = heritage.framework().filter(TAGGED::contains).isPresent();
        return new SqlReader(code, resolver, tag).read();
    }

    Set<Storage> storage(List<SqlStatement> statements) {
        var used = EnumSet.noneOf(Storage.class);
        if (!statements.isEmpty()
                || heritage.framework().filter(ON_SQL::contains).isPresent()) {
            used.add(Storage.SQL);
        }
        if (code.units().stream().anyMatch(unit -> usesKeys(unit.code()))) {
            used.add(Storage.KV);
        }
        return used;
    }

    private static boolean usesKeys(ClassBody body) {
        return body.calls()
                .anyMatch(call ->
                        KV_CALLS.contains(Expressions.calledProperty(call).orElse(""))
                                && Expressions.object(call)
                                        .filter(object -> body.means(object, Role.STORAGE, Role.KV))
                                        .isPresent());
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
        if (site.node().errors() > 0) {
            doubts.add("Part of the class could not be parsed.");
        }
        doubts.addAll(code.doubts());
        return doubts;
    }
}
