package dev.dopi.ui.tui;

/** The few signs that are not letters; each has a twin in plain ASCII. */
record Signs(
        String horizontal,
        String vertical,
        String topLeft,
        String topRight,
        String bottomLeft,
        String bottomRight,
        String pointer,
        String then,
        String more,
        String up,
        String down) {

    static final Signs UNICODE = new Signs("─", "│", "┌", "┐", "└", "┘", "▸", "›", "…", "↑", "↓");
    static final Signs ASCII = new Signs("-", "|", "+", "+", "+", "+", ">", ">", "~", "^", "v");
}
