package dev.dopi.edit;

import dev.dopi.source.TextEdit;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.List;

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
                .orElseGet(() -> Statements.beforeLine(tree.file(), 0, code));
    }

    private List<SyntaxNode> statements() {
        return tree.root().children().stream()
                .filter(node -> node.is("import_statement"))
                .toList();
    }
}
