package dev.dopi.ui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.ui.view.Decisions;
import dev.dopi.ui.view.Keeper;
import dev.dopi.ui.view.StateKeeper;
import dev.dopi.ui.view.Unfinished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that ends in the middle, and the one that goes on with it. */
final class ResumeTest {

    @TempDir
    private Path folder = Path.of("");

    /** Returns what is decided after {@code keys}, in a session that is then cut off. */
    private Decisions cutOff(String keys) throws IOException {
        try (Keeper keeper = StateKeeper.in(folder)) {
            return new ScreenDriver(keeper, 80, 24).press(keys).walk().decisions();
        }
    }

    @Test
    void offersToGoOnAtTheSameHunk() throws IOException {
        Decisions before = cutOff("c Enter Enter y J");
        try (Keeper keeper = StateKeeper.in(folder)) {
            var driver = new ScreenDriver(keeper, 80, 24);
            String offered = driver.draw();
            String gone = driver.press("Enter").draw();

            assertTrue(offered.contains("chosen, 1 hunk decided"), offered);
            assertEquals(before, driver.walk().decisions());
            assertTrue(gone.contains("[Review]"), gone);
            assertTrue(gone.contains("hunk 3 of 4") || gone.contains("hunk 3 of 3"), gone);
        }
    }

    @Test
    void startingAnewForgets() throws IOException {
        cutOff("c Enter Enter y");
        try (Keeper keeper = StateKeeper.in(folder)) {
            var driver = new ScreenDriver(keeper, 80, 24).press("Down Enter");

            assertFalse(driver.walk().undecidedOnDisk());
        }
        try (Keeper keeper = StateKeeper.in(folder)) {
            assertTrue(keeper.earlier().isEmpty());
        }
    }

    @Test
    void whatIsFinishedIsNotOffered() throws IOException {
        cutOff("c Enter Enter y y y y Enter a p p l y Enter Enter Enter");
        try (Keeper keeper = StateKeeper.in(folder)) {
            assertTrue(keeper.earlier().isEmpty());
        }
    }

    @Test
    void whatIsWrittenAndNotCheckedIsOfferedForChecking() throws IOException {
        cutOff("c Enter Enter y y y y Enter a p p l y Enter");
        try (Keeper keeper = StateKeeper.in(folder)) {
            var driver = new ScreenDriver(keeper, 80, 24);

            assertTrue(driver.draw().contains("to the end of the checks"), driver.draw());
            assertTrue(driver.press("Enter").draw().contains("[Validate]"), driver.draw());
        }
    }

    @Test
    void hunksAreAskedAgainWhenTheProjectChanged() throws IOException {
        cutOff("c Enter Enter y y");
        Path file = folder.resolve("session.json");
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"project\" : \"[0-9a-f]+\"", "\"project\" : \"other\""));
        try (Keeper keeper = StateKeeper.in(folder)) {
            String text = new ScreenDriver(keeper, 80, 24).press("Enter").draw();

            assertTrue(text.contains("The files changed since"), text);
            assertTrue(text.contains("0 accepted"), text);
        }
    }

    @Test
    void theSecondSessionSaysSoAndKeepsNothing() throws IOException {
        try (Keeper first = StateKeeper.in(folder);
                Keeper second = StateKeeper.in(folder)) {
            var driver = new ScreenDriver(second, 80, 24);

            assertTrue(first.keeps());
            assertTrue(driver.draw().contains("Another dopi session is open on this project"), driver.draw());
            driver.press("Down Enter c Space");
        }
        try (Keeper third = StateKeeper.in(folder)) {
            assertTrue(third.keeps());
            assertTrue(third.earlier().isEmpty());
        }
    }

    @Test
    void whatCannotBeReadIsNoSession() throws IOException {
        Files.createDirectories(folder);
        for (String text : new String[] {"", "{", "{\"format\": 2}", "{\"format\": 1, \"kept\": \"now\"}"}) {
            Files.writeString(folder.resolve("session.json"), text);
            try (Keeper keeper = StateKeeper.in(folder)) {
                assertTrue(keeper.earlier().isEmpty(), text);
            }
        }
    }

    @Test
    void aStageIsKeptAsItWasReached() throws IOException {
        cutOff("c Space Enter");
        try (Keeper keeper = StateKeeper.in(folder)) {
            Unfinished.Stage stage = keeper.earlier().orElseThrow().stage();

            assertTrue(stage == Unfinished.Stage.REVIEW || stage == Unfinished.Stage.OPTIONS, stage.toString());
        }
    }
}
