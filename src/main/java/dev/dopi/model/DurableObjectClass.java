package dev.dopi.model;

import dev.dopi.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One Durable Object class, and all that was understood of it.
 *
 * @param className the name in its own file; of a class that a call makes, that of the constant that holds it
 * @param exportedAs the name under which the Worker exports it
 * @param made the call that makes the class, where it is not exported as it is written
 * @param file relative to the root; empty for an {@link Declaration#EXTERNAL} class
 * @param span the whole class; empty at 0 for an external one
 * @param line where the class begins, counted from one; 0 for an external one
 * @param baseClass the expression that it extends, as written
 * @param bindings the binding names that reach it
 * @param sqlite whether its storage is SQLite: by the configuration, or empty where that does not say
 * @param storage what its code uses
 * @param framework the package that its base class comes from, where that is not the runtime
 * @param alarmHandler its own {@code alarm}, not an inherited one
 * @param inheritsAlarm whether a base class, of the project or of a framework, handles the alarm
 * @param rpcMethods the public methods that a caller can reach, in reading order
 * @param statements every SQL statement, in reading order
 * @param sockets every place that takes, opens or answers with a WebSocket, in reading order
 * @param names what the class and its callers do with its name, in reading order
 * @param series what it keeps in the key-value store
 * @param doubts what was not understood about it, as sentences; a pattern that depends on such a thing leaves it alone
 */
public record DurableObjectClass(
        String className,
        String exportedAs,
        Optional<Made> made,
        String file,
        Span span,
        int line,
        Declaration declaration,
        Optional<String> baseClass,
        Optional<String> framework,
        List<String> bindings,
        Optional<Boolean> sqlite,
        Access access,
        Set<Storage> storage,
        WebSocketUse webSocket,
        Optional<Place> alarmHandler,
        boolean inheritsAlarm,
        List<AlarmUse> alarmUses,
        List<Timer> timers,
        List<Place> nameReads,
        List<String> rpcMethods,
        List<Table> tables,
        List<SqlStatement> statements,
        List<SocketUse> sockets,
        List<NameUse> names,
        List<Series> series,
        List<String> doubts) {

    public DurableObjectClass {
        bindings = List.copyOf(bindings);
        storage = Set.copyOf(storage);
        alarmUses = List.copyOf(alarmUses);
        timers = List.copyOf(timers);
        nameReads = List.copyOf(nameReads);
        rpcMethods = List.copyOf(rpcMethods);
        tables = List.copyOf(tables);
        statements = List.copyOf(statements);
        sockets = List.copyOf(sockets);
        names = List.copyOf(names);
        series = List.copyOf(series);
        doubts = List.copyOf(doubts);
    }

    /**
     * Expressions that reach the object's own things in any of its methods, as its author would write them.
     *
     * @param state {@code this.ctx}
     * @param storage {@code this.ctx.storage}
     * @param sql {@code this.sql}
     */
    public record Access(Optional<String> state, Optional<String> storage, Optional<String> sql) {

        public static final Access NONE = new Access(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * A call that makes the class, as in {@code const Room = wrap(Inner)}.
     *
     * @param name the constant's
     * @param span the constant's declaration, in {@code file}
     * @param inner the name of the class in the code that is wrapped or made; empty where that has none or is not known
     */
    public record Made(String name, String file, Span span, int line, String inner) {}

    /** How the class says that it is a Durable Object. */
    public enum Declaration {
        EXTENDS,
        IMPLEMENTS,
        PLAIN,
        SUBCLASS,
        WRAPPER,
        FACTORY,
        EXTERNAL
    }

    /** A kind of storage that the code uses. */
    public enum Storage {
        SQL,
        KV
    }

    /** How the class takes incoming WebSockets. */
    public enum WebSocketUse {
        NONE,
        STANDARD,
        HIBERNATION,
        MIXED
    }

    /** A place in the class's file. */
    public record Place(Span span, int line) {}

    /**
     * A use of the one alarm.
     *
     * @param method {@code setAlarm}, {@code getAlarm} or {@code deleteAlarm}
     * @param inConstructor whether it is reached from the constructor
     * @param guarded whether a test of {@code getAlarm()} stands around it
     */
    public record AlarmUse(String method, Place place, boolean inConstructor, boolean guarded) {}

    /**
     * A timer that the object starts. While it runs, the object stays in memory.
     *
     * @param kind {@code setTimeout} or {@code setInterval}
     * @param file where it stands, which may be a helper's file
     * @param reason why it is taken to be for that, as a clause
     */
    public record Timer(String kind, String file, Place place, Purpose purpose, String reason) {

        /** What a timer is for: each asks for another remedy, and some for none. */
        public enum Purpose {
            /** Something done later that nobody waits for or calls off. */
            DELAY,
            /** Such a thing that is over within a second, before an object would sleep. */
            BRIEF,
            /** Something done again and again, not faster than people notice. */
            INTERVAL,
            /** Steps of a simulation: the object is meant to be awake while it runs. */
            GAME_LOOP,
            /** Started anew or called off by what happens meanwhile. */
            DEBOUNCE,
            /** A pause that the code after it waits for. */
            SLEEP,
            /** A bound on how long something else may take. */
            TIME_OUT,
            UNKNOWN
        }
    }
}
