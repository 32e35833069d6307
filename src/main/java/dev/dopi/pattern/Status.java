package dev.dopi.pattern;

/** Whether a pattern is in place. {@code MISSING} and {@code PARTIAL} are recommendations. */
public enum Status {
    MISSING,
    PARTIAL,
    PRESENT,
    NOT_APPLICABLE;

    public boolean recommended() {
        return this == MISSING || this == PARTIAL;
    }
}
