package dev.dopi.engine;

import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Subject;
import dev.dopi.source.TextEdits;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A recommendation that the user wants, with what they decided about it so far.
 *
 * @param rejected ids of hunks that they do not want
 * @param amended by hunk: what the user made of it
 */
public record Choice(
        String pattern, Subject subject, Options options, Set<String> rejected, Map<String, Amendment> amended) {

    /** A choice of hunks as they are planned. */
    public Choice(String pattern, Subject subject, Options options, Set<String> rejected) {
        this(pattern, subject, options, rejected, Map.of());
    }

    /**
     * What the user made of a hunk.
     *
     * @param planned the edits that it was made from; where the plan has others now, it does not hold
     */
    public record Amendment(TextEdits planned, TextEdits instead) {}

    public Choice {
        rejected = Set.copyOf(rejected);
        amended = Map.copyOf(amended);
    }

    public static Choice of(Finding finding) {
        return new Choice(finding.pattern().id(), finding.subject(), Options.DEFAULTS, Set.of());
    }

    public Choice with(Options values) {
        return new Choice(pattern, subject, values, rejected, amended);
    }

    public Choice rejecting(String hunk) {
        var more = new HashSet<>(rejected);
        more.add(hunk);
        return new Choice(pattern, subject, options, more, amended);
    }

    public Choice accepting(String hunk) {
        var fewer = new HashSet<>(rejected);
        fewer.remove(hunk);
        return new Choice(pattern, subject, options, fewer, amended);
    }

    /** Returns {@code plan} with what the user made of its hunks in their place. */
    public EditPlan on(EditPlan plan) {
        if (amended.isEmpty()) {
            return plan;
        }
        return new EditPlan(plan.hunks().stream().map(this::on).toList(), plan.refusals(), plan.notes());
    }

    private Hunk on(Hunk hunk) {
        Amendment amendment = amended.get(hunk.id());
        return amendment == null || !amendment.planned().equals(hunk.edits()) ? hunk : hunk.with(amendment.instead());
    }
}
