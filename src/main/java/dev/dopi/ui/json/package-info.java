/** The front end for other programs. Invariant: standard output is JSON and nothing else. */
@org.jspecify.annotations.NullMarked
package dev.dopi.ui.json;
