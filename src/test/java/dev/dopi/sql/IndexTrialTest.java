package dev.dopi.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.sql.IndexEffect.QuerySteps;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class IndexTrialTest {

    private static final String TABLE = "CREATE TABLE notes(id INTEGER PRIMARY KEY, author TEXT NOT NULL, state TEXT"
            + " CHECK (state IN ('open', 'done')), at INTEGER)";

    @Test
    void countsFewerStepsWithAnIndexThatIsUsed() {
        IndexEffect effect = effect("SELECT id FROM notes WHERE author = ?");
        QuerySteps query = effect.queries().getFirst();
        assertTrue(query.before().orElseThrow() > 3_000, effect::toString);
        assertTrue(query.after().orElseThrow() < 400, effect::toString);
        assertEquals(1_000, effect.builds().getFirst().entries());
        assertTrue(effect.builds().getFirst().bytes() > 8_000, effect::toString);
    }

    @Test
    void countsTheSameEachTime() {
        String query = "SELECT id FROM notes WHERE author = ? AND at > ? ORDER BY at LIMIT 5";
        assertEquals(effect(query), effect(query));
    }

    @Test
    void statesWhatAnInsertCostsMore() {
        IndexEffect.WriteSteps write = effect("DELETE FROM notes WHERE author = ?", "SELECT max(at) FROM notes")
                .writes()
                .getFirst();
        assertEquals(2, write.indexes());
        assertTrue(write.after().orElseThrow() > write.before().orElseThrow(), write::toString);
    }

    @Test
    void takesBackWhatAStatementDeletes() {
        IndexEffect effect = effect("DELETE FROM notes WHERE author = ?", "SELECT at FROM notes WHERE at < ?");
        assertTrue(
                effect.queries().stream()
                        .allMatch(each ->
                                each.after().orElseThrow() * 5 < each.before().orElseThrow()),
                effect::toString);
    }

    @Test
    void stopsAQueryThatTakesTooLong() {
        IndexEffect effect =
                effect("SELECT count(*) FROM notes a, notes b, notes c WHERE a.author = ? AND b.at <> c.at");
        assertTrue(effect.queries().stream().allMatch(each -> each.before().isEmpty()), effect::toString);
    }

    @Test
    void saysWhyATableGotNoRows() {
        String strict = "CREATE TABLE notes(id INTEGER PRIMARY KEY, author TEXT CHECK (length(author) = 36 AND 1 = 2))";
        List<IndexProposal> proposals = proposals(strict, "SELECT id FROM notes WHERE author = ?");
        IndexEffect effect = IndexTrial.measure(List.of(strict), proposals);
        assertEquals(List.of("notes: its constraints take only 0 of 1000 synthetic rows"), effect.problems());
        assertEquals(List.of(), effect.queries());
    }

    private static IndexEffect effect(String... queries) {
        return IndexTrial.measure(List.of(TABLE), proposals(TABLE, queries));
    }

    private static List<IndexProposal> proposals(String table, String... queries) {
        try (var database = ScratchDatabase.of(List.of(table))) {
            return IndexAdvisor.advise(database, Stream.of(queries).toList()).proposals();
        }
    }
}
