package dev.dopi.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dopi.engine.Analysis;
import dev.dopi.engine.ProjectException;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.pattern.Evidence;
import dev.dopi.pattern.Finding;
import dev.dopi.pattern.Ignored;
import dev.dopi.project.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was recommended when somebody looked last: how often each pattern in each file.
 *
 * <p>As many as are counted are known and not said again. Where there are more, all of that file and pattern are said,
 * since a count does not tell which one is new.
 */
record Baseline(Path file, Map<Baseline.Where, Integer> counts) {

    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER = new JsonMapper();

    /** A pattern in a file. */
    record Where(String path, String pattern) implements Comparable<Where> {

        @Override
        public int compareTo(Where other) {
            int files = path.compareTo(other.path);
            return files != 0 ? files : pattern.compareTo(other.pattern);
        }

        @Override
        public String toString() {
            return pattern + " in " + path;
        }
    }

    Baseline {
        counts = Map.copyOf(counts);
    }

    /** Returns the baseline of {@code file} as {@code analysis} would have it. */
    static Baseline of(Path file, Analysis analysis) {
        var counts = new TreeMap<Where, Integer>();
        analysis.recommendations().forEach(finding -> counts.merge(where(analysis, finding), 1, Integer::sum));
        return new Baseline(file, counts);
    }

    private static Where where(Analysis analysis, Finding finding) {
        String path = finding.evidence().stream()
                .findFirst()
                .map(Evidence::file)
                .or(() -> analysis.model()
                        .find(finding.subject().worker(), finding.subject().className())
                        .map(DurableObjectClass::file))
                .filter(each -> !each.isEmpty())
                .orElse(finding.subject().worker());
        return new Where(path, finding.pattern().id());
    }

    static Baseline read(Path file) throws ProjectException {
        var counts = new TreeMap<Where, Integer>();
        try {
            JsonNode tree = MAPPER.readTree(Files.readAllBytes(file));
            if (tree.path("format").asInt() != FORMAT || !tree.path("counts").isObject()) {
                throw Context.usage(
                        "'" + file + "' is no baseline of dopi; write one with --baseline FILE --update-baseline.");
            }
            for (Map.Entry<String, JsonNode> path : tree.path("counts").properties()) {
                for (Map.Entry<String, JsonNode> pattern : path.getValue().properties()) {
                    counts.put(
                            new Where(path.getKey(), pattern.getKey()),
                            pattern.getValue().asInt());
                }
            }
        } catch (JsonProcessingException e) {
            throw Context.usage("The baseline '" + file + "' is not valid JSON (line "
                    + e.getLocation().getLineNr() + "); write it anew with --update-baseline.");
        } catch (NoSuchFileException e) {
            throw Context.usage("There is no baseline '" + file + "' yet; write it once with --baseline FILE"
                    + " --update-baseline, and keep it with the project.");
        } catch (IOException e) {
            throw Context.usage("The baseline '" + file + "' cannot be read: " + e.getMessage()
                    + "; write it with --baseline FILE --update-baseline.");
        }
        return new Baseline(file, counts);
    }

    void write() throws ProjectException {
        ObjectNode tree = MAPPER.createObjectNode().put("format", FORMAT);
        ObjectNode byFile = tree.putObject("counts");
        new TreeMap<>(counts).forEach((where, count) -> byFile.withObjectProperty(where.path())
                .put(where.pattern(), count));
        try {
            Files.writeString(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n");
        } catch (IOException e) {
            throw Context.usage("The baseline cannot be written to '" + file + "': " + e.getMessage() + ".");
        }
    }

    int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Returns what {@code now} has more of, as phrases. */
    List<String> growth(Baseline now) {
        var more = new ArrayList<String>();
        new TreeMap<>(now.counts).forEach((where, count) -> {
            int before = counts.getOrDefault(where, 0);
            if (count > before) {
                more.add("%s (%d, was %d)".formatted(where, count, before));
            }
        });
        return more;
    }

    /** Returns {@code analysis} without what is known, and with a warning for each count that is too high now. */
    Analysis on(Analysis analysis) {
        Baseline now = of(file, analysis);
        var ignored = new ArrayList<>(analysis.ignored());
        var findings = new ArrayList<Finding>();
        for (Finding finding : analysis.findings()) {
            Where where = where(analysis, finding);
            int known = counts.getOrDefault(where, 0);
            if (finding.status().recommended() && now.counts.getOrDefault(where, 0) <= known) {
                var old = new Ignored(finding, Ignored.By.BASELINE, String.valueOf(file.getFileName()), "known before");
                ignored.add(old);
                findings.add(old.shown());
            } else {
                findings.add(finding);
            }
        }
        var diagnostics = new ArrayList<>(analysis.diagnostics());
        stale(now).forEach(each -> diagnostics.add(Diagnostic.warning(String.valueOf(file.getFileName()), 0, each)));
        return new Analysis(
                analysis.root(),
                analysis.project(),
                analysis.model(),
                findings,
                diagnostics,
                analysis.duration(),
                ignored);
    }

    private List<String> stale(Baseline now) {
        var stale = new ArrayList<String>();
        new TreeMap<>(counts).forEach((where, count) -> {
            int left = now.counts.getOrDefault(where, 0);
            if (left < count) {
                stale.add("The baseline counts %s %s, and there %s; lower it with --update-baseline."
                        .formatted(count, where, left == 0 ? "is none" : left == 1 ? "is one" : "are " + left));
            }
        });
        return stale;
    }
}
