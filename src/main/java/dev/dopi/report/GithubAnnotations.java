package dev.dopi.report;

import dev.dopi.engine.Analysis;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.project.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;

/** An analysis as workflow commands, which GitHub Actions shows beside the lines they are about. */
public record GithubAnnotations(Base base) {

    /** Returns one command a recommendation and a diagnostic, each on a line of its own, with paths from {@code base}. */
    public static String of(Analysis analysis, Base base) {
        var annotations = new GithubAnnotations(base);
        var commands = new StringBuilder();
        analysis.recommendations().forEach(finding -> commands.append(annotations.command(finding))
                .append('\n'));
        analysis.diagnostics()
                .forEach(each -> commands.append(annotations.command(each)).append('\n'));
        return commands.toString();
    }

    private String command(Finding finding) {
        String level =
                switch (finding.priority()) {
                    case CRITICAL, HIGH -> "warning";
                    case MEDIUM, LOW -> "notice";
                };
        String title = "title="
                + property(finding.pattern().id() + " " + finding.subject().label());
        String message = finding.reason() + (finding.benefit().isEmpty() ? "" : " " + finding.benefit());
        return "::" + level + " "
                + finding.evidence().stream().findFirst().map(this::place).orElse("") + title + "::"
                + data(message + further(finding.evidence()));
    }

    private String place(Evidence evidence) {
        return "file=%s,line=%d,col=%d,"
                .formatted(property(base.path(evidence.file())), evidence.line(), evidence.column());
    }

    private String further(List<Evidence> evidence) {
        return evidence.stream()
                .map(each -> "\n" + base.path(each.file()) + ":" + each.line() + " " + each.message())
                .collect(Collectors.joining());
    }

    private String command(Diagnostic each) {
        String level =
                switch (each.severity()) {
                    case ERROR -> "error";
                    case WARNING -> "warning";
                    case INFO -> "notice";
                };
        String file = each.file().isEmpty() ? "" : "file=" + property(base.path(each.file())) + ",";
        String line = each.line() > 0 ? "line=" + each.line() + "," : "";
        return "::" + level + " " + file + line + "title=dopi::" + data(each.message());
    }

    /** Writes what would end the message, so that no text from a project can start a command of its own. */
    private static String data(String text) {
        return PlainText.block(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(PlainText.line(text)).replace(":", "%3A").replace(",", "%2C");
    }
}
