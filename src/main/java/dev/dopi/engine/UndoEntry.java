package dev.dopi.engine;

import java.time.Instant;
import java.util.List;

/**
 * One applied pattern that can be taken back.
 *
 * @param id the journal entry's
 * @param subject what it was applied to, {@code ChatRoom}
 * @param files the paths that it wrote, relative to the root
 */
public record UndoEntry(String id, String pattern, String subject, Instant applied, List<String> files) {

    public UndoEntry {
        files = List.copyOf(files);
    }
}
