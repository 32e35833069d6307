package dev.dopi.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds which of several applied patterns a check fails because of.
 *
 * <p>A failure in a file that one pattern alone wrote, or about a class that one alone changed, is that one's. Otherwise
 * the check runs on copies of the project: without each of them, and where no single one cures it, without ever fewer of
 * all. A pattern is blamed only for a failure that is gone without it; one that stays without all of them is nobody's.
 */
final class Culprit {

    /** Each is a run of the check, so that a search among many patterns ends, with more of them blamed than need be. */
    private static final int MOST_TRIALS = 24;

    private final AppliedChange change;
    private final CheckResult result;
    private final Trial trial;
    private final Map<Set<String>, Boolean> known = new HashMap<>();
    private Optional<String> obstacle = Optional.empty();
    private int trials;

    /** Runs the check that failed on a copy of the project without what {@code without} names. */
    interface Trial {

        CheckResult on(ProjectCopy copy, String without);
    }

    Culprit(AppliedChange change, CheckResult result, Trial trial) {
        this.change = change;
        this.result = result;
        this.trial = trial;
    }

    /**
     * Returns what the check's result is to be blamed on; empty where it passed, or failed before as well, and where the
     * search was cancelled: the thread is interrupted then.
     */
    Optional<Blame> find() {
        if (!result.broken() || !result.compared() || change.none()) {
            return Optional.empty();
        }
        try {
            return Optional.of(CheckKind.of(result.check()) == CheckKind.OBJECTS ? tried() : told());
        } catch (InterruptedException e) {
            // A search that was cut off has found nothing out.
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** For a check that passed on the project before: what it says may tell enough. */
    private Blame told() throws InterruptedException {
        known.put(change.ids(), true);
        if (change.entries().size() == 1) {
            return blame(change.entries(), "the only pattern that was applied");
        }
        Optional<UndoEntry> owner = owner();
        return owner.isPresent()
                ? blame(
                        List.of(owner.get()),
                        "it alone wrote " + subjects().iterator().next())
                : tried();
    }

    private Blame tried() throws InterruptedException {
        List<UndoEntry> all = change.entries();
        if (!cures(all)) {
            return new Blame(List.of(), result, nobody());
        }
        for (UndoEntry each : singles()) {
            if (cures(List.of(each))) {
                return blame(List.of(each), "without it, that is gone");
            }
        }
        List<UndoEntry> guilty = withoutInnocent(newest());
        return blame(
                guilty,
                trials < MOST_TRIALS
                        ? "without these, that is gone; with any of them back, it is not"
                        : "without these, that is gone; whether fewer of them are enough was not tried any further");
    }

    private String nobody() {
        return obstacle.map(why -> "No pattern is blamed, for it cannot be tried without them (%s): all of them stay."
                        .formatted(why))
                .orElse(
                        "No pattern is blamed, for on a copy without any of them that fails as well: all of them stay.");
    }

    /** The entry that the failure names comes first, then the newest. */
    private List<UndoEntry> singles() {
        return Stream.concat(owner().stream(), change.entries().reversed().stream())
                .distinct()
                .toList();
    }

    /** Returns as few of the newest as cure it together, found by halving. */
    private List<UndoEntry> newest() throws InterruptedException {
        List<UndoEntry> all = change.entries();
        int cured = 0;
        int failing = all.size() - 1;
        while (failing - cured > 1) {
            int middle = (cured + failing) / 2;
            if (cures(all.subList(middle, all.size()))) {
                cured = middle;
            } else {
                failing = middle;
            }
        }
        return all.subList(cured, all.size());
    }

    /** Returns {@code some} without those that can come back while the failure stays away. */
    private List<UndoEntry> withoutInnocent(List<UndoEntry> some) throws InterruptedException {
        List<UndoEntry> guilty = some;
        for (UndoEntry each : some) {
            var others = new ArrayList<>(guilty);
            others.remove(each);
            if (!others.isEmpty() && cures(others)) {
                guilty = others;
            }
        }
        return guilty;
    }

    private Set<String> subjects() {
        return result.brokenParts().map(CheckPart::subject).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The entry whose own file or class every new failure is about. */
    private Optional<UndoEntry> owner() {
        List<Optional<UndoEntry>> owners =
                subjects().stream().map(this::ownerOf).distinct().toList();
        return owners.size() == 1 ? owners.getFirst() : Optional.empty();
    }

    private Optional<UndoEntry> ownerOf(String subject) {
        List<UndoEntry> about = change.entries().stream()
                .filter(entry -> entry.subject().equals(subject))
                .toList();
        return about.size() == 1 ? Optional.of(about.getFirst()) : change.maker(subject);
    }

    /** Returns whether the failure goes when {@code entries} are taken back; what was tried once is not tried again. */
    private boolean cures(List<UndoEntry> entries) throws InterruptedException {
        Set<String> ids = entries.stream().map(UndoEntry::id).collect(Collectors.toSet());
        Optional<Boolean> before = Optional.ofNullable(known.get(ids));
        if (before.isPresent() || trials == MOST_TRIALS) {
            return before.orElse(false);
        }
        trials++;
        boolean cured = tryWithout(entries, ids);
        known.put(ids, cured);
        return cured;
    }

    private boolean tryWithout(List<UndoEntry> entries, Set<String> ids) throws InterruptedException {
        try (ProjectCopy copy = change.without(ids)) {
            boolean all = entries.size() == change.entries().size();
            CheckResult without = trial.on(copy, all && !isOnly() ? "any pattern" : Blame.names(entries));
            if (without.outcome() == CheckResult.Outcome.CANCELLED) {
                throw new InterruptedException("while the check ran without " + ids);
            }
            return isCured(without);
        } catch (ProjectException | IOException e) {
            // What stays may build on what goes, so that it cannot be taken back alone.
            obstacle = Optional.of(String.valueOf(e.getMessage()));
            return false;
        }
    }

    private boolean isOnly() {
        return change.entries().size() == 1;
    }

    /** Whether a new failure is gone and no other came. */
    private boolean isCured(CheckResult without) {
        if (without.outcome() == CheckResult.Outcome.PASSED) {
            return true;
        }
        Map<String, Long> now = failures(result);
        Map<String, Long> left = failures(without);
        boolean noOther =
                left.entrySet().stream().allMatch(each -> each.getValue() <= now.getOrDefault(each.getKey(), 0L));
        boolean gone = result.brokenParts()
                .map(CheckPart::key)
                .anyMatch(key -> left.getOrDefault(key, 0L) < now.getOrDefault(key, 0L));
        // A run that names no failure may have failed at anything.
        return !left.isEmpty() && noOther && gone;
    }

    private static Map<String, Long> failures(CheckResult of) {
        return of.parts().stream()
                .filter(part -> part.failed() || part.verdict() == CheckPart.Verdict.FAILED_BEFORE)
                .collect(Collectors.groupingBy(CheckPart::key, Collectors.counting()));
    }

    private Blame blame(List<UndoEntry> entries, String how) {
        return new Blame(
                entries,
                result,
                "%s failed because of %s%s (%s): %s"
                        .formatted(
                                result.check().title(),
                                Blame.names(entries),
                                entries.size() > 1 ? " together" : "",
                                how,
                                result.reason()));
    }
}
