/** Indexes for the queries that are there, each proved with SQLite's own planner. See {@code pattern.md}. */
@org.jspecify.annotations.NullMarked
package dev.dopi.catalog.sqlindex;
