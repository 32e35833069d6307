package dev.dopi.ui.tui;

import java.nio.file.Path;

/** What the screens can ask of the terminal besides being drawn. */
interface Outside {

    /** Gives the terminal back to the shell until the user comes back. */
    void suspend();

    /** Draws everything again. */
    void repaint();

    /** Puts {@code text} into the clipboard of the terminal, which may be on another machine. */
    void copy(String text);

    /** Shows {@code file} in the user's pager and returns when they are done; returns what went wrong, or nothing. */
    String page(Path file);

    /** Lets the user change {@code file} in their editor, from {@code line} on; returns what went wrong, or nothing. */
    String edit(Path file, int line);
}
