package dev.dopi.report;

import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Measured;
import dev.dopi.pattern.Subject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the index pattern measured, looked up by query; where it measured nothing, nothing is known. */
record QueryPlans(List<Finding> findings) {

    private static final Pattern USED = Pattern.compile("USING (?:COVERING )?INDEX (\\S+)");

    QueryPlans {
        findings = findings.stream()
                .filter(finding -> finding.pattern().id().equals("sql-index"))
                .toList();
    }

    /**
     * A query as it was measured.
     *
     * @param index the statement that makes the index which the better plan uses, where the finding states it
     */
    record Query(boolean needsIndex, Optional<String> index) {}

    Optional<Query> of(Subject subject, String sql) {
        return findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .flatMap(finding -> finding.measured().stream()
                        .filter(measured -> squeezed(measured.what()).equals(squeezed(sql)))
                        .map(measured -> query(finding, measured)))
                .findFirst();
    }

    private static Query query(Finding finding, Measured measured) {
        boolean better = finding.status().recommended() && !measured.before().equals(measured.after());
        return new Query(better, better ? index(finding, measured.after()) : Optional.empty());
    }

    private static Optional<String> index(Finding finding, String planAfter) {
        Matcher used = USED.matcher(planAfter);
        if (!used.find()) {
            return Optional.empty();
        }
        var creates = Pattern.compile(
                "CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?[\"`\\[]?" + Pattern.quote(used.group(1))
                        + "[\"`\\]]? ON [^;\n]+",
                Pattern.CASE_INSENSITIVE);
        return Stream.concat(
                        Stream.of(finding.reason(), finding.benefit(), planAfter),
                        finding.evidence().stream().map(evidence -> evidence.message()))
                .map(creates::matcher)
                .filter(Matcher::find)
                .map(found -> found.group().strip())
                .findFirst();
    }

    private static String squeezed(String sql) {
        return sql.strip().replaceAll("\\s+", " ").replaceAll(";$", "");
    }
}
