package dev.dopi.ui.tui;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The terminal as dopi writes to it.
 *
 * <p>It sends nothing that it sent already, text as UTF-8 without gaps, and colours in one sequence per change. Keys are
 * not read here but by {@link Keyboard}. After {@link #exitPrivateMode} it writes nothing more until it is entered again,
 * so a late frame cannot land in the user's shell.
 */
final class GuidedTerminal extends ANSITerminal {

    private final Tty tty;
    private final boolean mouse;
    private final StringBuilder looks = new StringBuilder();
    private boolean entered;
    private boolean cursorKnown;
    private boolean cursorVisible;

    GuidedTerminal(OutputStream out, Tty tty, boolean mouse) {
        super(InputStream.nullInputStream(), out, StandardCharsets.UTF_8);
        this.tty = tty;
        this.mouse = mouse;
    }

    @Override
    protected TerminalSize findTerminalSize() {
        return tty.size(System.getenv());
    }

    @Override
    public synchronized void enterPrivateMode() throws IOException {
        if (entered) {
            return;
        }
        entered = true;
        cursorKnown = false;
        // Bracketed paste, so that a paste comes as one event; wheel and clicks in the form without a limit.
        send("\u001b[?1049h\u001b[?2004h" + (mouse ? "\u001b[?1000h\u001b[?1006h" : ""));
        flush();
    }

    @Override
    public synchronized void exitPrivateMode() throws IOException {
        if (!entered) {
            return;
        }
        looks.setLength(0);
        // Cleared first, for terminals that have no second screen to leave.
        send((mouse ? "\u001b[?1006l\u001b[?1000l" : "")
                + "\u001b[?2004l\u001b[r\u001b[0m\u001b[H\u001b[2J\u001b[?25h\u001b[?1049l");
        flush();
        entered = false;
    }

    /** Sends {@code text} to the clipboard of the terminal, wherever that runs. */
    synchronized void copy(String base64) throws IOException {
        send("\u001b]52;c;" + base64 + "\u0007");
        flush();
    }

    /** Sends a question to the terminal, which answers like a keyboard. */
    synchronized void ask(String question) throws IOException {
        send(question);
        flush();
    }

    private void send(String sequence) throws IOException {
        writeToTerminal(sequence.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    protected synchronized void writeToTerminal(byte... bytes) throws IOException {
        if (entered) {
            super.writeToTerminal(bytes);
        }
    }

    private void sendLooks() throws IOException {
        if (!looks.isEmpty()) {
            String sequence = "\u001b[" + looks + "m";
            looks.setLength(0);
            send(sequence);
        }
    }

    @Override
    public synchronized void clearScreen() throws IOException {
        // What is cleared takes on the colours of the moment.
        sendLooks();
        super.clearScreen();
    }

    @Override
    public synchronized void putString(String text) throws IOException {
        sendLooks();
        writeToTerminal(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void putCharacter(char c) throws IOException {
        putString(String.valueOf(c));
    }

    @Override
    public void setForegroundColor(TextColor colour) {
        look(new String(colour.getForegroundSGRSequence(), StandardCharsets.US_ASCII));
    }

    @Override
    public void setBackgroundColor(TextColor colour) {
        look(new String(colour.getBackgroundSGRSequence(), StandardCharsets.US_ASCII));
    }

    @Override
    public void enableSGR(SGR sgr) {
        look(String.valueOf(code(sgr, true)));
    }

    @Override
    public void disableSGR(SGR sgr) {
        look(String.valueOf(code(sgr, false)));
    }

    @Override
    public void resetColorAndSGR() {
        looks.setLength(0);
        look("0");
    }

    private void look(String code) {
        looks.append(looks.isEmpty() ? "" : ";").append(code);
    }

    private static int code(SGR sgr, boolean on) {
        return switch (sgr) {
            case BOLD -> on ? 1 : 22;
            case ITALIC -> on ? 3 : 23;
            case UNDERLINE -> on ? 4 : 24;
            case BLINK -> on ? 5 : 25;
            case REVERSE -> on ? 7 : 27;
            case CROSSED_OUT -> on ? 9 : 29;
            case BORDERED, FRAKTUR, CIRCLED -> 0;
        };
    }

    @Override
    public synchronized void scrollLines(int first, int last, int distance) throws IOException {
        // Lines that come into view take on the colours of the moment.
        looks.setLength(0);
        send("\u001b[0m");
        super.scrollLines(first, last, distance);
    }

    @Override
    public synchronized void setCursorVisible(boolean visible) throws IOException {
        if (!cursorKnown || cursorVisible != visible) {
            cursorKnown = true;
            cursorVisible = visible;
            super.setCursorVisible(visible);
        }
    }
}
