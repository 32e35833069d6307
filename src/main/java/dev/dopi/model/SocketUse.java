package dev.dopi.model;

import dev.dopi.model.DurableObjectClass.Place;

/**
 * A place where the code of a Durable Object takes, opens or answers with a WebSocket.
 *
 * @param file where it stands, which may be a helper's file
 * @param socket the socket as written there
 */
public record SocketUse(Kind kind, String file, Place place, String socket) {

    /** What happens to the socket. */
    public enum Kind {
        /** {@code accept()} of an incoming socket that stays open: it keeps the object in memory. */
        STANDARD,
        /** {@code acceptWebSocket()}: the object may hibernate. */
        HIBERNATABLE,
        /** A socket that the object opens itself; it cannot hibernate and is not to be rewritten. */
        OUTBOUND,
        /** Accepted only to be closed with an error at once. */
        ERROR_REPLY
    }
}
