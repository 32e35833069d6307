package dev.dopi.report;

import dev.dopi.engine.Analysis;
import dev.dopi.model.Worker;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Option;
import dev.dopi.pattern.Priority;
import dev.dopi.pattern.Status;
import dev.dopi.pattern.Subject;
import dev.dopi.project.Diagnostic;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An analysis for people to read: at most 80 columns, no colour, every state in words.
 *
 * <p>A digest leaves out what a reader of a large project would not miss, and says that it did and how to see it.
 */
public final class AnalysisText {

    static final int LABEL = 11;

    /** As many classes have a card each; where there are more, they are named. */
    private static final int CARDS = 8;

    private static final int WORKERS = 12;
    /** As many recommendations are told at length; where there are more, so many of a priority and pattern. */
    private static final int FEW = 8;

    private static final int URGENT = 3;
    private static final int OTHERS = 1;
    private static final int NAMES = 12;
    private static final int LINES = 12;
    private static final int DIAGNOSTICS = 12;

    private final Analysis analysis;
    private final boolean whole;
    private final TextPage page = new TextPage();
    private final boolean recommendations;
    private boolean cut;

    private AnalysisText(Analysis analysis, boolean whole, boolean recommendations) {
        this.analysis = analysis;
        this.whole = whole;
        this.recommendations = recommendations;
    }

    /** Returns everything of a small project, and of a large one a digest that ends with {@code more}. */
    public static String digest(Analysis analysis, String more) {
        return digest(analysis, more, true);
    }

    /** Returns the same without the recommendations, for a session that tells them when it asks about them. */
    public static String digestBeforeQuestions(Analysis analysis, String more) {
        return digest(analysis, more, false);
    }

    private static String digest(Analysis analysis, String more, boolean recommendations) {
        var text = new AnalysisText(analysis, false, recommendations);
        text.write();
        if (text.cut) {
            text.page.blank().text(0, more);
        }
        return text.page.toString();
    }

    /** Returns everything. */
    public static String whole(Analysis analysis) {
        var text = new AnalysisText(analysis, true, true);
        text.write();
        return text.page.toString();
    }

    private void write() {
        List<Finding> recommended = analysis.recommendations().toList();
        page.text(0, summary(recommended.size()));
        workers();
        if (recommendations && !recommended.isEmpty()) {
            recommendations(recommended);
            options(recommended);
        }
        others("Already in place", Status.PRESENT);
        others("Not applicable", Status.NOT_APPLICABLE);
        diagnostics();
    }

    private String summary(int recommendations) {
        Path folder = analysis.root().getFileName();
        return "%s: %s, %s, %s (%s)"
                .formatted(
                        folder == null ? analysis.root() : folder,
                        Wording.count(analysis.model().workers().size(), "Worker"),
                        Wording.count(analysis.model().durableObjects().count(), "Durable Object class"),
                        Wording.count(recommendations, "recommendation"),
                        Wording.seconds(analysis.duration()));
    }

    private void workers() {
        List<Worker> workers = analysis.model().workers();
        if (whole || workers.size() <= 2) {
            workers.forEach(this::worker);
            return;
        }
        List<Worker> with = workers.stream()
                .filter(worker -> !worker.durableObjects().isEmpty())
                .toList();
        if (analysis.model().durableObjects().count() <= CARDS) {
            with.forEach(this::worker);
        } else {
            cut = true;
            page.blank().text(0, "Durable Object classes, by Worker");
            with.stream().limit(WORKERS).forEach(this::inBrief);
            if (with.size() > WORKERS) {
                page.text(2, "and of " + Wording.count(with.size() - WORKERS, "more Worker"));
            }
        }
        List<String> without = workers.stream()
                .filter(worker -> worker.durableObjects().isEmpty())
                .map(AnalysisText::name)
                .toList();
        if (!without.isEmpty()) {
            cut |= without.size() > NAMES;
            page.blank()
                    .text(
                            0,
                            "%s without a Durable Object class: %s"
                                    .formatted(Wording.count(without.size(), "Worker"), Wording.some(without, NAMES)));
        }
    }

    private void inBrief(Worker worker) {
        String classes = Wording.some(
                worker.durableObjects().stream().map(each -> each.className()).toList(), NAMES);
        page.text(2, name(worker) + ": " + classes);
    }

    private static String name(Worker worker) {
        String place = new Subject(worker.id(), "").place();
        return worker.name().orElse(place.isEmpty() ? "a Worker without a name" : place);
    }

    private void worker(Worker worker) {
        page.blank()
                .text(
                        0,
                        "Worker " + worker.name().orElse("without a name")
                                + worker.config().map(path -> " (" + path + ")").orElse(", no wrangler configuration"));
        worker.main().ifPresent(main -> page.labelled(2, "entry", LABEL, main));
        worker.compatibilityDate().ifPresent(date -> page.labelled(2, "compatible", LABEL, "with " + date));
        if (worker.durableObjects().isEmpty()) {
            page.text(2, "No Durable Object class was found in it.");
        }
        worker.durableObjects().forEach(each -> cut |= new ClassText(page, whole).write(each));
    }

    private void recommendations(List<Finding> recommended) {
        page.blank().text(0, "Recommendations, the most urgent first");
        var text = new FindingText(page, whole);
        boolean all = whole || recommended.size() <= FEW;
        Map<String, List<Finding>> groups = grouped(
                recommended,
                each -> all ? "" : each.priority() + " " + each.pattern().id());
        for (List<Finding> group : groups.values()) {
            int atLength =
                    all ? group.size() : group.getFirst().priority().compareTo(Priority.HIGH) <= 0 ? URGENT : OTHERS;
            group.stream().limit(atLength).forEach(each -> cut |= text.atLength(recommended.indexOf(each) + 1, each));
            if (group.size() > atLength) {
                cut = true;
                text.alike(group.subList(atLength, group.size()), NAMES);
            }
        }
    }

    private static Map<String, List<Finding>> grouped(List<Finding> findings, Function<Finding, String> key) {
        return findings.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }

    /** What options mean, once for each pattern however many findings have them. */
    private void options(List<Finding> recommended) {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (Finding finding : recommended) {
            for (Option option : finding.options()) {
                meanings.putIfAbsent(finding.pattern().id() + "." + option.key(), option.help());
            }
        }
        if (!meanings.isEmpty()) {
            page.blank().text(0, "Options, for dopi apply --set OPTION=VALUE");
            meanings.forEach((option, help) -> page.text(2, option).text(4, help));
        }
    }

    /** Findings that say the same are one line; where there are too many such lines, those of a pattern are. */
    private void others(String heading, Status status) {
        List<Finding> findings = analysis.findings().stream()
                .filter(finding -> finding.status() == status)
                .toList();
        if (findings.isEmpty()) {
            return;
        }
        page.blank().text(0, heading);
        Map<String, List<Finding>> alike =
                grouped(findings, finding -> finding.pattern().id() + "\0" + finding.reason());
        if (whole || alike.size() <= LINES) {
            alike.values().forEach(this::other);
            return;
        }
        cut = true;
        grouped(findings, finding -> finding.pattern().id())
                .forEach((pattern, of) -> page.text(2, pattern + ": " + Wording.some(names(of), NAMES)));
    }

    private void other(List<Finding> alike) {
        List<String> names = names(alike);
        cut |= !whole && names.size() > NAMES;
        String subjects = whole ? String.join(", ", names) : Wording.some(names, NAMES);
        page.text(
                2,
                alike.getFirst().pattern().id() + ", " + subjects + ": "
                        + alike.getFirst().reason());
    }

    private static List<String> names(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.subject().label())
                .distinct()
                .toList();
    }

    private void diagnostics() {
        if (analysis.diagnostics().isEmpty()) {
            return;
        }
        page.blank().text(0, "Diagnostics");
        int most = whole ? analysis.diagnostics().size() : DIAGNOSTICS;
        List<Diagnostic> gravest = analysis.diagnostics().stream()
                .sorted(Comparator.comparing(Diagnostic::severity))
                .toList();
        gravest.stream().limit(most).forEach(this::diagnostic);
        if (gravest.size() > most) {
            cut = true;
            page.text(2, "and " + (gravest.size() - most) + " more");
        }
    }

    private void diagnostic(Diagnostic each) {
        String place = each.place().isEmpty() ? "" : each.place() + ": ";
        page.text(2, Wording.words(each.severity()) + ": " + place + each.message());
    }
}
