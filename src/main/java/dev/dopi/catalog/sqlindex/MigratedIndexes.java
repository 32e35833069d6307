package dev.dopi.catalog.sqlindex;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.Hunk;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.sql.IndexProposal;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Indexes of tables that no method of the class makes, but migrations do: one more migration a list, or a folder of
 * drizzle-kit's.
 */
final class MigratedIndexes {

    private final Project project;
    private final DurableObjectClass type;
    private final Map<Place, Listed> lists = new LinkedHashMap<>();
    private final Map<DrizzleMigrations, List<MappedTable>> folders = new LinkedHashMap<>();
    private final List<String> refusals = new ArrayList<>();

    /** Where a list of migrations stands. */
    private record Place(String file, int start) {}

    /** What is to be appended to a list, of which {@code element} is the text of one migration. */
    private record Listed(SourceFile file, Span element, List<IndexProposal> proposals) {}

    MigratedIndexes(Project project, DurableObjectClass type) {
        this.project = project;
        this.type = type;
    }

    /** Takes up the indexes of {@code table}, which {@code definition} makes. */
    void add(SqlStatement definition, String table, List<IndexProposal> proposals) {
        Optional<SourceFile> file = project.read(definition.file())
                .filter(each -> Grammar.of(each.path()).isPresent());
        Optional<Place> place =
                file.flatMap(each -> in(each, definition.literal(), (list, style) -> list.append(table, "", style)
                        .map(_ -> new Place(each.path(), list.start()))));
        Optional<MappedTable> mapper = MappedTable.of(project, type, table, proposals);
        Optional<DrizzleMigrations> folder = mapper.flatMap(_ -> DrizzleMigrations.of(project, type, table));
        if (place.isPresent()) {
            lists.computeIfAbsent(
                            place.get(), _ -> new Listed(file.orElseThrow(), definition.literal(), new ArrayList<>()))
                    .proposals()
                    .addAll(proposals);
        } else if (mapper.isPresent() && folder.isPresent()) {
            folders.computeIfAbsent(folder.get(), _ -> new ArrayList<>()).add(mapper.get());
        } else {
            refusals.add(mapper.map(MappedTable::advice)
                    .orElseGet(() ->
                            "%s (%s:%d) is not made by a method of the class, so no place for an index is known there. Add by hand: %s"
                                    .formatted(
                                            table,
                                            definition.file(),
                                            definition.line(),
                                            IndexEditor.statements(proposals))));
        }
    }

    private static <T> Optional<T> in(
            SourceFile file, Span element, BiFunction<MigrationList, CodeStyle, Optional<T>> reader) {
        Grammar grammar = Grammar.of(file.path()).orElseThrow();
        try (SyntaxTree tree = SyntaxTree.parse(file, grammar)) {
            CodeStyle style = CodeStyle.of(file, grammar.typed());
            return MigrationList.around(tree, element).flatMap(list -> reader.apply(list, style));
        }
    }

    List<Hunk> hunks() {
        var hunks = new ArrayList<Hunk>();
        lists.values().forEach(listed -> hunks.add(appended(listed)));
        folders.forEach((folder, tables) -> folder.hunks(tables)
                .ifPresentOrElse(hunks::addAll, () -> tables.forEach(table -> refusals.add(table.advice()))));
        return hunks;
    }

    /** Returns what is not done, once {@link #hunks} were asked for. */
    List<String> refusals() {
        return refusals;
    }

    private static Hunk appended(Listed listed) {
        List<String> tables =
                listed.proposals().stream().map(IndexProposal::table).distinct().toList();
        String name = String.join("_and_", tables);
        String sql = listed.proposals().stream().map(IndexProposal::createSql).collect(Collectors.joining(";\n"));
        TextEdit edit = in(listed.file(), listed.element(), (list, style) -> list.append("index_" + name, sql, style))
                .orElseThrow();
        return new Hunk(
                "index-" + name,
                listed.file().path(),
                false,
                TextEdits.of(edit),
                Applicability.REVIEW,
                "Index %s in a migration of its own".formatted(String.join(" and ", tables)),
                "Answers stay the same; every object runs the new migration once. %s"
                        .formatted(IndexEditor.change(listed.proposals())),
                Set.of());
    }
}
