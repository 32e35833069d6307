package dev.dopi.catalog.gradualdeployment;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.Model;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Worker;
import dev.dopi.project.Project;
import dev.dopi.project.WranglerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How one Worker is deployed.
 *
 * @param config what its configuration says; empty where it has none
 * @param objects the Durable Objects that are deployed with it, and not with another Worker
 * @param unsuited why the pattern is not about this Worker, as a sentence, where it is not
 * @param strategy the strategy file that is about this Worker
 * @param script whether a script beside the strategy follows it
 * @param deployments where the project's own scripts and pipelines deploy this Worker
 * @param undeclared classes that are bound, and that nothing has created yet
 * @param oneWay statements after which old code cannot work on the data
 */
record GradualDeployment(
        Worker worker,
        Optional<WranglerConfig> config,
        List<DurableObjectClass> objects,
        Optional<String> unsuited,
        Optional<String> strategy,
        boolean script,
        Deployments deployments,
        List<WranglerConfig.Binding> undeclared,
        List<SqlStatement> oneWay) {

    private static final Pattern TEST_FOLDER =
            Pattern.compile("(^|.*/)(fixtures?|tests?|__tests__|__fixtures__|e2e|testdata|test-fixtures)/.*");
    private static final Pattern TEST_CONFIG = Pattern.compile("(.*/)?wrangler[.-](test|tests|vitest|e2e)\\b.*");
    private static final Pattern ONE_WAY = Pattern.compile(
            "\\s*(DROP\\s+(TABLE|VIEW)|ALTER\\s+TABLE\\s+\\S+\\s+(DROP|RENAME))\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    GradualDeployment {
        objects = List.copyOf(objects);
        undeclared = List.copyOf(undeclared);
        oneWay = List.copyOf(oneWay);
    }

    /** Returns one for every Worker that has to do with Durable Objects. */
    static List<GradualDeployment> in(Project project, Model model) {
        List<String> pipelines = Deployments.pipelines(project);
        return model.workers().stream()
                .filter(worker -> !worker.durableObjects().isEmpty()
                        || project.configs().stream()
                                .anyMatch(config -> worker.id().equals(config.path())
                                        && !config.bindings().isEmpty()))
                .map(worker -> of(project, pipelines, model, worker))
                .toList();
    }

    private static GradualDeployment of(Project project, List<String> pipelines, Model model, Worker worker) {
        Optional<WranglerConfig> config = project.configs().stream()
                .filter(each -> worker.config().equals(Optional.of(each.path())))
                .findFirst();
        List<DurableObjectClass> own = config.map(each -> own(worker, each)).orElse(List.of());
        Optional<String> unsuited = unsuited(worker, own);
        Optional<String> strategy = unsuited.isPresent() ? Optional.empty() : StrategyFile.find(project, worker);
        return new GradualDeployment(
                worker,
                config,
                own,
                unsuited,
                strategy,
                strategy.isPresent()
                        && project.read(StrategyFile.runner(worker.folder())).isPresent(),
                unsuited.isPresent() ? Deployments.NONE : Deployments.of(project, pipelines, model, worker),
                config.map(each -> undeclared(project, each)).orElse(List.of()),
                own.stream().flatMap(GradualDeployment::oneWay).toList());
    }

    private static List<DurableObjectClass> own(Worker worker, WranglerConfig config) {
        return worker.durableObjects().stream()
                .filter(type -> type.bindings().isEmpty()
                        || config.bindings().stream()
                                .filter(binding -> isOwn(config, binding))
                                .anyMatch(binding -> type.bindings().contains(binding.name())))
                .toList();
    }

    private static boolean isOwn(WranglerConfig config, WranglerConfig.Binding binding) {
        return binding.scriptName().isEmpty() || binding.scriptName().equals(config.name());
    }

    private static Optional<String> unsuited(Worker worker, List<DurableObjectClass> own) {
        if (worker.config().isEmpty()) {
            return Optional.of("These classes belong to no Worker of the project: who uses them deploys them.");
        }
        if (TEST_FOLDER.matcher(worker.id()).matches()
                || TEST_CONFIG.matcher(worker.id()).matches()) {
            return Optional.of(
                    "%s configures a Worker for tests, which is not rolled out to anybody.".formatted(worker.id()));
        }
        if (own.isEmpty()) {
            return Optional.of("The Worker has no Durable Object class of its own.");
        }
        return worker.name().isEmpty()
                ? Optional.of("%s gives the Worker no name, so it cannot be deployed with it.".formatted(worker.id()))
                : Optional.empty();
    }

    /** Returns bindings of the Worker's own classes that no migration and no export creates. */
    private static List<WranglerConfig.Binding> undeclared(Project project, WranglerConfig config) {
        String text = project.read(config.path()).map(file -> file.text()).orElse("");
        var found = new ArrayList<WranglerConfig.Binding>();
        for (WranglerConfig.Binding binding : config.bindings()) {
            boolean unknown = isOwn(config, binding)
                    && config.backendOf(binding.className()).isEmpty();
            if (unknown && !isMentionedBeside(text, binding.className())) {
                found.add(binding);
            }
        }
        return found;
    }

    /** Whether {@code className} stands anywhere but as the class of a binding: as a transferred one, say. */
    private static boolean isMentionedBeside(String text, String className) {
        String name = Pattern.quote(className);
        long all = Pattern.compile("\\b" + name + "\\b").matcher(text).results().count();
        long bound = Pattern.compile("class_name[\"']?\\s*[:=]\\s*[\"']" + name + "[\"']")
                .matcher(text)
                .results()
                .count();
        long named = Pattern.compile("\\bname[\"']?\\s*[:=]\\s*[\"']" + name + "[\"']")
                .matcher(text)
                .results()
                .count();
        return all > bound + named;
    }

    private static Stream<SqlStatement> oneWay(DurableObjectClass type) {
        return type.statements().stream()
                .filter(statement -> ONE_WAY.matcher(statement.sql()).matches());
    }
}
