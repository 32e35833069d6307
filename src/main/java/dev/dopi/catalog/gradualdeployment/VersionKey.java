package dev.dopi.catalog.gradualdeployment;

import dev.dopi.edit.Applicability;
import dev.dopi.edit.CodeStyle;
import dev.dopi.edit.CodeTemplate;
import dev.dopi.edit.Hunk;
import dev.dopi.edit.Imports;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the Worker's handler into a wrapper that gives browsers a cookie to tell them by. */
final class VersionKey {

    private static final String FUNCTION = "withVersionKey";
    private static final String MODULE = "version-key";

    private VersionKey() {}

    /** What could be planned. */
    sealed interface Answer {

        /** The hunks; none where it is in place. */
        record Planned(List<Hunk> hunks) implements Answer {}

        /** Why it could not, as a sentence. */
        record Impossible(String reason) implements Answer {}
    }

    /** Plans it for the entry file {@code main}. */
    static Answer plan(Project project, Optional<String> main) {
        Optional<SourceFile> file = main.flatMap(project::read);
        Optional<Grammar> grammar = main.flatMap(Grammar::of);
        if (file.isEmpty() || grammar.isEmpty()) {
            return new Answer.Impossible(
                    "The Worker's entry file is not in the project, so no version key was put into it.");
        }
        if (file.get().text().contains(FUNCTION)) {
            return new Answer.Planned(List.of());
        }
        String path = file.get().path();
        String module = path.substring(0, path.lastIndexOf('/') + 1)
                + MODULE
                + (grammar.get().typed() ? ".ts" : path.endsWith(".mjs") ? ".mjs" : ".js");
        if (project.read(module).isPresent()) {
            return new Answer.Impossible("%s is there already, so no version key was put in.".formatted(module));
        }
        try (SyntaxTree tree = SyntaxTree.parse(file.get(), grammar.get())) {
            Optional<SyntaxNode> handler = tree.root().children().stream()
                    .filter(node -> node.is("export_statement") && node.has("default"))
                    .findFirst()
                    .flatMap(node -> node.field("value"))
                    .filter(value -> !value.is("class", "function_expression", "arrow_function"));
            return handler.<Answer>map(value -> new Answer.Planned(hunks(tree, value, module)))
                    .orElseGet(() -> new Answer.Impossible(
                            "%s does not export its handler as a plain default value; a version key for it is not supported yet."
                                    .formatted(path)));
        }
    }

    private static List<Hunk> hunks(SyntaxTree tree, SyntaxNode handler, String module) {
        SourceFile file = tree.file();
        CodeStyle style = CodeStyle.of(file, tree.grammar().typed());
        String code =
                CodeTemplate.beside(VersionKey.class, MODULE + ".ts.txt").render(style, "", Map.of()) + style.lineEnd();
        Hunk create = new Hunk(
                MODULE,
                module,
                true,
                TextEdits.of(TextEdit.insert(0, code)),
                Applicability.REVIEW,
                "Cookie for the version key",
                "Gives each browser a cookie; with a Transform Rule that makes it the header Cloudflare-Workers-Version-Key, a"
                        + " browser meets one version of the Worker during a rollout.",
                Set.of());
        var imports = new Imports(tree);
        // In JavaScript an import always names the file with its ending.
        String ending = tree.grammar().typed() ? imports.ending() : module.substring(module.lastIndexOf('.'));
        TextEdit imported = imports.adding(Imports.line(FUNCTION, "./" + MODULE + ending, style));
        Hunk wrap = new Hunk(
                MODULE + "-handler",
                file.path(),
                false,
                TextEdits.of(
                        imported,
                        TextEdit.insert(handler.span().start(), FUNCTION + "("),
                        TextEdit.insert(handler.span().end(), ")")),
                Applicability.REVIEW,
                "Handler with the version key",
                "Responses get a Set-Cookie header where the request has no such cookie; everything else stays.",
                Set.of(MODULE));
        return List.of(create, wrap);
    }
}
