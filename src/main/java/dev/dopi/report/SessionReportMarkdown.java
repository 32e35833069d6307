package dev.dopi.report;

import dev.dopi.engine.SessionReport;
import dev.dopi.engine.SessionReport.Applied;
import dev.dopi.engine.SessionReport.CheckSummary;
import dev.dopi.engine.SessionReport.FindingSummary;
import dev.dopi.engine.SessionReport.TakenBack;
import java.util.List;

/** A session's report as Markdown, for a pull request; nothing from the project can break its form. */
public final class SessionReportMarkdown {

    private final SessionReport report;
    private final StringBuilder page = new StringBuilder();

    private SessionReportMarkdown(SessionReport report) {
        this.report = report;
    }

    public static String of(SessionReport report) {
        var markdown = new SessionReportMarkdown(report);
        markdown.line("# dopi report");
        markdown.line("");
        markdown.line("Project " + code(report.root()) + ". " + SessionReportText.started(report));
        markdown.analysis();
        markdown.patterns();
        markdown.takenBack();
        markdown.totals();
        markdown.validation();
        markdown.nextSteps();
        return markdown.page.toString();
    }

    private void analysis() {
        heading("## Analysis results");
        row("Class", "Where and what");
        row("---", "---");
        report.classes().forEach(each -> row(cell(each.name()), text(SessionReportText.classLine(each))));
        line("");
        row("Pattern", "Subject", "Priority", "State");
        row("---", "---", "---", "---");
        for (FindingSummary each : report.findings()) {
            row(
                    cell(each.pattern()),
                    text(SessionReportText.subject(each)),
                    text(Wording.words(each.priority())),
                    text(SessionReportText.state(report, each)));
        }
    }

    private void patterns() {
        heading("## Patterns applied");
        if (report.applied().isEmpty()) {
            line(report.takenBack().isEmpty() ? "None. No file was written." : "None stands.");
            return;
        }
        report.applied().forEach(this::applied);
    }

    private void takenBack() {
        if (report.takenBack().isEmpty()) {
            return;
        }
        heading("## Patterns taken back");
        for (TakenBack each : report.takenBack()) {
            FindingSummary finding = each.applied().finding();
            heading("### " + text(finding.pattern()) + ", " + text(SessionReportText.subject(finding)));
            item("Why", text(each.reason()));
            item("Command", code(each.check().command()) + " " + text(Outcomes.figures(each.check())));
            each.applied().files().forEach(file -> item("File", code(file.path()) + " is as it was before"));
        }
    }

    private void totals() {
        if (!report.applied().isEmpty()) {
            heading("## Totals");
            line(Totals.of(report).sentence());
        }
    }

    private void applied(Applied each) {
        FindingSummary finding = each.finding();
        heading("### " + text(finding.pattern()) + ", " + text(SessionReportText.subject(finding)));
        item("Priority", text(SessionReportText.priority(report, finding)));
        item("Reason", text(finding.reason()));
        finding.evidence()
                .forEach(at -> item("Evidence", code(at.file() + ":" + at.line()) + " " + text(at.message())));
        each.hunks().forEach(hunk -> item("Change", text(hunk)));
        each.files()
                .forEach(file -> item(
                        "File",
                        code(file.path()) + " "
                                + text(Totals.file(file).substring(file.path().length()))));
        List<String> checked = Parts.about(each, report.checks());
        checked.forEach(line -> item("Testing", text(line)));
        if (finding.measured().isEmpty() && checked.isEmpty()) {
            item("Testing", "nothing was measured before it was applied");
        }
        finding.measured()
                .forEach(measured -> item(
                        "Testing",
                        code(measured.what()) + ": before " + code(measured.before()) + "; after "
                                + code(measured.after())));
        item("Result", "written. " + text(Outcomes.of(report).sentence()));
    }

    private void validation() {
        heading("## Validation");
        line(text(Outcomes.of(report).counts()));
        if (report.checks().isEmpty()) {
            return;
        }
        line("");
        row("Check", "Command", "Outcome", "Exit code", "Started", "Seconds");
        row("---", "---", "---", "---", "---", "---");
        for (CheckSummary check : report.checks()) {
            boolean ran = !Outcomes.notRun(check);
            row(
                    text(check.title()),
                    check.command().isEmpty() ? "" : cell(check.command()),
                    text(Outcomes.verdict(check)),
                    check.exitCode() == null ? "none" : String.valueOf(check.exitCode()),
                    check.started() == null ? "none" : Outcomes.started(check),
                    ran ? "%d.%d".formatted(check.durationMillis() / 1000, check.durationMillis() / 100 % 10) : "none");
        }
        for (CheckSummary check : report.checks()) {
            if (!check.parts().isEmpty()) {
                heading("### " + text(check.title()));
                line(text(Parts.counts(check.parts())) + ".");
                line("");
                Parts.told(check).forEach(part -> line("- " + text(Parts.line(part))));
            }
        }
    }

    private void nextSteps() {
        heading("## Next steps");
        line("In the project's folder:");
        line("");
        NextStep.of(report).forEach(step -> line("- " + code(step.command()) + " " + text(step.purpose())));
    }

    private void heading(String text) {
        if (!page.toString().endsWith("\n\n")) {
            line("");
        }
        line(text);
        line("");
    }

    private void item(String label, String markdown) {
        line("- **" + label + "**: " + markdown);
    }

    private void row(String... cells) {
        line("| " + String.join(" | ", List.of(cells)) + " |");
    }

    private void line(String markdown) {
        page.append(markdown).append('\n');
    }

    /** Returns {@code text} so that it reads as it is, whatever it holds. */
    static String text(String text) {
        return PlainText.line(squeezed(text)).replaceAll("[\\\\`*_\\[\\]<>|#~&!]", "\\\\$0");
    }

    /** Returns {@code text} as code, fenced by more backticks than it holds in a row. */
    static String code(String text) {
        String shown = PlainText.line(squeezed(text));
        String fence = "`";
        while (shown.contains(fence)) {
            fence += "`";
        }
        String gap = shown.isEmpty() || shown.startsWith("`") || shown.endsWith("`") ? " " : "";
        return fence + gap + shown + gap + fence;
    }

    /** Returns {@code text} as code in a table, which a bar would end. */
    private static String cell(String text) {
        return code(text).replace("|", "\\|");
    }

    private static String squeezed(String text) {
        return text.strip().replaceAll("[ \n\t\r]+", " ");
    }
}
