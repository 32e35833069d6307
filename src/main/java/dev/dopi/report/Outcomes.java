package dev.dopi.report;

import dev.dopi.engine.SessionReport;
import dev.dopi.engine.SessionReport.CheckSummary;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What is recorded of the checks, in words. Only what ran to its end and passed is called passed. */
record Outcomes(List<CheckSummary> checks, boolean nothingLeft) {

    /** The checks of {@code report}. */
    static Outcomes of(SessionReport report) {
        return new Outcomes(
                report.checks(),
                report.applied().isEmpty() && !report.takenBack().isEmpty());
    }

    static boolean passed(CheckSummary check) {
        return check.outcome().equalsIgnoreCase("PASSED") && check.exitCode() != null && check.exitCode() == 0;
    }

    /** Whether no program gave a verdict, because none ran. */
    static boolean notRun(CheckSummary check) {
        return switch (check.outcome().toUpperCase(Locale.ROOT)) {
            case "SKIPPED", "MISSING_PROGRAM" -> true;
            default -> false;
        };
    }

    /** Returns {@code passed}, {@code failed} and the like, with why where that is recorded. */
    static String verdict(CheckSummary check) {
        return word(check) + (check.reason().isEmpty() ? "" : ": " + check.reason());
    }

    static String word(CheckSummary check) {
        return notRun(check) ? "not run" : passed(check) ? "passed" : unproved(check);
    }

    private static String unproved(CheckSummary check) {
        if (check.outcome().equalsIgnoreCase("FAILED_BEFORE")) {
            return "failed before dopi's change as well";
        }
        String recorded = Wording.words(check.outcome());
        return recorded.equals("passed") ? "ended without an exit code of 0" : recorded;
    }

    private static boolean failedBefore(CheckSummary check) {
        return check.outcome().equalsIgnoreCase("FAILED_BEFORE");
    }

    private String titles(Predicate<CheckSummary> wanted) {
        return checks.stream().filter(wanted).map(CheckSummary::title).collect(Collectors.joining(", "));
    }

    /** Returns how it ended, how long it took and when it began, as far as that is recorded. */
    static String figures(CheckSummary check) {
        return (check.exitCode() == null ? "no exit code" : "exit code " + check.exitCode())
                + ", "
                + Wording.seconds(Duration.ofMillis(check.durationMillis()))
                + (check.started() == null ? "" : ", started " + started(check));
    }

    /** Returns when its program was started, to the second; empty where that is not recorded. */
    static String started(CheckSummary check) {
        return check.started() == null
                ? ""
                : check.started().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Returns one sentence about all of them, for a reader who has not read what it is about. */
    String sentence() {
        return checks.isEmpty() ? counts() : "Validation: " + counts();
    }

    /** Returns how many passed, did not run and did not pass. */
    String counts() {
        if (checks.isEmpty()) {
            return nothingLeft
                    ? "Nothing that was written stands, so no check ran after it was taken back."
                    : "Validation did not run.";
        }
        long passed = checks.stream().filter(Outcomes::passed).count();
        long notRun = checks.stream().filter(Outcomes::notRun).count();
        String old = titles(Outcomes::failedBefore);
        String failed = titles(check -> !passed(check) && !notRun(check) && !failedBefore(check));
        return "%d passed, %d not run%s%s."
                .formatted(
                        passed,
                        notRun,
                        old.isEmpty() ? "" : ", failed before dopi's change as well: " + old,
                        failed.isEmpty()
                                ? (old.isEmpty() ? ", none failed" : ", none else failed")
                                : ", not passed: " + failed);
    }
}
