/** The patterns, one package each. Invariant: patterns do not know each other. */
@org.jspecify.annotations.NullMarked
package dev.dopi.catalog;
