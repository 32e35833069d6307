package dev.dopi.catalog.sqlindex;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.edit.SchemaSite;
import dev.dopi.edit.Statements;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.pattern.Options;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.sql.IndexProposal;
import dev.dopi.sql.SqlShape;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts {@code CREATE INDEX IF NOT EXISTS} behind the statement that makes the table, in the user's own style. */
final class IndexEditor {

    private final Project project;
    private final IndexNeed need;
    private final Options options;
    private final List<String> refusals = new ArrayList<>();
    private final MigratedIndexes migrated;

    IndexEditor(Project project, IndexNeed need, Options options) {
        this.project = project;
        this.need = need;
        this.options = options;
        this.migrated = new MigratedIndexes(project, need.type());
    }

    EditPlan plan() {
        DurableObjectClass type = need.type();
        if (type.sqlite().filter(sqlite -> !sqlite).isPresent()) {
            return EditPlan.refused("%s is declared with the key-value backend, on which SQL does not run."
                    .formatted(type.className()));
        }
        Optional<SourceFile> file = project.read(type.file());
        Optional<Grammar> grammar = Grammar.of(type.file());
        if (file.isEmpty() || grammar.isEmpty()) {
            return EditPlan.refused("%s cannot be read.".formatted(type.file()));
        }
        Map<String, List<IndexProposal>> byTable = new LinkedHashMap<>();
        need.proposals().forEach(proposal -> byTable.computeIfAbsent(proposal.table(), _ -> new ArrayList<>())
                .add(proposal));
        var hunks = new ArrayList<Hunk>();
        var done = new ArrayList<IndexProposal>();
        CodeStyle style = CodeStyle.of(file.get(), grammar.get().typed());
        try (SyntaxTree tree = SyntaxTree.parse(file.get(), grammar.get())) {
            byTable.forEach(
                    (table, proposals) -> hunk(tree, style, table, proposals).ifPresent(hunk -> {
                        hunks.add(hunk);
                        if (hunk.applicability() == Applicability.SAFE) {
                            done.addAll(proposals);
                        }
                    }));
        }
        hunks.addAll(migrated.hunks());
        refusals.addAll(migrated.refusals());
        var plan = new EditPlan(hunks, refusals);
        if (done.size() < need.proposals().size() && !hunks.isEmpty()) {
            plan = plan.noting(
                    "No test comes with an index in a migration: when migrations run is up to the project's own code.");
        }
        return done.isEmpty() ? plan : new IndexTests(project, need, options, style).addTo(plan, done);
    }

    private Optional<Hunk> hunk(SyntaxTree tree, CodeStyle style, String table, List<IndexProposal> proposals) {
        Optional<Table> definition = need.type().tables().stream()
                .filter(each -> each.name().equalsIgnoreCase(table))
                .findFirst();
        if (definition.isEmpty()) {
            refusals.add("%s: the statement that makes the table is not in the class.".formatted(table));
            return Optional.empty();
        }
        SqlStatement statement = definition.get().definition();
        if (statement.call().isEmpty()) {
            migrated.add(statement, table, proposals);
            return Optional.empty();
        }
        SchemaSite site = statement
                .call()
                .map(call ->
                        SchemaSite.of(tree, call, SqlShape.of(statement.sql()).ifNotExists()))
                .orElseGet(() -> new SchemaSite.Unusable("it is not run by the class itself"));
        return switch (site) {
            case SchemaSite.Unusable(String reason) -> {
                refusals.add("%s (%s:%d) is set up where an index cannot be added safely: %s. Add by hand: %s"
                        .formatted(table, statement.file(), statement.line(), reason, statements(proposals)));
                yield Optional.empty();
            }
            case SchemaSite.Usable usable -> Optional.of(hunk(tree.file(), style, table, proposals, usable));
        };
    }

    /** Returns what the first of {@code proposals} does to a plan, as a sentence. */
    static String change(List<IndexProposal> proposals) {
        IndexProposal.Proof proof = proposals.getFirst().proofs().getFirst();
        return "SQLite's plan changes from \"%s\" to \"%s\"."
                .formatted(
                        String.join("; ", proof.before().lines()),
                        String.join("; ", proof.after().lines()));
    }

    /** Returns the statements that make {@code proposals}, as one text. */
    static String statements(List<IndexProposal> proposals) {
        return String.join(
                "; ", proposals.stream().map(IndexProposal::createSql).toList());
    }

    private Hunk hunk(
            SourceFile file, CodeStyle style, String table, List<IndexProposal> proposals, SchemaSite.Usable site) {
        String margin = file.indentAt(site.statement().span().start());
        String end = style.semicolons() ? ";" : "";
        var code = new ArrayList<String>();
        for (IndexProposal proposal : proposals) {
            code.add(margin + "// For: " + queries(proposal));
            String sql = "`" + proposal.createSql() + "`";
            code.add(margin + site.callee() + (site.tagged() ? sql : "(" + sql + ")") + end);
        }
        TextEdit edit = Statements.after(file, site.statement().span(), String.join(style.lineEnd(), code));
        return new Hunk(
                "index-" + table,
                file.path(),
                false,
                TextEdits.of(edit),
                Applicability.SAFE,
                "Index %s".formatted(table),
                "Answers stay the same; " + change(proposals),
                Set.of());
    }

    private static String queries(IndexProposal proposal) {
        String first = SqlIndexPattern.oneLine(proposal.proofs().getFirst().query());
        String cut = first.length() > 90 ? first.substring(0, 87) + "..." : first;
        int more = proposal.proofs().size() - 1;
        return more == 0 ? cut : "%s (and %d more)".formatted(cut, more);
    }
}
