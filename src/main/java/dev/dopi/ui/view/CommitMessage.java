package dev.dopi.ui.view;

import dev.dopi.engine.SessionReport;
import dev.dopi.pattern.Subject;
import java.util.Locale;
import java.util.stream.Collectors;

/** A message for Git: what was put in place where, and what was checked. */
public final class CommitMessage {

    private CommitMessage() {}

    public static String of(SessionReport report) {
        String what = report.applied().stream()
                .map(each -> each.finding().pattern())
                .distinct()
                .collect(Collectors.joining(", "));
        var text = new StringBuilder("Put " + what + " in place\n\n");
        report.applied()
                .forEach(each -> text.append("- %s for %s: %s%n"
                        .formatted(
                                each.finding().pattern(),
                                label(each.finding()),
                                each.finding().reason())));
        if (!report.checks().isEmpty()) {
            text.append('\n');
            report.checks().forEach(check -> text.append(check.title() + ": " + outcome(check) + "\n"));
        }
        return text.toString();
    }

    /** Returns the name of what {@code finding} is about. */
    public static String label(SessionReport.FindingSummary finding) {
        String label = new Subject(finding.worker(), finding.className()).label();
        return label.equals("worker") ? "the worker" : label;
    }

    /** Returns how {@code check} ended, in a word. */
    public static String outcome(SessionReport.CheckSummary check) {
        return check.outcome().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
