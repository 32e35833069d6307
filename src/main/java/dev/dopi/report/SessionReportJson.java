package dev.dopi.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dopi.engine.SessionReport;
import dev.dopi.engine.SessionReport.Applied;
import dev.dopi.engine.SessionReport.Changed;
import dev.dopi.engine.SessionReport.CheckSummary;
import dev.dopi.engine.SessionReport.ClassSummary;
import dev.dopi.engine.SessionReport.FindingSummary;
import dev.dopi.engine.SessionReport.TakenBack;
import java.util.Locale;

/** A session's report for programs. Every key is always there; what was not recorded is {@code null}. */
public final class SessionReportJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SessionReportJson() {}

    public static ObjectNode of(SessionReport report) {
        ObjectNode tree = JSON.objectNode();
        tree.put("schemaVersion", 1);
        tree.put("root", report.root());
        tree.put("started", report.started().toString());
        tree.put("durationMs", report.durationMillis());
        ArrayNode classes = tree.putArray("classes");
        report.classes().forEach(each -> classes.add(summary(each)));
        ArrayNode findings = tree.putArray("findings");
        report.findings().forEach(each -> findings.add(finding(each)));
        ArrayNode applied = tree.putArray("applied");
        report.applied().forEach(each -> applied.add(applied(each)));
        ArrayNode takenBack = tree.putArray("takenBack");
        for (TakenBack each : report.takenBack()) {
            ObjectNode node = applied(each.applied());
            node.put("reason", each.reason());
            node.set("check", check(each.check()));
            takenBack.add(node);
        }
        Totals totals = Totals.of(report);
        tree.putObject("totals")
                .put("files", totals.files())
                .put("created", totals.created())
                .put("added", totals.added())
                .put("removed", totals.removed())
                .put("tests", totals.tests())
                .put("testsPassed", totals.testsPassed());
        ArrayNode validation = tree.putArray("validation");
        report.checks().forEach(each -> validation.add(check(each)));
        ArrayNode steps = tree.putArray("nextSteps");
        NextStep.of(report)
                .forEach(
                        each -> steps.addObject().put("command", each.command()).put("purpose", each.purpose()));
        return tree;
    }

    private static ObjectNode summary(ClassSummary each) {
        ObjectNode node = JSON.objectNode();
        node.put("className", each.name());
        node.put("file", each.file().isEmpty() ? null : each.file());
        node.put("line", each.line() == 0 ? null : (Integer) each.line());
        each.storage().forEach(node.putArray("storage")::add);
        node.put("tables", each.tables());
        node.put("statements", each.statements());
        return node;
    }

    private static ObjectNode finding(FindingSummary each) {
        ObjectNode node = JSON.objectNode();
        node.put("id", each.pattern());
        node.put("worker", each.worker());
        node.put("className", each.className().isEmpty() ? null : each.className());
        node.put("status", each.status().toLowerCase(Locale.ROOT).replace('_', '-'));
        node.put("priority", each.priority().toLowerCase(Locale.ROOT));
        node.put("reason", each.reason());
        node.put("benefit", each.benefit());
        node.put("fix", each.fix().toLowerCase(Locale.ROOT));
        ArrayNode evidence = node.putArray("evidence");
        each.evidence().forEach(at -> evidence.add(AnalysisJson.evidence(at)));
        ArrayNode measured = node.putArray("measured");
        each.measured().forEach(one -> measured.addObject()
                .put("what", one.what())
                .put("before", one.before())
                .put("after", one.after()));
        return node;
    }

    private static ObjectNode applied(Applied each) {
        ObjectNode node = JSON.objectNode();
        node.set("pattern", finding(each.finding()));
        node.put("journal", each.journal());
        each.hunks().forEach(node.putArray("changes")::add);
        ArrayNode files = node.putArray("files");
        for (Changed file : each.files()) {
            files.addObject()
                    .put("path", file.path())
                    .put("created", file.created())
                    .put("added", file.added())
                    .put("removed", file.removed());
        }
        return node;
    }

    private static ObjectNode check(CheckSummary each) {
        ObjectNode node = JSON.objectNode()
                .put("title", each.title())
                .put("command", each.command().isEmpty() ? null : each.command())
                .put("outcome", each.outcome().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("exitCode", each.exitCode())
                .put("started", each.started() == null ? null : each.started().toString())
                .put("durationMs", each.durationMillis())
                .put("log", each.log())
                .put("reason", each.reason().isEmpty() ? null : each.reason());
        ArrayNode parts = node.putArray("parts");
        each.parts().forEach(part -> parts.addObject()
                .put("subject", part.subject().isEmpty() ? null : part.subject())
                .put("name", part.name())
                .put("verdict", part.verdict().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("detail", part.detail().isEmpty() ? null : part.detail())
                .put("durationMs", part.durationMillis() == 0 ? null : (Long) part.durationMillis()));
        return node;
    }
}
