package dev.dopi.catalog.gradualdeployment;

import dev.dopi.edit.EditPlan;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.Model;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Fix;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Pattern;
import dev.dopi.pattern.PatternInfo;
import dev.dopi.pattern.Priority;
import dev.dopi.pattern.Status;
import dev.dopi.pattern.Subject;
import dev.dopi.pattern.Upkeep;
import dev.dopi.project.Project;
import dev.dopi.source.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Rolls a Worker's new versions out step by step, by Cloudflare's own split, with limits and a way back. */
public final class GradualDeploymentPattern implements Pattern<GradualDeployment> {

    private static final PatternInfo INFO = new PatternInfo(
            "gradual-deployment",
            "Roll versions out step by step",
            "Gives a new version to a few objects first, watches errors and times, and goes back by itself.");

    @Override
    public PatternInfo info() {
        return INFO;
    }

    @Override
    public List<GradualDeployment> detect(Project project, Model model) {
        return GradualDeployment.in(project, model);
    }

    @Override
    public Finding describe(GradualDeployment match) {
        Status status = status(match);
        return new Finding(
                INFO,
                new Subject(match.worker().id(), ""),
                status,
                status.recommended() ? priority(match) : Priority.LOW,
                reason(match, status),
                status.recommended()
                        ? "A bad version reaches a few objects instead of all, and goes back by itself when it fails."
                        : "",
                Fix.GUIDED,
                evidence(match, status),
                status.recommended() ? GradualOptions.ALL : List.of(),
                List.of());
    }

    @Override
    public EditPlan plan(Project project, GradualDeployment match, Options options) {
        return GradualEditor.plan(project, match, options);
    }

    @Override
    public Upkeep upkeep(Project project, GradualDeployment match, Options options, Set<String> made) {
        String strategy = Paths.name(match.strategy().orElseGet(() -> StrategyFile.path(project, match.worker())));
        String command = "bash scripts/deploy-gradual.sh"
                + (strategy.equals("deployment-strategy.jsonc") ? "" : " --strategy " + strategy);
        String effect = made.contains("runner") || made.contains("shell")
                ? "In the Worker's folder, `%s` uploads a new version and raises its share of objects and requests as `%s` says; past the limits there, everything goes back to the old version."
                        .formatted(command, strategy)
                : "`%s` says how versions are rolled out.".formatted(strategy);
        String metadata = made.contains("version-metadata")
                ? " The code can log `env.CF_VERSION_METADATA.id`, the version that it is."
                : "";
        return new Upkeep(
                effect + metadata,
                "`%1$s --dry-run` deploys nothing and says what would be done, `--status` how far a rollout is, `--abort` gives everything back to the old version; run again, it goes on. It needs `CLOUDFLARE_API_TOKEN` and `CLOUDFLARE_ACCOUNT_ID`. Phases, times and limits are in `%2$s`."
                        .formatted(command, strategy));
    }

    private static Status status(GradualDeployment match) {
        if (match.unsuited().isPresent()) {
            return Status.NOT_APPLICABLE;
        }
        if (match.strategy().isPresent() && match.script()
                || !match.deployments().split().isEmpty()) {
            return Status.PRESENT;
        }
        return match.strategy().isPresent() || !match.deployments().uploads().isEmpty()
                ? Status.PARTIAL
                : Status.MISSING;
    }

    /** Objects that keep data, deployed whole by a command that is there, are what a bad version can hurt. */
    private static Priority priority(GradualDeployment match) {
        boolean keepsData = match.objects().stream()
                .anyMatch(type -> !type.storage().isEmpty() || !type.tables().isEmpty());
        return keepsData && !match.deployments().whole().isEmpty() ? Priority.MEDIUM : Priority.LOW;
    }

    private static String reason(GradualDeployment match, Status status) {
        return switch (status) {
            case NOT_APPLICABLE -> match.unsuited().orElse("");
            case PRESENT ->
                match.strategy().isPresent() && match.script()
                        ? "%s and the script beside it roll versions out step by step."
                                .formatted(match.strategy().get())
                        : "Versions are deployed to a share of the traffic already.";
            case PARTIAL ->
                match.strategy()
                        .map("%s is there, but no script that follows it."::formatted)
                        .orElse("Versions are uploaded, but nothing in the project gives one a share of the traffic.");
            case MISSING ->
                match.deployments().whole().isEmpty()
                        ? "Nothing in the project deploys a version step by step, so each deployment reaches every object of %s at once."
                                .formatted(names(match))
                        : "Each deployment reaches every object of %s at once.".formatted(names(match));
        };
    }

    private static String names(GradualDeployment match) {
        List<String> names =
                match.objects().stream().map(DurableObjectClass::className).toList();
        if (names.size() > 3) {
            return names.stream().limit(2).collect(Collectors.joining(", ")) + " and " + (names.size() - 2) + " more";
        }
        String last = names.getLast();
        return names.size() == 1 ? last : String.join(", ", names.subList(0, names.size() - 1)) + " and " + last;
    }

    private static List<Evidence> evidence(GradualDeployment match, Status status) {
        var evidence = new ArrayList<Evidence>();
        switch (status) {
            case NOT_APPLICABLE -> {}
            case PRESENT -> {
                match.strategy().ifPresent(path -> evidence.add(new Evidence(path, 1, 1, "the strategy")));
                evidence.addAll(match.deployments().split());
            }
            case PARTIAL, MISSING -> {
                evidence.addAll(match.deployments().uploads());
                evidence.addAll(match.deployments().whole());
                match.config().ifPresent(config -> config.bindings().stream()
                        .filter(binding -> binding.environment().isEmpty())
                        .forEach(binding -> evidence.add(
                                new Evidence(config.path(), binding.line(), 1, "binds " + binding.className()))));
                match.oneWay()
                        .forEach(statement -> evidence.add(new Evidence(
                                statement.file(),
                                statement.line(),
                                1,
                                "old code cannot work on what this leaves: "
                                        + statement.sql().strip().replaceAll("\\s+", " "))));
            }
        }
        return evidence;
    }
}
