package dev.dopi.ui.view;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.engine.Planned;
import java.util.List;
import java.util.Optional;

/** A hunk, or what a plan refuses where there is none; {@code number} is the plan's among all. */
public record HunkPage(int number, Planned plan, Optional<Hunk> hunk, Optional<Part> part) {

    HunkPage(int number, Planned plan, Optional<Hunk> hunk) {
        this(number, plan, hunk, Optional.empty());
    }

    /** Which part of a hunk that is split a page is about. */
    public record Part(Hunk whole, int index) {}

    public Decisions.About about() {
        return Decisions.About.of(plan.choice());
    }

    public EditPlan edits() {
        return plan.plan();
    }

    /** Returns what stays the same when the plans are made again. */
    public Object key() {
        return List.of(about(), hunk.map(Hunk::id).orElse(""));
    }

    public boolean decidable() {
        return hunk.map(it -> it.applicability() != Applicability.ADVICE).orElse(false);
    }

    boolean sameFile(HunkPage other) {
        return number == other.number && hunk.map(Hunk::file).equals(other.hunk.map(Hunk::file));
    }
}
