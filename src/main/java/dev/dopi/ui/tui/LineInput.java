package dev.dopi.ui.tui;

/** One line that is being typed. */
final class LineInput {

    private String text;

    LineInput(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    void clear() {
        text = "";
    }

    /** Takes what writes or deletes, and returns whether {@code key} was such a key. */
    boolean take(Key key) {
        if (key instanceof Key.Typed(var typed, var alt) && !alt) {
            text += typed;
            return true;
        }
        if (key.equals(Key.of(Key.Name.BACKSPACE))) {
            text = text.isEmpty() ? text : text.substring(0, text.offsetByCodePoints(text.length(), -1));
            return true;
        }
        if (key.equals(new Key.Ctrl('u'))) {
            text = "";
            return true;
        }
        return false;
    }

    /** Takes pasted text as typed, its first line only. */
    void paste(String pasted) {
        text += pasted.lines().findFirst().orElse("").strip();
    }
}
