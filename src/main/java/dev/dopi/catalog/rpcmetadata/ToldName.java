package dev.dopi.catalog.rpcmetadata;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.edit.Hunk;
import dev.dopi.edit.Statements;
import dev.dopi.model.DurableObjectClass;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The form for a runtime that does not tell an object its name: a method of the object, {@code named}, that takes the
 * name, refuses one that is not the object's own, and returns an {@code RpcTarget} which carries it.
 *
 * <p>The methods that are there keep their parameters; the target only passes calls on to them.
 *
 * @param methods the methods of the object that come to its name
 */
record ToldName(
        RpcMetadata match, SyntaxTree tree, SyntaxNode type, SyntaxNode last, CodeStyle style, List<String> methods) {

    static final String HUNK = "name-told";
    private static final String MODULE = "cloudflare:workers";
    /** From this date on a stub's methods can be called. */
    private static final String CALLABLE = "2024-04-03";

    ToldName {
        methods = List.copyOf(methods);
    }

    /** Whether the form can be written. */
    sealed interface Answer {

        record Possible(ToldName form) implements Answer {}

        /** It cannot; the reason is a sentence for the user. */
        record Impossible(String reason) implements Answer {}
    }

    /** Looks whether {@code sites}, where the class reads its name, can be served. */
    static Answer of(
            RpcMetadata match,
            SyntaxTree tree,
            SyntaxNode type,
            SyntaxNode last,
            CodeStyle style,
            List<SyntaxNode> sites) {
        DurableObjectClass about = match.type();
        Set<String> readers = sites.stream()
                .flatMap(site -> ReadSite.method(site).stream())
                .map(method -> method.fieldText("name"))
                .collect(Collectors.toSet());
        SyntaxNode body = type.field("body").orElse(type);
        List<String> methods = about.rpcMethods().stream()
                .filter(method -> Reach.of(body, Set.of(method)).stream().anyMatch(readers::contains))
                .filter(method -> !method.equals("fetch"))
                .distinct()
                .toList();
        var form = new ToldName(match, tree, type, last, style, methods);
        return form.obstacle().<Answer>map(Answer.Impossible::new).orElseGet(() -> new Answer.Possible(form));
    }

    private Optional<String> obstacle() {
        String update =
                "With %s the code would find no name in local development and tests: update wrangler to 4.79 or later. "
                        .formatted(match.runtime().source());
        String what = "Until then it cannot be passed through a method that returns an RpcTarget: ";
        DurableObjectClass about = match.type();
        String date = match.worker().compatibilityDate().orElse("");
        if (date.compareTo(CALLABLE) < 0) {
            return Optional.of(update
                    + what
                    + "methods can be called from compatibility date %s on, and the configuration says %s."
                            .formatted(CALLABLE, date.isEmpty() ? "none" : date));
        }
        if (methods.isEmpty()) {
            return Optional.of(update + what + "no method that a caller can call comes to the name.");
        }
        if (about.bindings().isEmpty()) {
            return Optional.of(update + what + "the configuration has no binding for %s.".formatted(about.className()));
        }
        if (workersImport().isEmpty() || !extendsDurableObject() || !isDeclared()) {
            return Optional.of(update
                    + what
                    + "%s is not written as a class that extends DurableObject of cloudflare:workers%s."
                            .formatted(about.className(), tree.grammar().typed() ? " with the type of its env" : ""));
        }
        Optional<String> taken = taken();
        return taken.map(name -> update + what + "the name %s is in use already.".formatted(name));
    }

    private boolean extendsDurableObject() {
        return type.children().stream()
                .filter(part -> part.is("class_heritage"))
                .map(SyntaxNode::text)
                .anyMatch(text -> tree.grammar().typed()
                        ? text.matches("extends\\s+DurableObject\\s*<(?s:.*)>(?s:.*)")
                        : text.matches("extends\\s+DurableObject\\s*"));
    }

    /** Whether a class can stand behind it. */
    private boolean isDeclared() {
        return type.is("class_declaration")
                && statement().parent().filter(up -> up.is("program")).isPresent();
    }

    private SyntaxNode statement() {
        return type.parent().filter(up -> up.is("export_statement")).orElse(type);
    }

    private Optional<SyntaxNode> workersImport() {
        return tree.root().children().stream()
                .filter(node -> node.is("import_statement")
                        && node.fieldText("source").contains(MODULE)
                        && !node.text().startsWith("import type"))
                .flatMap(SyntaxNode::descendants)
                .filter(node -> node.is("named_imports") && !node.children().isEmpty())
                .findFirst();
    }

    private Optional<String> taken() {
        Set<String> mine = Set.of("named", "#told", target());
        return tree.root()
                .descendants()
                .filter(node ->
                        node.is("property_identifier", "private_property_identifier", "type_identifier", "identifier"))
                .map(SyntaxNode::text)
                .filter(mine::contains)
                .findFirst();
    }

    private String target() {
        return "Named" + match.type().className();
    }

    /** Returns the hunk that the accessors of the name require. */
    Hunk hunk() {
        SourceFile file = tree.file();
        DurableObjectClass about = match.type();
        Map<String, String> values = Map.of(
                "CLASS", about.className(),
                "TARGET", target(),
                "BINDING", about.bindings().getFirst(),
                "RUNTIME", match.runtime().source().replaceFirst(" \\(.*", ""),
                "EXAMPLE", methods.getFirst(),
                "STATE", about.access().state().orElse("this.ctx"));
        String margin = file.indentAt(last.span().start());
        String method = CodeTemplate.beside(ToldName.class, "named.ts.txt").render(style, margin, values);
        var edits = new ArrayList<TextEdit>();
        edits.add(Statements.after(file, last.span(), style.lineEnd() + method));
        edits.add(Statements.after(file, statement().span(), targetClass(values)));
        importing().ifPresent(edits::add);
        return new Hunk(
                HUNK,
                file.path(),
                false,
                new TextEdits(edits),
                Applicability.REVIEW,
                "A method that takes the name and returns an RpcTarget with it",
                "With %s no object is told its name; callers that know it pass it to named(), and no method changes its parameters."
                        .formatted(match.runtime().source()),
                Set.of());
    }

    private String targetClass(Map<String, String> values) {
        var plain = new CodeStyle("  ", '"', true, "\n", style.typed());
        String passed = methods.stream()
                .map(each -> CodeTemplate.beside(ToldName.class, "named-method.ts.txt")
                        .render(
                                plain,
                                "  ",
                                Map.of("METHOD", each, "CLASS", match.type().className())))
                .collect(Collectors.joining("\n"));
        String filled = CodeTemplate.beside(ToldName.class, "named-target.ts.txt")
                .text()
                .replace("{{METHODS}}", passed);
        return new CodeTemplate(filled).render(style, "", values);
    }

    private Optional<TextEdit> importing() {
        SyntaxNode names = workersImport().orElseThrow();
        boolean there = names.children().stream().anyMatch(name -> name.hasText("RpcTarget"));
        return there
                ? Optional.empty()
                : Optional.of(TextEdit.insert(names.children().getLast().span().end(), ", RpcTarget"));
    }
}
