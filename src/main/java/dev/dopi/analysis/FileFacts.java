package dev.dopi.analysis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the bytes of a script tell without parsing it. It says too much rather than too little: a comment counts as code.
 *
 * @param namesObjects whether the words {@code DurableObject} occur
 * @param hasClass whether a class may be declared
 * @param hasExtends whether a class may extend another
 * @param makesIds whether ids or stubs of objects may be made
 * @param specifiers what it may import, or re-export, as written
 */
record FileFacts(
        boolean namesObjects, boolean hasClass, boolean hasExtends, boolean makesIds, List<String> specifiers) {

    static final FileFacts NOTHING = new FileFacts(false, false, false, false, List.of());

    /** A specifier is no longer than a path may be. */
    private static final int LONGEST = 4_096;

    private static final byte[] OBJECT = ascii("DurableObject");
    private static final byte[] CLASS = ascii("class");
    private static final byte[] EXTENDS = ascii("extends");
    private static final byte[][] IDS = {
        ascii("ByName"), ascii("idFrom"), ascii("newUniqueId"), ascii("routePartykitRequest")
    };
    private static final byte[][] BEFORE_SPECIFIER = {ascii("from"), ascii("import"), ascii("require")};

    private static final int EACH_BYTE = 0xFF;

    /** For each byte, whether a word that is looked for begins with it, or a specifier: most need no further look. */
    private static final boolean[] OF_INTEREST = new boolean[EACH_BYTE + 1];

    static {
        for (byte[] word : IDS) {
            OF_INTEREST[word[0]] = true;
        }
        for (byte start : ascii("Dce\"'`")) {
            OF_INTEREST[start] = true;
        }
    }

    /** Whether a class may be an object without a configuration that says so: by what it extends, or what it is given. */
    boolean mayBeObjects() {
        return hasExtends || namesObjects;
    }

    /** Reads {@code text}, of which each character is one byte, once from its start to its end. */
    static FileFacts of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        boolean namesObjects = false;
        boolean hasClass = false;
        boolean hasExtends = false;
        boolean makesIds = false;
        var specifiers = new ArrayList<String>();
        for (int i = 0; i < bytes.length; i++) {
            byte start = bytes[i];
            if (!OF_INTEREST[start & EACH_BYTE]) {
                continue;
            }
            switch (start) {
                case '"', '\'', '`' -> {
                    int end = i > 0 && opensSpecifier(bytes, i) ? closing(bytes, i) : -1;
                    if (end > i) {
                        specifiers.add(new String(bytes, i + 1, end - i - 1, StandardCharsets.UTF_8));
                        i = end;
                    }
                }
                case 'D' -> namesObjects = namesObjects || startsAt(bytes, i, OBJECT);
                case 'c' -> hasClass = hasClass || startsAt(bytes, i, CLASS);
                case 'e' -> hasExtends = hasExtends || startsAt(bytes, i, EXTENDS);
                default -> makesIds = makesIds || startsAt(bytes, i, IDS);
            }
        }
        return new FileFacts(namesObjects, hasClass, hasExtends, makesIds, List.copyOf(specifiers));
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean startsAt(byte[] bytes, int start, byte[][] words) {
        for (byte[] word : words) {
            if (startsAt(bytes, start, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsAt(byte[] bytes, int start, byte[] word) {
        return bytes[start] == word[0] && endsAt(bytes, start + word.length, word);
    }

    private static boolean endsAt(byte[] bytes, int end, byte[] word) {
        int start = end - word.length;
        if (start < 0 || end > bytes.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (bytes[start + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static int closing(byte[] bytes, int quote) {
        int limit = Math.min(bytes.length, quote + LONGEST);
        for (int i = quote + 1; i < limit; i++) {
            if (bytes[i] == bytes[quote]) {
                return i;
            }
        }
        return -1;
    }

    /** Whether what stands before the quote at {@code quote} is {@code from}, {@code import} or {@code require(}. */
    private static boolean opensSpecifier(byte[] bytes, int quote) {
        int at = quote - 1;
        boolean called = false;
        while (at >= 0) {
            byte b = bytes[at];
            if (b == '/' && at > 0 && bytes[at - 1] == '*') {
                // A comment may stand between the two.
                at = commentStart(bytes, at - 2) - 1;
            } else if (b == '(' && !called) {
                called = true;
                at--;
            } else if (b >= 0 && b <= ' ') {
                at--;
            } else {
                break;
            }
        }
        for (byte[] word : BEFORE_SPECIFIER) {
            if (endsAt(bytes, at + 1, word)) {
                return true;
            }
        }
        return false;
    }

    private static int commentStart(byte[] bytes, int from) {
        for (int i = from; i > 0; i--) {
            if (bytes[i] == '*' && bytes[i - 1] == '/') {
                return i - 1;
            }
        }
        return -1;
    }
}
