package dev.dopi.ui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.engine.Check;
import dev.dopi.engine.Choice;
import dev.dopi.engine.Event;
import dev.dopi.process.OutputLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScreensTest {

    private static final Path GOLDEN = Path.of("src/test/screens");

    @ParameterizedTest
    @CsvSource({
        "analyse, ''",
        "class, 'Down Enter'",
        "doubts, 'Down Down Enter'",
        "source, 'Down Enter Down Down Enter'",
        "choose, 'c'",
        "explain, 'c e'",
        "options, 'c Enter'",
        "options-problem, 'c Enter Backspace Backspace Enter'",
        "review, 'c Enter Enter'",
        "review-split, 'c Enter Enter v'",
        "review-left-out, 'c Enter Enter n'",
        "review-refusal, 'c Enter Enter J J J'",
        "review-undecided, 'c Enter Enter y Enter'",
        "apply, 'c Enter Enter y y y y Enter a p p l'",
        "applied, 'c Enter Enter y y y y Enter a p p l y Enter'",
        "validate, 'c Enter Enter y y y y Enter a p p l y Enter Enter'",
        "report, 'c Enter Enter y y y y Enter a p p l y Enter Enter Enter'",
        "help, 'c Enter Enter ?'",
        "quit, 'c Space q'",
    })
    void looksAsItDid(String name, String keys) throws IOException {
        var driver = new ScreenDriver(80, 24);
        if (!keys.isEmpty()) {
            driver.press(keys);
        }

        check("80x24-" + name, driver.draw());
    }

    @ParameterizedTest
    @CsvSource({
        "choose, 'c'",
        "choose-details, 'c d'",
        "options, 'c Enter'",
        "review, 'c Enter Enter'",
        "apply, 'c Enter Enter y y y y Enter'",
        "validate, 'c Enter Enter y y y y Enter a p p l y Enter Enter'",
    })
    void fitsTheSmallestWindow(String name, String keys) throws IOException {
        check("40x10-" + name, new ScreenDriver(40, 10).press(keys).draw());
    }

    @Test
    void theEvidenceWaitsForAKeyThatIsHeldDown() throws IOException {
        var driver = new ScreenDriver(80, 24).press("c Down");
        String first = driver.draw();
        String passing = driver.atOnce("Down").draw();
        String rested = driver.rest().draw();

        assertTrue(first.contains("Benefit  A look-up reads the rows"), first);
        assertTrue(passing.contains("Benefit  A look-up reads the rows"), passing);
        assertFalse(rested.contains("Benefit  A look-up reads the rows"), rested);
        assertEquals(selected(passing), selected(rested));
        assertFalse(selected(first).equals(selected(passing)), passing);
    }

    private static String selected(String screen) {
        return screen.lines()
                .filter(line -> line.startsWith("▸"))
                .findFirst()
                .orElseThrow()
                .substring(0, 30);
    }

    @Test
    void showsWhatToDoAboutAFailure() throws IOException {
        check(
                "80x24-failed",
                new ScreenDriver(80, 24, "test")
                        .press("c Enter Enter y y y y Enter a p p l y Enter Enter")
                        .draw());
    }

    @Test
    void showsWhatWasTakenBack() throws IOException {
        var driver =
                new ScreenDriver(80, 24, "test").press("c Enter Enter y y y y Enter a p p l y Enter Enter j Enter");

        check("80x24-taken-back", driver.draw());
        assertEquals(3, driver.walk().exitCode());
    }

    @Test
    void takesBackThePatternThatACheckFailsBecauseOfAlone() throws IOException {
        var driver = new ScreenDriver(80, 24, "test").press("c Enter Enter y y y y Enter a p p l y Enter Enter Enter");

        check("80x24-one-taken-back", driver.draw());
        assertEquals(
                List.of("sql-index"),
                driver.walk().report().takenBack().stream()
                        .map(each -> each.applied().finding().pattern())
                        .toList());
        assertEquals(4, driver.walk().exitCode());
    }

    @Test
    void whileItLooksForThePatternThatIsSaidAndNothingElseCanBeChosen() {
        var driver = failed().hold().press("Enter");

        assertTrue(driver.draw().contains("Looking which pattern broke it."), driver.draw());
        assertFalse(driver.draw().contains("Take back what broke it"), driver.draw());
        assertEquals(2, driver.walk().applied().size());
        driver.press("Enter");
        assertTrue(driver.draw().contains("The checks are not done; c cancels one"), driver.draw());
        driver.go();
        assertTrue(driver.draw().contains("Took back sql-index for ChatRoom; the rest stays."), driver.draw());
        assertEquals(1, driver.walk().applied().size());
    }

    @Test
    void aStoppedLookForThePatternTakesNothingBackAndAsksAgain() {
        var driver = failed().hold().press("Enter").press("c");

        assertTrue(driver.draw().contains("That was stopped; nothing was taken back."), driver.draw());
        assertTrue(driver.draw().contains("Take back what broke it"), driver.draw());
        assertEquals(2, driver.walk().applied().size());
    }

    @Test
    void whereNoPatternIsBlamedThatIsSaidAndAllOfThemStay() {
        var driver = failed();
        driver.session().blameless = true;
        driver.press("Enter");

        assertTrue(driver.draw().contains("No pattern is blamed"), driver.draw());
        assertEquals(2, driver.walk().applied().size());
    }

    private static ScreenDriver failed() {
        return new ScreenDriver(80, 24, "test").press("c Enter Enter y y y y Enter a p p l y Enter Enter");
    }

    @ParameterizedTest
    @CsvSource({"39, 24", "80, 9", "20, 3"})
    void saysThatAWindowIsTooSmall(int width, int height) {
        String text = new ScreenDriver(width, height).draw();

        assertTrue(text.startsWith("Window is %dx%d,\nneeds 40x10.\n".formatted(width, height)), text);
    }

    @ParameterizedTest
    @CsvSource({"40, 10", "61, 15", "72, 16", "100, 30", "120, 40", "400, 120"})
    void walksThroughAtAnySize(int width, int height) {
        var driver = new ScreenDriver(width, height)
                .press(
                        "Down Enter ? Esc Down Enter b b c e Esc d d Enter Enter v w ] [ Tab J K y y y y Enter a p p l y Enter Enter Tab g G Tab Enter G Enter");

        assertEquals(Optional.of(5), driver.guide().exit());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "1, 30", "300, 2"})
    void breaksAtNoSize(int width, int height) {
        assertEquals(height, new ScreenDriver(width, height).draw().lines().count());
    }

    @Test
    void decidesNothingBeforeItCanBeRead() {
        var driver = new ScreenDriver(80, 24).press("c Enter Enter");

        driver.atOnce("y").atOnce("y").atOnce("A");

        assertEquals(Optional.empty(), verdict(driver, "column"));
        driver.press("y");
        assertEquals(Optional.of(true), verdict(driver, "column"));
    }

    @Test
    void aKeyHeldDownDecidesOneHunkOnly() {
        var driver = new ScreenDriver(80, 24).press("c Enter Enter y");

        for (int i = 0; i < 40; i++) {
            driver.atOnce("y");
        }

        assertEquals(Optional.of(true), verdict(driver, "column"));
        assertEquals(Optional.empty(), verdict(driver, "alarm"));
    }

    @Test
    void aPasteDecidesNothing() {
        var driver = new ScreenDriver(80, 24).press("c Enter Enter").paste("y\nA\nq\n");

        assertEquals(Optional.empty(), verdict(driver, "column"));
        assertEquals(Optional.empty(), driver.guide().exit());
    }

    @Test
    void aPasteConfirmsNothing() {
        var driver = new ScreenDriver(80, 24)
                .press("c Enter Enter y y y y Enter")
                .paste("apply\n")
                .press("Enter");

        assertEquals(List.of(), driver.walk().applied());
    }

    @Test
    void aSearchGoesOverAllHunksAndRoundTheEnd() {
        var driver = new ScreenDriver(80, 24).press("c Enter Enter");
        driver.press("/ c r e a t e d Enter");
        String first = driver.draw();
        driver.press("N");
        String last = driver.draw();
        driver.press("n");
        String again = driver.draw();

        Matcher count = Pattern.compile("Found \"created\", line 1 of (\\d+)").matcher(first);
        assertTrue(count.find() && first.contains("hunk 1 of 3"), first);
        String all = count.group(1);
        assertTrue(last.contains("line %s of %s; round past the start".formatted(all, all)), last);
        assertFalse(last.contains("hunk 1 of 3"), last);
        assertTrue(again.contains("line 1 of " + all + "; round past the end"), again);
        assertTrue(again.contains("hunk 1 of 3"), again);
    }

    @Test
    void aSearchBeginsAtTheHunkThatIsLookedAt() {
        var driver = new ScreenDriver(80, 24).press("c Enter Enter J / c r e a t e d Enter");

        assertTrue(driver.draw().contains("hunk 2 of 3"), driver.draw());
    }

    @Test
    void leavesOutWhatNeedsALeftOutHunk() {
        var driver = new ScreenDriver(80, 24).press("c Enter Enter n");

        assertEquals(
                Set.of("column", "alarm", "test"),
                driver.walk().choices().getFirst().rejected());
        assertTrue(driver.draw().contains("because they need it"), driver.draw());
    }

    @Test
    void goingBackKeepsEveryDecision() {
        var driver = new ScreenDriver(80, 24)
                .press("c Down Space Enter Backspace Backspace Backspace 9 d Enter y n b b b c Enter Enter");

        List<Choice> choices = driver.walk().choices();
        assertEquals(1, choices.size());
        assertEquals("9d", choices.getFirst().options().of(SampleFindings.KEEP));
        assertEquals(Optional.of(true), verdict(driver, "column"));
        assertEquals(Optional.of(false), verdict(driver, "alarm"));
    }

    @Test
    void adviceCannotBeChosen() {
        var driver = new ScreenDriver(80, 24).press("c Down Down Space");
        assertTrue(driver.draw().contains("This is advice: dopi does not write it."), driver.draw());

        driver.press("a a");

        assertEquals(
                Set.of("ttl-cleanup", "sql-index"),
                driver.walk().choices().stream().map(Choice::pattern).collect(Collectors.toSet()));
        assertTrue(driver.draw().contains("3 recommendations, 1 advice, 2 chosen"), driver.draw());
    }

    @Test
    void otherWordsThanApplyWriteNothing() {
        var driver = new ScreenDriver(80, 24).press("c Enter Enter y y y y Enter a p p l e Enter");

        assertEquals(List.of(), driver.walk().applied());
        assertTrue(driver.draw().contains("is not the word apply"), driver.draw());
    }

    @Test
    void namesFilesOfWhichGitDoesNotHaveEverything() {
        var driver = new ScreenDriver(80, 24);
        driver.session().notInGit = Set.of("src/room.ts", "src/of-no-concern.ts");
        String drawn = driver.press("c Enter Enter y y y y Enter").draw();

        assertTrue(drawn.lines().anyMatch(line -> line.contains(" src/room.ts") && line.contains("not in git")), drawn);
        assertTrue(drawn.contains("One of these files holds changes of yours that git does not have"), drawn);
    }

    @Test
    void onlyTheDiffLeavesRoomForMoreOfItAndSaysWhatIsDecided() {
        var driver = new ScreenDriver(80, 24).press("c Enter Enter");
        String all = driver.draw();
        String alone = driver.press("z").draw();

        assertTrue(all.contains("0 accepted, 0 left out"), all);
        assertFalse(alone.contains("0 accepted, 0 left out"), alone);
        assertTrue(alone.contains("not decided src/room.ts"), alone);
        assertTrue(alone.contains("Apply this hunk?"), alone);
        assertTrue(driver.press("y K").draw().contains("accepted src/room.ts"), alone);
        assertEquals(
                all.lines().toList().get(2),
                new ScreenDriver(80, 24)
                        .press("c Enter Enter z z")
                        .draw()
                        .lines()
                        .toList()
                        .get(2));
    }

    @Test
    void quitsAtOnceWhereNothingWouldBeLost() {
        assertEquals(Optional.of(0), new ScreenDriver(80, 24).press("q").guide().exit());
    }

    @Test
    void quitsOnTheSecondInterruptOnly() {
        var driver = new ScreenDriver(80, 24).press("Ctrl-C");
        assertFalse(driver.guide().exit().isPresent());

        assertEquals(Optional.of(130), driver.press("Ctrl-C").guide().exit());
    }

    @Test
    void whatIsReadStaysWhereItIsWhileMoreIsPrinted() {
        var driver = new ScreenDriver(80, 24).press("c Enter Enter y y y y Enter a p p l y Enter Enter Tab k k k");
        Check check = driver.walk().run().checks().get(1).check();
        String before = line(driver, 8);

        for (int i = 0; i < 5_500; i++) {
            driver.guide().event(new Event.CheckPrinted(check, new OutputLine(OutputLine.Channel.OUT, "more " + i)));
            if (i == 4_000) {
                assertEquals(before, line(driver, 8));
            }
        }

        // Its line is gone by now, and the oldest that is left stands in its place.
        assertTrue(line(driver, 6).contains("more 500"), driver.draw());
        driver.press("f");
        assertTrue(driver.draw().contains("more 5499"), driver.draw());
    }

    private static String line(ScreenDriver driver, int number) {
        return driver.draw().lines().skip(number).findFirst().orElseThrow();
    }

    @Test
    void copiesACommitMessage() {
        var driver = new ScreenDriver(80, 24).press("c Enter Enter y y y y Enter a p p l y Enter Enter Enter c");

        assertTrue(
                driver.copied().getFirst().startsWith("Put ttl-cleanup, sql-index in place\n"),
                driver.copied()::toString);
    }

    private static Optional<Boolean> verdict(ScreenDriver driver, String hunk) {
        Choice choice = driver.walk().choices().getFirst();
        return driver.walk().decisions().hunk(dev.dopi.ui.view.Decisions.About.of(choice), hunk);
    }

    private static void check(String name, String text) throws IOException {
        Path file = GOLDEN.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, text);
        }
        assertEquals(Files.readString(file), text, name);
    }
}
