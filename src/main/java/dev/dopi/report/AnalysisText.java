package dev.dopi.report;

import dev.dopi.engine.Analysis;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.Table;
import dev.dopi.model.Worker;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Fix;
import dev.dopi.pattern.Measured;
import dev.dopi.pattern.Option;
import dev.dopi.pattern.Status;
import dev.dopi.project.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An analysis for people to read: at most 80 columns, no colour, every state in words. */
public final class AnalysisText {

    private static final int LABEL = 11;

    private final Analysis analysis;
    private final TextPage page = new TextPage();

    private AnalysisText(Analysis analysis) {
        this.analysis = analysis;
    }

    public static String of(Analysis analysis) {
        var text = new AnalysisText(analysis);
        text.write();
        return text.page.toString();
    }

    private void write() {
        List<Finding> recommended = analysis.recommendations().toList();
        page.text(0, summary(recommended.size()));
        analysis.model().workers().forEach(this::worker);
        if (!recommended.isEmpty()) {
            page.blank().text(0, "Recommendations, the most urgent first");
            int number = 0;
            for (Finding finding : recommended) {
                recommendation(++number, finding);
            }
        }
        others("Already in place", Status.PRESENT);
        others("Not applicable", Status.NOT_APPLICABLE);
        if (!analysis.diagnostics().isEmpty()) {
            page.blank().text(0, "Diagnostics");
            analysis.diagnostics().forEach(this::diagnostic);
        }
    }

    private String summary(int recommendations) {
        Path folder = analysis.root().getFileName();
        return "%s: %s, %s, %s (%s)"
                .formatted(
                        folder == null ? analysis.root() : folder,
                        Wording.count(analysis.model().workers().size(), "Worker"),
                        Wording.count(analysis.model().durableObjects().count(), "Durable Object class"),
                        Wording.count(recommendations, "recommendation"),
                        Wording.seconds(analysis.duration()));
    }

    private void worker(Worker worker) {
        page.blank()
                .text(
                        0,
                        "Worker " + worker.name().orElse("without a name")
                                + worker.config().map(path -> " (" + path + ")").orElse(", no wrangler configuration"));
        worker.main().ifPresent(main -> page.labelled(2, "entry", LABEL, main));
        worker.compatibilityDate().ifPresent(date -> page.labelled(2, "compatible", LABEL, "with " + date));
        if (worker.durableObjects().isEmpty()) {
            page.text(2, "No Durable Object class was found in it.");
        }
        worker.durableObjects().forEach(this::durableObject);
    }

    private void durableObject(DurableObjectClass each) {
        page.blank().text(2, each.className() + ", " + place(each));
        if (!each.exportedAs().isEmpty() && !each.exportedAs().equals(each.className())) {
            fact("exported", "as " + each.exportedAs());
        }
        fact("bindings", each.bindings().isEmpty() ? "none" : String.join(", ", each.bindings()));
        fact("storage", storage(each));
        each.tables().forEach(table -> fact("table", table(table)));
        if (!each.statements().isEmpty()) {
            fact("queries", Wording.count(each.statements().size(), "SQL statement"));
        }
        alarms(each).ifPresent(text -> fact("alarm", text));
        fact("sockets", sockets(each));
        if (!each.timers().isEmpty()) {
            fact(
                    "timers",
                    each.timers().stream()
                            .map(timer ->
                                    timer.kind() + " at line " + timer.place().line())
                            .collect(Collectors.joining(", ")));
        }
        if (!each.rpcMethods().isEmpty()) {
            fact("rpc", String.join(", ", each.rpcMethods()));
        }
        each.doubts().forEach(doubt -> fact("unclear", doubt));
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

    private static Optional<String> alarms(DurableObjectClass each) {
        var parts = new ArrayList<String>();
        each.alarmHandler().ifPresent(handler -> parts.add("alarm() at line " + handler.line()));
        each.alarmUses()
                .forEach(use ->
                        parts.add(use.method() + " at line " + use.place().line()));
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    private static String sockets(DurableObjectClass each) {
        return switch (each.webSocket()) {
            case NONE -> "none";
            case STANDARD -> "accepted by the standard way, which keeps the object awake";
            case HIBERNATION -> "accepted so that the object can hibernate";
            case MIXED -> "some accepted so that the object can hibernate, some not";
        };
    }

    private void recommendation(int number, Finding finding) {
        page.blank()
                .text(
                        2,
                        "%d. %s %s, %s"
                                .formatted(
                                        number,
                                        finding.priority(),
                                        finding.pattern().id(),
                                        finding.subject().label()));
        fact("what", finding.pattern().title() + (finding.status() == Status.PARTIAL ? " (partly in place)" : ""));
        fact("why", finding.reason());
        for (Evidence evidence : finding.evidence()) {
            fact("evidence", evidence.file() + ":" + evidence.line() + " " + evidence.message());
        }
        if (!finding.benefit().isEmpty()) {
            fact("benefit", finding.benefit());
        }
        for (Measured measured : finding.measured()) {
            fact("measured", measured.what().replaceAll("\\s+", " "));
            page.labelled(6, "before", LABEL - 2, oneLine(measured.before()));
            page.labelled(6, "after", LABEL - 2, oneLine(measured.after()));
        }
        for (Option option : finding.options()) {
            fact("option", "%s=%s %s".formatted(option.key(), option.value(), option.help()));
        }
        fact(
                "apply",
                finding.fix() == Fix.ADVICE
                        ? "this is advice: dopi does not write it"
                        : "dopi apply --pattern " + finding.pattern().id() + " --yes");
    }

    private static String oneLine(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("; "));
    }

    private void others(String heading, Status status) {
        List<Finding> findings = analysis.findings().stream()
                .filter(finding -> finding.status() == status)
                .toList();
        if (findings.isEmpty()) {
            return;
        }
        page.blank().text(0, heading);
        findings.forEach(finding ->
                page.text(2, finding.pattern().id() + ", " + finding.subject().label() + ": " + finding.reason()));
    }

    private void diagnostic(Diagnostic each) {
        String place = each.place().isEmpty() ? "" : each.place() + ": ";
        page.text(2, Wording.words(each.severity()) + ": " + place + each.message());
    }
}
