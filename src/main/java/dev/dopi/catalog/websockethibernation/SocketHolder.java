package dev.dopi.catalog.websockethibernation;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.Declaration;
import dev.dopi.model.DurableObjectClass.Timer;
import dev.dopi.model.DurableObjectClass.Timer.Purpose;
import dev.dopi.model.DurableObjectClass.WebSocketUse;
import dev.dopi.model.Model;
import dev.dopi.model.SocketUse;
import dev.dopi.model.Worker;
import dev.dopi.pattern.Status;
import dev.dopi.project.Project;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one class does that keeps it in memory while clients are connected.
 *
 * @param obstacle why dopi cannot write the change itself, as a sentence
 * @param memory fields that would start anew each time the object wakes
 */
record SocketHolder(Worker worker, DurableObjectClass type, Optional<String> obstacle, List<MemoryField> memory) {

    /** Timers that keep an object awake; those whose end is waited for are a part of what it does anyway. */
    private static final Set<Purpose> BLOCKING = EnumSet.of(Purpose.INTERVAL, Purpose.GAME_LOOP, Purpose.DELAY);

    SocketHolder {
        memory = List.copyOf(memory);
    }

    static List<SocketHolder> in(Project project, Model model) {
        var all = new ArrayList<SocketHolder>();
        for (Worker worker : model.workers()) {
            worker.durableObjects().stream()
                    .filter(type -> type.declaration() != Declaration.EXTERNAL)
                    .map(type -> of(project, worker, type))
                    .forEach(all::add);
        }
        return all;
    }

    private static SocketHolder of(Project project, Worker worker, DurableObjectClass type) {
        var holder = new SocketHolder(worker, type, Optional.empty(), List.of());
        if (!holder.status().recommended()) {
            return holder;
        }
        Movable movable = Movable.of(project, type, holder.byFramework());
        return new SocketHolder(worker, type, movable.obstacle(), movable.memory());
    }

    Status status() {
        return switch (type.webSocket()) {
            case NONE -> Status.NOT_APPLICABLE;
            case STANDARD -> Status.MISSING;
            case MIXED -> Status.PARTIAL;
            case HIBERNATION -> blockingTimers().isEmpty() ? Status.PRESENT : Status.PARTIAL;
        };
    }

    List<Timer> blockingTimers() {
        return type.timers().stream()
                .filter(timer -> BLOCKING.contains(timer.purpose()))
                .toList();
    }

    Optional<Timer> gameLoop() {
        return type.timers().stream()
                .filter(timer -> timer.purpose() == Purpose.GAME_LOOP)
                .findFirst();
    }

    List<SocketUse> sockets(SocketUse.Kind kind) {
        return type.sockets().stream().filter(use -> use.kind() == kind).toList();
    }

    /** Whether a framework accepts the sockets, so that its option decides. */
    boolean byFramework() {
        return type.webSocket() == WebSocketUse.STANDARD
                && sockets(SocketUse.Kind.STANDARD).stream()
                        .noneMatch(use -> use.file().equals(type.file()));
    }
}
