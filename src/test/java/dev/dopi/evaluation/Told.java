package dev.dopi.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What {@code dopi analyze --format json} told of one repository, its paths relative to the repository. */
record Told(List<Worker> workers) {

    private static final int LONGEST_STATEMENT = 12;

    /** A Worker that dopi lists. */
    record Worker(Optional<String> config, JsonNode node, List<Listed> objects) {

        boolean recommends(String pattern) {
            return Told.recommends(node, pattern);
        }
    }

    /** A class that dopi lists. */
    record Listed(String className, String exportedAs, String file, JsonNode node) {

        boolean isCalled(String name) {
            return className.equals(name) || exportedAs.equals(name);
        }

        Set<String> lines(String key) {
            var lines = new TreeSet<String>();
            Labels.elements(node.path(key))
                    .forEach(each -> lines.add(each.path("line").asText()));
            return lines;
        }

        Set<String> linesThatNeedAnIndex() {
            var lines = new TreeSet<String>();
            Labels.elements(node.path("queries"))
                    .filter(query -> query.path("needsIndex").asBoolean())
                    .forEach(query -> lines.add(query.path("line").asText()));
            return lines;
        }

        /**
         * Returns {@code lines}, each moved to the line at which the statement begins that it stands in: a reader may
         * name any line of a statement of several.
         */
        Set<String> statementLines(Set<String> lines) {
            return lines.stream().map(this::statementLine).collect(Collectors.toCollection(TreeSet::new));
        }

        private String statementLine(String line) {
            int number = Integer.parseInt(line);
            return Labels.elements(node.path("queries"))
                    .map(query -> query.path("line").asInt())
                    .filter(begin -> begin <= number && number - begin <= LONGEST_STATEMENT)
                    .max(Integer::compare)
                    .map(String::valueOf)
                    .orElse(line);
        }

        boolean recommends(String pattern) {
            return Told.recommends(node, pattern);
        }

        String reason(String pattern) {
            return Labels.elements(node.path("patterns"))
                    .filter(each -> each.path("id").asText().equals(pattern))
                    .map(each -> each.path("status").asText() + ": "
                            + each.path("reason").asText())
                    .findFirst()
                    .orElse("nothing is said about it");
        }

        @Override
        public String toString() {
            return (className.equals(exportedAs) ? className : className + " (exported as " + exportedAs + ")") + " in "
                    + (file.isEmpty()
                            ? "a package"
                            : file + ":" + node.path("line").asText());
        }
    }

    /** Reads what dopi printed; {@code folder} is what it was opened on, relative to the repository. */
    static Told read(JsonNode printed, String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        var workers = new ArrayList<Worker>();
        for (JsonNode node : printed.path("workers")) {
            workers.add(new Worker(
                    Optional.of(node.path("config"))
                            .filter(JsonNode::isTextual)
                            .map(config -> prefix + config.asText()),
                    node,
                    Labels.elements(node.path("durableObjects"))
                            .map(each -> listed(each, prefix))
                            .toList()));
        }
        return new Told(workers);
    }

    private static Listed listed(JsonNode node, String prefix) {
        String file = node.path("file").isTextual() ? prefix + node.path("file").asText() : "";
        return new Listed(
                node.path("className").asText(), node.path("exportedAs").asText(), file, node);
    }

    private static boolean recommends(JsonNode node, String pattern) {
        return Labels.elements(node.path("patterns"))
                .filter(each -> each.path("id").asText().equals(pattern))
                .map(each -> each.path("status").asText())
                .anyMatch(status -> status.equals("missing") || status.equals("partial"));
    }
}
