package dev.dopi.engine;

import dev.dopi.model.Model;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Measured;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a session did, as far as it was recorded; the one source of every report.
 *
 * @param root the project's folder
 * @param findings of the analysis at the start
 * @param applied what stands, in the order in which it was applied
 * @param takenBack what was applied and taken back because a check failed, in the order of taking back
 * @param checks in the order in which they ran; empty where validation did not run
 */
public record SessionReport(
        String root,
        Instant started,
        long durationMillis,
        List<ClassSummary> classes,
        List<FindingSummary> findings,
        List<Applied> applied,
        List<TakenBack> takenBack,
        List<CheckSummary> checks) {

    public SessionReport {
        classes = List.copyOf(classes);
        findings = List.copyOf(findings);
        applied = List.copyOf(applied);
        takenBack = List.copyOf(takenBack);
        checks = List.copyOf(checks);
    }

    /** A report in which nothing was taken back. */
    public SessionReport(
            String root,
            Instant started,
            long durationMillis,
            List<ClassSummary> classes,
            List<FindingSummary> findings,
            List<Applied> applied,
            List<CheckSummary> checks) {
        this(root, started, durationMillis, classes, findings, applied, List.of(), checks);
    }

    /** Returns the report of a session that has analysed and done nothing else. */
    static SessionReport of(Analysis analysis) {
        return new SessionReport(
                analysis.root().toString(),
                Instant.now(),
                analysis.duration().toMillis(),
                ClassSummary.of(analysis.model()),
                analysis.findings().stream().map(FindingSummary::of).toList(),
                List.of(),
                List.of());
    }

    static SessionReport empty(Path root) {
        return new SessionReport(root.toString(), Instant.now(), 0, List.of(), List.of(), List.of(), List.of());
    }

    SessionReport and(List<Applied> more) {
        return new SessionReport(root, started, elapsed(), classes, findings, joined(applied, more), takenBack, checks);
    }

    /** Returns this report without what the journal entries {@code ids} wrote; checks of that state go with it. */
    SessionReport without(Set<String> ids) {
        List<Applied> left =
                applied.stream().filter(each -> !ids.contains(each.journal())).toList();
        return new SessionReport(root, started, elapsed(), classes, findings, left, takenBack, List.of());
    }

    /** Returns this report with {@code result} in the place of an earlier run of the same check. */
    SessionReport with(CheckResult result) {
        CheckSummary summary = CheckSummary.of(result);
        List<CheckSummary> others = checks.stream()
                .filter(each -> !each.title().equals(summary.title()))
                .toList();
        return new SessionReport(
                root, started, elapsed(), classes, findings, applied, takenBack, joined(others, List.of(summary)));
    }

    /** Returns this report with what {@code blame} is about taken back; checks of that state go with it. */
    SessionReport takenBack(Blame blame) {
        var back = new ArrayList<>(takenBack);
        var left = new ArrayList<Applied>();
        Set<String> blamed = blame.ids();
        for (Applied each : applied) {
            if (blamed.contains(each.journal())) {
                back.add(new TakenBack(each, CheckSummary.of(blame.result()), blame.reason()));
            } else {
                left.add(each);
            }
        }
        // What the other checks found out is about files that are not so any more.
        return new SessionReport(root, started, elapsed(), classes, findings, left, back, List.of());
    }

    private long elapsed() {
        return Duration.between(started, Instant.now()).toMillis();
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
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
            String fix,
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
                    finding.fix().name(),
                    finding.evidence(),
                    finding.measured());
        }
    }

    /** A pattern that was written, with what it changed. {@code journal} is its entry's id, for undo. */
    public record Applied(FindingSummary finding, String journal, List<String> hunks, List<Changed> files) {}

    /** A pattern that was applied and taken back; {@code check} is how the check that it broke went. */
    public record TakenBack(Applied applied, CheckSummary check, String reason) {}

    /** A part of a check, as {@link CheckPart} has it. */
    public record PartSummary(String subject, String name, String verdict, String detail, long durationMillis) {

        static PartSummary of(CheckPart part) {
            return new PartSummary(
                    part.subject(),
                    part.name(),
                    part.verdict().name(),
                    part.detail(),
                    part.duration().toMillis());
        }
    }

    /** A file that was written, and by how many lines. */
    public record Changed(String path, boolean created, int added, int removed) {}

    /**
     * A check that validation knew of, with what came of it and of its parts.
     *
     * @param started when its program was started; null where none was, and in reports of earlier versions
     * @param log the file with its command and all that it printed; null where there is none
     */
    public record CheckSummary(
            String title,
            String command,
            String outcome,
            @Nullable Integer exitCode,
            long durationMillis,
            String reason,
            List<PartSummary> parts,
            @Nullable Instant started,
            @Nullable String log) {

        public CheckSummary {
            parts = List.copyOf(parts);
        }

        public CheckSummary(
                String title,
                String command,
                String outcome,
                @Nullable Integer exitCode,
                long durationMillis,
                String reason) {
            this(title, command, outcome, exitCode, durationMillis, reason, List.of(), null, null);
        }

        public static CheckSummary of(CheckResult result) {
            return new CheckSummary(
                    result.check().title(),
                    String.join(" ", result.check().command()),
                    result.outcome().name(),
                    result.exitCode().orElse(null),
                    result.duration().toMillis(),
                    result.reason(),
                    result.parts().stream().map(PartSummary::of).toList(),
                    result.started().orElse(null),
                    result.log().map(Path::toString).orElse(null));
        }
    }
}
