package dev.dopi.engine;

/**
 * The applied pattern that a check fails because of.
 *
 * @param reason how that is known and what failed, as a sentence
 */
public record Blame(UndoEntry entry, CheckResult result, String reason) {}
