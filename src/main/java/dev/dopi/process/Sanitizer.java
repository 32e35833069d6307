package dev.dopi.process;

/** Makes text from outside fit to be shown. */
public final class Sanitizer {

    private Sanitizer() {}

    /**
     * Returns {@code text} as one line without a control character: no escape sequence, no C0 or C1 control, nothing
     * that reorders what is shown. A tab becomes spaces, a line break one space, half a surrogate pair U+FFFD.
     */
    public static String plain(String text) {
        var plain = new StringBuilder();
        for (AnsiText.Piece piece : AnsiText.read(text)) {
            if (piece instanceof AnsiText.Piece.Printed(var printed)) {
                plain.append(printed);
            }
        }
        return plain.toString();
    }
}
