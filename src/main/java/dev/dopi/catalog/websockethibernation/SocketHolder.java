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
import java.util.regex.Pattern;

/**
 * What one class does that keeps it in memory while clients are connected.
 *
 * @param byFramework whether a framework accepts the sockets, so that its option decides
 * @param obstacle why dopi cannot write the change itself, as a sentence
 * @param memory fields that would start anew each time the object wakes
 * @param answer what it answers to one certain text
 * @param delays delays that are worth waiting in storage, of a class whose sockets can sleep
 */
record SocketHolder(
        Worker worker,
        DurableObjectClass type,
        boolean byFramework,
        Optional<String> obstacle,
        List<MemoryField> memory,
        FixedAnswer.Told answer,
        List<Timer> delays) {

    /** Timers that keep an object awake for good; one that runs once does so only until it is over. */
    private static final Set<Purpose> ENDLESS = EnumSet.of(Purpose.INTERVAL, Purpose.GAME_LOOP);

    /** Frameworks whose base classes know the option; their own source is read, too, where a workspace has it. */
    private static final Pattern OPTION =
            Pattern.compile("from\\s*[\"'](y-partyserver|partyserver|partysync|partysub)\\b");

    SocketHolder {
        memory = List.copyOf(memory);
        delays = List.copyOf(delays);
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
        boolean byFramework = byFramework(project, type);
        boolean sleeps = type.webSocket() == WebSocketUse.HIBERNATION;
        FixedAnswer.Told answer = sleeps ? answer(project, type) : FixedAnswer.Told.NOTHING;
        List<Timer> delays = sleeps ? delays(project, type) : List.of();
        var holder = new SocketHolder(worker, type, byFramework, Optional.empty(), List.of(), answer, delays);
        if (!holder.status().recommended()) {
            return holder;
        }
        Movable movable = Movable.of(project, holder);
        return new SocketHolder(
                worker,
                type,
                byFramework,
                movable.obstacle(),
                movable.memory(),
                sleeps ? answer : movable.answer(),
                delays);
    }

    /** The delays of a class, where all can wait in storage as they are and one of them is worth it. */
    private static List<Timer> delays(Project project, DurableObjectClass type) {
        List<Timer> delays = type.timers().stream()
                .filter(timer -> timer.purpose() == Purpose.DELAY)
                .toList();
        if (delays.isEmpty()) {
            return List.of();
        }
        try (ClassSource source = ClassSource.of(project, type)) {
            TimerEdits.check(source, type);
            return StoredTimers.of(source, type).stream().anyMatch(StoredTimer::keepsAwake) ? delays : List.of();
        } catch (NotMovable e) {
            // It is over by itself, so what cannot be mended is not worth advice.
            return List.of();
        }
    }

    private static FixedAnswer.Told answer(Project project, DurableObjectClass type) {
        if (!project.mentions(type.file(), "webSocketMessage")) {
            return FixedAnswer.Told.NOTHING;
        }
        try (ClassSource source = ClassSource.of(project, type)) {
            FixedAnswer.Search search = AutoResponse.search(source.node(), type);
            return search.found()
                            .filter(answer -> !AskingClients.send(project, type.file(), answer.request()))
                            .isPresent()
                    ? search.toldOnly()
                    : search.told();
        } catch (NotMovable e) {
            // The class cannot be read again, so nothing is known of what it answers.
            return FixedAnswer.Told.NOTHING;
        }
    }

    /** Returns the same class as it is read in another state of the project. */
    SocketHolder with(Worker other, DurableObjectClass read) {
        return new SocketHolder(other, read, byFramework, obstacle, memory, answer, delays);
    }

    /** Whether the class has timers that could wait in storage, once its sockets can sleep. */
    boolean storesTimers() {
        return !byFramework && type.timers().stream().anyMatch(StoredTimers::isStorable);
    }

    Status status() {
        return switch (type.webSocket()) {
            case NONE -> Status.NOT_APPLICABLE;
            case STANDARD -> Status.MISSING;
            case MIXED -> Status.PARTIAL;
            case HIBERNATION ->
                blockingTimers().isEmpty() && answer.fixed().isEmpty() ? Status.PRESENT : Status.PARTIAL;
        };
    }

    /** The timers for which an object whose sockets can sleep does not. */
    List<Timer> blockingTimers() {
        return type.timers().stream()
                .filter(timer -> ENDLESS.contains(timer.purpose()) || delays.contains(timer))
                .toList();
    }

    /** The delays that keep the object awake only until they are over, and that nothing is to be done about. */
    List<Timer> passingDelays() {
        return type.timers().stream()
                .filter(timer -> timer.purpose() == Purpose.DELAY && !delays.contains(timer))
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

    /** A helper or a base class of the project accepts sockets as the class itself would: no option decides there. */
    private static boolean byFramework(Project project, DurableObjectClass type) {
        List<SocketUse> standard = type.sockets().stream()
                .filter(use -> use.kind() == SocketUse.Kind.STANDARD)
                .toList();
        return type.webSocket() == WebSocketUse.STANDARD
                && (standard.isEmpty()
                        || standard.stream().noneMatch(use -> use.file().equals(type.file()))
                                && project.read(type.file())
                                        .filter(file ->
                                                OPTION.matcher(file.text()).find())
                                        .isPresent());
    }
}
