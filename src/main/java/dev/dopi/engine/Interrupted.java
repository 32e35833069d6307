package dev.dopi.engine;

import java.util.List;

/**
 * An apply or an undo that was cut off: the process was killed, the power failed.
 *
 * @param id for {@link Workspace#finish} and {@link Workspace#rollBack}
 * @param patterns ids of the patterns that it concerns, in the order of applying
 * @param done files that already are as they would be at the end
 * @param open files that still are as they were
 * @param unknown files that are neither, because something else changed them since; they are left alone either way
 */
public record Interrupted(
        String id, Kind kind, List<String> patterns, List<String> done, List<String> open, List<String> unknown) {

    public Interrupted {
        patterns = List.copyOf(patterns);
        done = List.copyOf(done);
        open = List.copyOf(open);
        unknown = List.copyOf(unknown);
    }

    /** What was going on. */
    public enum Kind {
        APPLY,
        UNDO
    }
}
