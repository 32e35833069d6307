package dev.dopi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.engine.Analysis;
import dev.dopi.pattern.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BaselineTest {

    @TempDir
    private Path folder = Path.of("");

    private Run run(List<Finding> findings, String... arguments) {
        var session = new FakeSession(folder);
        Analysis plain = ChatProject.analysis(folder, ChatProject.files());
        session.analysis = Optional.of(
                new Analysis(folder, plain.project(), plain.model(), findings, plain.diagnostics(), plain.duration()));
        var all = new ArrayList<>(List.of("analyze", "--baseline", "known.json"));
        all.addAll(List.of(arguments));
        return Run.in(session).of(all.toArray(String[]::new));
    }

    private static String flat(Run run) {
        return run.out().replaceAll("\\s+", " ");
    }

    private String file() throws IOException {
        return Files.readString(folder.resolve("known.json"));
    }

    @Test
    void whatIsCountedIsNotSaidAgain() throws IOException {
        Run written = run(ChatProject.findings(), "--update-baseline");
        Run again = run(ChatProject.findings(), "--fail-on", "low");

        assertEquals(0, written.code, written.err());
        assertTrue(written.err().contains("Wrote 3 recommendations"), written.err());
        assertTrue(file().contains("\"src/room.ts\" : {\n      \"sql-index\" : 1"), file());
        assertEquals(0, again.code, again.err());
        assertTrue(flat(again).contains("0 recommendations"), flat(again));
        assertTrue(flat(again).contains("Known before, by the baseline known.json."), flat(again));
    }

    @Test
    void whatIsNewIsSaid() {
        run(ChatProject.findings().subList(0, 1), "--update-baseline");
        Run now = run(ChatProject.findings().subList(0, 2), "--fail-on", "high");

        assertEquals(1, now.code);
        assertTrue(flat(now).contains("1 recommendation ("), flat(now));
        assertTrue(flat(now).contains("sql-index"), flat(now));
    }

    @Test
    void itDoesNotGrowUnlessThatIsMeant() throws IOException {
        run(ChatProject.findings().subList(0, 1), "--update-baseline");
        String before = file();
        Run grown = run(ChatProject.findings(), "--update-baseline");

        assertEquals(3, grown.code);
        assertTrue(grown.err().contains("sql-index in src/room.ts (1, was 0)"), grown.err());
        assertEquals(before, file());
        assertEquals(0, run(ChatProject.findings(), "--update-baseline", "--accept-growth").code);
        assertFalse(before.equals(file()));
    }

    @Test
    void itShrinksFreelyAndStaleCountsAreSaid() throws IOException {
        run(ChatProject.findings(), "--update-baseline");
        Run now = run(ChatProject.findings().subList(0, 1));

        assertEquals(0, now.code);
        assertTrue(flat(now).contains("counts 1 sql-index in src/room.ts, and there is"), flat(now));
        assertEquals(0, run(ChatProject.findings().subList(0, 1), "--update-baseline").code);
        assertFalse(file().contains("sql-index"));
    }

    @Test
    void whatIsNoBaselineIsWrongUse() throws IOException {
        Files.writeString(folder.resolve("known.json"), "[3");
        Run broken = run(ChatProject.findings());
        Files.writeString(folder.resolve("known.json"), "{}");
        Run foreign = run(ChatProject.findings());

        assertEquals(2, broken.code);
        assertTrue(broken.err().contains("not valid JSON"), broken.err());
        assertEquals(2, foreign.code);
        assertTrue(foreign.err().contains("no baseline of dopi"), foreign.err());
        Files.delete(folder.resolve("known.json"));
        assertEquals(2, run(ChatProject.findings()).code);
    }
}
