package dev.dopi.catalog.rpcmetadata;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.Hunk;
import dev.dopi.model.NameUse;
import dev.dopi.model.NameUse.Kind;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.syntax.Expressions;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Has callers that reach an object by name pass that name on: {@code stub.named(name).post(text)}.
 *
 * <p>Only where the name is a plain value that stays the same and the stub is followed to the call; the others are named.
 */
record NamedCallers(Project project, RpcMetadata match, List<String> methods, List<String> refusals) {

    List<Hunk> hunks() {
        Map<String, List<NameUse>> byFile = new LinkedHashMap<>();
        for (NameUse use : match.uses(Kind.MADE_BY_NAME)) {
            byFile.computeIfAbsent(use.file(), _ -> new ArrayList<>()).add(use);
        }
        var hunks = new ArrayList<Hunk>();
        byFile.forEach((path, uses) -> hunk(path, uses).ifPresent(hunks::add));
        return hunks;
    }

    private Optional<Hunk> hunk(String path, List<NameUse> uses) {
        Optional<SourceFile> file = project.read(path);
        Optional<Grammar> grammar = Grammar.of(path);
        if (file.isEmpty() || grammar.isEmpty()) {
            return Optional.empty();
        }
        var edits = new LinkedHashSet<TextEdit>();
        try (SyntaxTree tree = SyntaxTree.parse(file.get(), grammar.get())) {
            for (NameUse use : uses) {
                List<TextEdit> found = tree.find("call_expression", use.place().span())
                        .map(this::edits)
                        .orElse(List.of());
                if (found.isEmpty()) {
                    refusals.add(
                            "%s:%d reaches the object by name; call %s on named(…) there by hand where it needs its name."
                                    .formatted(path, use.place().line(), methods.getFirst()));
                }
                edits.addAll(found);
            }
        }
        return edits.isEmpty()
                ? Optional.empty()
                : Optional.of(new Hunk(
                        "callers-" + path,
                        path,
                        false,
                        new TextEdits(List.copyOf(edits)),
                        Applicability.REVIEW,
                        "Callers pass the name on",
                        "They know the name by which they reach the object; it goes along in the same round trip.",
                        Set.of(ToldName.HUNK)));
    }

    private List<TextEdit> edits(SyntaxNode made) {
        Optional<SyntaxNode> name = Expressions.arguments(made).stream().findFirst();
        Optional<SyntaxNode> scope =
                made.ancestors().filter(Expressions::isFunction).findFirst();
        if (name.isEmpty() || scope.isEmpty() || !isSteady(name.get(), scope.get())) {
            return List.of();
        }
        boolean stub =
                Expressions.calledProperty(made).filter("getByName"::equals).isPresent();
        List<SyntaxNode> stubs = stub
                ? places(made, scope.get())
                : places(made, scope.get()).stream()
                        .flatMap(id -> taken(id).stream())
                        .flatMap(got -> places(got, scope.get()).stream())
                        .toList();
        return stubs.stream()
                .filter(this::isCalled)
                .map(each -> TextEdit.insert(
                        each.span().end(), ".named(%s)".formatted(name.get().text())))
                .toList();
    }

    /** Returns {@code value}, or where the variable that it is kept in is read. */
    private static List<SyntaxNode> places(SyntaxNode value, SyntaxNode scope) {
        Optional<SyntaxNode> kept = value.parent().filter(up -> up.is("variable_declarator"));
        if (kept.isEmpty()) {
            return List.of(value);
        }
        String variable = kept.get().fieldText("name");
        boolean constant =
                kept.get().parent().filter(up -> up.text().startsWith("const")).isPresent();
        long declared = scope.descendants()
                .filter(node ->
                        node.is("variable_declarator") && node.fieldText("name").equals(variable))
                .count();
        return !constant || declared != 1
                ? List.of()
                : scope.descendants()
                        .filter(node -> node.is("identifier") && node.hasText(variable))
                        .filter(node -> node.parent()
                                .filter(up -> up.is("variable_declarator")
                                        && up.fieldText("name").equals(variable))
                                .isEmpty())
                        .toList();
    }

    /** Returns the call that gets the stub of {@code id}. */
    private static Optional<SyntaxNode> taken(SyntaxNode id) {
        return id.parent()
                .filter(up ->
                        up.is("arguments") && up.children().getFirst().span().equals(id.span()))
                .flatMap(SyntaxNode::parent)
                .filter(call -> call.is("call_expression")
                        && Expressions.calledProperty(call)
                                .filter("get"::equals)
                                .isPresent());
    }

    /** Whether one of the methods is called on {@code stub}. */
    private boolean isCalled(SyntaxNode stub) {
        return stub.parent()
                .filter(up -> up.is("member_expression")
                        && methods.contains(up.fieldText("property"))
                        && up.field("object")
                                .filter(object -> object.span().equals(stub.span()))
                                .isPresent())
                .flatMap(SyntaxNode::parent)
                .filter(up -> up.is("call_expression"))
                .isPresent();
    }

    private static boolean isSteady(SyntaxNode name, SyntaxNode scope) {
        if (name.is("string")) {
            return true;
        }
        return name.is("identifier")
                && scope.descendants()
                        .filter(node -> node.is("assignment_expression", "augmented_assignment_expression"))
                        .noneMatch(node -> node.fieldText("left").equals(name.text()));
    }
}
