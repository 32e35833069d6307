package dev.dopi.report;

import dev.dopi.engine.SessionReport.Applied;
import dev.dopi.engine.SessionReport.Changed;
import dev.dopi.engine.SessionReport.CheckSummary;
import dev.dopi.engine.SessionReport.PartSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What checks recorded piece by piece: which tests ran, what was proved of which class. */
final class Parts {

    private static final int MOST = 12;
    private static final int SHORT = 100;

    private Parts() {}

    /** Returns how many of {@code parts} came to what: {@code 13 passed, 1 failed}. */
    static String counts(List<PartSummary> parts) {
        var said = new ArrayList<String>();
        add(said, parts, "PASSED", "passed");
        add(said, parts, "FAILED", "failed");
        add(said, parts, "FAILED_BEFORE", "failed before dopi's change as well");
        add(said, parts, "NOT_RUN", "not run");
        return String.join(", ", said);
    }

    private static void add(List<String> said, List<PartSummary> parts, String verdict, String words) {
        long count =
                parts.stream().filter(part -> part.verdict().equals(verdict)).count();
        if (count > 0) {
            said.add(count + " " + words);
        }
    }

    /** Returns the parts that a reader wants one by one: of a few all, of many those that did not pass. */
    static List<PartSummary> told(CheckSummary check) {
        List<PartSummary> telling = check.parts().stream()
                .filter(part -> !part.verdict().equals("PASSED"))
                .toList();
        boolean few = check.parts().size() <= MOST || isProof(check);
        return few ? check.parts() : telling;
    }

    private static boolean isProof(CheckSummary check) {
        return check.command().contains("objects.mjs");
    }

    /** Returns a part as a line: what came of it, what it is, what was seen, and how long it took where that is known. */
    static String line(PartSummary part) {
        String about = part.subject().isEmpty() ? part.name() : part.subject() + ", " + part.name();
        // A line of a program's output tells its place itself.
        boolean whole = part.subject().isEmpty() || part.detail().contains(part.name());
        String said = part.detail().isEmpty() ? about : whole ? part.detail() : about + ": " + part.detail();
        String time = part.durationMillis() < SHORT
                ? ""
                : " (" + Wording.seconds(Duration.ofMillis(part.durationMillis())) + ")";
        return word(part) + " " + said + time;
    }

    private static String word(PartSummary part) {
        return switch (part.verdict()) {
            case "PASSED" -> "passed";
            case "FAILED" -> "FAILED";
            case "FAILED_BEFORE" -> "failed before as well";
            default -> "not run";
        };
    }

    /** Returns what the checks recorded about the class, the tests and the configuration of one applied pattern. */
    static List<String> about(Applied applied, List<CheckSummary> checks) {
        Set<String> created = applied.files().stream()
                .filter(Changed::created)
                .map(Changed::path)
                .collect(Collectors.toSet());
        String className = applied.finding().className();
        var lines = new ArrayList<String>();
        for (CheckSummary check : checks) {
            created.forEach(file -> addAbout(lines, check, file));
            if (!className.isEmpty()) {
                addAbout(lines, check, className);
            }
            applied.files().stream()
                    .map(Changed::path)
                    .filter(file -> className.isEmpty() && reads(check, file))
                    .forEach(file -> lines.add("%s, with %s: %s".formatted(check.title(), file, Outcomes.word(check))));
        }
        return lines;
    }

    /** Whether the command of {@code check} names {@code file}, a configuration; where several do, their titles tell them apart. */
    private static boolean reads(CheckSummary check, String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return check.command().endsWith(" " + name)
                && (!check.title().endsWith(name) || check.title().endsWith(" in " + file));
    }

    private static void addAbout(List<String> lines, CheckSummary check, String subject) {
        List<PartSummary> about = check.parts().stream()
                .filter(part -> part.subject().equals(subject))
                .toList();
        if (!about.isEmpty()) {
            lines.add("%s, %s: %s".formatted(check.title(), subject, counts(about)));
        }
    }

    /** Returns how many tests ran, by the checks that told of each; empty where none did. */
    static List<PartSummary> tests(List<CheckSummary> checks) {
        return checks.stream()
                .filter(check -> !isProof(check))
                .flatMap(check -> check.parts().stream())
                .filter(part -> part.verdict().equals("PASSED") || part.durationMillis() > 0)
                .toList();
    }
}
