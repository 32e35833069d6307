package dev.dopi.pattern;

/**
 * What a pattern is called.
 *
 * @param id as in commands and reports, {@code ttl-cleanup}
 * @param title a few words, {@code Clean up rows by age}
 * @param summary one sentence for a newcomer
 */
public record PatternInfo(String id, String title, String summary) {}
