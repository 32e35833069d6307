package dev.dopi.ui.tui;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.screen.Screen.RefreshType;
import com.googlecode.lanterna.screen.TerminalScreen;
import dev.dopi.ui.theme.Colour;
import dev.dopi.ui.theme.Style;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings frames to the terminal, sending only what differs from the one before. */
final class Painter {

    private static final List<TextColor> SIXTEEN = List.of(
            TextColor.ANSI.BLACK,
            TextColor.ANSI.RED,
            TextColor.ANSI.GREEN,
            TextColor.ANSI.YELLOW,
            TextColor.ANSI.BLUE,
            TextColor.ANSI.MAGENTA,
            TextColor.ANSI.CYAN,
            TextColor.ANSI.WHITE,
            TextColor.ANSI.BLACK_BRIGHT,
            TextColor.ANSI.RED_BRIGHT,
            TextColor.ANSI.GREEN_BRIGHT,
            TextColor.ANSI.YELLOW_BRIGHT,
            TextColor.ANSI.BLUE_BRIGHT,
            TextColor.ANSI.MAGENTA_BRIGHT,
            TextColor.ANSI.CYAN_BRIGHT,
            TextColor.ANSI.WHITE_BRIGHT);

    private static final int REMEMBERED = 8_192;
    private static final int FARTHEST_SCROLL = 3;
    private static final int WORTH_SCROLLING = 4;

    private final TerminalScreen screen;
    private final Map<Frame.Cell, TextCharacter> characters = new HashMap<>();
    private Optional<Frame> before = Optional.empty();

    Painter(TerminalScreen screen) {
        this.screen = screen;
    }

    /** Forgets what is on the terminal, so that the next frame is sent whole. */
    void forget() {
        before = Optional.empty();
    }

    void paint(Frame frame) throws IOException {
        Optional<Frame> last = before.filter(it -> it.width() == frame.width() && it.height() == frame.height());
        boolean[] stale = new boolean[frame.height()];
        last.ifPresent(it -> scroll(it, frame, stale));
        boolean changed = last.isEmpty();
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                Frame.Cell cell = frame.cell(x, y);
                if (last.isEmpty() || stale[y] || !cell.equals(last.get().cell(x, y))) {
                    changed = true;
                    if (cell.width() > 0) {
                        screen.setCharacter(x, y, character(cell));
                    }
                }
            }
        }
        boolean moved = last.isEmpty() || !last.get().cursor().equals(frame.cursor());
        before = Optional.of(frame);
        if (changed || moved) {
            frame.cursor()
                    .ifPresentOrElse(
                            place -> screen.setCursorPosition(new TerminalPosition(place.x(), place.y())), this::hide);
            screen.refresh(last.isEmpty() ? RefreshType.COMPLETE : RefreshType.DELTA);
        }
    }

    @SuppressWarnings("NullAway") // Lanterna's way to hide the cursor.
    private void hide() {
        screen.setCursorPosition(null);
    }

    /** Lets the terminal move lines that only moved; a scrolled diff is then one line to send rather than a screen. */
    private void scroll(Frame last, Frame frame, boolean[] stale) {
        for (int distance = 1; distance <= FARTHEST_SCROLL; distance++) {
            if (scroll(last, frame, distance, stale) || scroll(last, frame, -distance, stale)) {
                return;
            }
        }
    }

    private boolean scroll(Frame last, Frame frame, int distance, boolean[] stale) {
        int start = -1;
        int gain = 0;
        for (int y = 0; y <= frame.height(); y++) {
            int from = y + distance;
            boolean moved = y < frame.height() && from >= 0 && from < frame.height() && frame.rowEquals(y, last, from);
            if (moved) {
                start = start < 0 ? y : start;
                gain += frame.rowEquals(y, last, y) ? 0 : 1;
            } else if (start >= 0) {
                if (gain >= WORTH_SCROLLING) {
                    int first = Math.min(start, start + distance);
                    int end = Math.max(y - 1, y - 1 + distance);
                    screen.scrollLines(first, end, distance);
                    for (int row = first; row <= end; row++) {
                        stale[row] = true;
                    }
                    return true;
                }
                start = -1;
                gain = 0;
            }
        }
        return false;
    }

    private TextCharacter character(Frame.Cell cell) {
        if (characters.size() > REMEMBERED) {
            characters.clear();
        }
        return characters.computeIfAbsent(cell, Painter::make);
    }

    private static TextCharacter make(Frame.Cell cell) {
        Style style = cell.style();
        TextColor foreground = colour(style.foreground());
        TextColor background = colour(style.background());
        EnumSet<SGR> looks = EnumSet.noneOf(SGR.class);
        style.attributes()
                .forEach(attribute -> looks.add(
                        switch (attribute) {
                            case BOLD -> SGR.BOLD;
                            case ITALIC -> SGR.ITALIC;
                            case UNDERLINE -> SGR.UNDERLINE;
                            case REVERSE -> SGR.REVERSE;
                        }));
        char first = cell.text().charAt(0);
        return first < 127 && cell.text().length() == 1
                ? TextCharacter.fromCharacter(first, foreground, background, looks.toArray(SGR[]::new))[0]
                : new ScreenCharacter(cell, foreground, background, looks);
    }

    // The order of the sixteen is the terminal's own numbering.
    @SuppressWarnings("EnumOrdinal")
    private static TextColor colour(Colour colour) {
        return switch (colour) {
            case Colour.Default _ -> TextColor.ANSI.DEFAULT;
            case Colour.Indexed(var index) -> index < 16 ? SIXTEEN.get(index) : new TextColor.Indexed(index);
            case Colour.Rgb(var red, var green, var blue) -> new TextColor.RGB(red, green, blue);
        };
    }
}
