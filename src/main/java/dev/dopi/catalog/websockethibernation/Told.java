package dev.dopi.catalog.websockethibernation;

import dev.dopi.edit.CodeStyle;
import dev.dopi.syntax.Expressions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the handler of a close is told, under names that the listener's own code leaves free.
 *
 * @param names by the property of the event
 * @param used those that the listener's own code asks for
 */
record Told(Map<String, String> names, List<String> used) {

    static Told of(Handlers handlers, Listener listener) {
        var names = new LinkedHashMap<String, String>();
        names.put("code", Handlers.free(listener, "code", "closeCode"));
        names.put("reason", Handlers.free(listener, "reason", "closeReason"));
        names.put("wasClean", Handlers.free(listener, "wasClean", "closedCleanly"));
        List<String> asked = listener.parameter()
                .map(Expressions::parameterName)
                .map(event -> listener.uses(event).stream()
                        .flatMap(use -> use.parent().stream())
                        .map(member -> member.fieldText("property"))
                        .toList())
                .orElse(List.of());
        return new Told(
                names,
                names.entrySet().stream()
                        .filter(each -> asked.contains(each.getKey()))
                        .map(Map.Entry::getValue)
                        .toList());
    }

    private String typed(String property, CodeStyle style) {
        String type =
                switch (property) {
                    case "code" -> ": number";
                    case "reason" -> ": string";
                    default -> ": boolean";
                };
        return names.get(property) + (style.typed() ? type : "");
    }

    Map<String, String> values(CodeStyle style) {
        var values = new HashMap<String, String>();
        values.put("CODE", names.getOrDefault("code", "code"));
        values.put("REASON", names.getOrDefault("reason", "reason"));
        values.put("CLEAN", used.contains(names.get("wasClean")) ? ", " + typed("wasClean", style) : "");
        return values;
    }

    /** The parameters of a method that is told only what it uses. */
    String parameters(CodeStyle style) {
        var text = new StringBuilder();
        names.forEach((property, name) -> {
            if (used.contains(name)) {
                text.append(", ").append(typed(property, style));
            }
        });
        return text.toString();
    }
}
