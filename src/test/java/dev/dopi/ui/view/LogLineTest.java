package dev.dopi.ui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dopi.process.OutputLine;
import dev.dopi.ui.theme.Colour;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogLineTest {

    @ParameterizedTest
    @CsvSource({
        "'\u001b]0;title\u0007text', text",
        "'\u001b]52;c;ZXZpbA==\u001b\\text', text",
        "'\u001b[2J\u001b[?1049ltext', text",
        "'a\u001b[10;10Hb', ab",
        "'\u001bP1$rq\u001b\\x', x",
        "'\u009b31mred', red",
        "'\u001b(Bx', x",
        "'10%\r50%\r100%', 100%",
        "'done\r', done",
        "'open\u001b[3', 'open3'",
    })
    void keepsTextOnly(String printed, String text) {
        assertEquals(text, of(printed).text());
    }

    @Test
    void keepsColoursAndBold() {
        assertEquals(
                List.of(
                        new LogLine.Piece("ok ", new Colour.Indexed(2), false),
                        new LogLine.Piece("12", new Colour.Indexed(2), true),
                        new LogLine.Piece(" ms", Colour.Default.COLOUR, false),
                        new LogLine.Piece("!", new Colour.Rgb(1, 2, 3), false)),
                of("\u001b[32mok \u001b[1m12\u001b[0m ms\u001b[38;2;1;2;3m!").pieces());
    }

    @Test
    void cutsALineThatNobodyCanRead() {
        assertEquals(
                8_000 + " (the rest is in the log file)".length(),
                of("x".repeat(100_000)).text().length());
    }

    private static LogLine of(String text) {
        return LogLine.of(new OutputLine(OutputLine.Channel.OUT, text));
    }
}
