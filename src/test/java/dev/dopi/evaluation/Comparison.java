package dev.dopi.evaluation;

import dev.dopi.evaluation.Facts.Fact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares the labels of one Worker with what dopi told of its repository.
 *
 * <p>Workers are the same by their configuration's path, classes by name (their own or the exported one) and file. What
 * dopi lists in a Worker that no label speaks of counts neither way.
 */
final class Comparison {

    private static final String ROLLOUT = "gradual-deployment";

    /** The patterns of a class, by their names in the labels. */
    private static final Map<String, String> PATTERNS = Map.of(
            "ttl", "ttl-cleanup",
            "rpc_metadata", "rpc-metadata",
            "sql_index", "sql-index",
            "hibernation", "websocket-hibernation");

    private final Labels.Worker labels;
    private final Told told;
    private final Scores scores;
    private final List<String> lines = new ArrayList<>();

    private Comparison(Labels.Worker labels, Told told, Scores scores) {
        this.labels = labels;
        this.told = told;
        this.scores = scores;
    }

    /** Counts in {@code scores} and returns what was missed, invented or wrong, a line each. */
    static List<String> of(Labels.Worker labels, Told told, Scores scores) {
        var comparison = new Comparison(labels, told, scores);
        comparison.classes();
        comparison.rollout();
        return comparison.lines;
    }

    private void classes() {
        var used = new HashSet<Told.Listed>();
        for (Labels.Labelled label : labels.objects()) {
            Optional<Told.Listed> listed = match(label);
            listed.ifPresent(used::add);
            listed.ifPresentOrElse(it -> compare(label, it), () -> missed(label));
            PATTERNS.forEach((key, id) -> pattern(label, listed, key, id));
        }
        own().filter(each -> !used.contains(each)).forEach(each -> {
            scores.invented();
            lines.add("INVENTED " + each);
            PATTERNS.values().stream().filter(each::recommends).forEach(id -> scores.pattern(id, false, true));
        });
    }

    private Optional<Told.Listed> match(Labels.Labelled label) {
        Optional<Told.Listed> here = own().filter(each -> isSame(label, each)).findFirst();
        return here.or(() -> {
            Optional<Told.Worker> elsewhere = told.workers().stream()
                    .filter(worker -> worker.objects().stream().anyMatch(each -> isSame(label, each)))
                    .findFirst();
            elsewhere.ifPresent(worker -> lines.add("note     %s is listed under %s"
                    .formatted(label.name(), worker.config().orElse("no configuration"))));
            return elsewhere.flatMap(worker -> worker.objects().stream()
                    .filter(each -> isSame(label, each))
                    .findFirst());
        });
    }

    private static boolean isSame(Labels.Labelled label, Told.Listed listed) {
        return listed.isCalled(label.name()) && listed.file().equals(label.file());
    }

    /** Returns what dopi lists in this very Worker; for a library, what lies in its folder and in no Worker. */
    private Stream<Told.Listed> own() {
        String folder = labels.folder().isEmpty() ? "" : labels.folder() + "/";
        return workers()
                .flatMap(worker -> worker.objects().stream())
                .filter(each -> labels.config().isPresent() || each.file().startsWith(folder));
    }

    private Stream<Told.Worker> workers() {
        return told.workers().stream().filter(worker -> worker.config().equals(labels.config()));
    }

    private void compare(Labels.Labelled label, Told.Listed listed) {
        scores.found();
        for (Fact fact : Facts.of(label, listed)) {
            scores.fact(fact.about(), fact.isRight());
            if (!fact.isRight()) {
                lines.add("wrong    %s, %s: labelled %s, dopi says %s"
                        .formatted(label.name(), fact.about(), fact.labelled(), fact.told()));
            }
        }
    }

    private void missed(Labels.Labelled label) {
        scores.missed();
        lines.add("MISSED   %s in %s:%d. %s".formatted(label.name(), label.file(), label.line(), label.note()));
        told.workers().stream()
                .flatMap(worker -> worker.objects().stream())
                .filter(each -> each.isCalled(label.name()))
                .distinct()
                .forEach(each -> lines.add("         dopi lists " + each));
    }

    private void pattern(Labels.Labelled label, Optional<Told.Listed> listed, String key, String id) {
        if (!label.tellsExpectations()) {
            return;
        }
        boolean expected = label.expects(key);
        boolean recommended = listed.filter(it -> it.recommends(id)).isPresent();
        if (label.certain()) {
            scores.pattern(id, expected, recommended);
        }
        if (expected != recommended) {
            lines.add("%s %s, %s: %s; dopi says %s. Label: %s"
                    .formatted(
                            label.certain() ? "PATTERN " : "doubtful",
                            label.name(),
                            id,
                            expected ? "expected and not recommended" : "recommended and not expected",
                            listed.map(it -> it.reason(id)).orElse("nothing, having missed the class"),
                            label.note()));
        }
    }

    /** The one pattern that is about the Worker as a whole: expected where one of its classes says so. */
    private void rollout() {
        List<Labels.Labelled> telling = labels.objects().stream()
                .filter(Labels.Labelled::tellsExpectations)
                .toList();
        if (telling.isEmpty()) {
            return;
        }
        boolean expected = telling.stream().anyMatch(label -> label.expects("gradual_deploy"));
        boolean recommended = workers().anyMatch(worker -> worker.recommends(ROLLOUT));
        scores.pattern(ROLLOUT, expected, recommended);
        if (expected != recommended) {
            lines.add("PATTERN  %s: %s"
                    .formatted(ROLLOUT, expected ? "expected and not recommended" : "recommended and not expected"));
        }
    }
}
