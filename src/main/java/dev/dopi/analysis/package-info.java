/** From a project to its model. Invariant: pure; what is not understood becomes a diagnostic, never a guess. */
@org.jspecify.annotations.NullMarked
package dev.dopi.analysis;
