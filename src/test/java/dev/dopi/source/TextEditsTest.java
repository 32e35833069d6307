package dev.dopi.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TextEditsTest {

    @Test
    void agreesWithMakingOneEditAfterTheOther() {
        var random = new Random(11);
        for (int round = 0; round < 2_000; round++) {
            String text = text(random, random.nextInt(60));
            List<TextEdit> edits = edits(random, text.length());
            var naive = new StringBuilder(text);
            for (TextEdit edit : edits.reversed()) {
                naive.replace(edit.span().start(), edit.span().end(), edit.replacement());
            }
            var shuffled = new ArrayList<>(edits);
            Collections.shuffle(shuffled, random);
            assertEquals(naive.toString(), new TextEdits(shuffled).applyTo(text));
        }
    }

    @Test
    void doesInOneStepWhatTwoListsDo() {
        var random = new Random(13);
        for (int round = 0; round < 2_000; round++) {
            String text = text(random, random.nextInt(60));
            var first = new TextEdits(edits(random, text.length()));
            String between = first.applyTo(text);
            var second = new TextEdits(edits(random, between.length()));

            assertEquals(second.applyTo(between), first.then(second).applyTo(text), () -> first + " then " + second);
        }
    }

    @Test
    void keepsWhatNeitherOfTwoListsTouches() {
        var first = TextEdits.of(new TextEdit(new Span(0, 1), "xy"));
        var second = TextEdits.of(TextEdit.insert(5, "z"));
        assertEquals(TextEdits.of(new TextEdit(new Span(0, 1), "xy"), TextEdit.insert(4, "z")), first.then(second));
    }

    @Test
    void keepsTheOrderOfInsertionsAtOnePlace() {
        var first = TextEdits.of(TextEdit.insert(2, "1"), TextEdit.insert(2, "2"));
        assertEquals(
                "ab12\uFEFF34c",
                first.and(TextEdits.of(TextEdit.insert(2, "\uFEFF34"))).applyTo("abc"));
    }

    @Test
    void refusesEditsThatOverlap() {
        var one = new TextEdit(new Span(1, 4), "x");
        assertThrows(IllegalArgumentException.class, () -> TextEdits.of(one, new TextEdit(new Span(3, 5), "y")));
        assertThrows(
                IllegalArgumentException.class, () -> TextEdits.of(one).and(TextEdits.of(TextEdit.insert(2, "y"))));
        assertEquals("yxe", TextEdits.of(one, new TextEdit(new Span(0, 1), "y")).applyTo("abcde"));
    }

    /** Edits in their order, none of which touches another. */
    private static List<TextEdit> edits(Random random, int length) {
        var edits = new ArrayList<TextEdit>();
        int at = 0;
        while (at <= length && edits.size() < 8) {
            int start = at + random.nextInt(6);
            int end = Math.min(length, start + random.nextInt(5));
            if (start > end) {
                break;
            }
            edits.add(new TextEdit(new Span(start, end), text(random, random.nextInt(4))));
            at = end + 1;
        }
        return edits;
    }

    private static String text(Random random, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("ab\r\n\té🦀{}".charAt(random.nextInt(10)));
        }
        return text.toString();
    }
}
