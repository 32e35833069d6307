/** The name of an object, read with a rule for objects that have none. See {@code pattern.md}. */
@org.jspecify.annotations.NullMarked
package dev.dopi.catalog.rpcmetadata;
