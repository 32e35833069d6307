package dev.dopi.report;

import dev.dopi.engine.SessionReport;
import dev.dopi.engine.SessionReport.CheckSummary;
import dev.dopi.engine.SessionReport.FindingSummary;
import dev.dopi.pattern.Fix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Something to do after a session.
 *
 * @param command works as printed, in the project's folder
 */
public record NextStep(String command, String purpose) {

    private static final Pattern AGAIN = Pattern.compile("make them again with `([^`]+)`");
    private static final Pattern COMMAND = Pattern.compile("`([^`]+)`");

    /** Returns what is to be done after {@code report}, the most urgent first; git is named where the project is in one. */
    public static List<NextStep> of(SessionReport report) {
        var steps = new ArrayList<NextStep>();
        installing(report)
                .forEach(command ->
                        steps.add(new NextStep(command, "installs what checks lacked, then: dopi validate")));
        again(report)
                .forEach(command -> steps.add(
                        new NextStep(command, "makes the types of the configuration again, then: dopi validate")));
        if (!report.applied().isEmpty()) {
            if (isInGit(Path.of(report.root()))) {
                steps.add(new NextStep("git status", "lists the files that were written, the new ones too"));
                steps.add(new NextStep("git diff", "shows what was changed in the others"));
            }
            boolean checked = !report.checks().isEmpty();
            if (!checked || !report.checks().stream().allMatch(Outcomes::passed)) {
                steps.add(new NextStep("dopi validate", checked ? "runs the checks again" : "runs the checks"));
            }
            steps.add(new NextStep("dopi undo", "puts every file back as it was"));
        }
        Set<String> writable = open(report, finding -> !adviceOnly(finding));
        for (String pattern : writable) {
            steps.add(new NextStep(
                    "dopi apply --pattern " + pattern + " --dry-run", "shows what this recommendation would change"));
        }
        for (String pattern : open(report, NextStep::adviceOnly)) {
            steps.add(new NextStep(
                    "dopi analyze --pattern " + pattern,
                    "says what dopi does not write here and is to be done by hand"));
        }
        if (steps.isEmpty()) {
            steps.add(new NextStep("dopi analyze", "looks at the project again"));
        }
        return steps;
    }

    private static boolean isInGit(Path folder) {
        return Stream.iterate(folder, Objects::nonNull, Path::getParent)
                .anyMatch(each -> Files.exists(each.resolve(".git")));
    }

    /** The commands that make again what a check found out of date. */
    private static LinkedHashSet<String> again(SessionReport report) {
        var commands = new LinkedHashSet<String>();
        for (CheckSummary check : report.checks()) {
            Matcher named = AGAIN.matcher(check.reason());
            if (check.outcome().equals("FAILED") && named.find()) {
                commands.add(named.group(1));
            }
        }
        return commands;
    }

    /** The commands that the reasons of checks without a program name. */
    private static LinkedHashSet<String> installing(SessionReport report) {
        var commands = new LinkedHashSet<String>();
        for (CheckSummary check : report.checks()) {
            Matcher named = COMMAND.matcher(check.reason());
            if (check.outcome().equals("MISSING_PROGRAM") && named.find()) {
                commands.add(named.group(1));
            }
        }
        return commands;
    }

    private static Set<String> open(SessionReport report, Predicate<FindingSummary> wanted) {
        var open = new LinkedHashSet<String>();
        for (FindingSummary finding : report.findings()) {
            if (recommended(finding) && !wasApplied(report, finding) && wanted.test(finding)) {
                open.add(finding.pattern());
            }
        }
        return open;
    }

    static boolean recommended(FindingSummary finding) {
        return finding.status().equals("MISSING") || finding.status().equals("PARTIAL");
    }

    /** Whether nothing of it is written by dopi. */
    static boolean adviceOnly(FindingSummary finding) {
        return finding.fix().equals(Fix.ADVICE.name());
    }

    static boolean wasApplied(SessionReport report, FindingSummary finding) {
        return report.applied().stream()
                .map(SessionReport.Applied::finding)
                .anyMatch(applied -> applied.pattern().equals(finding.pattern())
                        && applied.worker().equals(finding.worker())
                        && applied.className().equals(finding.className()));
    }
}
