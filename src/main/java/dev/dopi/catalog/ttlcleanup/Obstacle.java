package dev.dopi.catalog.ttlcleanup;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.Access;
import java.util.Optional;

/** Why no clean-up can be written for a class, whatever its tables and keys. */
final class Obstacle {

    private Obstacle() {}

    /** Returns why nothing can be done for {@code type}, of which tables are to be cleaned up or keys alone, as a sentence. */
    static Optional<String> of(DurableObjectClass type, boolean tables) {
        if (tables && type.sqlite().filter(sqlite -> !sqlite).isPresent()) {
            return Optional.of("%s is declared with the key-value backend, on which SQL does not run."
                    .formatted(type.className()));
        }
        if (type.framework().isPresent()) {
            return Optional.of(
                    "The alarm belongs to %s, the base class's package, so dopi does not write the clean-up: %s."
                            .formatted(
                                    type.framework().get(),
                                    byFramework(type.framework().get())));
        }
        if (type.inheritsAlarm()) {
            return Optional.of("A base class handles the alarm, which is not supported yet.");
        }
        if (type.baseClass().filter(base -> base.contains("(")).isPresent()) {
            return Optional.of(
                    "The base class is made by the call %s, which may handle the alarm: that is not followed."
                            .formatted(type.baseClass().get()));
        }
        Access access = type.access();
        if (access.state().isEmpty()
                || access.storage().isEmpty()
                || tables && access.sql().isEmpty()) {
            return Optional.of("The class keeps no reference to its state that its methods could use.");
        }
        return type.alarmUses().stream()
                .filter(use -> use.method().equals("setAlarm"))
                .filter(use -> use.inConstructor() && !use.guarded()
                        || type.alarmHandler().isEmpty())
                .findFirst()
                .map(use -> type.alarmHandler().isEmpty()
                        ? "Line %d sets an alarm, but the class has no alarm() to receive it: mend or remove that first."
                                .formatted(use.place().line())
                        : "Line %d sets the alarm each time the object wakes, which cancels the very alarm that woke it: put it under if ((await getAlarm()) === null) first."
                                .formatted(use.place().line()));
    }

    /** How a clean-up is scheduled beside what the framework does with the one alarm. */
    private static String byFramework(String framework) {
        return switch (framework) {
            case "partyserver", "partysync", "y-partyserver" ->
                "delete old rows in onAlarm(), and in onStart() set the alarm where getAlarm() is null";
            case "agents", "agents-sdk", "@cloudflare/ai-chat" ->
                "write a method that deletes old rows, and in onStart() call this.schedule(\"0 * * * *\", \"thatMethod\") once,"
                        + " which this.getSchedules() or the option idempotent sees to";
            case "@cloudflare/actors" ->
                "write a method that deletes old rows and schedule it with this.alarms.schedule()";
            case "@cloudflare/containers", "@cloudflare/sandbox" ->
                "write a method that deletes old rows and schedule it with this.schedule()";
            default -> "schedule one with what the package offers";
        };
    }
}
