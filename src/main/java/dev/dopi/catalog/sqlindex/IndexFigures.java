package dev.dopi.catalog.sqlindex;

import dev.dopi.pattern.Measured;
import dev.dopi.sql.IndexEffect;
import dev.dopi.sql.IndexTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** What was counted on synthetic rows, as lines of a finding: what queries save, what inserts and the build cost. */
final class IndexFigures {

    private IndexFigures() {}

    static List<Measured> of(IndexEffect effect) {
        var lines = new ArrayList<Measured>();
        for (IndexEffect.QuerySteps query : effect.queries()) {
            lines.add(new Measured(
                    "%s synthetic rows, steps of SQLite's virtual machine: %s"
                            .formatted(number(effect.rows()), SqlIndexPattern.oneLine(query.query())),
                    steps(query.before()),
                    steps(query.after())));
        }
        for (IndexEffect.WriteSteps write : effect.writes()) {
            lines.add(new Measured(
                    "one INSERT into " + write.table(),
                    "%s, nothing written to these indexes".formatted(steps(write.before())),
                    "%s, up to %s more"
                            .formatted(steps(write.after()), count(write.indexes(), "row written", "rows written"))));
        }
        for (IndexEffect.Build build : effect.builds()) {
            lines.add(new Measured(
                    "building %s once, for each object that holds rows".formatted(build.index()),
                    "%s rows of %s".formatted(number(effect.rows()), build.table()),
                    "%s, all rows read and %s rows written, %s kB"
                            .formatted(
                                    steps(build.steps()),
                                    number(build.entries()),
                                    number(Math.ceilDiv(build.bytes(), 1024)))));
        }
        for (String problem : effect.problems()) {
            lines.add(new Measured("what the indexes save and cost", "not counted", problem));
        }
        return lines;
    }

    private static String count(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private static String steps(OptionalLong steps) {
        return steps.isPresent()
                ? number(steps.getAsLong()) + " steps"
                : "not counted, for it takes more than %s steps or SQLite refuses it on these rows"
                        .formatted(number(IndexTrial.MOST_STEPS));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
