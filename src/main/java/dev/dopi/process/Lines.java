package dev.dopi.process;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Bytes as they come, cut into lines as a terminal would leave them.
 *
 * <p>What a carriage return writes over is gone, so a progress line shows its last state. A line keeps its first 8 KB
 * and is marked where more was dropped. Bytes that are not UTF-8 become U+FFFD.
 */
final class Lines {

    static final int MOST_BYTES = 8 * 1024;
    static final String CUT = " … [line cut]";

    private final Consumer<String> listener;
    private final byte[] line = new byte[MOST_BYTES];
    private int length;
    private boolean cut;
    private boolean returned;

    Lines(Consumer<String> listener) {
        this.listener = listener;
    }

    void add(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            add(bytes[i]);
        }
    }

    /** Hands on a last line that no line feed ended. */
    void end() {
        if (length > 0) {
            emit();
        }
    }

    private void add(byte next) {
        if (next == '\n') {
            emit();
        } else if (next == '\r') {
            returned = true;
        } else {
            if (returned) {
                clear();
            }
            if (length < MOST_BYTES) {
                line[length++] = next;
            } else {
                cut = true;
            }
        }
    }

    private void emit() {
        int whole = cut ? wholeCharacters() : length;
        String text = new String(line, 0, whole, StandardCharsets.UTF_8);
        listener.accept(cut ? text + CUT : text);
        clear();
    }

    private void clear() {
        length = 0;
        cut = false;
        returned = false;
    }

    /** Returns where the last character begins, which the cut may have gone through. */
    private int wholeCharacters() {
        int end = length - 1;
        while (end > 0 && end > length - 4 && (line[end] & 0xC0) == 0x80) {
            end--;
        }
        return (line[end] & 0x80) == 0 ? length : end;
    }
}
