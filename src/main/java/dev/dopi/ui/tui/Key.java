package dev.dopi.ui.tui;

/** What the user did, as one event. */
sealed interface Key {

    /** A character that can be written, with or without Alt. */
    record Typed(String text, boolean alt) implements Key {}

    /** A letter together with Ctrl, in lower case. */
    record Ctrl(char letter) implements Key {}

    record Named(Name name) implements Key {}

    /** Text that was pasted: one event, which is never taken for keys. */
    record Pasted(String text) implements Key {}

    /** The wheel, up for a negative number of steps. */
    record Wheel(int steps) implements Key {}

    /** A click with the left button; column and row from 0. */
    record Click(int x, int y) implements Key {}

    /** A key that writes nothing. */
    enum Name {
        UP,
        DOWN,
        LEFT,
        RIGHT,
        PAGE_UP,
        PAGE_DOWN,
        HOME,
        END,
        ENTER,
        TAB,
        BACK_TAB,
        BACKSPACE,
        DELETE,
        ESCAPE
    }

    static Key of(char letter) {
        return new Typed(String.valueOf(letter), false);
    }

    static Key of(Name name) {
        return new Named(name);
    }
}
