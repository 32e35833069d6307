package dev.dopi.ui.tui;

import java.util.ArrayList;
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
    private final IntSupplier from;
    private Optional<LineInput> typing = Optional.empty();
    private String query = "";
    private int at;
    private int places;
    private int place;
    /** Which end of the lines the last step went past; empty where none. */
    private String past = "";

    /** Searches {@code size} lines and tells {@code reveal} which to bring into view. */
    Search(IntSupplier size, IntFunction<String> line, IntConsumer reveal) {
        this(size, line, reveal, () -> 0);
    }

    /** As above, beginning at the line that {@code from} says. */
    Search(IntSupplier size, IntFunction<String> line, IntConsumer reveal, IntSupplier from) {
        this.from = from;
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
                .orElseGet(() -> places == 0 ? "Nowhere: \"" + query + "\"" : found());
    }

    private String found() {
        return "Found \"%s\", line %d of %d%s"
                .formatted(query, place, places, past.isEmpty() ? "" : "; round past the " + past);
    }

    boolean take(Key key) {
        if (typing.isEmpty()) {
            return false;
        }
        LineInput input = typing.get();
        if (key.equals(Key.of(Key.Name.ENTER))) {
            query = input.text();
            typing = Optional.empty();
            at = from.getAsInt() - 1;
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
        var matches = new ArrayList<Integer>();
        String wanted = query.toLowerCase(Locale.ROOT);
        for (int i = 0; i < size.getAsInt() && !wanted.isEmpty(); i++) {
            if (line.apply(i).toLowerCase(Locale.ROOT).contains(wanted)) {
                matches.add(i);
            }
        }
        places = matches.size();
        if (matches.isEmpty()) {
            return;
        }
        int last = matches.size() - 1;
        int next = direction > 0 ? 0 : last;
        boolean wrapped = direction > 0 ? matches.getLast() <= at : matches.getFirst() >= at;
        past = !wrapped ? "" : direction > 0 ? "end" : "start";
        for (int i = 0; i <= last && !wrapped; i++) {
            int index = direction > 0 ? i : last - i;
            if (direction > 0 ? matches.get(index) > at : matches.get(index) < at) {
                next = index;
                break;
            }
        }
        at = matches.get(next);
        place = next + 1;
        reveal.accept(at);
    }
}
