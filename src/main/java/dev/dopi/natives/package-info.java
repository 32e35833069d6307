/** Native libraries as files that the system can load. Invariant: unpacked once, checked, and never changed in place. */
@org.jspecify.annotations.NullMarked
package dev.dopi.natives;
