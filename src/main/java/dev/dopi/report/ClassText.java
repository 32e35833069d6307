package dev.dopi.report;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was understood of a class, as a card of labelled lines. */
final class ClassText {

    private static final int LABEL = AnalysisText.LABEL;
    private static final int MOST = 8;

    private final TextPage page;
    private final boolean whole;
    private boolean cut;

    /** Writes to {@code page}; long lists are cut short unless {@code whole}. */
    ClassText(TextPage page, boolean whole) {
        this.page = page;
        this.whole = whole;
    }

    /** Writes the card; returns whether something was left out. */
    boolean write(DurableObjectClass each) {
        cut = false;
        page.blank().text(2, each.className() + ", " + place(each));
        if (!each.exportedAs().isEmpty() && !each.exportedAs().equals(each.className())) {
            fact("exported", "as " + each.exportedAs());
        }
        fact("bindings", each.bindings().isEmpty() ? "none" : String.join(", ", each.bindings()));
        fact("storage", storage(each));
        tables(each.tables());
        if (!each.statements().isEmpty()) {
            fact("queries", Wording.count(each.statements().size(), "SQL statement"));
        }
        alarms(each).ifPresent(text -> fact("alarm", text));
        fact("sockets", sockets(each));
        if (!each.timers().isEmpty()) {
            fact(
                    "timers",
                    some(each.timers().stream()
                            .map(timer ->
                                    timer.kind() + " at line " + timer.place().line())
                            .toList()));
        }
        if (!each.rpcMethods().isEmpty()) {
            fact("rpc", some(each.rpcMethods()));
        }
        each.doubts().forEach(doubt -> fact("unclear", doubt));
        return cut;
    }

    private void tables(List<Table> tables) {
        int most = whole ? tables.size() : MOST;
        tables.stream().limit(most).forEach(table -> fact("table", table(table)));
        if (tables.size() > most) {
            cut = true;
            fact("tables", "and " + (tables.size() - most) + " more");
        }
    }

    private String some(List<String> names) {
        cut |= !whole && names.size() > MOST;
        return whole ? String.join(", ", names) : Wording.some(names, MOST);
    }

    private void fact(String label, String text) {
        page.labelled(4, label, LABEL, text);
    }

    private static String place(DurableObjectClass each) {
        return each.declaration() == DurableObjectClass.Declaration.EXTERNAL
                ? "its code is in a package outside the project"
                : each.file() + ":" + each.line();
    }

    private static String storage(DurableObjectClass each) {
        String configured = each.sqlite()
                .map(sqlite -> sqlite ? "SQLite by the configuration" : "key-value by the configuration")
                .orElse("the configuration does not say");
        String used = each.storage().stream()
                .sorted()
                .map(kind -> kind == DurableObjectClass.Storage.SQL ? "SQL" : "key-value")
                .collect(Collectors.joining(" and "));
        return configured + (used.isEmpty() ? "; the code uses none" : "; the code uses " + used);
    }

    private static String table(Table table) {
        String growth =
                switch (table.growth()) {
                    case UNBOUNDED -> "only grows";
                    case BOUNDED -> "stays bounded";
                    case EXPIRING -> "old rows are removed";
                    case UNKNOWN -> "growth not known";
                };
        return table.name() + ", " + growth + (table.growthReason().isEmpty() ? "" : ": " + table.growthReason());
    }

    private Optional<String> alarms(DurableObjectClass each) {
        var parts = new ArrayList<String>();
        each.alarmHandler().ifPresent(handler -> parts.add("alarm() at line " + handler.line()));
        each.alarmUses()
                .forEach(use ->
                        parts.add(use.method() + " at line " + use.place().line()));
        return parts.isEmpty() ? Optional.empty() : Optional.of(some(parts));
    }

    private static String sockets(DurableObjectClass each) {
        return switch (each.webSocket()) {
            case NONE -> "none";
            case STANDARD -> "accepted by the standard way, which keeps the object awake";
            case HIBERNATION -> "accepted so that the object can hibernate";
            case MIXED -> "some accepted so that the object can hibernate, some not";
        };
    }
}
