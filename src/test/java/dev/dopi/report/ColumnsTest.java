package dev.dopi.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ColumnsTest {

    @Test
    void noWordIsBroken() {
        assertEquals(
                List.of("which of them", "are to be put", "in place?"),
                Columns.lines("which of them are to be put in place?", 14));
    }

    @Test
    void furtherLinesStandUnderTheFirst() {
        assertEquals(List.of("  1. high, a", "    class"), Columns.lines("  1. high, a class", 12));
    }

    @Test
    void aWordThatIsTooLongStaysWhole() {
        assertEquals(
                List.of("see", "src/durable-objects/room.ts:12", "now"),
                Columns.lines("see src/durable-objects/room.ts:12 now", 10));
    }

    @Test
    void spacesInsideALineThatFitsStay() {
        assertEquals(List.of("  a   =  b"), Columns.lines("  a   =  b", 10));
    }

    @Test
    void wideCharactersCountTwice() {
        assertEquals(List.of("日本 日本", "語"), Columns.lines("日本 日本 語", 9));
    }
}
