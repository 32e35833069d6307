package dev.dopi.catalog.websockethibernation;

import dev.dopi.edit.EditPlan;
import dev.dopi.model.DurableObjectClass.Timer;
import dev.dopi.model.DurableObjectClass.WebSocketUse;
import dev.dopi.model.Model;
import dev.dopi.model.SocketUse;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Fix;
import dev.dopi.pattern.Option;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Pattern;
import dev.dopi.pattern.PatternInfo;
import dev.dopi.pattern.Priority;
import dev.dopi.pattern.Status;
import dev.dopi.pattern.Subject;
import dev.dopi.pattern.TestSetUp;
import dev.dopi.pattern.Upkeep;
import dev.dopi.project.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets an object sleep while its clients stay connected, and wake with what it knew of each of them. */
public final class WebsocketHibernationPattern implements Pattern<SocketHolder> {

    static final String REFUSE = "refuse";
    static final String START_ANEW = "start-anew";
    static final Option MEMORY = new Option(
            "memory",
            "Fields in memory",
            "Fields that nothing brings back when the object wakes: start-anew lets them begin as in a new object after each"
                    + " sleep, refuse changes nothing.",
            Option.Kind.CHOICE,
            START_ANEW,
            List.of(START_ANEW, REFUSE));

    static final String STORE = "store";
    static final String LEAVE = "leave";
    static final Option TIMERS = new Option(
            "timers",
            "Delays and intervals",
            "store lets them wait in storage with the sockets' move, as jobs of the object's one alarm; leave keeps them in memory, and"
                    + " the object with them while they run.",
            Option.Kind.CHOICE,
            STORE,
            List.of(STORE, LEAVE));

    static final String RUNTIME = "runtime";
    static final String OBJECT = "object";
    static final Option ANSWER = new Option(
            "answer",
            "Fixed answer",
            "Who gives the one answer that is always the same, such as pong: the runtime, which wakes no object for it, or the object.",
            Option.Kind.CHOICE,
            RUNTIME,
            List.of(RUNTIME, OBJECT));

    private static final PatternInfo INFO = new PatternInfo(
            "websocket-hibernation",
            "Sleep while clients stay connected",
            "Takes WebSockets so that an idle object leaves memory, and its duration charge ends, while clients stay connected.");

    @Override
    public PatternInfo info() {
        return INFO;
    }

    @Override
    public List<SocketHolder> detect(Project project, Model model) {
        return SocketHolder.in(project, model);
    }

    @Override
    public Finding describe(SocketHolder match) {
        Status status = match.status();
        boolean written = status.recommended() && match.obstacle().isEmpty();
        return new Finding(
                INFO,
                new Subject(match.worker().id(), match.type().className()),
                status,
                priority(match),
                reason(match),
                status == Status.PARTIAL
                                && match.blockingTimers().isEmpty()
                                && match.answer().fixed().isPresent()
                        ? "The runtime's answers wake no object and are not billed."
                        : status.recommended()
                                ? "An idle object leaves memory after some ten seconds; until a message comes, its duration is not billed."
                                : "",
                !written ? Fix.ADVICE : match.memory().isEmpty() ? Fix.AUTOMATIC : Fix.GUIDED,
                evidence(match),
                written ? options(match) : List.of(),
                List.of());
    }

    private static List<Option> options(SocketHolder match) {
        var options = new ArrayList<Option>();
        if (!match.memory().isEmpty()) {
            options.add(MEMORY);
        }
        if (match.type().webSocket() == WebSocketUse.STANDARD && match.storesTimers()) {
            options.add(TIMERS);
        }
        if (match.type().webSocket() == WebSocketUse.STANDARD
                && match.answer().fixed().isPresent()) {
            options.add(ANSWER);
        }
        return options;
    }

    @Override
    public EditPlan plan(Project project, SocketHolder match, Options options) {
        return HibernationEditor.plan(project, match, options);
    }

    @Override
    public EditPlan outline(Project project, SocketHolder match) {
        boolean intervals = match.type().timers().stream().anyMatch(timer -> timer.purpose() == Timer.Purpose.INTERVAL);
        // The sockets move without delays, too, where those cannot be stored; only intervals can keep them from it.
        Options options = TestSetUp.WITHOUT_TEST;
        return plan(project, match, intervals ? options : options.with(TIMERS.key(), LEAVE));
    }

    @Override
    public Upkeep upkeep(Project project, SocketHolder match, Options options, Set<String> made) {
        var effect = new ArrayList<String>();
        if (made.contains("sockets") || made.contains("option")) {
            effect.add(
                    "An object that nothing happens in leaves memory while its clients stay connected; the next message wakes it.");
            if (!match.memory().isEmpty()) {
                effect.add("After each sleep these fields are as in a new object: %s."
                        .formatted(match.memory().stream()
                                .map(field -> Upkeep.code(field.name()))
                                .collect(Collectors.joining(", "))));
            }
        }
        if (made.contains("timers")) {
            effect.add("What timers would do waits in the object's storage, and its one alarm wakes it for that.");
        }
        if (made.contains("answer")) {
            effect.add("The runtime gives the answer that is always the same and wakes no object for it.");
        }
        return new Upkeep(
                String.join(" ", effect),
                "Keep what is known of a connection with its socket (%s), up to 16 KiB, or in storage: fields are gone after a sleep. A `setInterval()`, and a socket that the object opens itself, keep it awake."
                        .formatted(match.byFramework() ? "`connection.setState()`" : "`serializeAttachment()`"));
    }

    private static Priority priority(SocketHolder match) {
        return switch (match.status()) {
            case MISSING -> match.gameLoop().isPresent() ? Priority.LOW : Priority.HIGH;
            case PARTIAL ->
                match.gameLoop().isPresent()
                        ? Priority.LOW
                        : match.type().webSocket() == WebSocketUse.MIXED
                                ? Priority.HIGH
                                : match.blockingTimers().isEmpty() ? Priority.LOW : Priority.MEDIUM;
            case PRESENT, NOT_APPLICABLE -> Priority.LOW;
        };
    }

    private static String reason(SocketHolder match) {
        String reason =
                switch (match.status()) {
                    case MISSING ->
                        match.byFramework()
                                ? "The base class %s accepts sockets so that they keep the object in memory, because the option hibernate is not set."
                                        .formatted(match.type().baseClass().orElse(""))
                                : "Sockets are taken with accept(), so the object stays in memory, and is billed, for as long as a client is connected.";
                    case PARTIAL -> partial(match);
                    case PRESENT ->
                        "Sockets are taken so that the object can sleep while they stay open." + passing(match);
                    case NOT_APPLICABLE ->
                        match.sockets(SocketUse.Kind.OUTBOUND).isEmpty()
                                ? "No WebSocket of a client is taken."
                                : "The only sockets are ones that the object opens itself: such cannot hibernate.";
                };
        String forgets = match.memory().isEmpty() ? "" : " " + HibernationEditor.forgotten(match);
        String answers = match.answer().fixed().or(() -> match.answer().left()).stream()
                .map(it -> " " + it)
                .collect(Collectors.joining());
        return reason + match.obstacle().map(why -> " " + why).orElse(forgets) + answers;
    }

    /** A delay is no reason to change a class: it ends by itself, and the object sleeps then. */
    private static String passing(SocketHolder match) {
        List<Timer> delays = match.passingDelays();
        return delays.isEmpty()
                ? ""
                : " What runs once only puts that off: %s."
                        .formatted(delays.stream()
                                .map(timer -> "%s in line %d%s"
                                        .formatted(timer.kind(), timer.place().line(), where(match, timer)))
                                .collect(Collectors.joining(", ")));
    }

    private static String partial(SocketHolder match) {
        if (match.type().webSocket() == WebSocketUse.MIXED) {
            return "Some sockets can sleep, but others are taken with accept() and keep the object in memory all the same.";
        }
        if (match.blockingTimers().isEmpty()) {
            return "Sockets can sleep, but what the runtime could answer wakes the object.";
        }
        return "Sockets can sleep, but the object cannot while a timer runs: "
                + match.blockingTimers().stream()
                        .map(timer -> "%s in line %d%s (%s)"
                                .formatted(timer.kind(), timer.place().line(), where(match, timer), timer.reason()))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static String where(SocketHolder match, Timer timer) {
        return timer.file().equals(match.type().file()) ? "" : " of " + timer.file();
    }

    private static List<Evidence> evidence(SocketHolder match) {
        var evidence = new ArrayList<Evidence>();
        for (SocketUse use : match.type().sockets()) {
            evidence.add(new Evidence(use.file(), use.place().line(), 1, said(use)));
        }
        for (Timer timer : match.type().timers()) {
            evidence.add(new Evidence(
                    timer.file(), timer.place().line(), 1, "%s: %s".formatted(timer.kind(), timer.reason())));
        }
        if (match.status().recommended() && match.byFramework()) {
            evidence.add(new Evidence(
                    match.type().file(), match.type().line(), 1, "the option hibernate is not set to true"));
        }
        return match.status() == Status.NOT_APPLICABLE ? List.of() : evidence;
    }

    private static String said(SocketUse use) {
        return switch (use.kind()) {
            case STANDARD -> "%s.accept() keeps the object in memory".formatted(use.socket());
            case HIBERNATABLE -> "acceptWebSocket(%s) lets the object sleep".formatted(use.socket());
            case OUTBOUND -> "a socket that the object opens itself: left alone";
            case ERROR_REPLY -> "accepted only to be closed with an error: left alone";
        };
    }
}
