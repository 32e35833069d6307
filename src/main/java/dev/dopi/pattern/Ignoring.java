package dev.dopi.pattern;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.Model;
import dev.dopi.model.Worker;
import dev.dopi.project.Diagnostic;
import dev.dopi.project.Preferences;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Takes out of what was found what the project does not want to be told.
 *
 * <p>A comment {@code dopi-ignore ID: reason} speaks for the class that it stands in, or right above; outside of any
 * class, in a Worker's entry file or configuration, for the Worker as a whole. Without a reason it does nothing. What
 * does nothing is said.
 */
public final class Ignoring {

    private final Project project;
    private final Model model;
    private final Set<String> patterns;
    private final List<Finding> findings;
    private final List<Ignored> ignored = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    private Ignoring(Project project, Model model, Set<String> patterns, List<Finding> findings) {
        this.project = project;
        this.model = model;
        this.patterns = patterns;
        this.findings = findings;
    }

    /**
     * What is left.
     *
     * @param findings all of them; the ignored ones are no recommendations any more
     * @param diagnostics about what was meant to ignore something and does not
     */
    public record Result(List<Finding> findings, List<Ignored> ignored, List<Diagnostic> diagnostics) {}

    /** Returns what is left of {@code findings}; {@code patterns} are the ids that there are. */
    public static Result apply(
            Project project, Model model, Set<String> patterns, Preferences preferences, List<Finding> findings) {
        var ignoring = new Ignoring(project, model, patterns, findings);
        ignoring.comments();
        preferences.ignored().forEach(each -> ignoring.unwanted(preferences.file(), each));
        return new Result(
                findings.stream().map(ignoring::shown).toList(),
                List.copyOf(ignoring.ignored),
                List.copyOf(ignoring.diagnostics));
    }

    private Finding shown(Finding finding) {
        return ignored.stream()
                .filter(each -> each.finding().equals(finding))
                .findFirst()
                .map(Ignored::shown)
                .orElse(finding);
    }

    private void comments() {
        for (String path : files()) {
            project.read(path).ifPresent(file -> IgnoreComment.in(file).forEach(each -> comment(file, each)));
        }
    }

    /** The files that what was found stands in; no other is read for this. */
    private Set<String> files() {
        var files = new TreeSet<String>();
        model.workers().forEach(worker -> {
            worker.config().ifPresent(files::add);
            worker.main().ifPresent(files::add);
        });
        model.durableObjects().map(DurableObjectClass::file).forEach(files::add);
        findings.forEach(finding -> finding.evidence().forEach(each -> files.add(each.file())));
        files.remove("");
        return files;
    }

    private void comment(SourceFile file, IgnoreComment comment) {
        if (!patterns.contains(comment.pattern())) {
            String named =
                    comment.pattern().isEmpty() ? "names no pattern" : "names no pattern '" + comment.pattern() + "'";
            warn(comment, "This dopi-ignore " + named + "; the patterns are " + String.join(", ", patterns) + ".");
        } else if (comment.reason().isEmpty()) {
            warn(
                    comment,
                    "This dopi-ignore does nothing, because it gives no reason; write dopi-ignore %s: why."
                            .formatted(comment.pattern()));
        } else {
            List<Finding> meant = meant(comment.pattern(), subjects(file, comment));
            meant.forEach(finding ->
                    ignored.add(new Ignored(finding, Ignored.By.COMMENT, comment.place(), comment.reason())));
            if (meant.isEmpty()) {
                warn(
                        comment,
                        "This dopi-ignore is not needed: %s is not recommended here. Remove it."
                                .formatted(comment.pattern()));
            }
        }
    }

    private void warn(IgnoreComment comment, String message) {
        diagnostics.add(Diagnostic.warning(comment.file(), comment.line(), message));
    }

    private List<Finding> meant(String pattern, Set<Subject> subjects) {
        return findings.stream()
                .filter(finding -> finding.status().recommended()
                        && finding.pattern().id().equals(pattern)
                        && subjects.contains(finding.subject()))
                .toList();
    }

    private Set<Subject> subjects(SourceFile file, IgnoreComment comment) {
        var subjects = new LinkedHashSet<Subject>();
        for (Worker worker : model.workers()) {
            Optional<DurableObjectClass> about = worker.durableObjects().stream()
                    .filter(each -> each.file().equals(file.path()) && isAt(file, comment, each))
                    .findFirst();
            about.ifPresent(each -> subjects.add(new Subject(worker.id(), each.className())));
            boolean own = Stream.of(worker.config(), worker.main())
                    .flatMap(Optional::stream)
                    .anyMatch(file.path()::equals);
            if (own && about.isEmpty()) {
                subjects.add(new Subject(worker.id(), ""));
            }
        }
        return subjects;
    }

    private static boolean isAt(SourceFile file, IgnoreComment comment, DurableObjectClass about) {
        if (about.span().contains(comment.span())) {
            return true;
        }
        if (about.span().start() < comment.span().end()) {
            return about.line() == comment.line();
        }
        // Only what belongs to a class can stand between it and its comment.
        return file.text()
                .substring(comment.span().end(), about.span().start())
                .lines()
                .allMatch(line ->
                        line.strip().matches("|[*\\-/ ]*|//.*|/?\\*.*|@.*|export|(export )?(default )?(abstract )?"));
    }

    private void unwanted(String file, Preferences.Unwanted unwanted) {
        if (!patterns.contains(unwanted.pattern())) {
            warn(
                    file,
                    unwanted,
                    "\"ignore\" names no pattern: '%s'; the patterns are %s."
                            .formatted(unwanted.pattern(), String.join(", ", patterns)));
            return;
        }
        List<Finding> meant = findings.stream()
                .filter(finding -> finding.status().recommended()
                        && finding.pattern().id().equals(unwanted.pattern())
                        && (unwanted.className().isEmpty()
                                || unwanted.className().equals(finding.subject().className())))
                .filter(finding ->
                        ignored.stream().noneMatch(each -> each.finding().equals(finding)))
                .toList();
        String place = unwanted.line() > 0 ? file + ":" + unwanted.line() : file;
        meant.forEach(finding -> ignored.add(new Ignored(finding, Ignored.By.CONFIGURATION, place, unwanted.reason())));
        if (meant.isEmpty()) {
            String whom = unwanted.className().isEmpty() ? "" : " for " + unwanted.className();
            warn(
                    file,
                    unwanted,
                    "\"ignore\" has nothing to ignore: %s is not recommended%s. Remove it."
                            .formatted(unwanted.pattern(), whom));
        }
    }

    private void warn(String file, Preferences.Unwanted at, String message) {
        diagnostics.add(Diagnostic.warning(file, at.line(), message));
    }
}
