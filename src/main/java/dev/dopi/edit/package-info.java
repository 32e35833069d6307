/** Planned changes to a project, as data. Invariant: nothing here writes a file; what no edit covers is kept byte for byte. */
@org.jspecify.annotations.NullMarked
package dev.dopi.edit;
