package dev.dopi.pattern;

/**
 * Something that was run before the user was asked, with what came out.
 *
 * @param what what was run, such as the query whose plan was made
 * @param before the outcome on the code as it is
 * @param after the outcome on the code as it would be
 */
public record Measured(String what, String before, String after) {}
