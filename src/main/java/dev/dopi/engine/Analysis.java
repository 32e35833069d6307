package dev.dopi.engine;

import dev.dopi.model.Model;
import dev.dopi.pattern.Finding;
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
 */
public record Analysis(
        Path root,
        Project project,
        Model model,
        List<Finding> findings,
        List<Diagnostic> diagnostics,
        Duration duration) {

    public Analysis {
        findings = List.copyOf(findings);
        diagnostics = List.copyOf(diagnostics);
    }

    public Stream<Finding> recommendations() {
        return findings.stream().filter(finding -> finding.status().recommended());
    }
}
