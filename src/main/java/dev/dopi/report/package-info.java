/** Findings and evidence as text, Markdown and JSON. Invariant: nothing is said that was not recorded. */
@org.jspecify.annotations.NullMarked
package dev.dopi.report;
