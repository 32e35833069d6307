/** Colours by role. Invariant: code names roles, never colours. */
@org.jspecify.annotations.NullMarked
package dev.dopi.ui.theme;
