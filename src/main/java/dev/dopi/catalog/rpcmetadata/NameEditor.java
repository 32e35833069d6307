package dev.dopi.catalog.rpcmetadata;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.edit.EditPlan;
import dev.dopi.edit.Hunk;
import dev.dopi.edit.Statements;
import dev.dopi.model.NameUse;
import dev.dopi.model.NameUse.Kind;
import dev.dopi.pattern.Options;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Puts accessors into the class that say what holds for an object without a name, and has its code read through them. */
final class NameEditor {

    private static final String NEEDED = "#objectName";
    private static final String WANTED = "#nameIfAny";
    private static final String LOG = "#logLine";

    private final Project project;
    private final RpcMetadata match;
    private final Options options;
    private final SyntaxTree tree;
    private final SyntaxNode type;
    private final SyntaxNode last;
    private final CodeStyle style;
    private final boolean throwing;
    private Optional<ToldName> told = Optional.empty();
    private final List<Hunk> hunks = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    private NameEditor(
            Project project, RpcMetadata match, Options options, SyntaxTree tree, SyntaxNode type, SyntaxNode last) {
        this.project = project;
        this.match = match;
        this.options = options;
        this.tree = tree;
        this.type = type;
        this.last = last;
        this.style = CodeStyle.of(tree.file(), tree.grammar().typed());
        this.throwing = options.of(RpcMetadataPattern.UNNAMED).equals(RpcMetadataPattern.THROW);
    }

    static EditPlan plan(Project project, RpcMetadata match, Options options) {
        if (!match.status().recommended()) {
            return EditPlan.EMPTY;
        }
        String path = match.type().file();
        Optional<SourceFile> file = project.read(path);
        Optional<Grammar> grammar = Grammar.of(path);
        if (file.isEmpty() || grammar.isEmpty()) {
            return EditPlan.refused("%s cannot be read.".formatted(path));
        }
        try (SyntaxTree tree = SyntaxTree.parse(file.get(), grammar.get())) {
            Optional<SyntaxNode> type = RpcMetadata.classIn(tree, match.type());
            Optional<SyntaxNode> last = type.flatMap(it -> it.field("body")).flatMap(NameEditor::lastMember);
            if (type.isEmpty() || last.isEmpty()) {
                return EditPlan.refused(
                        "%s:%d is written in a form that is not supported yet: its members end on the line of its bracket."
                                .formatted(path, match.type().line()));
            }
            var editor = new NameEditor(project, match, options, tree, type.get(), last.get());
            return editor.plan(options.of(RpcMetadataPattern.logs(match)).equals("yes"));
        }
    }

    /** Whether {@code type} has one of the accessors already. */
    static boolean wasHere(SyntaxNode type) {
        return type.descendants()
                .filter(node -> node.is("method_definition"))
                .map(node -> node.fieldText("name"))
                .anyMatch(name -> name.equals(NEEDED) || name.equals(WANTED));
    }

    /** Returns the member behind which others can stand on lines of their own. */
    private static Optional<SyntaxNode> lastMember(SyntaxNode body) {
        List<SyntaxNode> members = body.children();
        if (members.isEmpty()) {
            return Optional.empty();
        }
        SyntaxNode last = members.getLast();
        String between = body.tree()
                .file()
                .text()
                .substring(last.span().end(), body.span().end());
        return between.contains("\n") ? Optional.of(last) : Optional.empty();
    }

    private EditPlan plan(boolean logs) {
        var needed = new ArrayList<ReadSite.Needed>();
        var wanted = new ArrayList<Span>();
        for (NameUse use : match.unguarded()) {
            switch (ReadSite.of(tree, match.type(), use, throwing)) {
                case ReadSite.Needed site -> needed.add(site);
                case ReadSite.Wanted(Span span) -> wanted.add(span);
                case ReadSite.Left(String reason) -> refusals.add(reason);
            }
        }
        List<Span> kept = match.keepsInVain() ? kept() : List.of();
        if (match.runtime().filling() == LocalRuntime.Filling.NOWHERE && needed.size() + wanted.size() > 0) {
            Optional<String> obstacle = toldBy(needed, wanted);
            if (obstacle.isPresent()) {
                return new EditPlan(List.of(), refusals).refusing(obstacle.get());
            }
        }
        if (!needed.isEmpty()) {
            needed(needed);
        }
        if (!wanted.isEmpty()) {
            wanted(wanted);
        }
        if (logs) {
            logs();
        }
        var plan = new EditPlan(hunks, refusals);
        return hunks.isEmpty()
                ? plan
                : new NameTests(project, match, options, style, throwing, told).addTo(plan, tree, needed, kept);
    }

    /** Has callers tell the name, or returns why they cannot. */
    private Optional<String> toldBy(List<ReadSite.Needed> needed, List<Span> wanted) {
        List<SyntaxNode> sites = Stream.concat(
                        needed.stream().map(ReadSite.Needed::node),
                        wanted.stream().flatMap(span -> tree.find("member_expression", span).stream()))
                .toList();
        return switch (ToldName.of(match, tree, type, last, style, sites)) {
            case ToldName.Answer.Impossible(String reason) -> Optional.of(reason);
            case ToldName.Answer.Possible(ToldName form) -> {
                told = Optional.of(form);
                hunks.add(form.hunk());
                hunks.addAll(new NamedCallers(project, match, form.methods(), refusals).hunks());
                yield Optional.empty();
            }
        };
    }

    private void needed(List<ReadSite.Needed> sites) {
        String name = free(NEEDED);
        if (name.isEmpty()) {
            return;
        }
        var flags = new HashSet<String>();
        if (throwing) {
            flags.add("THROW");
        }
        told.ifPresent(_ -> flags.add("TOLD"));
        hunks.add(hunk(
                "name",
                edits(sites.stream().map(ReadSite.Needed::span).toList(), name, "object-name.ts.txt", flags),
                Applicability.REVIEW,
                throwing ? "An object without a name says so" : "An object without a name goes by its id",
                throwing
                        ? "Where it went on with undefined, or with a name that others share, it throws now."
                                + alarm(sites)
                        : "Where it went on with undefined, or with a name that others share, it has its own id now."));
    }

    private String alarm(List<ReadSite.Needed> sites) {
        Set<String> reached = Reach.of(type.field("body").orElse(type), ReadSite.ALARMS);
        return sites.stream()
                .filter(site -> ReadSite.method(site.node())
                        .filter(method -> reached.contains(method.fieldText("name")))
                        .isPresent())
                .findFirst()
                .map(site -> " Line %d also runs in the alarm: one that was set before March 2026 has no name."
                        .formatted(site.node().line()))
                .orElse("");
    }

    private void wanted(List<Span> spans) {
        String name = free(WANTED);
        if (!name.isEmpty()) {
            hunks.add(hunk(
                    "name-if-any",
                    edits(spans, name, "name-if-any.ts.txt", told.isPresent() ? Set.of("TOLD") : Set.of()),
                    Applicability.SAFE,
                    "A name that may be missing",
                    "The values stay the same; one place says when an object has no name."));
        }
    }

    private List<Span> kept() {
        var reads = new LinkedHashSet<SyntaxNode>();
        var kept = new KeptName(tree, type, match.type());
        match.uses(Kind.KEPT_BY_HAND).forEach(use -> reads.addAll(kept.readsOf(use)));
        String state = match.type().access().state().orElse("");
        if (reads.isEmpty() || state.isEmpty()) {
            refusals.add(
                    "%s takes its name from its callers in a way that is not supported yet: read %s.id.name first, by hand."
                            .formatted(match.type().className(), state.isEmpty() ? "ctx" : state));
            return List.of();
        }
        List<TextEdit> edits = reads.stream()
                .map(read -> new TextEdit(
                        read.span(),
                        (stands(read) ? "%s.id.name ?? %s" : "(%s.id.name ?? %s)").formatted(state, read.text())))
                .toList();
        hunks.add(hunk(
                "kept-name",
                new TextEdits(edits),
                Applicability.REVIEW,
                "The runtime's name before the kept one",
                "What it was told stays as it is, for objects that are reached without a name."));
        return reads.stream().map(SyntaxNode::span).toList();
    }

    /** Whether an operator can stand in the place of {@code node} without parentheses. */
    private static boolean stands(SyntaxNode node) {
        return node.parent()
                .filter(up -> up.is(
                        "return_statement",
                        "template_substitution",
                        "variable_declarator",
                        "arguments",
                        "pair",
                        "array"))
                .isPresent();
    }

    private void logs() {
        String name = free(LOG);
        List<LogLine> lines = LogLine.in(type, match.type());
        if (name.isEmpty() || lines.isEmpty()) {
            return;
        }
        var edits = new ArrayList<TextEdit>();
        for (LogLine line : lines) {
            List<SyntaxNode> arguments =
                    line.call().field("arguments").orElseThrow().children();
            edits.add(TextEdit.insert(arguments.getFirst().span().start(), "this.%s(".formatted(name)));
            edits.add(TextEdit.insert(arguments.getLast().span().end(), ")"));
        }
        edits.add(method("log-line.ts.txt", name, Set.of()));
        hunks.add(hunk(
                "name-logs",
                new TextEdits(edits),
                Applicability.REVIEW,
                "Log lines say which object wrote them",
                "Each line becomes JSON with the class, the name and the id beside the message."));
    }

    private TextEdits edits(List<Span> reads, String name, String template, Set<String> flags) {
        var edits = new ArrayList<TextEdit>();
        reads.forEach(span -> edits.add(new TextEdit(span, "this.%s()".formatted(name))));
        edits.add(method(template, name, flags));
        return new TextEdits(edits);
    }

    private TextEdit method(String template, String name, Set<String> flags) {
        SourceFile file = tree.file();
        String code = CodeTemplate.beside(NameEditor.class, template)
                .render(
                        style,
                        file.indentAt(last.span().start()),
                        Map.of(
                                "NAME",
                                name,
                                "STATE",
                                match.type().access().state().orElseThrow(),
                                "CLASS",
                                match.type().className()),
                        flags);
        return Statements.after(file, last.span(), style.lineEnd() + code);
    }

    /** Returns {@code name} unless the class has it already, which is then said. */
    private String free(String name) {
        boolean taken =
                type.descendants().anyMatch(node -> node.is("private_property_identifier") && node.hasText(name));
        if (taken) {
            refusals.add("%s has a member %s already: rename it first."
                    .formatted(match.type().className(), name));
            return "";
        }
        return name;
    }

    private Hunk hunk(String id, TextEdits edits, Applicability applicability, String title, String reason) {
        Set<String> requires = told.isPresent() && !id.equals("name-logs") ? Set.of(ToldName.HUNK) : Set.of();
        return new Hunk(id, tree.file().path(), false, edits, applicability, title, reason, requires);
    }
}
