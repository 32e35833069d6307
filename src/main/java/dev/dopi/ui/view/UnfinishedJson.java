package dev.dopi.ui.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dopi.engine.Choice;
import dev.dopi.pattern.Options;
import dev.dopi.pattern.Subject;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/** An unfinished session as JSON and back; what cannot be read, or another dopi wrote, counts as none. */
final class UnfinishedJson {

    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER = new JsonMapper();

    private UnfinishedJson() {}

    static ByteBuffer bytes(Unfinished session) throws IOException {
        ObjectNode tree = MAPPER.createObjectNode().put("format", FORMAT);
        tree.put("kept", session.kept().toString());
        tree.put("stage", session.stage().name());
        tree.put("project", session.project());
        session.position()
                .ifPresent(at -> about(tree.putObject("position"), at.about()).put("hunk", at.hunk()));
        var decisions = tree.putArray("decisions");
        session.decisions().all().forEach((about, decision) -> {
            ObjectNode node = about(decisions.addObject(), about).put("chosen", decision.chosen());
            ObjectNode options = node.putObject("options");
            decision.options().values().forEach(options::put);
            ObjectNode hunks = node.putObject("hunks");
            decision.hunks().forEach(hunks::put);
            decision.split().forEach(node.putArray("split")::add);
            ObjectNode amended = node.putObject("amended");
            decision.amended().forEach((hunk, amendment) -> {
                ObjectNode both = amended.putObject(hunk);
                edits(both.putArray("planned"), amendment.planned());
                edits(both.putArray("instead"), amendment.instead());
            });
        });
        return ByteBuffer.wrap(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree));
    }

    private static ObjectNode about(ObjectNode node, Decisions.About about) {
        return node.put("pattern", about.pattern())
                .put("worker", about.subject().worker())
                .put("class", about.subject().className());
    }

    static Optional<Unfinished> read(Path file) {
        try {
            JsonNode tree = MAPPER.readTree(Files.readAllBytes(file));
            if (tree.path("format").asInt() != FORMAT) {
                return Optional.empty();
            }
            Map<Decisions.About, Decisions.Decision> decisions = new HashMap<>();
            tree.path("decisions").forEach(node -> decisions.put(about(node), decision(node)));
            JsonNode position = tree.path("position");
            return Optional.of(new Unfinished(
                    Instant.parse(tree.path("kept").asText()),
                    Unfinished.Stage.valueOf(tree.path("stage").asText()),
                    position.isObject()
                            ? Optional.of(new Unfinished.Position(
                                    about(position), position.path("hunk").asText()))
                            : Optional.empty(),
                    new Decisions(decisions),
                    tree.path("project").asText()));
        } catch (IOException | DateTimeException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Decisions.About about(JsonNode node) {
        return new Decisions.About(
                node.path("pattern").asText(),
                new Subject(node.path("worker").asText(), node.path("class").asText()));
    }

    private static Decisions.Decision decision(JsonNode node) {
        Options options = Options.DEFAULTS;
        for (Map.Entry<String, JsonNode> each : node.path("options").properties()) {
            options = options.with(each.getKey(), each.getValue().asText());
        }
        Map<String, Boolean> hunks = new HashMap<>();
        node.path("hunks")
                .properties()
                .forEach(each -> hunks.put(each.getKey(), each.getValue().asBoolean()));
        var split = new HashSet<String>();
        node.path("split").forEach(each -> split.add(each.asText()));
        Map<String, Choice.Amendment> amended = new HashMap<>();
        for (Map.Entry<String, JsonNode> each : node.path("amended").properties()) {
            amended.put(
                    each.getKey(),
                    new Choice.Amendment(
                            edits(each.getValue().path("planned")),
                            edits(each.getValue().path("instead"))));
        }
        return new Decisions.Decision(node.path("chosen").asBoolean(), options, hunks, amended, split);
    }

    private static void edits(ArrayNode array, TextEdits edits) {
        edits.edits().forEach(each -> array.addObject()
                .put("from", each.span().start())
                .put("to", each.span().end())
                .put("text", each.replacement()));
    }

    private static TextEdits edits(JsonNode array) {
        var edits = new ArrayList<TextEdit>();
        array.forEach(each -> edits.add(new TextEdit(
                new Span(each.path("from").asInt(), each.path("to").asInt()),
                each.path("text").asText())));
        return new TextEdits(edits);
    }
}
