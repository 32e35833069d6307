package dev.dopi.engine;

import dev.dopi.model.Model;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Ignored;
import dev.dopi.project.Diagnostic;
import dev.dopi.project.Project;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was understood of a project.
 *
 * @param findings of every status, recommendations first, the most urgent before the rest
 * @param ignored what would be recommended and the project does not want; it is among the findings as not applicable
 */
public record Analysis(
        Path root,
        Project project,
        Model model,
        List<Finding> findings,
        List<Diagnostic> diagnostics,
        Duration duration,
        List<Ignored> ignored) {

    /** An analysis of a project that ignores nothing. */
    public Analysis(
            Path root,
            Project project,
            Model model,
            List<Finding> findings,
            List<Diagnostic> diagnostics,
            Duration duration) {
        this(root, project, model, findings, diagnostics, duration, List.of());
    }

    public Analysis {
        findings = List.copyOf(findings);
        diagnostics = List.copyOf(diagnostics);
        ignored = List.copyOf(ignored);
    }

    public Stream<Finding> recommendations() {
        return findings.stream().filter(finding -> finding.status().recommended());
    }
}
