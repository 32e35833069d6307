package dev.dopi.engine;

import dev.dopi.edit.EditPlan;
import dev.dopi.edit.FileChange;
import dev.dopi.pattern.Finding;
import java.util.List;

/**
 * A choice worked out on the snapshot that the choices before it leave behind.
 *
 * @param finding what was found there; it may differ from what was found at first
 * @param plan every hunk, the rejected ones too
 * @param changes what becomes of each file when the hunks that were not rejected are made
 */
public record Planned(Choice choice, Finding finding, EditPlan plan, List<FileChange> changes) {

    public Planned {
        changes = List.copyOf(changes);
    }
}
