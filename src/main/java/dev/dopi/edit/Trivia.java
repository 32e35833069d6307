package dev.dopi.edit;

/** White space and comments, as JSON with comments and scripts have them. */
final class Trivia {

    private Trivia() {}

    /** Returns where what begins at {@code at} ends. */
    static int end(String text, int at) {
        int next = at;
        while (next < text.length()) {
            if (Character.isWhitespace(text.charAt(next))) {
                next++;
            } else if (text.startsWith("//", next)) {
                int newline = text.indexOf('\n', next);
                next = newline < 0 ? text.length() : newline;
            } else if (text.startsWith("/*", next)) {
                int close = text.indexOf("*/", next + 2);
                next = close < 0 ? text.length() : close + 2;
            } else {
                return next;
            }
        }
        return next;
    }
}
