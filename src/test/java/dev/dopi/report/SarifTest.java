package dev.dopi.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.dopi.cli.ChatProject;
import dev.dopi.cli.FakeSession;
import dev.dopi.engine.Analysis;
import dev.dopi.engine.Choice;
import dev.dopi.engine.Planned;
import dev.dopi.engine.ProjectException;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Fix;
import dev.dopi.pattern.Ignored;
import dev.dopi.pattern.Priority;
import dev.dopi.pattern.Status;
import dev.dopi.pattern.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SarifTest {

    private static final Path ROOT = Path.of("/projects/chat app");
    private static final List<Sarif.Rule> RULES =
            List.of(new Sarif.Rule(ChatProject.TTL, "# Clean up\n\nA page."), new Sarif.Rule(ChatProject.INDEX, ""));

    private static JsonNode sarif(Analysis analysis) throws ProjectException {
        List<Planned> planned = new FakeSession(ROOT)
                .plan(
                        analysis,
                        analysis.recommendations()
                                .filter(finding -> finding.fix() == Fix.AUTOMATIC)
                                .map(Choice::of)
                                .toList());
        return Sarif.of(analysis, Base.itself(ROOT), "1.2.3", RULES, planned);
    }

    private static Analysis analysis(Finding... findings) {
        Analysis plain = ChatProject.analysis(ROOT, ChatProject.files());
        return findings.length == 0
                ? plain
                : new Analysis(
                        ROOT, plain.project(), plain.model(), List.of(findings), plain.diagnostics(), plain.duration());
    }

    private static Analysis ignoring(Finding finding) {
        Analysis plain = analysis(finding);
        var ignored = new Ignored(finding, Ignored.By.COMMENT, "src/room.ts:2", "a short table");
        return new Analysis(
                ROOT,
                plain.project(),
                plain.model(),
                List.of(ignored.shown()),
                List.of(),
                plain.duration(),
                List.of(ignored));
    }

    private static void assertValid(JsonNode sarif) throws IOException {
        try (InputStream schema = SarifTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            JsonSchema official =
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
            var problems = official.validate(sarif.toString(), InputFormat.JSON, it -> it.getExecutionConfig()
                    .setFormatAssertionsEnabled(true));

            assertEquals("[]", problems.toString());
        }
    }

    private static Finding finding(Status status, String file, int line) {
        return new Finding(
                ChatProject.INDEX,
                new Subject("wrangler.jsonc", "ChatRoom"),
                status,
                Priority.HIGH,
                "A query [reads](all).",
                "",
                Fix.ADVICE,
                List.of(new Evidence(file, line, 9, "here"), new Evidence(file, line + 2, 3, "and here")),
                List.of(),
                List.of());
    }

    @Test
    void isWhatTheOfficialSchemaAsksFor() throws IOException, ProjectException {
        assertValid(sarif(analysis()));
        assertValid(sarif(analysis(finding(Status.MISSING, "src/a b%\u001b[2J.ts", 7))));
        assertValid(sarif(ignoring(finding(Status.MISSING, "src/room.ts", 7))));
    }

    @Test
    void theSchemaRefusesWhatIsNoSarif() throws ProjectException {
        ObjectNode wrong = sarif(analysis()).deepCopy();
        wrong.put("version", "9");

        assertThrows(AssertionError.class, () -> assertValid(wrong));
    }

    @Test
    void aResultSaysWhatWhereAndHowUrgent() throws ProjectException {
        JsonNode result = sarif(analysis()).at("/runs/0/results/0");

        assertEquals("ttl-cleanup", result.path("ruleId").asText());
        assertEquals(0, result.path("ruleIndex").asInt(9));
        assertEquals("error", result.path("level").asText());
        assertEquals(
                "src/room.ts",
                result.at("/locations/0/physicalLocation/artifactLocation/uri").asText());
        assertEquals(
                3, result.at("/locations/0/physicalLocation/region/startLine").asInt());
        assertEquals(
                5, result.at("/locations/0/physicalLocation/region/startColumn").asInt());
        assertEquals(
                "file:///projects/chat%20app/",
                sarif(analysis()).at("/runs/0/originalUriBaseIds/%SRCROOT%/uri").asText());
    }

    @Test
    void aFindingWithoutEvidenceStandsAtItsConfiguration() throws ProjectException {
        JsonNode result = sarif(analysis()).at("/runs/0/results/2");

        assertEquals("gradual-deployment", result.path("ruleId").asText());
        assertEquals("note", result.path("level").asText());
        assertEquals(
                "wrangler.jsonc",
                result.at("/locations/0/physicalLocation/artifactLocation/uri").asText());
    }

    @Test
    void theFingerprintStaysWhenLinesMove() throws ProjectException {
        String path = "/runs/0/results/0/partialFingerprints/primaryLocationLineHash";
        String before = sarif(analysis(finding(Status.MISSING, "src/room.ts", 7)))
                .at(path)
                .asText();
        String moved = sarif(analysis(finding(Status.PARTIAL, "src/room.ts", 70)))
                .at(path)
                .asText();
        String elsewhere = sarif(analysis(finding(Status.MISSING, "src/hall.ts", 7)))
                .at(path)
                .asText();

        assertFalse(before.isEmpty());
        assertEquals(before, moved);
        assertFalse(before.equals(elsewhere), elsewhere);
    }

    @Test
    void twoResultsAboutOneThingHaveTwoFingerprints() throws ProjectException {
        JsonNode results = sarif(
                        analysis(finding(Status.MISSING, "src/room.ts", 7), finding(Status.MISSING, "src/room.ts", 9)))
                .at("/runs/0/results");

        assertFalse(
                results.get(0).path("partialFingerprints").equals(results.get(1).path("partialFingerprints")));
    }

    @Test
    void whatTheProjectIgnoresIsSuppressed() throws ProjectException {
        JsonNode result =
                sarif(ignoring(finding(Status.MISSING, "src/room.ts", 7))).at("/runs/0/results/0");

        assertEquals("inSource", result.at("/suppressions/0/kind").asText());
        assertEquals(
                "a short table (src/room.ts:2)",
                result.at("/suppressions/0/justification").asText());
    }

    @Test
    void whatIsInPlaceIsNoResult() throws ProjectException {
        assertEquals(
                0,
                sarif(analysis(finding(Status.PRESENT, "src/room.ts", 7)))
                        .at("/runs/0/results")
                        .size());
    }

    @Test
    void noWordOfAProjectIsALink() throws ProjectException {
        JsonNode result = sarif(analysis(finding(Status.MISSING, "a b%.ts", 7))).at("/runs/0/results/0");

        assertEquals(
                "ChatRoom: A query \\[reads\\](all).",
                result.at("/message/text").asText());
        assertEquals(
                "a%20b%25.ts",
                result.at("/locations/0/physicalLocation/artifactLocation/uri").asText());
    }

    @Test
    void aFixIsWhatThePlanWouldWrite() throws ProjectException {
        Analysis analysis = analysis();
        Finding index = analysis.findings().get(1);
        Planned planned =
                new FakeSession(ROOT).plan(analysis, List.of(Choice.of(index))).getFirst();
        JsonNode fix = sarif(analysis).at("/runs/0/results/1/fixes/0/artifactChanges/0");

        assertEquals("src/room.ts", fix.at("/artifactLocation/uri").asText());
        assertEquals(
                planned.plan().hunks().getFirst().edits().edits().getFirst().replacement(),
                fix.at("/replacements/0/insertedContent/text").asText());
        assertTrue(fix.at("/replacements/0/deletedRegion/startLine").asInt() > 0);
    }
}
