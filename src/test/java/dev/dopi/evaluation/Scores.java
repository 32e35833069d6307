package dev.dopi.evaluation;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The counts of an evaluation, and whether they are good enough. */
final class Scores {

    private static final double CLASSES_FOUND = 0.98;
    private static final double CLASSES_INVENTED = 0.01;
    private static final double PATTERN = 0.90;

    /** How often one pattern was recommended rightly, wrongly, or not where it should be. */
    private static final class Recommended {
        private int rightly;
        private int wrongly;
        private int missed;

        private double precision() {
            return share(rightly, rightly + wrongly);
        }

        private double recall() {
            return share(rightly, rightly + missed);
        }
    }

    /** How often one kind of fact was right. */
    private static final class Told {
        private int right;
        private int all;
    }

    private int found;
    private int missed;
    private int invented;
    private final Map<String, Told> facts = new TreeMap<>();
    private final Map<String, Recommended> patterns = new TreeMap<>();

    void found() {
        found++;
    }

    void missed() {
        missed++;
    }

    void invented() {
        invented++;
    }

    void fact(String about, boolean right) {
        Told told = facts.computeIfAbsent(about, _ -> new Told());
        told.all++;
        told.right += right ? 1 : 0;
    }

    void pattern(String id, boolean expected, boolean recommended) {
        Recommended counts = patterns.computeIfAbsent(id, _ -> new Recommended());
        counts.rightly += expected && recommended ? 1 : 0;
        counts.wrongly += !expected && recommended ? 1 : 0;
        counts.missed += expected && !recommended ? 1 : 0;
    }

    boolean areGood() {
        return share(found, found + missed) >= CLASSES_FOUND
                && inventedShare() <= CLASSES_INVENTED
                && patterns.values().stream().allMatch(it -> it.precision() >= PATTERN && it.recall() >= PATTERN);
    }

    private double inventedShare() {
        return invented == 0 ? 0 : (double) invented / (found + invented);
    }

    String summary() {
        var text = new StringBuilder();
        text.append("classes      %d labelled, %d found (%s), %d missed, %d invented (%s of those listed)%n"
                .formatted(
                        found + missed,
                        found,
                        percent(share(found, found + missed)),
                        missed,
                        invented,
                        percent(inventedShare())));
        text.append("%nfact             right   of%n".formatted());
        facts.forEach((about, told) -> text.append(
                "%-14s %7d %4d  %s%n".formatted(about, told.right, told.all, percent(share(told.right, told.all)))));
        text.append("%npattern (certain labels)  rightly  wrongly  missed  precision  recall%n".formatted());
        patterns.forEach((id, counts) -> text.append("%-24s %8d %8d %7d %10s %7s%n"
                .formatted(
                        id,
                        counts.rightly,
                        counts.wrongly,
                        counts.missed,
                        percent(counts.precision()),
                        percent(counts.recall()))));
        return text.toString();
    }

    /** Returns the part of {@code all}; of nothing all is right. */
    private static double share(int part, int all) {
        return all == 0 ? 1 : (double) part / all;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
