package dev.dopi.report;

import dev.dopi.edit.GeneratedTest;
import dev.dopi.engine.SessionReport;
import dev.dopi.engine.SessionReport.Changed;
import java.util.List;

/** Lines and files of everything that a session wrote and that stands, and the tests that ran; a file that two patterns wrote counts once. */
record Totals(int patterns, int testFiles, int files, int created, int added, int removed, int tests, int testsPassed) {

    static Totals of(SessionReport report) {
        List<Changed> all =
                report.applied().stream().flatMap(each -> each.files().stream()).toList();
        return new Totals(
                (int) report.applied().stream()
                        .map(each -> each.finding().pattern())
                        .distinct()
                        .count(),
                (int) report.applied().stream()
                        .flatMap(each -> each.hunks().stream())
                        .filter(GeneratedTest::isTitle)
                        .count(),
                (int) all.stream().map(Changed::path).distinct().count(),
                (int) all.stream()
                        .filter(Changed::created)
                        .map(Changed::path)
                        .distinct()
                        .count(),
                all.stream().mapToInt(Changed::added).sum(),
                all.stream().mapToInt(Changed::removed).sum(),
                Parts.tests(report.checks()).size(),
                (int) Parts.tests(report.checks()).stream()
                        .filter(part -> part.verdict().equals("PASSED"))
                        .count());
    }

    String sentence() {
        String ran = tests == 0 ? "" : " %s ran, %d passed.".formatted(Wording.count(tests, "test"), testsPassed);
        return "%s applied, %s added; %s written, %d of them new; %s added, %s removed.%s"
                .formatted(
                        Wording.count(patterns, "pattern"),
                        Wording.count(testFiles, "test file"),
                        Wording.count(files, "file"),
                        created,
                        Wording.count(added, "line"),
                        Wording.count(removed, "line"),
                        ran);
    }

    static String file(Changed file) {
        return file.path() + (file.created() ? " (new)" : "") + " +" + file.added() + " -" + file.removed();
    }
}
