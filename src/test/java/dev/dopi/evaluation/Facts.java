package dev.dopi.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the label of a class and dopi say about the same thing, side by side. */
final class Facts {

    /** One thing that is said of a class. */
    record Fact(String about, String labelled, String told) {

        boolean isRight() {
            return labelled.equals(told);
        }
    }

    private final Labels.Labelled label;
    private final Told.Listed listed;
    private final List<Fact> facts = new ArrayList<>();

    private Facts(Labels.Labelled label, Told.Listed listed) {
        this.label = label;
        this.listed = listed;
    }

    static List<Fact> of(Labels.Labelled label, Told.Listed listed) {
        var facts = new Facts(label, listed);
        facts.collect();
        return facts.facts;
    }

    private void collect() {
        JsonNode told = listed.node();
        add("line", "line", label.line(), told.path("line").asInt());
        add("storage", "storage", words(label.facts().path("storage")), words(told.path("storage")));
        add(
                "alarm_handler",
                "alarm",
                label.facts().path("alarm_handler").asBoolean(),
                told.path("alarmHandler").isObject());
        add("sets_alarm_lines", "setAlarm", label.lines("sets_alarm_lines"), listed.lines("setAlarm"));
        String socket = label.facts().path("websocket").asText().replace("standard-accept", "standard");
        add("websocket", "websocket", socket, told.path("websocket").asText());
        boolean bound = !told.path("bindings").isEmpty();
        add("bound_in_config", "bound", label.facts().path("bound_in_config").asBoolean(), bound);
        Kept labelled = Kept.labelled(label.facts().path("tables"));
        Kept kept = Kept.told(told.path("tables"));
        add("tables", "tables", labelled.namesBeside(labelled), kept.namesBeside(labelled));
        add("tables", "growth", labelled.growthBeside(kept), kept.growthBeside(labelled));
        add("timers", "timers", label.lines("timers"), listed.lines("timers"));
        add("nameReads", "name reads", label.lines("nameReads"), listed.lines("nameReads"));
        add(
                "queriesNeedingIndex",
                "needs index",
                listed.statementLines(label.lines("queriesNeedingIndex")),
                listed.linesThatNeedAnIndex());
    }

    private void add(String key, String about, Object labelled, Object told) {
        if (label.facts().has(key)) {
            facts.add(new Fact(about, labelled.toString(), told.toString()));
        }
    }

    private static Set<String> words(JsonNode array) {
        var words = new TreeSet<String>();
        Labels.elements(array)
                .map(JsonNode::asText)
                .filter(word -> !word.equals("none"))
                .forEach(words::add);
        return words;
    }
}
