package dev.dopi.ui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.Hunk;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class HunkDiffTest {

    private static final String TEXT = "a\nb\nc\nd\ne\nf\ng\nh\n";

    @Test
    void leavesOutWhatIsFarAway() {
        assertEquals("a> b- B+ c> ...3 g> h- H+", shown(HunkDiff.of(TEXT, replacing("b", "h"), 1)));
    }

    @Test
    void showsEverythingWithEnoughContext() {
        assertEquals("a> b- B+ c> d> e> f> g> h- H+", shown(HunkDiff.of(TEXT, replacing("b", "h"), 99)));
    }

    @Test
    void pairsWhatGoesWithWhatComes() {
        var diff = HunkDiff.of("x\ny\n", hunk(new TextEdit(new Span(0, 2), "X\nZ\n")), 0);

        assertEquals(2, diff.pairs().size());
        assertEquals(1, diff.pairs().get(0).left().size());
        assertEquals(0, diff.pairs().get(1).left().size());
        assertEquals(2, diff.added());
        assertEquals(1, diff.removed());
    }

    private static String shown(HunkDiff diff) {
        return diff.rows().stream()
                .map(row -> switch (row) {
                    case HunkDiff.Row.Gap(var lines) -> "..." + lines;
                    case HunkDiff.Row.Shown(var line) ->
                        line.text()
                                + switch (line.kind()) {
                                    case KEPT -> ">";
                                    case REMOVED -> "-";
                                    case ADDED -> "+";
                                };
                })
                .collect(Collectors.joining(" "));
    }

    private static Hunk replacing(String one, String other) {
        return hunk(upper(one), upper(other));
    }

    private static TextEdit upper(String letter) {
        int at = TEXT.indexOf(letter);
        return new TextEdit(new Span(at, at + 1), letter.toUpperCase(java.util.Locale.ROOT));
    }

    private static Hunk hunk(TextEdit... edits) {
        return new Hunk("h", "f.ts", false, TextEdits.of(edits), Applicability.SAFE, "title", "reason", Set.of());
    }
}
