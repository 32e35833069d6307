package dev.dopi.ui.tui;

/**
 * Keeps keys that decide something from deciding what nobody has read yet.
 *
 * <p>Such a key counts only when the thing it is about has been on screen for a moment, and when no such key was turned
 * away in that moment: a key that is held down, or letters typed ahead, never get through.
 */
final class KeyGuard {

    /** How long something must have been on screen, in milliseconds. */
    static final long MOMENT = 300;

    private Object about = new Object();
    private long quietSince = Long.MAX_VALUE;

    /** Says that {@code what} is to be decided; it counts as unread until it was {@link #shown}. */
    void about(Object what) {
        if (!about.equals(what)) {
            about = what;
            quietSince = Long.MAX_VALUE;
        }
    }

    /** Says that a frame with it has reached the terminal. */
    void shown(long at) {
        if (quietSince == Long.MAX_VALUE) {
            quietSince = at;
        }
    }

    /** Returns whether a key that was pressed {@code at} may decide. */
    boolean admits(long at) {
        if (quietSince != Long.MAX_VALUE && at - quietSince >= MOMENT) {
            return true;
        }
        if (quietSince != Long.MAX_VALUE) {
            quietSince = Math.max(quietSince, at);
        }
        return false;
    }
}
