package dev.dopi.catalog.sqlindex;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.Elements;
import dev.dopi.edit.Hunk;
import dev.dopi.edit.Imports;
import dev.dopi.edit.JsonObject;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.project.Project;
import dev.dopi.source.Paths;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.sql.IndexProposal;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The folder of migrations that drizzle-kit writes for Durable Objects, and one more of them: all of its files as drizzle-kit
 * 0.31 would write them, so that its next {@code generate} finds nothing left to do.
 *
 * <p>A migration by halves would stop every object at its next start (the migrator throws for an entry without its SQL), or
 * be written once more by drizzle-kit: none of the hunks is made without all the others.
 *
 * @param snapshot the schema after the last migration
 * @param list the script from which {@code migrate()} takes the migrations
 * @param last the last entry of the journal
 */
record DrizzleMigrations(
        Project project, String folder, JsonObject journal, DrizzleSnapshot snapshot, SourceFile list, Entry last) {

    private static final String VERSION = "\"7\"";
    private static final Pattern IMPORT =
            Pattern.compile("import\\s+(m\\d{4,})\\s+from\\s+(['\"])((?:[^'\"]*/)?)([^'\"/]+)\\.sql\\2(;?)");

    /** One migration in the journal; {@code when} in milliseconds since 1970. */
    record Entry(int index, long when, String tag) {

        static Optional<Entry> of(JsonObject object) {
            Optional<String> index = object.member("idx").map(object::text).filter(text -> text.matches("\\d{1,4}"));
            Optional<String> when = object.member("when").map(object::text).filter(text -> text.matches("\\d{1,15}"));
            Optional<String> tag = object.member("tag").map(object::text).filter(text -> text.matches("\"\\w+\""));
            return index.isPresent() && when.isPresent() && tag.isPresent()
                    ? Optional.of(new Entry(
                            Integer.parseInt(index.get()),
                            Long.parseLong(when.get()),
                            tag.get().replace("\"", "")))
                    : Optional.empty();
        }

        String prefix() {
            return "%04d".formatted(index);
        }
    }

    /** Returns the folder whose migrations make {@code table}, where all in it is in the form that drizzle-kit gives it. */
    static Optional<DrizzleMigrations> of(Project project, DurableObjectClass type, String table) {
        return type.statements().stream()
                .filter(statement -> statement.file().endsWith(".sql") && MappedTable.makes(statement, table))
                .map(statement -> Paths.folder(statement.file()))
                .distinct()
                .flatMap(folder -> in(project, folder).stream())
                .findFirst();
    }

    private static Optional<DrizzleMigrations> in(Project project, String folder) {
        Optional<JsonObject> journal = project.read(Paths.in(folder, "meta/_journal.json"))
                .flatMap(JsonObject::of)
                .filter(each -> each.member("version")
                        .map(each::text)
                        .filter(VERSION::equals)
                        .isPresent());
        List<Entry> entries = journal.stream()
                .flatMap(each -> each.objects("entries").stream())
                .flatMap(each -> Entry.of(each).stream())
                .toList();
        boolean complete = journal.filter(each -> each.objects("entries").size() == entries.size())
                        .isPresent()
                && !entries.isEmpty()
                && entries.getLast().index() == entries.size() - 1
                && entries.getLast().tag().startsWith(entries.getLast().prefix() + "_")
                && entries.stream()
                        .noneMatch(each -> each.when() > entries.getLast().when());
        Optional<SourceFile> list = project.read(Paths.in(folder, "migrations.js"))
                .or(() -> project.read(Paths.in(folder, "migrations.ts")));
        if (!complete || list.isEmpty()) {
            return Optional.empty();
        }
        Entry last = entries.getLast();
        return project.read(Paths.in(folder, "meta/" + last.prefix() + "_snapshot.json"))
                .flatMap(DrizzleSnapshot::of)
                .map(snapshot -> new DrizzleMigrations(project, folder, journal.get(), snapshot, list.get(), last));
    }

    /** Returns the hunks of a migration that indexes {@code tables}; empty where one of the files has a form of its own. */
    Optional<List<Hunk>> hunks(List<MappedTable> tables) {
        var next = new Entry(
                last.index() + 1,
                last.when() + 1,
                "%04d_index_%s"
                        .formatted(
                                last.index() + 1,
                                tables.stream().map(each -> word(each.name())).collect(Collectors.joining("_and_"))));
        Optional<TextEdits> listed = listed(next);
        List<IndexProposal> proposals =
                tables.stream().flatMap(each -> each.proposals().stream()).toList();
        Optional<String> after = snapshot.followed(next.tag(), proposals);
        List<SourceFile> files =
                tables.stream().map(MappedTable::file).distinct().toList();
        List<Hunk> schemas =
                files.stream().flatMap(file -> schema(file, tables).stream()).toList();
        if (listed.isEmpty() || after.isEmpty() || schemas.size() < files.size()) {
            return Optional.empty();
        }
        String sql = proposals.stream()
                .map(proposal -> proposal.createSql() + ";")
                .collect(Collectors.joining("--> statement-breakpoint" + list.lineEnd()));
        var hunks = new ArrayList<>(schemas);
        hunks.add(created(
                next.tag() + ".sql",
                sql + list.lineEnd(),
                "A migration that makes the index",
                "Answers stay the same; every object runs it once, when it next starts. "
                        + IndexEditor.change(proposals)));
        hunks.add(hunk(
                "list", list.path(), listed.get(), "Let objects run it", "migrate() takes the migrations from here."));
        hunks.add(hunk(
                "journal",
                journal.file().path(),
                TextEdits.of(journal.appending("entries", entry(next))),
                "Enter it in drizzle-kit's journal",
                "An object runs what is later than what it ran last: this is later by a millisecond."));
        hunks.add(created(
                "meta/" + next.prefix() + "_snapshot.json",
                after.get(),
                "The schema after it, as drizzle-kit keeps it",
                "The last snapshot with the index; what drizzle-kit generates next starts from it."));
        return Optional.of(together(hunks));
    }

    private static List<Hunk> together(List<Hunk> hunks) {
        Set<String> ids = hunks.stream().map(Hunk::id).collect(Collectors.toCollection(LinkedHashSet::new));
        return hunks.stream()
                .map(hunk -> {
                    var others = new LinkedHashSet<>(ids);
                    others.remove(hunk.id());
                    return hunk.requiring(others);
                })
                .toList();
    }

    private static Hunk hunk(String id, String file, TextEdits edits, String title, String reason) {
        return new Hunk("migration-" + id, file, false, edits, Applicability.REVIEW, title, reason, Set.of());
    }

    private Hunk created(String name, String text, String title, String reason) {
        return new Hunk(
                "migration-" + Paths.name(name),
                Paths.in(folder, name),
                true,
                TextEdits.of(TextEdit.insert(0, text)),
                Applicability.REVIEW,
                title,
                reason,
                Set.of());
    }

    private static String names(List<MappedTable> tables) {
        return tables.stream().map(MappedTable::name).collect(Collectors.joining(" and "));
    }

    private static String word(String table) {
        return table.replaceAll("\\W+", "_");
    }

    private String entry(Entry next) {
        String step = journal.step();
        return """
                {
                %1$s"idx": %2$d,
                %1$s"version": "6",
                %1$s"when": %3$d,
                %1$s"tag": "%4$s",
                %1$s"breakpoints": true
                }""".formatted(step, next.index(), next.when(), next.tag());
    }

    /** Returns the edits that import the migration's SQL and hand it on under the name that the migrator looks for. */
    private Optional<TextEdits> listed(Entry next) {
        try (SyntaxTree tree = SyntaxTree.parse(list, Grammar.of(list.path()).orElseThrow())) {
            List<SyntaxNode> imports = tree.root().children().stream()
                    .filter(node -> node.is("import_statement")
                            && IMPORT.matcher(node.text()).matches())
                    .toList();
            Optional<SyntaxNode> names = tree.root()
                    .descendants()
                    .filter(node -> node.is("pair") && node.fieldText("key").equals("migrations"))
                    .flatMap(node -> node.field("value").stream())
                    .filter(node -> node.is("object"))
                    .findFirst();
            if (imports.size() != last.index() + 1
                    || names.filter(each -> each.children().size() == imports.size())
                            .isEmpty()) {
                return Optional.empty();
            }
            Matcher form = IMPORT.matcher(imports.getLast().text());
            if (!form.matches() || !form.group(1).equals("m" + last.prefix())) {
                return Optional.empty();
            }
            String name = "m" + next.prefix();
            String line = "import %s from %s%s%s.sql%s%s"
                    .formatted(name, form.group(2), form.group(3), next.tag(), form.group(2), form.group(5));
            TextEdit listed = Elements.of(names.get()).append(name, "  ");
            return Optional.of(TextEdits.of(new Imports(tree).adding(line), listed));
        }
    }

    /** Returns the edits of a schema's script; empty where one of its tables is written in another form. */
    private static Optional<Hunk> schema(SourceFile file, List<MappedTable> tables) {
        List<MappedTable> own =
                tables.stream().filter(each -> each.file().equals(file)).toList();
        Grammar grammar = Grammar.of(file.path()).orElseThrow();
        CodeStyle style = CodeStyle.of(file, grammar.typed());
        try (SyntaxTree tree = SyntaxTree.parse(file, grammar)) {
            var imports = new Imports(tree);
            List<TextEdit> edits = own.stream()
                    .flatMap(each -> each.edit(tree, style).stream())
                    .toList();
            Optional<TextEdits> index = imports.naming("index", "drizzle-orm/sqlite-core", style);
            Optional<TextEdits> sql = own.stream().noneMatch(MappedTable::needsSql)
                    ? Optional.of(TextEdits.of())
                    : imports.naming("sql", "drizzle-orm", style);
            if (edits.size() < own.size() || index.isEmpty() || sql.isEmpty()) {
                return Optional.empty();
            }
            TextEdits all = index.get().and(sql.get()).and(new TextEdits(edits));
            return Optional.of(hunk(
                    "schema-" + file.path(),
                    file.path(),
                    all,
                    "Index %s in the drizzle schema".formatted(names(own)),
                    "So that the schema says what the migration does: drizzle-kit compares the two."));
        }
    }
}
