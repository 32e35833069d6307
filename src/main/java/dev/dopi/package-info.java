/** The Durable Objects Pattern Implementer. */
@org.jspecify.annotations.NullMarked
package dev.dopi;
