/** Syntax trees in Java's own terms. Invariant: the only package that knows tree-sitter; parsing never fails; comments are not children. */
@org.jspecify.annotations.NullMarked
package dev.dopi.syntax;
