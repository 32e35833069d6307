package dev.dopi.ui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.engine.Choice;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Subject;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A hunk that is decided part by part. */
final class DecisionsTest {

    private static final Decisions.About ABOUT =
            new Decisions.About("sql-index", new Subject("wrangler.jsonc", "ChatRoom"));
    private static final Hunk HUNK = new Hunk(
            "index",
            "src/room.ts",
            false,
            TextEdits.of(TextEdit.insert(1, "one"), TextEdit.insert(3, "two"), TextEdit.insert(5, "three")),
            Applicability.SAFE,
            "Make the indexes",
            "They are needed.",
            Set.of());
    private static final EditPlan PLAN = new EditPlan(List.of(HUNK), List.of());

    private final Decisions split = Decisions.NONE.choosing(ABOUT, true).splitting(ABOUT, "index");

    private static String made(Decisions decisions) {
        Choice choice = new Choice(
                ABOUT.pattern(),
                ABOUT.subject(),
                Options.DEFAULTS,
                Set.of(),
                decisions
                        .amendment(ABOUT, "index")
                        .map(it -> Map.of("index", it))
                        .orElse(Map.of()));
        return choice.on(PLAN).hunks().getFirst().edits().applyTo("......");
    }

    @Test
    void whatIsLeftOutOfAHunkIsNotMade() {
        Decisions decisions = split.decidingPart(ABOUT, PLAN, HUNK, 1, false);

        assertEquals(".one....three.", made(decisions));
        assertEquals(Optional.empty(), decisions.hunk(ABOUT, "index"));
    }

    @Test
    void aHunkIsDecidedOnceAllItsPartsAre() {
        Decisions decisions = split.decidingPart(ABOUT, PLAN, HUNK, 0, false)
                .decidingPart(ABOUT, PLAN, HUNK, 1, true)
                .decidingPart(ABOUT, PLAN, HUNK, 2, false);

        assertEquals(Optional.of(true), decisions.hunk(ABOUT, "index"));
        assertEquals("...two...", made(decisions));
    }

    @Test
    void aHunkWithoutPartsIsLeftOut() {
        Decisions decisions = split;
        for (int part = 0; part < 3; part++) {
            decisions = decisions.decidingPart(ABOUT, PLAN, HUNK, part, false);
        }

        assertEquals(Optional.of(false), decisions.hunk(ABOUT, "index"));
    }

    @Test
    void forgettingMakesItWholeAgain() {
        Decisions decisions = split.decidingPart(ABOUT, PLAN, HUNK, 1, false).forgetting(ABOUT, "index");

        assertFalse(decisions.split(ABOUT, "index"));
        assertEquals(Optional.empty(), decisions.hunk(ABOUT, "index#1"));
        assertEquals(".one..two..three.", made(decisions));
    }

    @Test
    void whatWasMadeOfAnotherPlanDoesNotHold() {
        Decisions decisions = split.decidingPart(ABOUT, PLAN, HUNK, 1, false);
        Hunk moved = HUNK.with(TextEdits.of(TextEdit.insert(2, "one"), TextEdit.insert(4, "two")));
        Choice choice = new Choice(
                ABOUT.pattern(),
                ABOUT.subject(),
                Options.DEFAULTS,
                Set.of(),
                Map.of("index", decisions.amendment(ABOUT, "index").orElseThrow()));

        assertEquals(
                moved,
                choice.on(new EditPlan(List.of(moved), List.of())).hunks().getFirst());
    }

    @Test
    void partsAndEditsSurviveTheirFile() throws java.io.IOException {
        Decisions decisions = split.decidingPart(ABOUT, PLAN, HUNK, 1, false);
        var session = new Unfinished(
                java.time.Instant.EPOCH, Unfinished.Stage.REVIEW, Optional.empty(), decisions, "project");
        var file = java.nio.file.Files.createTempFile("session", ".json");
        try {
            java.nio.file.Files.write(file, UnfinishedJson.bytes(session).array());
            assertEquals(Optional.of(session), UnfinishedJson.read(file));
        } finally {
            java.nio.file.Files.delete(file);
        }
    }

    private static List<String> parts(String inserted) {
        return HunkParts.of(HUNK.with(TextEdits.of(TextEdit.insert(2, inserted)))).stream()
                .map(TextEdit::replacement)
                .toList();
    }

    @Test
    void anInsertionIsSplitAtItsStatementsAndMembers() {
        assertEquals(
                List.of("  a(() => {\n    b();\n  });\n", "  // For c.\n  c();\n\n", "  d();\n"),
                parts("  a(() => {\n    b();\n  });\n  // For c.\n  c();\n\n  d();\n"));
        assertEquals(
                List.of("\n  /** One. */\n  one() {\n    x;\n  }\n\n", "  /** Two. */\n  two() {}\n"),
                parts("\n  /** One. */\n  one() {\n    x;\n  }\n\n  /** Two. */\n  two() {}\n"));
    }

    @Test
    void aSingleStatementIsNotSplit() {
        assertEquals(1, parts("  a(\n    b,\n  );\n").size());
    }
}
