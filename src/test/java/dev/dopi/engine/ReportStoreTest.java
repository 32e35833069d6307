package dev.dopi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.engine.SessionReport.Applied;
import dev.dopi.engine.SessionReport.Changed;
import dev.dopi.engine.SessionReport.CheckSummary;
import dev.dopi.engine.SessionReport.ClassSummary;
import dev.dopi.engine.SessionReport.FindingSummary;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportStoreTest {

    private final Folder project;

    ReportStoreTest(@TempDir Path temporary) throws IOException {
        project = Folder.in(temporary);
    }

    private SessionReport report() {
        var finding = new FindingSummary(
                "sql-index",
                "wrangler.jsonc",
                "ChatRoom",
                "MISSING",
                "HIGH",
                "It scans „messages“.",
                "Fewer rows are read.",
                "AUTOMATIC",
                List.of(new Evidence("src/room.ts", 12, 5, "this query")),
                List.of(new Measured("SELECT 1", "SCAN messages", "SEARCH messages")));
        return new SessionReport(
                project.root().toString(),
                Instant.parse("2026-03-04T05:06:07.089Z"),
                1234,
                List.of(new ClassSummary("ChatRoom", "src/room.ts", 10, List.of("sql"), 2, 3)),
                List.of(finding),
                List.of(new Applied(
                        finding, "000001-x", List.of("index"), List.of(new Changed("src/room.ts", false, 4, 1)))),
                List.of(
                        new CheckSummary("Type check", "npx tsc --noEmit", "PASSED", 0, 99, ""),
                        new CheckSummary("Tests", "npm test", "SKIPPED", null, 7, "There is no test script.")));
    }

    @Test
    void givesBackWhatWasSaved() throws Exception {
        new ReportStore(project.state()).save(report());

        assertEquals(Optional.of(report()), new ReportStore(project.state()).load());
        String text = Files.readString(project.state().path().resolve("report.json"));
        assertTrue(text.contains("\"2026-03-04T05:06:07.089Z\""), text);
        try (var files = Files.list(project.state().path())) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void hasNothingWhereNothingWasSaved() throws Exception {
        assertEquals(Optional.empty(), new ReportStore(project.state()).load());
    }

    @Test
    void hasNothingWhereItCannotUnderstandWhatIsThere() throws Exception {
        var store = new ReportStore(project.state());
        store.save(report());
        Path file = project.state().path().resolve("report.json");
        String whole = Files.readString(file);

        for (String broken : List.of(
                "",
                "null",
                "[]",
                "{}",
                "\0\1",
                "{\"format\":1,\"report\":null}",
                whole.substring(0, whole.length() / 2),
                whole.replace("\"format\" : 2", "\"format\" : 99"),
                whole.replace("2026-03-04", "someday"),
                whole.replace("\"hunks\"", "\"chunks\""))) {
            Files.writeString(file, broken);
            assertEquals(Optional.empty(), store.load(), broken);
        }
        store.save(report());
        assertEquals(Optional.of(report()), store.load());
    }
}
