package dev.dopi.ui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dopi.engine.Check;
import dev.dopi.engine.CheckResult;
import dev.dopi.engine.Event;
import dev.dopi.pattern.PatternInfo;
import dev.dopi.process.OutputLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RunViewTest {

    private static final Check TYPES =
            new Check("tsc", "Type check", List.of("tsc"), Path.of("/p"), Duration.ofMinutes(1), Optional.empty());
    private static final Check TESTS =
            new Check("test", "Tests", List.of("npm", "test"), Path.of("/p"), Duration.ofMinutes(2), Optional.empty());

    @Test
    void countsFiles() {
        RunView view = RunView.EMPTY.after(new Event.Reading("src/room.ts", 17), 1);

        assertEquals("src/room.ts", view.reading());
        assertEquals(17, view.files());
    }

    @Test
    void namesAPatternThatFailed() {
        RunView view = RunView.EMPTY.after(
                new Event.PatternFailed(
                        new PatternInfo("ttl-cleanup", "Clean up", ""), new IllegalStateException("odd")),
                1);

        assertEquals(
                List.of(
                        "The pattern ttl-cleanup stopped with an error of its own (java.lang.IllegalStateException: odd); the others went on."),
                view.problems());
    }

    @Test
    void keepsTheOrderInWhichFilesLand() {
        RunView view = RunView.EMPTY
                .after(new Event.Written("b.ts", true), 1)
                .after(new Event.Written("a.ts", false), 2)
                .after(new Event.Restored("b.ts", true), 3);

        assertEquals(
                List.of(
                        new RunView.Landed("b.ts", RunView.Landed.What.CREATED),
                        new RunView.Landed("a.ts", RunView.Landed.What.MODIFIED),
                        new RunView.Landed("b.ts", RunView.Landed.What.DELETED)),
                view.landed());
    }

    @Test
    void followsEachCheckOnItsOwn() {
        RunView view = RunView.EMPTY
                .expecting(List.of(TYPES, TESTS))
                .after(new Event.CheckStarted(TYPES), 1_000)
                .after(printed(TYPES, "one"), 1_100)
                .after(printed(TYPES, "two"), 1_200);

        assertEquals("...", view.checks().get(0).word());
        assertEquals(Duration.ofMillis(500), view.checks().get(0).duration(1_500));
        assertEquals(2, view.checks().get(0).log().size());
        assertEquals("--", view.checks().get(1).word());
        assertEquals(0, view.checks().get(1).log().size());
    }

    @Test
    void saysHowACheckEnded() {
        var result = new CheckResult(
                TYPES,
                CheckResult.Outcome.TIMED_OUT,
                Optional.empty(),
                Duration.ofSeconds(60),
                "It took too long.",
                Optional.empty());

        CheckView view = RunView.EMPTY
                .after(new Event.CheckStarted(TYPES), 5)
                .after(new Event.CheckEnded(result), 9)
                .checks()
                .getFirst();

        assertEquals("TIME", view.word());
        assertEquals(Duration.ofSeconds(60), view.duration(1_000_000));
    }

    @Test
    void startsAnEmptyLogWhenACheckRunsAgain() {
        RunView view = RunView.EMPTY
                .after(new Event.CheckStarted(TYPES), 1)
                .after(printed(TYPES, "old"), 2)
                .after(new Event.CheckStarted(TYPES), 3)
                .after(printed(TYPES, "new"), 4);

        assertEquals(1, view.checks().getFirst().log().size());
        assertEquals("new", view.checks().getFirst().log().line(0).text());
    }

    @Test
    void keepsTheLastLinesAndCountsTheRest() {
        RunView view = RunView.EMPTY.after(new Event.CheckStarted(TESTS), 1);
        for (int i = 1; i <= 12_345; i++) {
            view = view.after(printed(TESTS, "line " + i), i);
        }

        LogLines log = view.checks().getFirst().log();
        assertEquals(LogLines.KEPT, log.size());
        assertEquals(12_345, log.printed());
        assertEquals("line 7346", log.line(0).text());
        assertEquals("line 12345", log.line(LogLines.KEPT - 1).text());
    }

    @Test
    void anOlderLogStaysAsItWas() {
        LogLines one = LogLines.NONE.with(line("a"));
        LogLines two = one.with(line("b"));
        LogLines other = one.with(line("c"));

        assertEquals(1, one.size());
        assertEquals("b", two.line(1).text());
        assertEquals("c", other.line(1).text());
        assertEquals(0, LogLines.NONE.size());
    }

    private static LogLine line(String text) {
        return LogLine.of(new OutputLine(OutputLine.Channel.OUT, text));
    }

    private static Event printed(Check check, String text) {
        return new Event.CheckPrinted(check, new OutputLine(OutputLine.Channel.OUT, text));
    }
}
