package dev.dopi.engine;

import dev.dopi.edit.FileChange;
import java.util.List;

/**
 * What one pattern writes: the part of an apply that can be undone alone.
 *
 * @param pattern the pattern's id
 * @param subject what it is applied to, {@code ChatRoom}
 * @param changes in the order in which they are made
 */
public record Transaction(String pattern, String subject, List<FileChange> changes) {

    public Transaction {
        changes = List.copyOf(changes);
    }
}
