package dev.dopi.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.dopi.process.StyledLine.Colour;
import dev.dopi.process.StyledLine.Segment;
import dev.dopi.process.StyledLine.Style;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StyledLineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\e[31mred\\e[0m|red",
                "\\e]0;a title\\ashown|shown",
                "\\e]8;;http://a.example\\sa link\\e]8;;\\s|a link",
                "\\e]52;c;ZXZpbA==\\ssafe|safe",
                "\\eP1$r0m\\sdevice|device",
                "\\e]never ended, still shown|never ended, still shown",
                "\\e[2J\\e[H\\e[?1049hfull screen|full screen",
                "\\e(Bcharset|charset",
                "\\ecreset|reset",
                "\\u009b2Jeight bit|eight bit",
                "\\u009d0;title\\u009ctext|text",
                "bell\\a and back\\b|bell and back",
                "admin\\u202enimda\\u2066x|adminnimdax",
                "a\\tb|a       b",
                "two\\nlines|two lines",
                "cut short\\e|cut short",
                "cut short\\e[3|cut short",
                "nul\\0 del\\u007f|nul del",
                "grün 𝄞 日本|grün 𝄞 日本",
            })
    void leavesOnlyWhatIsPrinted(String written, String plain) {
        assertEquals(plain, Sanitizer.plain(text(written)));
        assertEquals(plain, parse(text(written)).text());
    }

    @Test
    void leavesNoControlCharacterOfAnyNoise() {
        var random = new Random(20_251);
        for (int round = 0; round < 20_000; round++) {
            var noise = new StringBuilder();
            for (int i = 0; i < 24; i++) {
                noise.append((char) (random.nextInt(4) == 0 ? 0x1B : random.nextInt(0x100)));
            }
            String plain = Sanitizer.plain(noise.toString());
            assertFalse(plain.chars().anyMatch(Character::isISOControl), () -> noise.toString());
            assertEquals(plain, parse(noise.toString()).text());
        }
    }

    @Test
    void keepsColoursAndBoldnessAsData() {
        assertEquals(
                List.of(
                        new Segment("plain ", Style.DEFAULT),
                        new Segment("bad", new Style(Optional.of(new Colour.Indexed(1)), Optional.empty(), true)),
                        new Segment(" on", new Style(Optional.empty(), Optional.of(new Colour.Indexed(12)), true)),
                        new Segment(" end", Style.DEFAULT)),
                parse("plain \033[1;31mbad\033[39;104m on\033[m end").segments());
    }

    @ParameterizedTest
    @CsvSource({"38;5;208", "38:5:208"})
    void readsPaletteColours(String setting) {
        assertEquals(Optional.of(new Colour.Indexed(208)), foreground(setting));
    }

    @ParameterizedTest
    @CsvSource({"38;2;1;22;233", "38:2:1:22:233", "38:2::1:22:233"})
    void readsMixedColours(String setting) {
        assertEquals(Optional.of(new Colour.Rgb(1, 22, 233)), foreground(setting));
    }

    @ParameterizedTest
    @CsvSource({"38;5;999", "38;2;1;2", "38", "99999999999", ">4;31", "4", "38;7;31"})
    void ignoresSettingsThatMakeNoSense(String setting) {
        assertEquals(
                setting.equals("38;7;31") ? Optional.of(new Colour.Indexed(1)) : Optional.empty(), foreground(setting));
    }

    @Test
    void joinsNeighboursOfTheSameStyle() {
        assertEquals(
                List.of(new Segment("ab", Style.DEFAULT)),
                parse("a\033[0mb\033[31m").segments());
    }

    private static Optional<Colour> foreground(String setting) {
        return parse("\033[" + setting + "mx").segments().getFirst().style().foreground();
    }

    private static StyledLine parse(String text) {
        return StyledLine.parse(new OutputLine(OutputLine.Channel.OUT, text));
    }

    private static String text(String written) {
        String text = written.replace("\\e", "\033")
                .replace("\\a", "\007")
                .replace("\\b", "\b")
                .replace("\\t", "\t")
                .replace("\\n", "\n")
                .replace("\\0", "\0")
                .replace("\\s", "\033\\");
        for (String code : List.of("009b", "009d", "009c", "202e", "2066", "007f")) {
            text = text.replace("\\u" + code, Character.toString(Integer.parseInt(code, 16)));
        }
        return text;
    }
}
