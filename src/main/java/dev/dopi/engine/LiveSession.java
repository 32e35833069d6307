package dev.dopi.engine;

import dev.dopi.analysis.Analyzer;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.FileChange;
import dev.dopi.model.Model;
import dev.dopi.pattern.Detected;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Pattern;
import dev.dopi.project.Diagnostic;
import dev.dopi.project.Project;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxTree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The session on a real folder. */
public final class LiveSession {

    private static final Comparator<Finding> MOST_URGENT_FIRST = Comparator.<Finding, Boolean>comparing(
                    finding -> !finding.status().recommended())
            .thenComparing(Finding::priority)
            .thenComparing(Finding::status);

    private final Path root;
    private final List<Pattern<?>> patterns;
    private final Consumer<Event> events;

    LiveSession(Path root, List<Pattern<?>> patterns, Consumer<Event> events) {
        this.root = root;
        this.patterns = patterns;
        this.events = events;
    }

    public Analysis analyse() throws ProjectException {
        long start = System.nanoTime();
        DiskTree files = DiskTree.open(root);
        events.accept(new Event.Reading("Source files", files.paths().size()));
        Project project = Project.of(files);
        events.accept(new Event.Reading(
                "Configuration: " + project.configs().size() + " found",
                files.paths().size()));
        Analyzer.Result result = Analyzer.analyse(project, found -> events.accept(new Event.ClassFound(found)));
        if (result.model().workers().isEmpty()) {
            throw nothingToDo(project);
        }
        var findings = new ArrayList<Finding>();
        for (Pattern<?> pattern : patterns) {
            detected(pattern, project, result.model()).stream()
                    .map(Detected::finding)
                    .forEach(findings::add);
        }
        findings.sort(MOST_URGENT_FIRST);
        var diagnostics = new ArrayList<>(project.diagnostics());
        diagnostics.addAll(result.diagnostics());
        var analysis = new Analysis(
                root,
                project,
                result.model(),
                findings,
                diagnostics.stream().distinct().toList(),
                Duration.ofNanos(System.nanoTime() - start));
        events.accept(new Event.Analysed(analysis));
        return analysis;
    }

    private ProjectException nothingToDo(Project project) {
        String what = project.diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
                .findFirst()
                .map(diagnostic -> "%s: %s".formatted(diagnostic.place(), diagnostic.message()))
                .orElseGet(() ->
                        "%s holds no wrangler configuration and no Durable Object class. Start dopi in the folder of a Workers project, or try: dopi demo"
                                .formatted(root));
        return new ProjectException(ProjectException.Kind.USAGE, what);
    }

    /** Runs one pattern; a bug in it costs that pattern and is told. */
    private List<? extends Detected<?>> detected(Pattern<?> pattern, Project project, Model model) {
        try {
            return Detected.all(pattern, project, model);
        } catch (RuntimeException e) {
            events.accept(new Event.PatternFailed(pattern.info(), e));
            return List.of();
        }
    }

    public List<Planned> plan(Analysis analysis, List<Choice> choices) {
        var planned = new ArrayList<Planned>();
        Project project = analysis.project();
        Model model = analysis.model();
        for (Choice choice : choices) {
            Optional<Planned> next = plan(choice, project, model);
            if (next.isEmpty()) {
                continue;
            }
            planned.add(next.get());
            List<FileChange> changes = next.get().changes();
            if (!changes.isEmpty()) {
                project = project.with(changes.stream().map(FileChange::file).toList());
                model = Analyzer.analyse(project, _ -> {}).model();
            }
        }
        return planned;
    }

    private Optional<Planned> plan(Choice choice, Project project, Model model) {
        Optional<Pattern<?>> pattern = patterns.stream()
                .filter(each -> each.info().id().equals(choice.pattern()))
                .findFirst();
        Optional<? extends Detected<?>> match = pattern.stream()
                .flatMap(each -> detected(each, project, model).stream())
                .filter(each -> each.finding().subject().equals(choice.subject()))
                .findFirst();
        return match.map(found -> {
            EditPlan plan = found.finding().status().recommended() ? safe(found, choice, project) : EditPlan.EMPTY;
            return new Planned(choice, found.finding(), plan, plan.changes(project, choice.rejected()));
        });
    }

    private EditPlan safe(Detected<?> found, Choice choice, Project project) {
        try {
            EditPlan plan = found.plan(project, choice.options());
            for (FileChange change : plan.changes(project, Set.of())) {
                if (errors(change.path(), change.after()) > errors(change.path(), change.textBefore())) {
                    return EditPlan.refused(
                            "The change to %s would not parse, so it is not offered; this is a fault of dopi."
                                    .formatted(change.path()));
                }
            }
            return plan;
        } catch (RuntimeException e) {
            events.accept(new Event.PatternFailed(found.pattern().info(), e));
            return EditPlan.refused("dopi failed while planning this: %s".formatted(e));
        }
    }

    private static int errors(String path, String text) {
        return Grammar.of(path)
                .map(grammar -> {
                    try (SyntaxTree tree = SyntaxTree.parse(new dev.dopi.source.SourceFile(path, text), grammar)) {
                        return tree.errors();
                    }
                })
                .orElse(0);
    }
}
