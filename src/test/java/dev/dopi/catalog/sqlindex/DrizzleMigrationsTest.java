package dev.dopi.catalog.sqlindex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.catalog.Fixture;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.project.Project;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A migration beside those that drizzle-kit wrote: whole, or none at all. */
final class DrizzleMigrationsTest {

    private static final Fixture FIXTURE = Fixture.of("sql-index", "drizzle-migrations");
    private static final Map<String, String> FILES = FIXTURE.texts("before");

    @Test
    void noHunkIsMadeWithoutAllTheOthers() throws Exception {
        EditPlan plan = plan(UnaryOperator.identity());
        List<String> ids = plan.hunks().stream()
                .map(Hunk::id)
                .filter(id -> id.startsWith("migration-"))
                .toList();
        assertEquals(5, ids.size());
        for (String id : ids) {
            assertEquals(Set.copyOf(ids), plan.rejectedWith(Set.of(id)), id);
        }
    }

    @Test
    void writesIntoAnObjectOfIndexesAsIntoAnArray() throws Exception {
        UnaryOperator<String> object =
                text -> text.replace("  (t) => [\n    index", "  (t) => ({\n    loansByTime: index")
                        .replace("  ],\n);", "  }),\n);");
        String schema = plan(object).changes(project(object), Set.of()).stream()
                .filter(change -> change.path().equals("src/schema.ts"))
                .findFirst()
                .orElseThrow()
                .after();
        assertTrue(
                schema.contains("    idxLoansBookLentAt: index(\"idx_loans_book_lent_at\").on(t.book, t.lentAt),\n"),
                schema);
    }

    /** What is not as drizzle-kit leaves it is not written into: the line to add is named instead. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "version": "7"                   | "version": "8"
            "idx": 0,                        | "idx": 3,
            "tag": "0000_first"              | "tag": "20260115_first"
            "prevId"                         | "before"
            "said_by": {                     | "told_by": {
            import m0000 from                | import first from
            migrations: {                    | steps: {
            (t) => [                         | ({ lentAt }) => [
            import { index, integer,         | import * as index from "./own"; import { integer,
            """)
    void leavesOtherFormsAlone(String from, String to) throws Exception {
        assertTrue(FILES.values().stream().anyMatch(text -> text.contains(from)), from);
        EditPlan plan = plan(text -> text.replace(from, to));
        assertEquals(List.of(), plan.hunks());
        assertTrue(plan.refusals().toString().contains("Then run drizzle-kit generate"), plan.refusals()::toString);
    }

    private static EditPlan plan(UnaryOperator<String> change) throws Exception {
        return FIXTURE.run(project(change)).plans().getFirst();
    }

    private static Project project(UnaryOperator<String> change) {
        return Fixture.project(FILES, change);
    }
}
