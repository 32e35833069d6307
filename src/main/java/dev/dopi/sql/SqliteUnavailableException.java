package dev.dopi.sql;

/** Says that SQLite itself could not be started on this machine; a statement that it refuses never throws this. */
public final class SqliteUnavailableException extends RuntimeException {

    SqliteUnavailableException(Throwable cause) {
        super("SQLite could not be started. " + cause.getMessage(), cause);
    }
}
