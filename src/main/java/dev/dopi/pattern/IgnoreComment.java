package dev.dopi.pattern;

import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comment {@code dopi-ignore ID: reason}, as it stands in a file.
 *
 * @param pattern the word where a pattern's id belongs; empty where there is none
 * @param reason empty where none is given
 */
record IgnoreComment(String file, Span span, int line, String pattern, String reason) {

    static final String WORD = "dopi-ignore";

    private static final Pattern TEXT = Pattern.compile("\\b" + WORD + "(?:\\s+([\\w-]+))?\\s*(?::(.*))?");
    /** In a configuration, where no tree says what a comment is. */
    private static final Pattern LINE = Pattern.compile("(?m)(?:^|\\s)(?://|#)\\s*(" + WORD + "\\b.*)$");

    /** Returns the comments of {@code file} in reading order. */
    static List<IgnoreComment> in(SourceFile file) {
        if (!file.text().contains(WORD)) {
            return List.of();
        }
        Optional<Grammar> grammar = Grammar.of(file.path());
        return grammar.isPresent() ? inScript(file, grammar.get()) : inConfiguration(file);
    }

    private static List<IgnoreComment> inScript(SourceFile file, Grammar grammar) {
        var found = new ArrayList<IgnoreComment>();
        try (SyntaxTree tree = SyntaxTree.parse(file, grammar)) {
            var open = new ArrayDeque<SyntaxNode>(List.of(tree.root()));
            while (!open.isEmpty()) {
                SyntaxNode node = open.pop();
                if (node.is("comment")) {
                    read(file, node.span(), node.text()).ifPresent(found::add);
                } else if (file.text(node.span()).contains(WORD)) {
                    node.all().reversed().forEach(open::push);
                }
            }
        }
        return found;
    }

    private static List<IgnoreComment> inConfiguration(SourceFile file) {
        var found = new ArrayList<IgnoreComment>();
        Matcher line = LINE.matcher(file.text());
        while (line.find()) {
            read(file, new Span(line.start(1), line.end(1)), line.group(1)).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<IgnoreComment> read(SourceFile file, Span span, String comment) {
        Matcher text = TEXT.matcher(comment);
        if (!text.find()) {
            return Optional.empty();
        }
        String pattern = text.group(1) == null ? "" : text.group(1);
        String reason = text.group(2) == null ? "" : text.group(2).replaceFirst("\\*/\\s*$", "");
        return Optional.of(new IgnoreComment(file.path(), span, file.line(span), pattern, reason.strip()));
    }

    String place() {
        return file + ":" + line;
    }
}
