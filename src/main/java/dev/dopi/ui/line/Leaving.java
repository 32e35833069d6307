package dev.dopi.ui.line;

/** The user leaves in the middle: by the word quit, or because the input ended. */
final class Leaving extends Exception {

    private final boolean interrupted;

    Leaving(boolean interrupted) {
        super(interrupted ? "the input ended" : "quit");
        this.interrupted = interrupted;
    }

    /** Returns whether the input ended or was interrupted, rather than the user saying that they quit. */
    boolean interrupted() {
        return interrupted;
    }
}
