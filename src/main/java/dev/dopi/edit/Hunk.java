package dev.dopi.edit;

import dev.dopi.source.TextEdits;
import java.util.HashSet;
import java.util.Set;

/**
 * One change that a person can accept or reject.
 *
 * @param id unique within its plan and the same each time the plan is made
 * @param file the file it changes, relative to the root
 * @param creates whether the file is new; the edits then apply to the empty text
 * @param title what it does, in a few words
 * @param reason why, as a sentence
 * @param requires the ids of the hunks without which this one would be wrong
 */
public record Hunk(
        String id,
        String file,
        boolean creates,
        TextEdits edits,
        Applicability applicability,
        String title,
        String reason,
        Set<String> requires) {

    public Hunk {
        requires = Set.copyOf(requires);
    }

    /** Returns this hunk with other edits. */
    public Hunk with(TextEdits others) {
        return new Hunk(id, file, creates, others, applicability, title, reason, requires);
    }

    /** Returns this hunk as one that is wrong without {@code others} too. */
    public Hunk requiring(Set<String> others) {
        var all = new HashSet<>(requires);
        all.addAll(others);
        return new Hunk(id, file, creates, edits, applicability, title, reason, all);
    }
}
