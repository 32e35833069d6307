package dev.dopi.ui.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.dopi.engine.Analysis;
import dev.dopi.engine.SessionReport;
import dev.dopi.report.AnalysisJson;
import dev.dopi.report.SessionReportJson;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/**
 * One JSON document on standard output.
 *
 * <p>It is plain ASCII: whatever else a project's names hold is escaped, so the document is the same in every locale
 * and does nothing to a terminal.
 */
public record JsonOutput(PrintStream out) {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    public void write(Analysis analysis) {
        write(AnalysisJson.of(analysis));
    }

    public void write(SessionReport report) {
        write(SessionReportJson.of(report));
    }

    /** Writes a document that was made elsewhere, a SARIF log. */
    public void write(JsonNode tree) {
        try {
            String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
            // U+007F is ASCII and still a control character.
            out.print(text.replace("\u007f", "\\u007f") + "\n");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
