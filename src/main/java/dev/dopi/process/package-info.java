/** Other programs, run to their end. Invariant: the only package that starts a program; it always ends what it started. */
@org.jspecify.annotations.NullMarked
package dev.dopi.process;
