package dev.dopi.ui.tui;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/**
 * Finding a word in lines: {@code /}, then {@code n} and {@code N}, then Escape.
 *
 * <p>As long as a search is on, n and N go from match to match and mean nothing else.
 */
final class Search {

    private final IntSupplier size;
    private final IntFunction<String> line;
    private final IntConsumer reveal;
    private Optional<LineInput> typing = Optional.empty();
    private String query = "";
    private int at;
    private boolean found;

    /** Searches {@code size} lines and tells {@code reveal} which to bring into view. */
    Search(IntSupplier size, IntFunction<String> line, IntConsumer reveal) {
        this.size = size;
        this.line = line;
        this.reveal = reveal;
    }

    boolean on() {
        return typing.isPresent() || !query.isEmpty();
    }

    String query() {
        return typing.map(LineInput::text).orElse(query);
    }

    /** Returns what to write above the keys while a search is on. */
    String prompt() {
        return typing.map(input -> "Find: " + input.text() + "_   Enter find, Esc stop")
                .orElse((found ? "Found \"" : "Nowhere: \"") + query + "\"");
    }

    boolean take(Key key) {
        if (typing.isEmpty()) {
            return false;
        }
        LineInput input = typing.get();
        if (key.equals(Key.of(Key.Name.ENTER))) {
            query = input.text();
            typing = Optional.empty();
            at = -1;
            go(1);
        } else if (key.equals(Key.of(Key.Name.ESCAPE))) {
            stop();
        } else if (key instanceof Key.Pasted(var text)) {
            input.paste(text);
        } else {
            return input.take(key);
        }
        return true;
    }

    void begin() {
        typing = Optional.of(new LineInput(""));
    }

    void stop() {
        typing = Optional.empty();
        query = "";
    }

    /** Returns the keys of a search that is on. */
    List<KeyBinding> keys() {
        return List.of(
                KeyBinding.of("n N", "n/N", "next/previous", key -> go(key.equals(Key.of('n')) ? 1 : -1))
                        .help("next, previous place"),
                KeyBinding.of("Esc", "end search", this::stop));
    }

    /** Returns the key that begins one. */
    KeyBinding key() {
        return KeyBinding.of("/", "find", this::begin).help("find a word, then n and N");
    }

    private void go(int direction) {
        int count = size.getAsInt();
        String wanted = query.toLowerCase(Locale.ROOT);
        found = false;
        for (int step = 1; step <= count && !wanted.isEmpty(); step++) {
            int next = Math.floorMod(at + direction * step, count);
            if (line.apply(next).toLowerCase(Locale.ROOT).contains(wanted)) {
                at = next;
                found = true;
                reveal.accept(next);
                return;
            }
        }
    }
}
