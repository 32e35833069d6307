package dev.dopi.engine;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds which of several applied patterns a check fails because of.
 *
 * <p>A failure in a file that one pattern alone wrote, or about a class that one alone changed, is that one's. Otherwise
 * the check runs on copies of the project, each without one of them, the newest first.
 */
final class Culprit {

    private final AppliedChange change;
    private final Function<ProjectCopy, CheckResult> trial;

    /** {@code trial} runs the check that failed on a copy. */
    Culprit(AppliedChange change, Function<ProjectCopy, CheckResult> trial) {
        this.change = change;
        this.trial = trial;
    }

    /**
     * Returns what {@code result} is to be blamed on; empty where it passed, or failed before as well, and where the
     * search was cancelled: the thread is interrupted then.
     */
    Optional<Blame> of(CheckResult result) {
        if (!result.broken() || !result.compared() || change.none()) {
            return Optional.empty();
        }
        if (change.entries().size() == 1) {
            return Optional.of(blame(change.entries().getFirst(), result, "the only pattern that was applied"));
        }
        Optional<Blame> known = owner(result).or(() -> tried(result));
        // A search that was cut off has found nothing out.
        return known.isPresent() || Thread.currentThread().isInterrupted()
                ? known
                : Optional.of(blame(
                        change.entries().getLast(),
                        result,
                        "the newest; taking back no single one changes the failure"));
    }

    /** The entry whose own file or class every new failure is about. */
    private Optional<Blame> owner(CheckResult result) {
        Set<String> subjects =
                result.brokenParts().map(CheckPart::subject).collect(Collectors.toCollection(LinkedHashSet::new));
        List<Optional<UndoEntry>> owners =
                subjects.stream().map(this::ownerOf).distinct().toList();
        return owners.size() == 1
                ? owners.getFirst()
                        .map(entry -> blame(
                                entry,
                                result,
                                "it alone wrote " + subjects.iterator().next()))
                : Optional.empty();
    }

    private Optional<UndoEntry> ownerOf(String subject) {
        List<UndoEntry> about = change.entries().stream()
                .filter(entry -> entry.subject().equals(subject))
                .toList();
        return about.size() == 1 ? Optional.of(about.getFirst()) : change.maker(subject);
    }

    private Optional<Blame> tried(CheckResult result) {
        for (UndoEntry entry : change.entries().reversed()) {
            try (ProjectCopy copy = change.without(Set.of(entry.id()))) {
                CheckResult without = trial.apply(copy);
                if (without.outcome() == CheckResult.Outcome.CANCELLED) {
                    Thread.currentThread().interrupt();
                    return Optional.empty();
                }
                if (cures(without, result)) {
                    return Optional.of(blame(entry, result, "without it, that is gone"));
                }
            } catch (ProjectException | IOException e) {
                // A later pattern builds on this one, so it cannot be taken back alone: the next one is tried.
            }
        }
        return Optional.empty();
    }

    /** Whether a new failure is gone and no other came. */
    private static boolean cures(CheckResult without, CheckResult result) {
        if (without.outcome() == CheckResult.Outcome.PASSED) {
            return true;
        }
        Set<String> broken = result.brokenParts().map(CheckPart::key).collect(Collectors.toSet());
        Set<String> left = without.brokenParts().map(CheckPart::key).collect(Collectors.toSet());
        Set<String> known = result.parts().stream().map(CheckPart::key).collect(Collectors.toSet());
        return !broken.isEmpty() && !left.isEmpty() && known.containsAll(left) && !left.containsAll(broken);
    }

    private static Blame blame(UndoEntry entry, CheckResult result, String how) {
        return new Blame(
                entry,
                result,
                "%s was broken by %s for %s (%s): %s"
                        .formatted(result.check().title(), entry.pattern(), entry.subject(), how, result.reason()));
    }
}
