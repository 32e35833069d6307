package dev.dopi.report;

import dev.dopi.engine.SessionReport;
import dev.dopi.engine.SessionReport.Applied;
import dev.dopi.engine.SessionReport.CheckSummary;
import dev.dopi.engine.SessionReport.ClassSummary;
import dev.dopi.engine.SessionReport.FindingSummary;
import dev.dopi.engine.SessionReport.TakenBack;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Measured;
import dev.dopi.pattern.Subject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A session's report for a terminal: at most 80 columns, no colour, and nothing but what was recorded. */
public final class SessionReportText {

    private static final int LABEL = 11;

    private final SessionReport report;
    private final TextPage page = new TextPage();

    private SessionReportText(SessionReport report) {
        this.report = report;
    }

    public static String of(SessionReport report) {
        var text = new SessionReportText(report);
        text.page.text(0, "Report of the session in " + report.root());
        text.page.text(0, started(report));
        text.analysis();
        text.patterns();
        text.takenBack();
        text.totals();
        text.validation();
        text.nextSteps();
        return text.page.toString();
    }

    static String started(SessionReport report) {
        return "Started %s, took %s."
                .formatted(
                        report.started().truncatedTo(ChronoUnit.SECONDS),
                        Wording.seconds(Duration.ofMillis(report.durationMillis())));
    }

    static String subject(FindingSummary finding) {
        return new Subject(finding.worker(), finding.className()).label();
    }

    static String state(SessionReport report, FindingSummary finding) {
        if (NextStep.wasApplied(report, finding)) {
            return "applied";
        }
        if (NextStep.recommended(finding)) {
            return NextStep.adviceOnly(finding) ? "recommended, to be done by hand" : "recommended, not applied";
        }
        return Wording.words(finding.status());
    }

    static String classLine(ClassSummary each) {
        return "%s; storage %s; %s, %s"
                .formatted(
                        each.file().isEmpty() ? "outside the project" : each.file() + ":" + each.line(),
                        each.storage().isEmpty() ? "not used" : String.join(", ", each.storage()),
                        Wording.count(each.tables(), "table"),
                        Wording.count(each.statements(), "SQL statement"));
    }

    private void analysis() {
        page.blank().text(0, "Analysis");
        if (report.classes().isEmpty() && report.findings().isEmpty()) {
            // Also what a validation leaves that no analysis came before; a count of 0 would be made up.
            page.text(2, "No Durable Object class is recorded for this session.");
            return;
        }
        page.text(
                2,
                Wording.count(report.classes().size(), "Durable Object class") + ", "
                        + Wording.count(
                                report.findings().stream()
                                        .filter(NextStep::recommended)
                                        .count(),
                                "recommendation")
                        + ".");
        report.classes().forEach(each -> page.text(2, each.name() + ": " + classLine(each)));
        report.findings()
                .forEach(each -> page.text(
                        2,
                        "%s, %s: %s, %s"
                                .formatted(
                                        each.pattern(),
                                        subject(each),
                                        Wording.words(each.priority()),
                                        state(report, each))));
    }

    private void patterns() {
        page.blank().text(0, "Patterns applied");
        if (report.applied().isEmpty()) {
            page.text(2, report.takenBack().isEmpty() ? "None. No file was written." : "None stands.");
            return;
        }
        int number = 0;
        for (Applied each : report.applied()) {
            page.text(2, ++number + ". " + each.finding().pattern() + ", " + subject(each.finding()));
            applied(each);
        }
    }

    private void takenBack() {
        if (report.takenBack().isEmpty()) {
            return;
        }
        page.blank().text(0, "Patterns taken back");
        int number = 0;
        for (TakenBack each : report.takenBack()) {
            FindingSummary finding = each.applied().finding();
            page.text(2, ++number + ". " + finding.pattern() + ", " + subject(finding));
            fact("why", each.reason());
            fact("command", each.check().command());
            fact("outcome", Outcomes.figures(each.check()));
            each.applied().files().forEach(file -> fact("file", file.path() + " is as it was before"));
        }
    }

    private void totals() {
        if (!report.applied().isEmpty()) {
            page.blank().text(0, "Totals");
            page.text(2, Totals.of(report).sentence());
        }
    }

    private void applied(Applied each) {
        FindingSummary finding = each.finding();
        fact("priority", priority(report, finding));
        fact("reason", finding.reason());
        for (Evidence evidence : finding.evidence()) {
            fact("evidence", evidence.file() + ":" + evidence.line() + " " + evidence.message());
        }
        each.hunks().forEach(hunk -> fact("change", hunk));
        each.files().forEach(file -> fact("file", Totals.file(file)));
        for (Measured measured : finding.measured()) {
            fact("testing", measured(measured));
        }
        List<String> checked = Parts.about(each, report.checks());
        checked.forEach(line -> fact("testing", line));
        if (finding.measured().isEmpty() && checked.isEmpty()) {
            fact("testing", "nothing was measured before it was applied");
        }
        fact("result", "written. " + Outcomes.of(report).sentence());
    }

    /** A pattern is looked at again on what those before it leave, so that its priority may have changed since the analysis. */
    static String priority(SessionReport report, FindingSummary applied) {
        String now = Wording.words(applied.priority());
        return report.findings().stream()
                .filter(found -> found.pattern().equals(applied.pattern())
                        && found.worker().equals(applied.worker())
                        && found.className().equals(applied.className()))
                .map(found -> Wording.words(found.priority()))
                .filter(first -> !first.equals(now))
                .findFirst()
                .map(first -> "%s, on what the patterns before it left; %s in the analysis".formatted(now, first))
                .orElse(now);
    }

    static String measured(Measured measured) {
        return "%s: before %s; after %s"
                .formatted(squeezed(measured.what()), squeezed(measured.before()), squeezed(measured.after()));
    }

    private static String squeezed(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private void fact(String label, String text) {
        page.labelled(4, label, LABEL, text);
    }

    private void validation() {
        page.blank().text(0, "Validation");
        page.text(2, Outcomes.of(report).counts());
        for (CheckSummary check : report.checks()) {
            page.text(2, check.title() + ": " + Outcomes.verdict(check));
            if (!check.command().isEmpty()) {
                fact("command", check.command());
            }
            if (!Outcomes.notRun(check)) {
                fact("outcome", Outcomes.figures(check));
            }
            if (check.log() != null) {
                page.whole(4, "log", LABEL, check.log());
            }
            if (!check.parts().isEmpty()) {
                fact("parts", Parts.counts(check.parts()));
            }
            Parts.told(check).forEach(part -> page.text(6, Parts.line(part)));
        }
    }

    private void nextSteps() {
        page.blank().text(0, "Next steps, in the project's folder");
        for (NextStep step : NextStep.of(report)) {
            page.whole(2, "", 0, step.command());
            page.text(6, step.purpose());
        }
    }
}
