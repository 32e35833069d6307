package dev.dopi.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a careful reader found in real projects, a Worker after the other. A key that is left out says nothing. */
record Labels(List<Worker> workers) {

    /**
     * A Worker, or a library that is none.
     *
     * @param folder relative to the repository, empty for its root
     * @param config relative to the repository; empty for a library
     */
    record Worker(String repository, String folder, Optional<String> config, List<Labelled> objects) {}

    /** A class that is a Durable Object, and what is true of it. */
    record Labelled(String name, String file, int line, boolean certain, String note, JsonNode facts) {

        Set<String> lines(String key) {
            var lines = new TreeSet<String>();
            elements(facts.path(key))
                    .forEach(each -> lines.add(each.path("line").asText()));
            return lines;
        }

        boolean expects(String pattern) {
            return facts.path("expected").path(pattern).asBoolean();
        }

        boolean tellsExpectations() {
            return facts.has("expected");
        }
    }

    static Labels read(Path file) throws IOException {
        JsonNode root = JsonMapper.builder().build().readTree(file.toFile());
        return new Labels(elements(root.path("workers")).map(Labels::worker).toList());
    }

    Map<String, List<Worker>> byRepository() {
        var repositories = new LinkedHashMap<String, List<Worker>>();
        workers.forEach(worker -> repositories
                .computeIfAbsent(worker.repository(), _ -> new ArrayList<>())
                .add(worker));
        return repositories;
    }

    private static Worker worker(JsonNode node) {
        String folder = node.path("worker").asText(".");
        return new Worker(
                node.path("repo").asText(),
                folder.equals(".") ? "" : folder,
                Optional.ofNullable(node.get("config"))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText),
                elements(node.path("durableObjects")).map(Labels::labelled).toList());
    }

    private static Labelled labelled(JsonNode node) {
        return new Labelled(
                node.path("name").asText(),
                node.path("file").asText(),
                node.path("line").asInt(),
                !node.path("uncertain").asBoolean(),
                node.path("notes").asText(),
                node);
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
