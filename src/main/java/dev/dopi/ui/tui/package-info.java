/** The guided session on a full screen. Invariant: the only package that sees Lanterna; one thread owns the screen. */
@org.jspecify.annotations.NullMarked
package dev.dopi.ui.tui;
