/** What every front end shows, worked out once. Invariant: no terminal. */
@org.jspecify.annotations.NullMarked
package dev.dopi.ui.view;
