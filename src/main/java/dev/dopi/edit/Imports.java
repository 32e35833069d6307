package dev.dopi.edit;

import dev.dopi.source.TextEdit;
import dev.dopi.source.TextEdits;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.List;
import java.util.Optional;

/** The import statements of one script, and how another is written among them. */
public record Imports(SyntaxTree tree) {

    /** Returns the ending that the script's own relative imports carry: none, {@code .js} or {@code .ts}. */
    public String ending() {
        return statements().stream()
                .map(node -> node.fieldText("source"))
                .filter(source -> source.length() > 3 && source.startsWith(".", 1))
                .map(source -> source.substring(1, source.length() - 1))
                .map(source -> source.endsWith(".js") ? ".js" : source.endsWith(".ts") ? ".ts" : "")
                .findFirst()
                .orElse("");
    }

    /** Returns the line that imports {@code name} of the module at {@code path}, in {@code style}. */
    public static String line(String name, String path, CodeStyle style) {
        return "import { %s } from %s%s%s%s"
                .formatted(name, style.quote(), path, style.quote(), style.semicolons() ? ";" : "");
    }

    /** Returns the edit that puts {@code code} behind the last import, or at the head where there is none. */
    public TextEdit adding(String code) {
        return statements().stream()
                .reduce((_, later) -> later)
                .map(last -> Statements.after(tree.file(), last.span(), code))
                .orElseGet(() -> Statements.beforeLine(tree.file(), 0, code + apart()));
    }

    /** Returns what keeps a first import apart from the code below it. */
    private String apart() {
        String text = tree.file().text();
        return text.isEmpty() || text.lines().findFirst().orElse("").isBlank()
                ? ""
                : tree.file().lineEnd();
    }

    /**
     * Returns the edits after which {@code name} of {@code module} can be used under that name: none where it can be already,
     * and empty where the script calls something else so.
     */
    public Optional<TextEdits> naming(String name, String module, CodeStyle style) {
        List<SyntaxNode> named = statements().stream()
                .filter(node -> node.fieldText("source").equals("\"" + module + "\"")
                        || node.fieldText("source").equals("'" + module + "'"))
                .filter(node -> !node.has("type"))
                .flatMap(node -> node.child("import_clause").stream())
                .flatMap(node -> node.child("named_imports").stream())
                .filter(node -> !node.children().isEmpty())
                .toList();
        boolean there = named.stream().flatMap(node -> node.children().stream()).anyMatch(node -> node.hasText(name));
        if (there) {
            return Optional.of(TextEdits.of());
        }
        boolean taken = tree.root().descendants().anyMatch(node -> node.is("identifier") && node.hasText(name));
        if (taken) {
            return Optional.empty();
        }
        return Optional.of(TextEdits.of(
                named.isEmpty() ? adding(line(name, module, style)) : among(named.getFirst(), name, style)));
    }

    /** Returns the edit that puts {@code name} where it belongs if the names are in order, and else behind them. */
    private static TextEdit among(SyntaxNode names, String name, CodeStyle style) {
        List<String> texts = names.children().stream().map(SyntaxNode::text).toList();
        boolean ordered = texts.equals(texts.stream().sorted().toList());
        return names.children().stream()
                .filter(each -> ordered && each.text().compareTo(name) > 0)
                .findFirst()
                .map(next -> Elements.of(names).before(next.span(), name))
                .orElseGet(() -> Elements.of(names).append(name, style.indent()));
    }

    private List<SyntaxNode> statements() {
        return tree.root().children().stream()
                .filter(node -> node.is("import_statement"))
                .toList();
    }
}
