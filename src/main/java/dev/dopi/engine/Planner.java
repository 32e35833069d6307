package dev.dopi.engine;

import dev.dopi.analysis.Analyzer;
import dev.dopi.analysis.Known;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.FileChange;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.Model;
import dev.dopi.pattern.Detected;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Pattern;
import dev.dopi.pattern.Presets;
import dev.dopi.project.Preferences;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Runs the patterns: detects and plans, without touching the disk.
 *
 * <p>A bug in one pattern costs that pattern and is told as {@link Event.PatternFailed}; the others go on.
 */
final class Planner {

    private static final int KEPT = 100;
    private static final int MOST_THREADS = 4;

    private final List<Pattern<?>> patterns;
    private final Consumer<Event> events;
    private final Known known = new Known();
    /** A text, which can stand in several files: what patterns add is the same for many classes. */
    private record Script(Grammar grammar, String text) {}

    /** The texts that were counted last; each is one that the session holds anyway, or held a moment ago. */
    private final Map<Script, Integer> errors = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Script, Integer> eldest) {
            return size() > KEPT;
        }
    });

    Planner(List<Pattern<?>> patterns, Consumer<Event> events) {
        this.patterns = List.copyOf(patterns);
        this.events = events;
    }

    /** Analyses {@code project}; what did not change since the last time is not read again. */
    synchronized Analyzer.Result analyse(Project project, Consumer<DurableObjectClass> found) {
        return Analyzer.analyse(project, known, found);
    }

    Set<String> ids() {
        return patterns.stream()
                .map(pattern -> pattern.info().id())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns what the patterns find; a recommendation whose plan would write nothing is advice. */
    List<Finding> findings(Project project, Model model) {
        int processors = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
        try (var threads = Executors.newFixedThreadPool(processors)) {
            var found = patterns.stream()
                    .map(pattern -> CompletableFuture.supplyAsync(() -> detected(pattern, project, model), threads)
                            .thenApply(matches -> matches.stream()
                                    .map(each -> CompletableFuture.supplyAsync(() -> settled(each, project), threads))
                                    .toList()))
                    .toList();
            return found.stream()
                    .flatMap(matches -> matches.join().stream())
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    private Finding settled(Detected<?> found, Project project) {
        Finding finding = found.finding();
        if (!finding.isWritable()) {
            return finding;
        }
        // Whether the result parses is seen when it is planned; here it would cost more than all else.
        EditPlan plan = orFailed(found, () -> found.outline(project));
        return plan.hunks().isEmpty() ? finding.asAdvice(String.join(" ", plan.refusals())) : finding;
    }

    private List<? extends Detected<?>> detected(Pattern<?> pattern, Project project, Model model) {
        try {
            return Detected.all(pattern, project, model);
        } catch (RuntimeException e) {
            events.accept(new Event.PatternFailed(pattern.info(), e));
            return List.of();
        }
    }

    /** Returns one plan for each of {@code choices}, each made on what the ones before it leave behind. */
    List<Planned> plan(Analysis analysis, List<Choice> choices) {
        var planned = new ArrayList<Planned>();
        Project project = analysis.project();
        Model model = analysis.model();
        for (Choice choice : choices) {
            Planned next = plan(choice, project, model);
            planned.add(next);
            if (!next.changes().isEmpty()) {
                project = project.with(
                        next.changes().stream().map(FileChange::file).toList());
                model = analyse(project, _ -> {}).model();
            }
        }
        return planned;
    }

    /** Makes {@code choice} again on {@code project}; empty where it is not recommended there, or would write nothing. */
    Optional<Remake.Made> again(Choice choice, Project project) {
        Model model = Analyzer.analyse(project, _ -> {}).model();
        return match(choice, project, model)
                .map(found -> plan(choice, found, project))
                .filter(planned -> !planned.changes().isEmpty())
                .map(planned -> new Remake.Made(
                        planned.changes(), planned.plan().refusals().size()));
    }

    private Planned plan(Choice choice, Project project, Model model) {
        Detected<?> found = match(choice, project, model)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no finding of %s for %s".formatted(choice.pattern(), choice.subject())));
        return plan(choice, found, project);
    }

    private Optional<? extends Detected<?>> match(Choice choice, Project project, Model model) {
        return patterns.stream()
                .filter(pattern -> pattern.info().id().equals(choice.pattern()))
                .flatMap(pattern -> detected(pattern, project, model).stream())
                .filter(each -> each.finding().subject().equals(choice.subject()))
                .findFirst();
    }

    private Planned plan(Choice choice, Detected<?> found, Project project) {
        EditPlan plan = found.finding().status().recommended()
                ? safe(found, values(choice, found, project), choice.rejected(), project)
                : EditPlan.EMPTY;
        EditPlan amended = choice.on(plan);
        List<FileChange> changes = amended.changes(project, choice.rejected());
        Optional<FileChange> broken = amended.equals(plan) ? Optional.empty() : broken(changes);
        if (broken.isPresent()) {
            String why = "With what you changed by hand, %s would not parse, so nothing of this pattern is written."
                    .formatted(broken.get().path());
            return new Planned(choice, found.finding(), plan.refusing(why), List.of());
        }
        return new Planned(choice, found.finding(), plan, changes);
    }

    private static Options values(Choice choice, Detected<?> found, Project project) {
        return new Presets(Preferences.of(project)).under(choice.options(), found.finding());
    }

    /** Makes the plan and refuses it where its result would not parse as well as what is there. */
    private EditPlan safe(Detected<?> found, Options options, Set<String> rejected, Project project) {
        return orFailed(found, () -> {
            EditPlan plan = found.plan(project, options, rejected);
            return broken(plan.changes(project, Set.of()))
                    .map(change -> EditPlan.refused(
                            "The change to %s would not parse, so it is not offered; this is a fault of dopi."
                                    .formatted(change.path())))
                    .orElse(plan);
        });
    }

    private EditPlan orFailed(Detected<?> found, Supplier<EditPlan> planning) {
        try {
            return planning.get();
        } catch (RuntimeException e) {
            events.accept(new Event.PatternFailed(found.pattern().info(), e));
            return EditPlan.refused("dopi failed while planning this: %s".formatted(e));
        }
    }

    /** Returns the first change whose result parses worse than what is there. */
    private Optional<FileChange> broken(List<FileChange> changes) {
        return changes.stream()
                .filter(change -> errors(change.path(), change.after()) > errors(change.path(), change.textBefore()))
                .findFirst();
    }

    private int errors(String path, String text) {
        Optional<Grammar> grammar = Grammar.of(path);
        if (text.isEmpty() || grammar.isEmpty()) {
            return 0;
        }
        var script = new Script(grammar.get(), text);
        // Counted outside the map, which would let only one thread count at a time.
        Integer known = errors.get(script);
        int count = known != null ? known : errors(new SourceFile(path, text), grammar.get());
        errors.put(script, count);
        return count;
    }

    private static int errors(SourceFile file, Grammar grammar) {
        try (SyntaxTree tree = SyntaxTree.parse(file, grammar)) {
            return tree.errors();
        }
    }
}
