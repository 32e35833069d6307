/** The pattern websocket-hibernation. */
@org.jspecify.annotations.NullMarked
package dev.dopi.catalog.websockethibernation;
