package dev.dopi.ui.theme;

/** A theme cannot be used. The message is a whole sentence with the theme, the line and the value. */
public final class ThemeException extends Exception {

    public ThemeException(String message) {
        super(message);
    }
}
