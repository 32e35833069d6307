package dev.dopi.catalog.websockethibernation;

/** Why a class's sockets cannot be moved safely, as a sentence with the line. */
final class NotMovable extends Exception {

    NotMovable(String message) {
        super(message);
    }
}
