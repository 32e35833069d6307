package dev.dopi.model;

import dev.dopi.model.DurableObjectClass.Place;

/**
 * A place where the name or the id of a Durable Object is read, kept or made.
 *
 * @param file where it stands: the class's own or a caller's
 * @param text the expression as written
 */
public record NameUse(Kind kind, String file, Place place, String text) {

    /** What the code does there. */
    public enum Kind {
        /** {@code ctx.id.name} without a test for undefined. */
        READ,
        /** {@code ctx.id.name}, or else a constant that every object without a name shares. */
        CONSTANT_FALLBACK,
        /** {@code ctx.id.name} with what happens when it is undefined. */
        GUARDED_READ,
        /** A name that a caller passes by hand, which the object keeps. */
        KEPT_BY_HAND,
        /** {@code idFromName} or {@code getByName} of a caller: the object has a name. */
        MADE_BY_NAME,
        /** {@code newUniqueId} of a caller: the object has no name. */
        MADE_UNIQUE,
        /** {@code idFromString} of a caller: the object has no name there. */
        MADE_FROM_STRING;

        /** Returns whether the class reads its name from the runtime there. */
        public boolean reads() {
            return this == READ || this == CONSTANT_FALLBACK || this == GUARDED_READ;
        }
    }
}
