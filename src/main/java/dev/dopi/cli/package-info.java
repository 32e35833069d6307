/** The commands. Invariant: the only package that exits the program. */
@org.jspecify.annotations.NullMarked
package dev.dopi.cli;
