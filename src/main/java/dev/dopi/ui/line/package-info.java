/** The guided session line by line. Invariant: the only package that sees JLine; never redraws. */
@org.jspecify.annotations.NullMarked
package dev.dopi.ui.line;
