package dev.dopi.catalog.websockethibernation;

/**
 * A field that is changed while the object runs and that nothing brings back when it wakes.
 *
 * @param line a line that changes it
 */
record MemoryField(String name, int line) {}
