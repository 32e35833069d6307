/** What a pattern is. Invariant: no state, no I/O; the same project gives the same matches and the same plan. */
@org.jspecify.annotations.NullMarked
package dev.dopi.pattern;
