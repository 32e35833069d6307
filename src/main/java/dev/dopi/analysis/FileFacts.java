package dev.dopi.analysis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the bytes of a script tell without parsing it. It says too much rather than too little: a comment counts as code.
 *
 * @param namesObjects whether the words {@code DurableObject} occur
 * @param hasClass whether a class may be declared
 * @param specifiers what it may import, or re-export, as written
 */
record FileFacts(boolean namesObjects, boolean hasClass, List<String> specifiers) {

    /** A specifier is no longer than a path may be. */
    private static final int LONGEST = 4_096;

    /** Reads {@code bytes}, one character each. */
    static FileFacts of(String bytes) {
        return new FileFacts(bytes.contains("DurableObject"), bytes.contains("class"), specifiers(bytes));
    }

    private static List<String> specifiers(String bytes) {
        var found = new ArrayList<String>();
        int length = bytes.length();
        for (int i = 1; i < length; i++) {
            char c = bytes.charAt(i);
            if ((c == '"' || c == '\'' || c == '`') && opensSpecifier(bytes, i)) {
                int end = bytes.indexOf(c, i + 1, Math.min(length, i + LONGEST));
                if (end > i) {
                    found.add(text(bytes.substring(i + 1, end)));
                    i = end;
                }
            }
        }
        return List.copyOf(found);
    }

    /** Whether what stands before the quote at {@code quote} is {@code from}, {@code import} or {@code require(}. */
    private static boolean opensSpecifier(String bytes, int quote) {
        int at = quote - 1;
        boolean called = false;
        while (at >= 0) {
            char c = bytes.charAt(at);
            if (c == '/' && at > 0 && bytes.charAt(at - 1) == '*') {
                // A comment may stand between the two.
                int start = bytes.lastIndexOf("/*", at - 2);
                at = start - 1;
            } else if (c == '(' && !called) {
                called = true;
                at--;
            } else if (c <= ' ') {
                at--;
            } else {
                break;
            }
        }
        return at >= 3 && endsWithAny(bytes, at + 1);
    }

    private static boolean endsWithAny(String bytes, int end) {
        return switch (bytes.charAt(end - 1)) {
            case 'm' -> bytes.startsWith("from", end - 4);
            case 't' -> end >= 6 && bytes.startsWith("import", end - 6);
            case 'e' -> end >= 7 && bytes.startsWith("require", end - 7);
            default -> false;
        };
    }

    private static String text(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
