package dev.dopi.ui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.engine.Choice;
import dev.dopi.source.TextEdits;
import dev.dopi.ui.view.Decisions;
import dev.dopi.ui.view.Rewrite;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HunkEditTest {

    private final ScreenDriver driver = new ScreenDriver(80, 24).press("c Enter Enter");

    private String written() {
        return driver.walk().planned().stream()
                .flatMap(each -> each.changes().stream())
                .map(change -> change.after())
                .reduce("", String::concat);
    }

    private Optional<Boolean> verdict(String hunk) {
        Choice choice = driver.walk().choices().getFirst();
        return driver.walk().decisions().hunk(Decisions.About.of(choice), hunk);
    }

    @Test
    void whatTheUserWroteIsTakenAndAccepted() {
        driver.editor = text -> text + "// my own line\n";
        driver.press("e");

        assertEquals(Optional.of(true), verdict("column"));
        assertTrue(written().contains("// my own line"), written());
    }

    @Test
    void whatDoesNotParseIsNotTakenAndNotLost() {
        driver.editor = text -> text + "class {{{\n";
        String asked = driver.press("e").draw();

        assertTrue(asked.contains("What you wrote does not parse."), asked);
        assertFalse(written().contains("class {{{"), written());
        driver.editor = text -> text.replace("class {{{\n", "// mended\n");
        driver.press("Enter");
        assertTrue(written().contains("// mended"), written());
    }

    @Test
    void anEditThatChangesNothingDecidesNothing() {
        driver.press("e");

        assertEquals(Optional.empty(), verdict("column"));
    }

    @Test
    void undoTakesTheEditBack() {
        driver.editor = text -> text + "// my own line\n";
        driver.press("e K K K K u");

        assertEquals(Optional.empty(), verdict("column"));
        assertFalse(written().contains("// my own line"), written());
    }

    @Test
    void aRewriteIsWhatWasWritten() {
        var random = new Random(20261123);
        for (int round = 0; round < 500; round++) {
            String before = text(random);
            String after = random.nextBoolean() ? text(random) : before.replace("b\n", "cc\r\n");

            assertEquals(after, Rewrite.between(before, after).applyTo(before));
        }
        assertEquals(new TextEdits(java.util.List.of()), Rewrite.between("same\n", "same\n"));
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(9); i > 0; i--) {
            text.append("abc".charAt(random.nextInt(3))).append(random.nextInt(4) == 0 ? "\r\n" : "\n");
        }
        return random.nextInt(3) == 0 ? text + "end" : text.toString();
    }
}
