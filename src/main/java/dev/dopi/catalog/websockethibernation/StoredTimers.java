package dev.dopi.catalog.websockethibernation;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.Timer;
import dev.dopi.model.DurableObjectClass.Timer.Purpose;
import dev.dopi.model.SocketUse;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the timers of a class that can wait in storage, so that the object can sleep meanwhile. */
final class StoredTimers {

    private StoredTimers() {}

    static boolean isStorable(Timer timer) {
        return timer.purpose() == Purpose.INTERVAL || timer.purpose() == Purpose.DELAY;
    }

    /**
     * Returns all that are delays or intervals.
     *
     * @throws NotMovable where one of them, or the class's alarm, cannot be changed safely
     */
    static List<StoredTimer> of(ClassSource source, DurableObjectClass type) throws NotMovable {
        check(type);
        var timers = new ArrayList<StoredTimer>();
        Set<String> awake = wakingMethods(source.node());
        Set<String> names = new HashSet<>();
        for (Timer timer :
                type.timers().stream().filter(StoredTimers::isStorable).toList()) {
            SyntaxNode call = source.node()
                    .descendants()
                    .filter(node -> node.is("call_expression")
                            && timer.file().equals(type.file())
                            && node.span().equals(timer.place().span()))
                    .findFirst()
                    .orElseThrow(() -> new NotMovable(
                            "%s:%d: %s stands outside the class, and keeps the object in memory: keeping it in storage is supported only within the class."
                                    .formatted(timer.file(), timer.place().line(), timer.kind())));
            String around = call.enclosing("method_definition")
                    .map(method -> method.fieldText("name"))
                    .orElse("constructor");
            if (awake.contains(around)) {
                throw new NotMovable(
                        "Line %d: %s is started each time the object wakes; kept in storage it would wake the object again and again: start it where a client connects."
                                .formatted(call.line(), timer.kind()));
            }
            StoredTimer.Kind kind = timer.purpose() == Purpose.DELAY
                    ? StoredTimer.Kind.LATER
                    : timer.kind().equals("setInterval") ? StoredTimer.Kind.EVERY : StoredTimer.Kind.AGAIN;
            timers.add(StoredTimer.of(call, kind, name(around, kind, names)));
        }
        if (timers.stream().anyMatch(timer -> !timer.sockets().isEmpty())) {
            checkAccepting(source, type);
        }
        checkNames(source.node());
        return timers;
    }

    private static void check(DurableObjectClass type) throws NotMovable {
        if (type.sqlite().filter(sqlite -> !sqlite).isPresent()) {
            throw new NotMovable(
                    "%s is declared with the key-value backend, on which a table of waiting calls is not possible, so its timers keep it in memory."
                            .formatted(type.className()));
        }
        Optional<String> base = type.baseClass();
        if (type.framework().isPresent()
                || type.inheritsAlarm()
                || base.filter(it -> it.contains("(")).isPresent()) {
            throw new NotMovable(
                    "A timer of %s keeps it in memory: keeping timers in storage is supported only in a class that extends DurableObject itself, or nothing."
                            .formatted(type.className()));
        }
        Optional<DurableObjectClass.AlarmUse> waking = type.alarmUses().stream()
                .filter(use -> use.method().equals("setAlarm"))
                .filter(use -> use.inConstructor() && !use.guarded()
                        || type.alarmHandler().isEmpty())
                .findFirst();
        if (waking.isPresent()) {
            throw new NotMovable("Line %d sets the alarm %s: mend that first, then the timers can share it."
                    .formatted(
                            waking.get().place().line(),
                            type.alarmHandler().isEmpty()
                                    ? "but the class has no alarm()"
                                    : "each time the object wakes, which cancels the very alarm that woke it"));
        }
    }

    /** The methods that each object passes when it wakes: the constructor, and what it calls. */
    private static Set<String> wakingMethods(SyntaxNode classNode) {
        var found = new HashSet<String>(Set.of("constructor"));
        boolean more = true;
        while (more) {
            more = false;
            for (SyntaxNode member : members(classNode).toList()) {
                if (found.contains(member.fieldText("name"))) {
                    more |= found.addAll(member.descendants()
                            .filter(node -> node.is("call_expression")
                                    && node.fieldText("function").matches("this\\.#?\\w+"))
                            .map(Names::calledProperty)
                            .toList());
                }
            }
        }
        return found;
    }

    private static Stream<SyntaxNode> members(SyntaxNode classNode) {
        return classNode.field("body").stream()
                .flatMap(body -> body.children().stream())
                .filter(member -> member.is("method_definition"));
    }

    private static String name(String around, StoredTimer.Kind kind, Set<String> taken) {
        String suffix =
                switch (kind) {
                    case LATER -> "Later";
                    case EVERY -> "Again";
                    case AGAIN -> "NextTime";
                };
        String name = around.replaceFirst("^#", "") + suffix;
        for (int i = 2; !taken.add(name); i++) {
            name = around.replaceFirst("^#", "") + suffix + i;
        }
        return name;
    }

    private static void checkNames(SyntaxNode classNode) throws NotMovable {
        for (SyntaxNode node : classNode.descendants().toList()) {
            boolean taken = node.is("private_property_identifier")
                            && node.text().matches("#(calls|makeDelayedCalls|\\w+(Later|Again|NextTime)\\d*)")
                    || node.is("private_property_identifier")
                            && node.hasText("#alarms")
                            && !classNode.text().contains("new AlarmJobs(");
            if (taken) {
                throw new NotMovable(
                        "Line %d: the class has %s already, a name that keeping its timers in storage needs."
                                .formatted(node.line(), node.text()));
            }
        }
    }

    /** Each socket needs a tag, so every place that takes one must be seen. */
    private static void checkAccepting(ClassSource source, DurableObjectClass type) throws NotMovable {
        for (SocketUse use : type.sockets()) {
            if (use.kind() == SocketUse.Kind.HIBERNATABLE && !use.file().equals(type.file())) {
                throw new NotMovable(
                        "%s:%d takes sockets outside the class, so a timer's socket could not be found again after the object has slept."
                                .formatted(use.file(), use.place().line()));
            }
        }
        for (SyntaxNode call : accepting(source.node())) {
            List<SyntaxNode> arguments = Expressions.arguments(call);
            if (arguments.size() > 1 && !Expressions.bare(arguments.get(1)).is("array")) {
                throw new NotMovable(
                        "Line %d: the tags of the socket are not written at their place, so none can be added by which a timer finds it again."
                                .formatted(call.line()));
            }
        }
    }

    static List<SyntaxNode> accepting(SyntaxNode classNode) {
        return classNode
                .descendants()
                .filter(node ->
                        node.is("call_expression") && Names.calledProperty(node).equals("acceptWebSocket"))
                .toList();
    }
}
