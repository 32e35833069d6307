package dev.dopi.pattern;

/** A place in the user's code that shows something; line and column from one. */
public record Evidence(String file, int line, int column, String message) {}
