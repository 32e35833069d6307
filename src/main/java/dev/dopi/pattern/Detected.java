package dev.dopi.pattern;

import dev.dopi.edit.EditPlan;
import dev.dopi.model.Model;
import dev.dopi.project.Project;
import java.util.List;
import java.util.Set;

/** A pattern's match, kept with the pattern that can read it. */
public record Detected<M>(Pattern<M> pattern, M match, Finding finding) {

    public static <M> List<Detected<M>> all(Pattern<M> pattern, Project project, Model model) {
        return pattern.detect(project, model).stream()
                .map(match -> new Detected<>(pattern, match, finding(pattern, match, project, model)))
                .toList();
    }

    private static <M> Finding finding(Pattern<M> pattern, M match, Project project, Model model) {
        Finding finding = pattern.describe(match);
        return pattern.isTested(match) ? TestSetUp.offering(finding, project, model) : finding;
    }

    /** Returns what tells whether the plan would write anything, as {@link Pattern#outline}. */
    public EditPlan outline(Project project) {
        return pattern.outline(project, match);
    }

    public EditPlan plan(Project project, Options options) {
        return plan(project, options, Set.of());
    }

    /** Plans the match and, as the last hunk, what the README says of it when the hunks {@code rejected} are not made. */
    public EditPlan plan(Project project, Options options, Set<String> rejected) {
        EditPlan plan = pattern.plan(project, match, options);
        return Readme.in(
                project, plan, rejected, finding, options, made -> pattern.upkeep(project, match, options, made));
    }
}
