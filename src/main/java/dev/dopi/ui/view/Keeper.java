package dev.dopi.ui.view;

import java.util.Optional;

/**
 * Keeps what the user decides as they decide it, so that a dropped connection loses nothing.
 *
 * <p>Only one session of a project keeps anything: the first that is open.
 */
public interface Keeper extends AutoCloseable {

    /** Keeps nothing, where there is nowhere to keep it. */
    Keeper NONE = new Keeper() {
        @Override
        public Optional<Unfinished> earlier() {
            return Optional.empty();
        }

        @Override
        public Optional<String> elsewhere() {
            return Optional.empty();
        }

        @Override
        public boolean keeps() {
            return false;
        }

        @Override
        public void keep(Unfinished now) {}

        @Override
        public void drop() {}

        @Override
        public void close() {}
    };

    /** Returns what a session before this one left unfinished. */
    Optional<Unfinished> earlier();

    /** Returns who else has the project open, as a sentence. */
    Optional<String> elsewhere();

    /** Returns whether {@link #keep} does anything. */
    boolean keeps();

    /** Puts {@code now} in the place of what was kept; returns at once, and the newest is what stays. */
    void keep(Unfinished now);

    /** Forgets what was kept: the session has come to its end. */
    void drop();

    /** Waits until what is to be kept is kept, and lets another session have the project. */
    @Override
    void close();
}
