package dev.dopi.pattern;

/** What dopi can do about a finding. */
public enum Fix {
    /** Planned and written whole. */
    AUTOMATIC,
    /** Planned, with values for the user to choose. */
    GUIDED,
    /** Only said. */
    ADVICE
}
