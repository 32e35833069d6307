package dev.dopi.ui.tui;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.pattern.Priority;
import dev.dopi.ui.theme.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What several screens say of classes and recommendations in the same words. */
final class Cards {

    private Cards() {}

    static String place(DurableObjectClass each) {
        return each.line() > 0 ? each.file() + ":" + each.line() : "in a package outside the project";
    }

    /** Returns the facts about a class that fit on a card. */
    static String facts(DurableObjectClass each) {
        var facts = new ArrayList<String>();
        String storage = storage(each);
        facts.add(storage.startsWith("no ") ? storage : storage.replace(" storage", ""));
        if (!each.tables().isEmpty()) {
            facts.add(Texts.count(each.tables().size(), "table"));
        }
        if (!each.statements().isEmpty()) {
            facts.add(Texts.count(each.statements().size(), "statement"));
        }
        facts.add(alarms(each));
        facts.add(sockets(each));
        if (!each.timers().isEmpty()) {
            facts.add(Texts.count(each.timers().size(), "timer"));
        }
        return String.join(", ", facts);
    }

    static String storage(DurableObjectClass each) {
        String used = each.storage().stream()
                .map(kind -> switch (kind) {
                    case SQL -> "SQL";
                    case KV -> "key-value";
                })
                .sorted()
                .collect(Collectors.joining(" and "));
        return (used.isEmpty() ? "no" : used) + " storage";
    }

    static String alarms(DurableObjectClass each) {
        return each.alarmHandler().isPresent() ? "alarm" : "no alarm";
    }

    static String sockets(DurableObjectClass each) {
        return switch (each.webSocket()) {
            case NONE -> "no WebSockets";
            case STANDARD -> "WebSockets in memory";
            case HIBERNATION -> "hibernating WebSockets";
            case MIXED -> "WebSockets, only some hibernating";
        };
    }

    static String priority(Priority priority) {
        return switch (priority) {
            case CRITICAL -> "CRIT";
            case HIGH -> "HIGH";
            case MEDIUM -> "MED ";
            case LOW -> "LOW ";
        };
    }

    static Role role(Priority priority) {
        return switch (priority) {
            case CRITICAL -> Role.FAIL;
            case HIGH -> Role.WARN;
            case MEDIUM, LOW -> Role.TEXT;
        };
    }

    static Role state(String word) {
        return switch (word) {
            case "ok" -> Role.OK;
            case "FAIL", "TIME" -> Role.FAIL;
            case "stop", "miss", "old" -> Role.WARN;
            default -> Role.DIM;
        };
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static List<Screen.Word> words() {
        return List.of(
                new Screen.Word(
                        "Durable Object",
                        "a class of which Cloudflare runs one instance per name, with storage of its own"),
                new Screen.Word("alarm", "one timer per object that survives restarts; all patterns share it"),
                new Screen.Word(
                        "hibernation", "letting an idle object leave memory while its WebSockets stay connected"),
                new Screen.Word("binding", "the name under which a Worker reaches the class"));
    }
}
