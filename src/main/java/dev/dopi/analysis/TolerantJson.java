package dev.dopi.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.dopi.project.Project;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The project's {@code package.json} and {@code tsconfig.json} files, each read once; one that is broken says nothing. */
final class TolerantJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

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
            try {
                return Optional.ofNullable(JSON.readTree(file.text().replace("\uFEFF", "")));
            } catch (JsonProcessingException _) {
                // A broken tsconfig or package.json names no aliases; the project says what is wrong with it.
                return Optional.empty();
            }
        });
    }
}
