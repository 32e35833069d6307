/** The snapshot of a project and what its configuration means. Invariant: no I/O of its own; broken code is a fact, not an exception. */
@org.jspecify.annotations.NullMarked
package dev.dopi.project;
