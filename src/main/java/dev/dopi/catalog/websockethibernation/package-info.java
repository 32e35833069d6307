/** The pattern websocket-hibernation: an object sleeps while its sockets stay open. */
@org.jspecify.annotations.NullMarked
package dev.dopi.catalog.websockethibernation;
