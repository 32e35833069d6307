package dev.dopi.edit;

/** How far an edit can be trusted, from the most to the least. */
public enum Applicability {
    /** The code means what it meant. */
    SAFE,
    /** Behaviour changes on purpose; a person should agree. */
    REVIEW,
    /** The user has to choose a value first. */
    NEEDS_VALUE,
    /** Shown, never written. */
    ADVICE
}
