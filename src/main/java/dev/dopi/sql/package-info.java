/** SQL as SQLite itself understands it. Invariant: the only package that knows SQLite; SQL from a project is hostile input. */
@org.jspecify.annotations.NullMarked
package dev.dopi.sql;
