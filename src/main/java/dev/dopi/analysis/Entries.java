package dev.dopi.analysis;

import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From where the code of a class is reached: its alarm or a timer, its start, a closing socket, or whoever calls it. */
final class Entries {

    private static final Set<String> BY_TIME = Set.of("alarm", "onAlarm");
    private static final Set<String> AT_START = Set.of("constructor", "onStart", "onInit");
    private static final Set<String> AT_CLOSE =
            Set.of("webSocketClose", "webSocketError", "onClose", "onError", "onDisconnect");
    private static final Set<String> TIMERS = Set.of("setInterval", "setTimeout");
    private static final Pattern NAMED = Pattern.compile("[\"'`]([A-Za-z_$][\\w$]*)[\"'`]");

    private final Map<String, EnumSet<Entry>> reached = new HashMap<>();

    /** How code comes to run. */
    enum Entry {
        /** The alarm, a framework's schedule, or a timer. */
        TIME,
        START,
        CLOSE,
        REQUEST
    }

    Entries(StorageCode code) {
        List<SyntaxNode> members =
                code.classes().flatMap(unit -> unit.code().members()).toList();
        Map<String, Set<String>> calls = new HashMap<>();
        var scheduled = new HashSet<String>();
        for (SyntaxNode member : members) {
            String name = ClassBody.memberName(member);
            for (SyntaxNode call : member.descendants()
                    .filter(node -> node.is("call_expression"))
                    .toList()) {
                read(call, calls.computeIfAbsent(name, _ -> new HashSet<>()), scheduled);
            }
        }
        for (SyntaxNode member : members) {
            String name = ClassBody.memberName(member);
            kind(member, name, scheduled).ifPresent(entry -> spread(name, entry, calls));
        }
        scheduled.forEach(name -> spread(name, Entry.TIME, calls));
    }

    private static void read(SyntaxNode call, Set<String> called, Set<String> scheduled) {
        Optional<String> own = Expressions.object(call)
                .filter(object -> object.hasText("this") || object.hasText("super"))
                .flatMap(_ -> Expressions.calledProperty(call));
        if (own.isEmpty()) {
            return;
        }
        if (onTimer(call)) {
            scheduled.add(own.get());
        } else {
            called.add(own.get());
        }
        if (own.get().matches("schedule|scheduleEvery|queue|every")) {
            Matcher names = NAMED.matcher(call.fieldText("arguments"));
            while (names.find()) {
                scheduled.add(names.group(1));
            }
        }
    }

    private static Optional<Entry> kind(SyntaxNode member, String name, Set<String> scheduled) {
        if (BY_TIME.contains(name) || scheduled.contains(name)) {
            return Optional.of(Entry.TIME);
        }
        if (AT_START.contains(name)) {
            return Optional.of(Entry.START);
        }
        if (AT_CLOSE.contains(name)) {
            return Optional.of(Entry.CLOSE);
        }
        boolean hidden = name.startsWith("#")
                || member.child("accessibility_modifier")
                        .filter(it -> !it.hasText("public"))
                        .isPresent();
        boolean function = member.is("method_definition")
                || member.field("value")
                        .map(Expressions::bare)
                        .filter(Expressions::isFunction)
                        .isPresent();
        return hidden ? Optional.empty() : Optional.of(function ? Entry.REQUEST : Entry.START);
    }

    private void spread(String name, Entry entry, Map<String, Set<String>> calls) {
        var open = new ArrayList<>(List.of(name));
        while (!open.isEmpty()) {
            String next = open.removeLast();
            if (reached.computeIfAbsent(next, _ -> EnumSet.noneOf(Entry.class)).add(entry)) {
                open.addAll(calls.getOrDefault(next, Set.of()));
            }
        }
    }

    private static boolean onTimer(SyntaxNode node) {
        return node.ancestors()
                .takeWhile(up -> !up.is("method_definition", "class_body"))
                .anyMatch(up -> up.is("call_expression") && TIMERS.contains(up.fieldText("function")));
    }

    /** Returns from where {@code node} of {@code unit} is reached; empty where nothing is seen to reach it. */
    Set<Entry> of(StorageCode.Unit unit, SyntaxNode node) {
        if (onTimer(node)) {
            return EnumSet.of(Entry.TIME);
        }
        if (unit.kind() == StorageCode.Kind.HELPER) {
            return helper(unit, node);
        }
        return member(node)
                .map(name -> reached.getOrDefault(name, EnumSet.noneOf(Entry.class)))
                .orElse(EnumSet.of(Entry.START));
    }

    /** A helper that is a function runs where it is called; one that is a class may be called from anywhere. */
    private Set<Entry> helper(StorageCode.Unit unit, SyntaxNode node) {
        boolean function = Expressions.isFunction(unit.code().body());
        boolean constructor =
                member(node).filter(name -> name.equals("constructor")).isPresent();
        if (!function && !constructor || isDeferred(unit, node)) {
            return EnumSet.of(Entry.REQUEST);
        }
        return unit.caller().map(caller -> of(caller.unit(), caller.call())).orElse(EnumSet.of(Entry.REQUEST));
    }

    /** Whether {@code node} stands in a function that its unit only makes, as one that returns an object of functions does. */
    private static boolean isDeferred(StorageCode.Unit unit, SyntaxNode node) {
        return node.ancestors()
                .takeWhile(up -> !up.span().equals(unit.code().body().span()))
                .filter(Expressions::isFunction)
                .anyMatch(function -> function.parent()
                        .filter(up -> !up.is("arguments") && !up.is("class_body"))
                        .isPresent());
    }

    /** Returns the name of the class's member that holds {@code node}. */
    static Optional<String> member(SyntaxNode node) {
        return node.ancestors()
                .filter(up -> up.is("method_definition", "public_field_definition", "field_definition")
                        && up.parent().filter(body -> body.is("class_body")).isPresent())
                .findFirst()
                .map(ClassBody::memberName);
    }
}
