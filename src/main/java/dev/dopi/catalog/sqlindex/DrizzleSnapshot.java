package dev.dopi.catalog.sqlindex;

import dev.dopi.edit.JsonObject;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.sql.IndexProposal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The schema after a migration, as drizzle-kit 0.31 keeps it beside the migrations ({@code meta/0000_snapshot.json}, version
 * 6): what it compares the code's schema with to find the next migration.
 */
record DrizzleSnapshot(JsonObject root) {

    private static final String VERSION = "\"6\"";

    static Optional<DrizzleSnapshot> of(SourceFile file) {
        return JsonObject.of(file)
                .filter(root -> root.member("version")
                                .map(root::text)
                                .filter(VERSION::equals)
                                .isPresent()
                        && root.member("id").isPresent()
                        && root.member("prevId").isPresent())
                .map(DrizzleSnapshot::new);
    }

    /**
     * Returns the text of the one that follows, in which {@code proposals} are made; empty where this one does not know their
     * columns, or knows the index already.
     *
     * @param tag what the migration is called, unique among them
     */
    Optional<String> followed(String tag, List<IndexProposal> proposals) {
        String id = root.member("id").map(root::text).orElseThrow();
        String next = UUID.nameUUIDFromBytes((id + tag).getBytes(StandardCharsets.UTF_8))
                .toString();
        Optional<String> text = Optional.of(TextEdits.of(replacing("id", quoted(next)), replacing("prevId", id))
                .applyTo(root.file().text()));
        for (IndexProposal proposal : proposals) {
            text = text.flatMap(before -> indexed(before, proposal));
        }
        return text;
    }

    private TextEdit replacing(String key, String value) {
        return new TextEdit(root.member(key).orElseThrow().value(), value);
    }

    private Optional<String> indexed(String text, IndexProposal proposal) {
        Optional<JsonObject> all = JsonObject.of(new SourceFile(root.file().path(), text));
        Optional<JsonObject> table =
                all.flatMap(each -> each.child("tables")).flatMap(each -> each.child(proposal.table()));
        Optional<JsonObject> columns = table.flatMap(each -> each.child("columns"));
        Optional<JsonObject> indexes = table.flatMap(each -> each.child("indexes"));
        Optional<JsonObject> internal =
                all.flatMap(each -> each.child("internal")).flatMap(each -> each.child("indexes"));
        boolean known = columns.isPresent()
                && proposal.columns().stream().filter(MappedTable::isPlain).allMatch(column -> columns.get()
                        .member(MappedTable.plain(column))
                        .isPresent());
        if (!known
                || indexes.isEmpty()
                || internal.isEmpty()
                || indexes.get().member(proposal.name()).isPresent()) {
            return Optional.empty();
        }
        List<String> expressions = proposal.columns().stream()
                .filter(column -> !MappedTable.isPlain(column))
                .toList();
        TextEdits edits = TextEdits.of(indexes.get().adding(proposal.name(), index(proposal)));
        return Optional.of((expressions.isEmpty()
                        ? edits
                        : edits.and(TextEdits.of(internal.get().adding(proposal.name(), explained(expressions)))))
                .applyTo(text));
    }

    private String index(IndexProposal proposal) {
        String step = root.step();
        String columns = proposal.columns().stream()
                .map(column -> MappedTable.isPlain(column) ? MappedTable.plain(column) : column)
                .map(column -> step + step + quoted(column))
                .collect(Collectors.joining(",\n"));
        String where = MappedTable.where(proposal)
                .map(text -> ",\n" + step + "\"where\": " + quoted(text))
                .orElse("");
        return """
                {
                %1$s"name": %2$s,
                %1$s"columns": [
                %3$s
                %1$s],
                %1$s"isUnique": false%4$s
                }""".formatted(step, quoted(proposal.name()), columns, where);
    }

    /** Returns the note that {@code expressions} are none of the table's columns. */
    private String explained(List<String> expressions) {
        String step = root.step();
        String all = expressions.stream()
                .map(text -> """
                        %1$s%1$s%2$s: {
                        %1$s%1$s%1$s"isExpression": true
                        %1$s%1$s}""".formatted(step, quoted(text)))
                .collect(Collectors.joining(",\n"));
        return """
                {
                %1$s"columns": {
                %2$s
                %1$s}
                }""".formatted(step, all);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
