package dev.dopi.sql;

/** What SQLite says to a statement that it is asked to plan. */
public sealed interface PlanResult {

    /** It would run, in this way. */
    record Planned(Plan plan) implements PlanResult {}

    /** It would not run, or was not shown to SQLite at all; {@code message} is SQLite's or ours. */
    record Refused(String message) implements PlanResult {}
}
