/** Rows that are deleted once they are old enough. See {@code pattern.md}. */
@org.jspecify.annotations.NullMarked
package dev.dopi.catalog.ttlcleanup;
