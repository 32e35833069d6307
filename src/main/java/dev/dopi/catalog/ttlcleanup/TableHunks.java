package dev.dopi.catalog.ttlcleanup;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.edit.Hunk;
import dev.dopi.edit.SchemaSite;
import dev.dopi.edit.Statements;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.SqlStatement;
import dev.dopi.pattern.Options;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.sql.SqlName;
import dev.dopi.sql.SqlShape;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The hunks of one table: its set-up, and what its inserts need. */
final class TableHunks {

    private final SyntaxTree tree;
    private final CodeStyle style;
    private final DurableObjectClass type;
    private final ExpiringTable table;
    private final UnaryOperator<String> sqlLiteral;

    TableHunks(
            SyntaxTree tree,
            CodeStyle style,
            DurableObjectClass type,
            Options options,
            ExpiringTable table,
            UnaryOperator<String> sqlLiteral) {
        this.tree = tree;
        this.style = style;
        this.type = type;
        this.table = table;
        this.sqlLiteral = sqlLiteral;
    }

    /** Adds the table's hunks to {@code hunks} and returns it, or says in {@code refusals} why it cannot be done. */
    Optional<ExpiringTable> plan(List<Hunk> hunks, List<String> refusals) {
        var own = new ArrayList<Hunk>();
        Optional<String> refusal = plan(own);
        if (refusal.isPresent()) {
            refusals.add("%s: %s.".formatted(table.name(), refusal.get()));
            return Optional.empty();
        }
        hunks.addAll(own);
        return Optional.of(table);
    }

    private Optional<String> plan(List<Hunk> hunks) {
        if (!SqlName.written(table.name()).equals(table.name())
                || !SqlName.written(table.column()).equals(table.column())) {
            return Optional.of("a name that needs quotes in SQL is not supported yet");
        }
        Optional<String> taken = names().filter(
                        name -> tree.file().text().matches("(?s).*(?<![\\w$])" + name + "(?![\\w$]).*"))
                .findFirst();
        if (taken.isPresent()) {
            return Optional.of("the file has a name %s already".formatted(taken.get()));
        }
        CleanupProof proof = CleanupProof.of(type, table);
        if (proof.problem().isPresent()) {
            return proof.problem();
        }
        Optional<String> failure = DataRehearsal.of(type, table, proof).failure();
        if (failure.isPresent()) {
            boolean other = table.ownColumn() && table.table().timestamp().isPresent();
            return failure.map(text ->
                    other ? text + "; the strategy timestamp-column needs no column and no change to it" : text);
        }
        SqlStatement definition = table.table().definition();
        SchemaSite site = definition
                .call()
                .map(call ->
                        SchemaSite.of(tree, call, SqlShape.of(definition.sql()).ifNotExists()))
                .orElseGet(() -> new SchemaSite.Unusable("it is not run by the class itself"));
        if (site instanceof SchemaSite.Unusable(String reason)) {
            return Optional.of("its set-up in %s:%d is not one that every object passes: %s"
                    .formatted(definition.file(), definition.line(), reason));
        }
        if (site instanceof SchemaSite.Usable usable) {
            if (usable.tagged()) {
                return Optional.of("SQL in a template tag is not supported yet");
            }
            Optional<String> late = setLate(usable);
            if (late.isPresent()) {
                return late;
            }
            hunks.add(setUp(usable, proof));
        }
        return inserts(hunks);
    }

    /** What the constructor assigns only behind the set-up cannot be used there: the object would never start. */
    private Optional<String> setLate(SchemaSite.Usable site) {
        Optional<SyntaxNode> constructor = site.statement()
                .enclosing("class_body")
                .flatMap(body -> body.children().stream()
                        .filter(member -> member.fieldText("name").equals("constructor"))
                        .findFirst());
        if (constructor.isEmpty()) {
            return Optional.empty();
        }
        SyntaxNode set = constructor.get();
        String method = site.statement()
                .enclosing("method_definition")
                .map(it -> it.fieldText("name"))
                .orElse("");
        int used = set.span().contains(site.statement().span())
                ? site.statement().span().start()
                : set.descendants()
                        .filter(node -> node.is("call_expression")
                                && node.fieldText("function").equals("this." + method))
                        .mapToInt(node -> node.span().start())
                        .min()
                        .orElse(Integer.MAX_VALUE);
        List<String> fields = Stream.of(
                        type.access().state(),
                        type.access().storage(),
                        type.access().sql())
                .flatMap(Optional::stream)
                .toList();
        return set.descendants()
                .filter(node -> node.is("assignment_expression") && node.span().start() > used)
                .filter(node ->
                        fields.stream().anyMatch(field -> (field + ".").startsWith(node.fieldText("left") + ".")))
                .map(node -> "its set-up runs before line %d sets %s, which the clean-up needs"
                        .formatted(node.line(), node.fieldText("left")))
                .findFirst();
    }

    /** Returns every name that the new code declares for the table. */
    private Stream<String> names() {
        return Stream.of(
                table.constant() + "_TTL_MS",
                table.constant() + "_CLEANUP_MS",
                table.constant() + "_CLEANUP_ROWS",
                "#cleanUp" + table.pascal(),
                "#schedule" + table.pascal() + "Cleanup",
                "#next" + table.pascal() + "Cleanup",
                "expiryOf" + table.pascal());
    }

    private Hunk setUp(SchemaSite.Usable site, CleanupProof proof) {
        String margin = tree.file().indentAt(site.statement().span().start());
        String index = proof.createIndex()
                .map(sql -> site.callee() + "(" + sqlLiteral.apply(sql) + ")" + end())
                .orElse("");
        var values = new HashMap<String, String>();
        values.put("NAME", table.pascal());
        values.put("TABLE", table.name());
        values.put("TABLE_TEXT", table.name());
        values.put("VARIABLE", "expiryOf" + table.pascal());
        values.put("EXEC", site.callee());
        values.put("INDEX_STATEMENT", index);
        var edits = new ArrayList<TextEdit>();
        SyntaxNode outer = outerStatement(site.statement());
        String arm = arm(outer);
        if (outer.span().equals(site.statement().span())) {
            values.put("ARM", arm);
            edits.add(Statements.after(tree.file(), site.statement().span(), setUpTemplate(margin, values)));
        } else {
            // The table is set up in a transaction, which no promise outlives: the alarm is set once it is over.
            values.put("ARM", "");
            String code = setUpTemplate(margin, values)
                    .lines()
                    .filter(line -> !line.contains("// For rows that an earlier version stored."))
                    .collect(java.util.stream.Collectors.joining(style.lineEnd()));
            edits.add(Statements.after(tree.file(), site.statement().span(), code));
            edits.add(Statements.after(
                    tree.file(), outer.span(), tree.file().indentAt(outer.span().start()) + arm));
        }
        return new Hunk(
                "setup-" + table.name(),
                tree.file().path(),
                false,
                new TextEdits(edits),
                Applicability.REVIEW,
                table.ownColumn() ? "Add expires_at to " + table.name() : "Index and first alarm for " + table.name(),
                table.ownColumn()
                        ? "Objects that hold the old table get the column by a guarded ALTER TABLE; it stays nullable, so old code can still insert."
                        : "Objects that hold rows already are cleaned up from their next wake on; a pending alarm is never moved to a later time.",
                Set.of("constants", "alarm"));
    }

    private String setUpTemplate(String margin, Map<String, String> values) {
        String name = table.ownColumn() ? "setup-expires.ts.txt" : "setup-timestamp.ts.txt";
        return CodeTemplate.beside(TableHunks.class, name).render(style, margin, values);
    }

    /** Climbs out of callbacks that run in a transaction. */
    private static SyntaxNode outerStatement(SyntaxNode statement) {
        SyntaxNode outer = statement;
        while (true) {
            Optional<SyntaxNode> call = function(outer)
                    .flatMap(SyntaxNode::parent)
                    .filter(up -> up.is("arguments"))
                    .flatMap(SyntaxNode::parent)
                    .filter(it -> it.fieldText("function").endsWith(".transactionSync")
                            || it.fieldText("function").endsWith(".transaction"));
            Optional<SyntaxNode> up = call.flatMap(it -> it.enclosing("expression_statement"));
            if (up.isEmpty()) {
                return outer;
            }
            outer = up.get();
        }
    }

    private static Optional<SyntaxNode> function(SyntaxNode node) {
        return node.enclosing("method_definition", "arrow_function", "function_expression", "function_declaration");
    }

    private String arm(SyntaxNode statement) {
        String state = type.access().state().orElseThrow();
        SyntaxNode function = function(statement).orElse(statement);
        String schedule = "this.#schedule" + table.pascal() + "Cleanup()";
        if (function.has("async")) {
            return "await " + schedule + end();
        }
        boolean constructor = function.fieldText("name").equals("constructor");
        return constructor
                ? state + ".blockConcurrencyWhile(() => " + schedule + ")" + end()
                : state + ".waitUntil(" + schedule + ")" + end();
    }

    private Optional<String> inserts(List<Hunk> hunks) {
        var places = new HashSet<Integer>();
        for (SqlStatement insert : table.inserts()) {
            var edits = new ArrayList<TextEdit>();
            Optional<ArmSite> site = insert.call().flatMap(call -> ArmSite.of(tree, call));
            if (site.isEmpty()) {
                return Optional.of(
                        "line %d adds rows where no clean-up can be scheduled beside it".formatted(insert.line()));
            }
            if (places.add(site.get().statement().span().start())) {
                edits.add(armEdit(site.get()));
            }
            if (table.ownColumn()) {
                switch (InsertColumn.extend(
                        tree, insert, "expires_at", "Date.now() + " + table.constant() + "_TTL_MS")) {
                    case InsertColumn.Extended(List<TextEdit> more) -> edits.addAll(more);
                    case InsertColumn.Unsupported(String reason) -> {
                        return Optional.of(
                                "the INSERT in line %d cannot be given expires_at: %s; the strategy timestamp-column needs no change to it"
                                        .formatted(insert.line(), reason));
                    }
                }
            }
            if (!edits.isEmpty()) {
                hunks.add(insertHunk(insert, edits));
            }
        }
        return Optional.empty();
    }

    private TextEdit armEdit(ArmSite site) {
        String schedule = "this.#schedule" + table.pascal() + "Cleanup()";
        String state = type.access().state().orElseThrow();
        // Before a return the rows are not there yet: they are once this turn is over.
        String code = (site.before()
                        ? state + ".waitUntil(Promise.resolve().then(() => " + schedule + "))"
                        : site.async() ? "await " + schedule : state + ".waitUntil(" + schedule + ")")
                + end();
        int start = site.statement().span().start();
        String margin = tree.file().indentAt(start);
        return site.before()
                ? Statements.beforeLine(tree.file(), start, margin + code)
                : Statements.after(tree.file(), site.statement().span(), margin + code);
    }

    private Hunk insertHunk(SqlStatement insert, List<TextEdit> edits) {
        return new Hunk(
                "insert-%s-%d".formatted(table.name(), insert.line()),
                tree.file().path(),
                false,
                new TextEdits(edits),
                Applicability.REVIEW,
                "Schedule the clean-up when a row is added",
                "Earliest wins, so it never moves an alarm to a later time; without it an object that was empty would not wake again.",
                Set.of("constants", "alarm", "setup-" + table.name()));
    }

    private String end() {
        return style.semicolons() ? ";" : "";
    }
}
