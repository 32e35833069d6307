package dev.dopi.pattern;

import dev.dopi.edit.GeneratedTest;
import dev.dopi.edit.TestStack;
import dev.dopi.edit.TestTarget;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.Model;
import dev.dopi.model.Worker;
import dev.dopi.project.Project;
import java.util.ArrayList;
import java.util.List;

/**
 * The tests that patterns bring with them, and the choice to have a set-up made to run them in.
 *
 * <p>The choice is there only where the project has no such set-up and dopi can make one. It is a no by itself: packages
 * are the user's to add.
 */
public final class TestSetUp {

    private static final String ADD = "add";

    public static final Option OPTION = new Option(
            "test-setup",
            "Test set-up",
            "The project cannot run tests in the Workers runtime. \"add\" sets Vitest up for that (packages in package.json, its configuration, a test script), so that a test comes with this pattern; you install the packages.",
            Option.Kind.CHOICE,
            "none",
            List.of("none", ADD));

    private static final String NO_TEST = "no test";

    /** The defaults, but no test is made even where one can be: for who only asks whether a plan would write anything. */
    public static final Options WITHOUT_TEST = Options.DEFAULTS.with(OPTION.key(), NO_TEST);

    private TestSetUp() {}

    /** Returns whether a test of {@code type} can be generated under {@code options}. */
    public static GeneratedTest.Answer test(Project project, Worker worker, DurableObjectClass type, Options options) {
        if (options.of(OPTION).equals(NO_TEST)) {
            return new GeneratedTest.Answer.Impossible("No test is asked for.");
        }
        return GeneratedTest.of(project, target(worker, type, options.of(OPTION).equals(ADD)));
    }

    /** Returns {@code finding} with the choice, where there is one. */
    static Finding offering(Finding finding, Project project, Model model) {
        boolean offered = finding.isWritable()
                && model.workers().stream()
                        .filter(worker -> worker.id().equals(finding.subject().worker()))
                        .anyMatch(worker -> worker.durableObjects().stream()
                                .filter(type -> type.className()
                                        .equals(finding.subject().className()))
                                .anyMatch(type -> TestStack.isOffered(project, target(worker, type, true))));
        if (!offered) {
            return finding;
        }
        var options = new ArrayList<>(finding.options());
        options.add(OPTION);
        return finding.with(options);
    }

    private static TestTarget target(Worker worker, DurableObjectClass type, boolean setUp) {
        return new TestTarget(type.className(), type.file(), type.bindings(), worker.folder(), worker.config(), setUp);
    }
}
