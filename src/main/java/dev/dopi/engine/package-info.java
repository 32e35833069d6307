/** The session's steps. Invariant: the only package that reads or writes the user's project; knows no user interface; prints nothing. */
@org.jspecify.annotations.NullMarked
package dev.dopi.engine;
