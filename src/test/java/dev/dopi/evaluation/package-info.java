/** Compares what dopi says about real projects with what a careful reader says; {@code scripts/evaluate} runs it. */
@org.jspecify.annotations.NullMarked
package dev.dopi.evaluation;
