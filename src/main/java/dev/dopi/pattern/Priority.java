package dev.dopi.pattern;

/** How soon a recommendation should be followed, the most urgent first. */
public enum Priority {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW
}
