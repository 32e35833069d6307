/** What the code is: records with spans. Invariant: data only. */
@org.jspecify.annotations.NullMarked
package dev.dopi.model;
