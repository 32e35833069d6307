package dev.dopi.ui.view;

import dev.dopi.process.OutputLine;
import dev.dopi.ui.theme.Colour;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that a program printed, taken apart into coloured pieces.
 *
 * <p>Only colours and bold are kept of its control sequences. All others are dropped whole, so none can reach the
 * user's terminal; of a progress line that was written over, the last state is kept.
 *
 * @param error whether it was printed on standard error
 */
public record LogLine(boolean error, List<Piece> pieces) {

    private static final int LONGEST = 8_000;

    // CSI; then OSC, DCS, SOS, PM and APC up to their end; then any other escape, and C1 controls that stand for them.
    private static final Pattern CONTROL = Pattern.compile("(?:\u001b\\[|\u009b)([0-9;:<=>?]*)[ -/]*([@-~])"
            + "|(?:\u001b[\\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\\\|\u009c|$)"
            + "|\u001b[ -/]*[0-~]?");

    public LogLine {
        pieces = List.copyOf(pieces);
    }

    /** Some text in one colour. */
    public record Piece(String text, Colour colour, boolean bold) {}

    public static LogLine of(OutputLine line) {
        return new LogLine(line.channel() == OutputLine.Channel.ERR, pieces(lastState(line.text())));
    }

    public String text() {
        if (pieces.size() == 1) {
            return pieces.getFirst().text();
        }
        var all = new StringBuilder();
        pieces.forEach(piece -> all.append(piece.text()));
        return all.toString();
    }

    private static String lastState(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\r' || text.charAt(end - 1) == '\n')) {
            end--;
        }
        String state = text.substring(text.lastIndexOf('\r', Math.max(0, end - 1)) + 1, end);
        return state.length() <= LONGEST ? state : state.substring(0, LONGEST) + " (the rest is in the log file)";
    }

    private static List<Piece> pieces(String text) {
        if (text.indexOf('\u001b') < 0 && text.chars().noneMatch(c -> c >= 0x80 && c < 0xa0)) {
            return List.of(new Piece(text, Colour.Default.COLOUR, false));
        }
        var pieces = new ArrayList<Piece>();
        var pen = new Pen();
        int from = 0;
        Matcher control = CONTROL.matcher(text);
        while (control.find()) {
            pen.write(text.substring(from, control.start()), pieces);
            from = control.end();
            if ("m".equals(control.group(2))) {
                pen.take(control.group(1));
            }
        }
        pen.write(text.substring(from), pieces);
        return pieces.isEmpty() ? List.of(new Piece("", Colour.Default.COLOUR, false)) : pieces;
    }

    /** What the sequences so far have set. */
    private static final class Pen {

        private Colour colour = Colour.Default.COLOUR;
        private boolean bold;

        void write(String text, List<Piece> pieces) {
            if (!text.isEmpty()) {
                pieces.add(new Piece(text, colour, bold));
            }
        }

        void take(String parameters) {
            if (!parameters.isEmpty() && parameters.charAt(0) > ';') {
                return;
            }
            String[] words = parameters.split("[;:]", -1);
            for (int i = 0; i < words.length; i++) {
                int code = number(words[i]);
                if (code == 38 || code == 48) {
                    i += extended(words, i, code == 38);
                } else {
                    simple(code);
                }
            }
        }

        private void simple(int code) {
            if (code == 0) {
                colour = Colour.Default.COLOUR;
                bold = false;
            } else if (code == 1) {
                bold = true;
            } else if (code == 22) {
                bold = false;
            } else if (code == 39) {
                colour = Colour.Default.COLOUR;
            } else if (code >= 30 && code <= 37) {
                colour = new Colour.Indexed(code - 30);
            } else if (code >= 90 && code <= 97) {
                colour = new Colour.Indexed(code - 82);
            }
        }

        /** Takes a 256 or true colour and returns how many more words it was made of. */
        private int extended(String[] words, int at, boolean foreground) {
            int kind = at + 1 < words.length ? number(words[at + 1]) : 0;
            if (kind == 5 && at + 2 < words.length) {
                if (foreground) {
                    colour = new Colour.Indexed(number(words[at + 2]) & 255);
                }
                return 2;
            }
            if (kind == 2 && at + 4 < words.length) {
                if (foreground) {
                    colour = new Colour.Rgb(
                            number(words[at + 2]) & 255, number(words[at + 3]) & 255, number(words[at + 4]) & 255);
                }
                return 4;
            }
            return words.length;
        }

        private static int number(String word) {
            return word.isEmpty() || word.length() > 4 || !word.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? 0
                    : Integer.parseInt(word);
        }
    }
}
