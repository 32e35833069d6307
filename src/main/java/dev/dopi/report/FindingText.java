package dev.dopi.report;

import static dev.dopi.report.AnalysisText.LABEL;

import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Fix;
import dev.dopi.pattern.Measured;
import dev.dopi.pattern.Status;
import java.util.List;
import java.util.stream.Collectors;

/** A recommendation, as a card of labelled lines or in brief. */
final class FindingText {

    private static final int PLACES = 6;

    private final TextPage page;
    private final boolean whole;

    /** Writes to {@code page}; long lists of evidence are cut short unless {@code whole}. */
    FindingText(TextPage page, boolean whole) {
        this.page = page;
        this.whole = whole;
    }

    /** Writes all that speaks for {@code finding}; returns whether something was left out. */
    boolean atLength(int number, Finding finding) {
        page.blank().text(2, "%d. %s".formatted(number, title(finding)));
        fact("what", finding.pattern().title() + (finding.status() == Status.PARTIAL ? " (partly in place)" : ""));
        fact("why", finding.reason());
        int places = whole ? finding.evidence().size() : PLACES;
        finding.evidence().stream().limit(places).forEach(each -> fact("evidence", place(each) + " " + each.message()));
        boolean cut = finding.evidence().size() > places;
        if (cut) {
            fact("evidence", "and %d more".formatted(finding.evidence().size() - places));
        }
        if (!finding.benefit().isEmpty()) {
            fact("benefit", finding.benefit());
        }
        for (Measured measured : finding.measured()) {
            fact("measured", measured.what().replaceAll("\\s+", " "));
            page.labelled(6, "before", LABEL - 2, oneLine(measured.before()));
            page.labelled(6, "after", LABEL - 2, oneLine(measured.after()));
        }
        if (!finding.options().isEmpty()) {
            fact(
                    "options",
                    finding.options().stream()
                            .map(option -> option.key() + "=" + option.value())
                            .collect(Collectors.joining(" ")));
        }
        fact(
                "apply",
                finding.fix() == Fix.ADVICE
                        ? "this is advice: dopi does not write it"
                        : "dopi apply --pattern " + finding.pattern().id() + " --yes");
        return cut;
    }

    /** Writes which other classes or Workers the same is recommended for, and where. */
    void alike(List<Finding> others, int most) {
        List<String> names =
                others.stream().map(FindingText::nameAndPlace).distinct().toList();
        page.labelled(4, "also", LABEL, "for " + Wording.some(names, most));
    }

    private static String nameAndPlace(Finding finding) {
        String label = finding.subject().label();
        return finding.subject().className().isEmpty() || finding.evidence().isEmpty()
                ? label
                : label + " (" + finding.evidence().getFirst().file() + ")";
    }

    private static String title(Finding finding) {
        return "%s %s, %s"
                .formatted(
                        finding.priority(),
                        finding.pattern().id(),
                        finding.subject().label());
    }

    private static String place(Evidence evidence) {
        return evidence.file() + ":" + evidence.line();
    }

    private void fact(String label, String text) {
        page.labelled(4, label, LABEL, text);
    }

    private static String oneLine(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("; "));
    }
}
