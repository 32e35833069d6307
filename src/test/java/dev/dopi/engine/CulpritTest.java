package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.edit.FileChange;
import dev.dopi.engine.CheckResult.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of several patterns a failure comes from; each wrote a file of its own, named for it. */
final class CulpritTest {

    private final Folder folder;
    private final List<String> tried = new ArrayList<>();

    CulpritTest(@TempDir Path temporary) throws IOException {
        folder = Folder.in(temporary);
    }

    @Test
    void takesBackTwoOfWhichEitherIsEnoughToFail() throws Exception {
        applied("one", "two", "three", "four");
        Blame blame = found("test", left -> left.contains("one") || left.contains("three"));
        assertEquals(List.of("one", "three"), blame.patterns());
        assertEquals(
                "A title failed because of one for Room and three for Room together"
                        + " (without these, that is gone; with any of them back, it is not): It failed.",
                blame.reason());
        assertEquals(tried.size(), Set.copyOf(tried).size(), "none twice: " + tried);
    }

    @Test
    void theNewestIsNotBlamedForWhatTakingItBackDoesNotCure() throws Exception {
        applied("one", "two", "three");
        assertEquals(
                List.of("one", "two"),
                found("test", left -> left.contains("one") || left.contains("two"))
                        .patterns());
    }

    @Test
    void allAreBlamedWhereEachAloneIsEnoughToFail() throws Exception {
        applied("one", "two", "three");
        assertEquals(
                List.of("one", "two", "three"),
                found("objects", left -> !left.isEmpty()).patterns());
    }

    /** The proof compares both codes itself, so only a run without them tells that it is not the machine's fault. */
    @Test
    void whatFailsWithoutAllOfThemIsNobodysFault() throws Exception {
        applied("one", "two", "three");
        Blame blame = found("objects", left -> true);
        assertTrue(blame.none());
        assertEquals(
                "No pattern is blamed, for on a copy without any of them that fails as well: all of them stay.",
                blame.reason());
        assertEquals(List.of("any pattern"), tried);
    }

    @Test
    void theOnlyPatternIsBlamedForAProofThatPassesWithoutIt() throws Exception {
        applied("one");
        assertEquals(List.of("one"), found("objects", left -> !left.isEmpty()).patterns());
        assertEquals(List.of("one for Room"), tried);
        assertTrue(found("objects", left -> true).none());
    }

    @Test
    void whatCannotBeTriedBlamesNone() throws Exception {
        applied("one", "two");
        Files.writeString(folder.root().resolve("one"), "by hand");
        Files.writeString(folder.root().resolve("two"), "by hand");
        Blame blame = found("objects", left -> !left.isEmpty());
        assertTrue(blame.none());
        assertTrue(
                blame.reason().startsWith("No pattern is blamed, for it cannot be tried without them ("),
                blame.reason());
        assertEquals(List.of(), tried);
    }

    @Test
    void aSearchAmongManyEndsAndBlamesWhatIsKnownToCure() throws Exception {
        var all = new ArrayList<String>();
        for (int i = 10; i < 50; i++) {
            all.add("pattern-" + i);
        }
        applied(all.toArray(String[]::new));
        Blame blame = found("test", left -> left.contains("pattern-13") || left.contains("pattern-45"));
        assertTrue(blame.patterns().containsAll(List.of("pattern-13", "pattern-45")), blame.reason());
        assertTrue(
                blame.reason().contains("whether fewer of them are enough was not tried any further"), blame.reason());
        assertEquals(24, tried.size());
    }

    @Test
    void oneOfTwoEqualFailuresThatGoesIsACure() throws Exception {
        applied("one", "two");
        CheckPart old = CheckPart.failed("other.ts", "TS2304", "x");
        CheckResult now = result("test", List.of(old.as(CheckPart.Verdict.FAILED_BEFORE), old));
        Blame blame = new Culprit(
                        change(),
                        now,
                        (copy, without) ->
                                result("test", names(copy).contains("one") ? List.of(old, old) : List.of(old)))
                .find()
                .orElseThrow();
        assertEquals(List.of("one"), blame.patterns());
    }

    @Test
    void aPatternThatOnlyExchangesTheFailureForAnotherIsNotBlamed() throws Exception {
        applied("one", "two");
        CheckPart seen = CheckPart.failed("other.ts", "TS2304", "x");
        CheckPart other = CheckPart.failed("other.ts", "TS2551", "y");
        CheckResult now = result("test", List.of(seen));
        Blame blame = new Culprit(change(), now, (copy, without) -> {
                    List<String> left = names(copy);
                    return left.contains("one")
                            ? result("test", List.of(left.contains("two") ? seen : other))
                            : result("test", List.of());
                })
                .find()
                .orElseThrow();
        assertEquals(List.of("one", "two"), blame.patterns());
    }

    /** Finds what is to blame for a check that fails as long as {@code fails} says so of the patterns that are left. */
    private Blame found(String id, Predicate<List<String>> fails) throws ProjectException {
        CheckPart part = CheckPart.failed("", "It failed", "");
        return new Culprit(change(), result(id, List.of(part)), (copy, without) -> {
                    tried.add(without);
                    return fails.test(names(copy)) ? result(id, List.of(part)) : passed(id);
                })
                .find()
                .orElseThrow();
    }

    private void applied(String... patterns) throws ProjectException {
        for (String each : patterns) {
            folder.quick()
                    .apply(List.of(
                            new Transaction(each, "Room", List.of(new FileChange.Create(each, "made by " + each)))));
        }
    }

    private AppliedChange change() throws ProjectException {
        Journal journal = Journal.open(folder.state());
        Set<String> ids = journal.applied().stream().map(Entry::id).collect(Collectors.toSet());
        return AppliedChange.of(folder.root(), journal, Remake.NEVER, ids);
    }

    private static List<String> names(ProjectCopy copy) {
        try (var files = Files.list(copy.root())) {
            return files.map(each -> each.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CheckResult result(String id, List<CheckPart> parts) {
        return new CheckResult(
                check(id),
                Outcome.FAILED,
                Optional.of(1),
                Duration.ofMillis(70),
                "It failed.",
                Optional.empty(),
                parts,
                true,
                Optional.empty());
    }

    private CheckResult passed(String id) {
        return new CheckResult(check(id), Outcome.PASSED, Optional.of(0), Duration.ofMillis(50), "", Optional.empty());
    }

    private Check check(String id) {
        return new Check(id, "A title", List.of("./program"), folder.root(), Duration.ofSeconds(50), Optional.empty());
    }
}
