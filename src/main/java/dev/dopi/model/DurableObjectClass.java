package dev.dopi.model;

import dev.dopi.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One Durable Object class, and all that was understood of it.
 *
 * @param className the name in its own file
 * @param exportedAs the name under which the Worker exports it
 * @param file relative to the root; empty for an {@link Declaration#EXTERNAL} class
 * @param span the whole class; empty at 0 for an external one
 * @param line where the class begins, counted from one; 0 for an external one
 * @param bindings the binding names that reach it
 * @param sqlite whether its storage is SQLite: by the configuration, or empty where that does not say
 * @param storage what its code uses
 * @param alarmHandler its own {@code alarm}, not an inherited one
 * @param rpcMethods the public methods that a caller can reach, in reading order
 * @param statements every SQL statement, in reading order
 * @param doubts what was not understood about it, as sentences; a pattern that depends on such a thing leaves it alone
 */
public record DurableObjectClass(
        String className,
        String exportedAs,
        String file,
        Span span,
        int line,
        Declaration declaration,
        Optional<String> baseClass,
        List<String> bindings,
        Optional<Boolean> sqlite,
        Set<Storage> storage,
        WebSocketUse webSocket,
        Optional<Place> alarmHandler,
        List<AlarmUse> alarmUses,
        List<Timer> timers,
        List<Place> nameReads,
        List<String> rpcMethods,
        List<Table> tables,
        List<SqlStatement> statements,
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
        doubts = List.copyOf(doubts);
    }

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

    /** A {@code setTimeout} or {@code setInterval}. */
    public record Timer(String kind, Place place) {}
}
