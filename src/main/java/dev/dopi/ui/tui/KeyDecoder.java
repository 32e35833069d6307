package dev.dopi.ui.tui;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes keys of the bytes that a terminal sends.
 *
 * <p>A sequence that it does not know is swallowed whole, never taken for letters: answers to queries, focus reports,
 * newer key protocols. Answers are told to who asked. A sequence may come in parts; {@link #pending} says whether one is
 * begun, and {@link #giveUp} that no more of it will come. An answer that is begun is waited for however long it takes,
 * since its rest would be taken for letters; any control character ends that.
 */
final class KeyDecoder {

    private static final int ESC = 0x1b;
    private static final byte[] PASTE_END = {ESC, '[', '2', '0', '1', '~'};
    private static final int LONGEST_SEQUENCE = 4_096;
    private static final int LONGEST_PASTE = 65_536;

    private static final Map<String, Key.Name> NAMES = Map.ofEntries(
            Map.entry("A", Key.Name.UP),
            Map.entry("B", Key.Name.DOWN),
            Map.entry("C", Key.Name.RIGHT),
            Map.entry("D", Key.Name.LEFT),
            Map.entry("H", Key.Name.HOME),
            Map.entry("F", Key.Name.END),
            Map.entry("Z", Key.Name.BACK_TAB),
            Map.entry("M", Key.Name.ENTER),
            Map.entry("1~", Key.Name.HOME),
            Map.entry("7~", Key.Name.HOME),
            Map.entry("3~", Key.Name.DELETE),
            Map.entry("4~", Key.Name.END),
            Map.entry("8~", Key.Name.END),
            Map.entry("5~", Key.Name.PAGE_UP),
            Map.entry("6~", Key.Name.PAGE_DOWN));

    private final Consumer<String> answers;
    private byte[] waiting = new byte[0];
    private Optional<Paste> paste = Optional.empty();

    KeyDecoder() {
        this(_ -> {});
    }

    /** Tells {@code answers} what the terminal answers to questions, without the escape and what ends it. */
    KeyDecoder(Consumer<String> answers) {
        this.answers = answers;
    }

    /** Returns the keys that are complete with {@code bytes}. */
    List<Key> decode(byte[] bytes) {
        byte[] all = Arrays.copyOf(waiting, waiting.length + bytes.length);
        System.arraycopy(bytes, 0, all, waiting.length, bytes.length);
        var keys = new ArrayList<Key>();
        int at = 0;
        while (at < all.length) {
            int used = paste.isPresent() ? pasted(all, at, paste.get(), keys) : one(all, at, keys);
            if (used == 0) {
                break;
            }
            at += used;
        }
        waiting = Arrays.copyOfRange(all, at, all.length);
        return keys;
    }

    boolean pending() {
        return waiting.length > 0 && paste.isEmpty() && !answering();
    }

    /** Returns the keys that what is pending stands for when nothing follows: a lone Escape, or Alt with a bracket. */
    List<Key> giveUp() {
        if (paste.isPresent() || answering()) {
            return List.of();
        }
        byte[] left = waiting;
        waiting = new byte[0];
        return left.length == 1 && left[0] == ESC ? List.of(Key.of(Key.Name.ESCAPE)) : List.of();
    }

    /** Whether an operating system command is begun: nobody types as fast as that. */
    private boolean answering() {
        return waiting.length > 2 && waiting[0] == ESC && waiting[1] == ']' && Character.isDigit(waiting[2]);
    }

    /** Decodes what begins at {@code at} and returns how many bytes it took, or 0 where more must come. */
    private int one(byte[] all, int at, List<Key> keys) {
        int first = all[at] & 0xff;
        if (first == ESC) {
            return escape(all, at, keys);
        }
        if (first < 0x20 || first == 0x7f) {
            control(first).ifPresent(keys::add);
            return 1;
        }
        return character(all, at, false, keys);
    }

    private static Optional<Key> control(int code) {
        return switch (code) {
            case '\r', '\n' -> Optional.of(Key.of(Key.Name.ENTER));
            case '\t' -> Optional.of(Key.of(Key.Name.TAB));
            case 8, 0x7f -> Optional.of(Key.of(Key.Name.BACKSPACE));
            case 0 -> Optional.empty();
            case 0x1c -> Optional.of(new Key.Ctrl('\\'));
            case 0x1d, 0x1e, 0x1f -> Optional.empty();
            default -> Optional.of(new Key.Ctrl((char) (code + 'a' - 1)));
        };
    }

    private static int character(byte[] all, int at, boolean alt, List<Key> keys) {
        int first = all[at] & 0xff;
        int length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
        if (length == 0) {
            return 1;
        }
        for (int i = 1; i < length; i++) {
            if (at + i >= all.length) {
                return 0;
            }
            if ((all[at + i] & 0xc0) != 0x80) {
                return i;
            }
        }
        keys.add(new Key.Typed(new String(all, at, length, StandardCharsets.UTF_8), alt));
        return length;
    }

    private int escape(byte[] all, int at, List<Key> keys) {
        if (at + 1 >= all.length) {
            return 0;
        }
        int second = all[at + 1] & 0xff;
        return switch (second) {
            case '[' -> csi(all, at, keys);
            case 'O' -> {
                if (at + 2 >= all.length) {
                    yield 0;
                }
                named(String.valueOf((char) all[at + 2]), keys);
                yield 3;
            }
            case ']', 'P', 'X', '^', '_' -> string(all, at);
            case ESC -> {
                keys.add(Key.of(Key.Name.ESCAPE));
                yield 1;
            }
            default -> {
                if (second < 0x20 || second == 0x7f) {
                    control(second).ifPresent(keys::add);
                    yield 2;
                }
                int used = character(all, at + 1, true, keys);
                yield used == 0 ? 0 : used + 1;
            }
        };
    }

    private int csi(byte[] all, int at, List<Key> keys) {
        int end = at + 2;
        while (end < all.length && (all[end] < 0x40 || (all[end] == '[' && end == at + 2)) && all[end] >= 0x20) {
            end++;
        }
        if (end >= all.length) {
            return end - at > LONGEST_SEQUENCE ? end - at : 0;
        }
        if (all[end] < 0x20) {
            return end - at;
        }
        String body = new String(all, at + 2, end - at - 2, StandardCharsets.ISO_8859_1);
        char last = (char) all[end];
        if (body.equals("200") && last == '~') {
            paste = Optional.of(new Paste());
        } else if (body.startsWith("?")) {
            answers.accept("[" + body + last);
        } else if (body.startsWith("<")) {
            mouse(body.substring(1), last, keys);
        } else if (body.isEmpty() || Character.isDigit(body.charAt(0))) {
            // What follows a semicolon says which of Shift, Alt and Ctrl were held.
            String number = body.replaceFirst(";.*", "");
            named(last == '~' ? number + "~" : String.valueOf(last), keys);
        }
        return end - at + 1;
    }

    private static void named(String code, List<Key> keys) {
        Key.Name name = NAMES.get(code);
        if (name != null) {
            keys.add(Key.of(name));
        }
    }

    private int string(byte[] all, int at) {
        for (int end = at + 2; end < all.length; end++) {
            if (all[end] == 7) {
                answered(all, at, end);
                return end - at + 1;
            }
            if (all[end] == ESC) {
                if (end + 1 == all.length) {
                    return 0;
                }
                if (all[end + 1] == '\\') {
                    answered(all, at, end);
                    return end - at + 2;
                }
            }
            if (all[at + 1] == ']' && all[end] >= 0 && all[end] < 0x20) {
                return end - at;
            }
        }
        return all.length - at > LONGEST_SEQUENCE ? all.length - at : 0;
    }

    private void answered(byte[] all, int at, int end) {
        answers.accept(new String(all, at + 1, end - at - 1, StandardCharsets.ISO_8859_1));
    }

    private static void mouse(String body, char last, List<Key> keys) {
        String[] parts = body.split(";");
        if (parts.length != 3 || !Arrays.stream(parts).allMatch(part -> part.matches("\\d{1,5}"))) {
            return;
        }
        int button = Integer.parseInt(parts[0]);
        if ((button & ~0x1c) == 64) {
            keys.add(new Key.Wheel(-1));
        } else if ((button & ~0x1c) == 65) {
            keys.add(new Key.Wheel(1));
        } else if (button == 0 && last == 'M') {
            keys.add(new Key.Click(Integer.parseInt(parts[1]) - 1, Integer.parseInt(parts[2]) - 1));
        }
    }

    private int pasted(byte[] all, int at, Paste text, List<Key> keys) {
        int end = indexOf(all, PASTE_END, at);
        if (end < 0) {
            // Its last bytes may be the beginning of the end.
            int sure = Math.max(0, all.length - at - PASTE_END.length + 1);
            text.append(all, at, sure);
            return sure;
        }
        text.append(all, at, end - at);
        keys.add(new Key.Pasted(text.text()));
        paste = Optional.empty();
        return end - at + PASTE_END.length;
    }

    private static int indexOf(byte[] all, byte[] wanted, int from) {
        for (int i = from; i + wanted.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    /** Collects a paste, up to a length that nobody pastes on purpose. */
    private static final class Paste {

        private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();

        void append(byte[] all, int from, int length) {
            bytes.write(all, from, Math.min(length, Math.max(0, LONGEST_PASTE - bytes.size())));
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
