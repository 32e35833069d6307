package dev.dopi.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line that a program printed, its colours as data and no control character left in its text.
 *
 * @param segments in order, none empty, neighbours in different styles
 */
public record StyledLine(OutputLine.Channel channel, List<Segment> segments) {

    public StyledLine {
        segments = List.copyOf(segments);
    }

    /** Text in one style. */
    public record Segment(String text, Style style) {}

    /**
     * How text looks.
     *
     * @param foreground empty for the terminal's own
     * @param background empty for the terminal's own
     */
    public record Style(Optional<Colour> foreground, Optional<Colour> background, boolean bold) {

        public static final Style DEFAULT = new Style(Optional.empty(), Optional.empty(), false);
    }

    /** A colour as a program asked for it. */
    public sealed interface Colour {

        /** One of the terminal's 256: 0 to 7 are the basic ones, 8 to 15 their bright twins. */
        record Indexed(int index) implements Colour {}

        /** A mix, each part from 0 to 255. */
        record Rgb(int red, int green, int blue) implements Colour {}
    }

    public static StyledLine parse(OutputLine line) {
        var segments = new ArrayList<Segment>();
        Style style = Style.DEFAULT;
        for (AnsiText.Piece piece : AnsiText.read(line.text())) {
            switch (piece) {
                case AnsiText.Piece.Printed(var text) -> add(segments, text, style);
                case AnsiText.Piece.Setting(var parameters) -> style = StyleSetting.apply(style, parameters);
            }
        }
        return new StyledLine(line.channel(), segments);
    }

    /** Returns the text without its styles. */
    public String text() {
        var text = new StringBuilder();
        segments.forEach(segment -> text.append(segment.text()));
        return text.toString();
    }

    private static void add(List<Segment> segments, String text, Style style) {
        if (text.isEmpty()) {
            return;
        }
        if (!segments.isEmpty() && segments.getLast().style().equals(style)) {
            Segment last = segments.removeLast();
            segments.add(new Segment(last.text() + text, style));
        } else {
            segments.add(new Segment(text, style));
        }
    }
}
