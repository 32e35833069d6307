package dev.dopi.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dopi.edit.Applicability;
import dev.dopi.edit.Hunk;
import dev.dopi.engine.Planned;
import dev.dopi.pattern.Finding;
import dev.dopi.project.Project;
import dev.dopi.source.Position;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Plans as SARIF fixes.
 *
 * <p>A fix changes files that are there: SARIF has no way to say that one is new, so a generated test is left out, and
 * with it what cannot be without it.
 *
 * @param artifact how a file is named
 */
record SarifFixes(Project project, List<Planned> planned, Function<String, ObjectNode> artifact) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    Optional<ObjectNode> of(Finding finding) {
        return planned.stream()
                .filter(each -> each.finding().pattern().equals(finding.pattern())
                        && each.finding().subject().equals(finding.subject()))
                .findFirst()
                .flatMap(this::fix);
    }

    private Optional<ObjectNode> fix(Planned plan) {
        Set<String> left = plan.plan()
                .rejectedWith(plan.plan().hunks().stream()
                        .filter(hunk -> hunk.creates()
                                || hunk.applicability() == Applicability.ADVICE
                                || plan.choice().rejected().contains(hunk.id()))
                        .map(Hunk::id)
                        .collect(Collectors.toSet()));
        Map<String, ArrayNode> replacements = new LinkedHashMap<>();
        for (Hunk hunk : plan.plan().hunks()) {
            Optional<SourceFile> file = project.read(hunk.file());
            if (left.contains(hunk.id()) || file.isEmpty()) {
                continue;
            }
            ArrayNode list = replacements.computeIfAbsent(hunk.file(), _ -> JSON.arrayNode());
            hunk.edits().edits().forEach(edit -> list.add(replacement(file.get(), edit)));
        }
        if (replacements.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode fix = JSON.objectNode();
        fix.set("description", Sarif.message(plan.finding().pattern().title()));
        ArrayNode changes = fix.putArray("artifactChanges");
        replacements.forEach((path, list) -> {
            ObjectNode change = changes.addObject();
            change.set("artifactLocation", artifact.apply(path));
            change.set("replacements", list);
        });
        return Optional.of(fix);
    }

    private static ObjectNode replacement(SourceFile file, TextEdit edit) {
        Position start = file.position(edit.span().start());
        Position end = file.position(edit.span().end());
        ObjectNode node = JSON.objectNode();
        node.putObject("deletedRegion")
                .put("startLine", start.line())
                .put("startColumn", start.column())
                .put("endLine", end.line())
                .put("endColumn", end.column());
        node.putObject("insertedContent").put("text", edit.replacement());
        return node;
    }
}
