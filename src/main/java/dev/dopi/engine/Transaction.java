package dev.dopi.engine;

import dev.dopi.edit.FileChange;
import java.util.List;
import java.util.Optional;

/**
 * What one pattern writes: the part of an apply that can be undone alone.
 *
 * @param pattern the pattern's id
 * @param subject what it is applied to, {@code ChatRoom}
 * @param changes in the order in which they are made
 * @param asked what they were made of, where they can be made of it again
 */
public record Transaction(String pattern, String subject, List<FileChange> changes, Optional<Choice> asked) {

    public Transaction {
        changes = List.copyOf(changes);
    }

    /** Changes that can only be taken as they are. */
    public Transaction(String pattern, String subject, List<FileChange> changes) {
        this(pattern, subject, changes, Optional.empty());
    }

    static Transaction of(Planned planned) {
        Choice choice = planned.choice();
        return new Transaction(choice.pattern(), choice.subject().label(), planned.changes(), Optional.of(choice));
    }
}
