package dev.dopi.engine;

import dev.dopi.model.Model;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Measured;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session did, as far as it was recorded; the one source of every report.
 *
 * @param root the project's folder
 * @param findings of the analysis at the start
 * @param applied in the order in which they were applied
 * @param checks in the order in which they ran; empty where validation did not run
 */
public record SessionReport(
        String root,
        Instant started,
        long durationMillis,
        List<ClassSummary> classes,
        List<FindingSummary> findings,
        List<Applied> applied,
        List<CheckSummary> checks) {

    public SessionReport {
        classes = List.copyOf(classes);
        findings = List.copyOf(findings);
        applied = List.copyOf(applied);
        checks = List.copyOf(checks);
    }

    /** A class as the analysis saw it. */
    public record ClassSummary(String name, String file, int line, List<String> storage, int tables, int statements) {

        public static List<ClassSummary> of(Model model) {
            return model.durableObjects()
                    .map(each -> new ClassSummary(
                            each.className(),
                            each.file(),
                            each.line(),
                            each.storage().stream()
                                    .map(kind -> kind.name().toLowerCase(java.util.Locale.ROOT))
                                    .sorted()
                                    .toList(),
                            each.tables().size(),
                            each.statements().size()))
                    .toList();
        }
    }

    /** A finding, without what only the analysis needs. */
    public record FindingSummary(
            String pattern,
            String worker,
            String className,
            String status,
            String priority,
            String reason,
            String benefit,
            List<Evidence> evidence,
            List<Measured> measured) {

        public static FindingSummary of(Finding finding) {
            return new FindingSummary(
                    finding.pattern().id(),
                    finding.subject().worker(),
                    finding.subject().className(),
                    finding.status().name(),
                    finding.priority().name(),
                    finding.reason(),
                    finding.benefit(),
                    finding.evidence(),
                    finding.measured());
        }
    }

    /** A pattern that was written, with what it changed. {@code journal} is its entry's id, for undo. */
    public record Applied(FindingSummary finding, String journal, List<String> hunks, List<Changed> files) {}

    /** A file that was written, and by how many lines. */
    public record Changed(String path, boolean created, int added, int removed) {}

    /** A check that validation knew of, with what came of it. */
    public record CheckSummary(
            String title,
            String command,
            String outcome,
            @Nullable Integer exitCode,
            long durationMillis,
            String reason) {}
}
