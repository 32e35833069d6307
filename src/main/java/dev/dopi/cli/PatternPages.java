package dev.dopi.cli;

import dev.dopi.engine.ProjectException;
import dev.dopi.pattern.PatternInfo;
import dev.dopi.report.Sarif;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The patterns that commands know by id: the ones that are built, and the ones that are only announced.
 *
 * @param built as the catalog has them
 * @param page a pattern's page by its id, as Markdown
 */
public record PatternPages(List<PatternInfo> built, Function<String, Optional<String>> page) {

    private static final Map<String, String> ANNOUNCED = announced();

    public PatternPages {
        built = List.copyOf(built);
    }

    /** Returns the pages that stand beside the patterns' code: {@code ttl-cleanup}'s in the package {@code ttlcleanup}. */
    public static PatternPages beside(List<PatternInfo> built) {
        return new PatternPages(built, PatternPages::resource);
    }

    private static Optional<String> resource(String id) {
        String name = "/dev/dopi/catalog/" + id.replace("-", "") + "/pattern.md";
        try (InputStream stream = PatternPages.class.getResourceAsStream(name)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> announced() {
        var summaries = new LinkedHashMap<String, String>();
        summaries.put(
                "ttl-cleanup", "Removes rows by age with the object's alarm, so that a table does not grow for ever.");
        summaries.put(
                "rpc-metadata", "Gives the object its own name by RPC, where the code reads a name it does not have.");
        summaries.put(
                "sql-index",
                "Adds the index that a query needs, where SQLite's plan shows that it reads the whole table.");
        summaries.put("websocket-hibernation", "Accepts WebSockets so that the object can sleep while they stay open.");
        summaries.put("gradual-deployment", "Rolls a new version out step by step, with a way back.");
        return summaries;
    }

    /** Returns one line a pattern, the built ones in the catalog's words. */
    List<String> list() {
        var lines = new ArrayList<String>();
        for (String id : ids()) {
            String summary = info(id).map(PatternInfo::summary)
                    .orElseGet(() -> ANNOUNCED.getOrDefault(id, "") + " (not supported yet)");
            lines.add("%-22s %s".formatted(id, summary));
        }
        return lines;
    }

    Optional<PatternInfo> info(String id) {
        return built.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** Returns {@code asked} without repeats, when dopi can apply every one of them. */
    Set<String> require(Collection<String> asked) throws ProjectException {
        for (String id : asked) {
            require(id);
        }
        return new LinkedHashSet<>(asked);
    }

    PatternInfo require(String id) throws ProjectException {
        Optional<PatternInfo> info = info(id);
        if (info.isPresent()) {
            return info.get();
        }
        if (ids().contains(id)) {
            throw new ProjectException(
                    ProjectException.Kind.USAGE,
                    "The pattern " + id + " is not supported yet; dopi explain lists those that are.");
        }
        throw new ProjectException(
                ProjectException.Kind.USAGE,
                "There is no pattern '%s'%s; the patterns are %s."
                        .formatted(
                                id,
                                Nearest.to(id, ids())
                                        .map(near -> " (did you mean " + near + "?)")
                                        .orElse(""),
                                String.join(", ", ids())));
    }

    /** Returns the built patterns as rules. */
    List<Sarif.Rule> rules() {
        return built.stream()
                .map(info -> new Sarif.Rule(info, page.apply(info.id()).orElse("")))
                .toList();
    }

    private Set<String> ids() {
        var ids = new LinkedHashSet<>(ANNOUNCED.keySet());
        built.forEach(each -> ids.add(each.id()));
        return ids;
    }
}
