package dev.dopi.report;

import java.util.regex.Pattern;

/**
 * Text from a project or a program, made fit for a terminal.
 *
 * <p>What comes out holds no control character, no escape sequence and nothing that reorders or hides what is around
 * it: such a character is written out, {@code \}{@code u001b}, so that a hostile name is seen for what it is.
 */
public final class PlainText {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /** CSI, then OSC and the other strings up to their end, then any other escape; the C1 forms too. */
    private static final Pattern SEQUENCE = Pattern.compile(
            "(?:\u001b\\[|\u009b)[0-?]*[ -/]*[@-~]" + "|(?:\u001b[\\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])"
                    + "[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\\\|\u009c|$)" + "|\u001b[ -/]*[0-~]?");

    private PlainText() {}

    /** Returns {@code text} as one line: line ends and tabs are written out too. */
    public static String line(String text) {
        return written(text, "");
    }

    /** Returns {@code text} with its line ends and tabs, everything else that a terminal would act on written out. */
    public static String block(String text) {
        return written(text, "\n\t");
    }

    /**
     * Returns a line that a program printed, without its colours: whole escape sequences are left out, and of a line
     * that was printed over with carriage returns the last state is kept.
     */
    public static String output(String text) {
        String rest = SEQUENCE.matcher(text).replaceAll("");
        String last = rest;
        for (String state : rest.split("\r", -1)) {
            if (!state.isBlank()) {
                last = state;
            }
        }
        return written(last.replace("\r", ""), "\t");
    }

    private static String written(String text, String kept) {
        if (text.codePoints().noneMatch(each -> acts(each) && kept.indexOf(each) < 0)) {
            return text;
        }
        var shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(each -> {
            if (!acts(each) || kept.indexOf(each) >= 0) {
                shown.appendCodePoint(each);
            } else if (each == '\n') {
                shown.append("\\n");
            } else if (each == '\t') {
                shown.append("\\t");
            } else if (each < 0x10000) {
                shown.append("\\u%04x".formatted(each));
            } else {
                shown.append("\\u{%x}".formatted(each));
            }
        });
        return shown.toString();
    }

    /** Whether a terminal does something with it other than to show it. The joiners are part of words and emoji. */
    private static boolean acts(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            case Character.FORMAT -> codePoint != ZERO_WIDTH_JOINER && codePoint != ZERO_WIDTH_NON_JOINER;
            default -> false;
        };
    }
}
