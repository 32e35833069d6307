package dev.dopi.catalog.websockethibernation;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.Declaration;
import dev.dopi.model.DurableObjectClass.Timer;
import dev.dopi.model.DurableObjectClass.Timer.Purpose;
import dev.dopi.model.DurableObjectClass.WebSocketUse;
import dev.dopi.project.Project;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a class's sockets can be moved to hibernation.
 *
 * @param obstacle why not, as a sentence
 * @param memory fields that would start anew each time the object wakes
 * @param answer what the class answers to one certain text
 */
record Movable(Optional<String> obstacle, List<MemoryField> memory, FixedAnswer.Told answer) {

    Movable(Optional<String> obstacle, List<MemoryField> memory) {
        this(obstacle, memory, FixedAnswer.Told.NOTHING);
    }

    private static final Set<String> HANDLERS = Set.of("webSocketMessage", "webSocketClose", "webSocketError");

    static Movable of(Project project, SocketHolder holder) {
        DurableObjectClass type = holder.type();
        boolean byFramework = holder.byFramework();
        try {
            check(type, byFramework);
            try (ClassSource source = ClassSource.of(project, type)) {
                if (type.webSocket() == WebSocketUse.HIBERNATION) {
                    if (!holder.blockingTimers().isEmpty()) {
                        TimerEdits.check(source, type);
                    }
                    return new Movable(Optional.empty(), List.of());
                }
                if (byFramework) {
                    return FrameworkOption.movable(source.node());
                }
                Movable movable = of(source, type);
                checkInterval(project, holder);
                return movable;
            }
        } catch (NotMovable e) {
            return new Movable(Optional.of(String.valueOf(e.getMessage())), List.of());
        }
    }

    private static Movable of(ClassSource source, DurableObjectClass type) throws NotMovable {
        StateReference.of(source.node(), type);
        ConnectionCode code = ConnectionCode.of(source.tree(), source.node(), type);
        Optional<SyntaxNode> holding = MemoryFields.holdingSockets(source.node(), code.registries());
        if (holding.isPresent()) {
            throw new NotMovable(
                    "Line %d: no place was found that fills this field for each socket, so it could not be filled again when the object wakes."
                            .formatted(holding.get().line()));
        }
        for (String name : List.of("#connection", "#keep", "#disconnected")) {
            if (source.node().text().contains(name)) {
                throw new NotMovable("The class has %s already, a name that the change needs.".formatted(name));
            }
        }
        return new Movable(
                Optional.empty(),
                MemoryFields.of(source.node(), code.registries()),
                code.listener(Listener.Kind.MESSAGE)
                        .map(listener -> answer(listener, code.socket()))
                        .orElse(FixedAnswer.Told.NOTHING));
    }

    private static FixedAnswer.Told answer(Listener listener, String socket) {
        return listener.parameter()
                .map(Expressions::parameterName)
                .map(event -> FixedAnswer.in(listener.function(), socket, event + ".data")
                        .told())
                .orElse(FixedAnswer.Told.NOTHING);
    }

    private static void check(DurableObjectClass type, boolean byFramework) throws NotMovable {
        for (Timer timer : type.timers()) {
            if (timer.purpose() == Purpose.GAME_LOOP) {
                throw new NotMovable(
                        "%s keeps the object in memory whatever takes its sockets (%s), and an alarm is no replacement for steps that fast: dopi leaves it."
                                .formatted(place(type, timer), timer.reason()));
            }
        }
        if (type.webSocket() == WebSocketUse.MIXED) {
            throw new NotMovable(
                    "The class has handlers for the sockets that can sleep already; adding those of the others is not supported yet.");
        }
        if (byFramework || type.webSocket() == WebSocketUse.HIBERNATION) {
            return;
        }
        if (type.declaration() == Declaration.SUBCLASS || type.framework().isPresent()) {
            throw new NotMovable(
                    "The base class %s may handle sockets, too: moving them is supported only in a class that extends DurableObject or nothing."
                            .formatted(type.baseClass().orElse("")));
        }
        if (type.baseClass().filter(base -> base.contains("(")).isPresent()) {
            throw new NotMovable("The base class is made by the call %s, which is not followed."
                    .formatted(type.baseClass().get()));
        }
        for (String name : type.rpcMethods()) {
            if (HANDLERS.contains(name)) {
                throw new NotMovable("The class has %s() already.".formatted(name));
            }
        }
    }

    /** An interval never ends, so that sockets which can sleep change nothing while it runs. */
    private static void checkInterval(Project project, SocketHolder holder) throws NotMovable {
        Optional<Timer> interval = holder.type().timers().stream()
                .filter(timer -> timer.purpose() == Purpose.INTERVAL)
                .findFirst();
        if (interval.isEmpty()) {
            return;
        }
        MovedSockets moved = MovedSockets.of(project, holder);
        try (ClassSource source = ClassSource.of(moved.project(), moved.match().type())) {
            TimerEdits.check(source, moved.match().type());
        } catch (NotMovable e) {
            throw new NotMovable(
                    "%s keeps the object in memory whatever takes its sockets. With them it cannot move: %s"
                            .formatted(place(holder.type(), interval.get()), e.getMessage()));
        }
    }

    private static String place(DurableObjectClass type, Timer timer) {
        String line = "%s in line %d".formatted(timer.kind(), timer.place().line());
        return timer.file().equals(type.file()) ? line : line + " of " + timer.file();
    }
}
