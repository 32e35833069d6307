package dev.dopi.engine;

import dev.dopi.engine.CheckResult.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A check's two runs, before dopi's change and after it: which of the failures are new. */
final class Comparison {

    private Comparison() {}

    /** Returns {@code now} with what it failed at before told apart from what is new. */
    static CheckResult of(CheckResult now, CheckResult before) {
        return switch (before.outcome()) {
            case PASSED -> now.judged(Outcome.FAILED, sentence(now) + " It passed before dopi's change.", now.parts());
            case FAILED, FAILED_BEFORE, TIMED_OUT -> both(now, before);
            case CANCELLED -> before;
            case SKIPPED, MISSING_PROGRAM ->
                now.because(sentence(now) + " Whether it failed before is not known: " + before.reason());
        };
    }

    private static CheckResult both(CheckResult now, CheckResult before) {
        List<CheckPart> judged = judged(now.parts(), before.parts());
        List<CheckPart> fresh = judged.stream().filter(CheckPart::failed).toList();
        long old = judged.stream()
                .filter(part -> part.verdict() == CheckPart.Verdict.FAILED_BEFORE)
                .count();
        if (!fresh.isEmpty()) {
            String also = old == 0 ? "" : " (%d more failed before as well)".formatted(old);
            return now.judged(
                    Outcome.FAILED,
                    "%s since dopi's change: %s%s."
                            .formatted(
                                    fresh.size() == 1 ? "1 failure is new" : fresh.size() + " failures are new",
                                    stripped(fresh.getFirst().text()),
                                    also),
                    judged);
        }
        boolean tellsLess = old == 0 && before.parts().stream().anyMatch(CheckPart::failed);
        if (tellsLess && now.outcome() != before.outcome()) {
            return now.judged(
                    Outcome.FAILED,
                    sentence(now) + " Before dopi's change it failed otherwise: " + before.reason(),
                    judged);
        }
        return now.judged(Outcome.FAILED_BEFORE, sentence(before), judged);
    }

    /** Returns the parts of now, a failure that is found before as many times or more marked as old. */
    static List<CheckPart> judged(List<CheckPart> now, List<CheckPart> before) {
        Map<String, Integer> left = new HashMap<>();
        before.stream().filter(CheckPart::failed).forEach(part -> left.merge(part.key(), 1, Integer::sum));
        var judged = new ArrayList<CheckPart>();
        for (CheckPart part : now) {
            boolean old = part.failed() && left.merge(part.key(), -1, Integer::sum) >= 0;
            judged.add(old ? part.as(CheckPart.Verdict.FAILED_BEFORE) : part);
        }
        return judged;
    }

    private static String sentence(CheckResult result) {
        return CheckResult.sentence(result.reason());
    }

    private static String stripped(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
