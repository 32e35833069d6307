package dev.dopi.pattern;

import dev.dopi.edit.EditPlan;
import dev.dopi.model.Model;
import dev.dopi.project.Project;
import java.util.List;
import java.util.Set;

/**
 * One production pattern that dopi can find a use for and put in place.
 *
 * <p>A pattern has no state and does no I/O: the same project always gives the same matches and the same plan. What it
 * has put in place it recognises as present, so a plan made twice is empty the second time.
 *
 * @param <M> what the pattern found out about one class or Worker; a record of its own, so that describing and planning
 *     need not look again
 */
public interface Pattern<M> {

    PatternInfo info();

    /** Returns one match for every class or Worker that the pattern could be about, whatever its status. */
    List<M> detect(Project project, Model model);

    /** Says what {@code match} is, to a person. */
    Finding describe(M match);

    /** Returns the hunks and new tests that put the pattern in place for {@code match}, or why there are none. */
    EditPlan plan(Project project, M match, Options options);

    /**
     * Returns a plan under the defaults that is only asked whether it writes anything: it has hunks where {@link #plan} has
     * some, and refuses for the same reasons where that has none. Made for each recommendation before it is listed, so
     * whatever costs time and decides nothing is left out.
     */
    default EditPlan outline(Project project, M match) {
        return plan(project, match, TestSetUp.WITHOUT_TEST);
    }

    /** Returns whether a test may come with what is put in place for {@code match}, in a project that can run one. */
    default boolean isTested(M match) {
        return true;
    }

    /**
     * Says what whoever looks after the project has to know of {@code match} once it is in place.
     *
     * @param made the ids of the plan's hunks that are made; nothing is said of others
     */
    Upkeep upkeep(Project project, M match, Options options, Set<String> made);
}
