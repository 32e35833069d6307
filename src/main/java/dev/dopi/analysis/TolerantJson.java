package dev.dopi.analysis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dopi.project.Project;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The project's {@code package.json} and {@code tsconfig.json} files, each read once; one that is broken says nothing. */
final class TolerantJson {

    // Not a mapper: setting one up takes as long as everything else that is done with these files.
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Project project;
    private final Map<String, Optional<JsonNode>> files = new HashMap<>();

    TolerantJson(Project project) {
        this.project = project;
    }

    Optional<JsonNode> read(String path) {
        return files.computeIfAbsent(path, this::parsed);
    }

    private Optional<JsonNode> parsed(String path) {
        return project.read(path).flatMap(file -> {
            try (JsonParser parser = JSON.createParser(file.text().replace("\uFEFF", ""))) {
                return parser.nextToken() == null ? Optional.empty() : Optional.of(value(parser));
            } catch (IOException _) {
                // A broken tsconfig or package.json names no aliases; the project says what is wrong with it.
                return Optional.empty();
            }
        });
    }

    /** Returns the value that begins at the current token; how deep it may be nested is bounded by the parser. */
    private static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode members = NODES.objectNode();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.set(name, value(parser));
                }
                yield members;
            }
            case START_ARRAY -> {
                ArrayNode items = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            // No number in these files says where code is.
            default -> NODES.nullNode();
        };
    }
}
