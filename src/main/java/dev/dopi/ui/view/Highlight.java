package dev.dopi.ui.view;

import dev.dopi.source.SourceFile;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the pieces of a script's lines are, as its syntax tree says: a string that goes over lines stays one, and no word
 * in a comment is a keyword.
 */
public final class Highlight {

    /** What a piece is. */
    public enum Kind {
        PLAIN,
        KEYWORD,
        STRING,
        COMMENT,
        NUMBER
    }

    /** Some text of one kind. */
    public record Piece(String text, Kind kind) {}

    /** Larger files are shown without: reading a tree takes time, and the screen's thread waits for it. */
    private static final int LARGEST = 300_000;

    private static final Set<String> WORDS = Set.of("true", "false", "null", "undefined", "this", "super");

    private final String text;
    private final Kind[] kinds;
    private final int[] starts;

    private Highlight(String text, Kind[] kinds) {
        this.text = text;
        this.kinds = kinds;
        var lines = new ArrayList<Integer>(List.of(0));
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                lines.add(i + 1);
            }
        }
        this.starts = lines.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns the highlighting of a whole file, or empty where it is no script, or too large a one. */
    public static Optional<Highlight> of(String path, String text) {
        Optional<Grammar> grammar = Grammar.of(path);
        if (grammar.isEmpty() || text.length() > LARGEST) {
            return Optional.empty();
        }
        var kinds = new Kind[text.length()];
        Arrays.fill(kinds, Kind.PLAIN);
        try (SyntaxTree tree = SyntaxTree.parse(new SourceFile(path, text), grammar.get())) {
            var open = new ArrayDeque<SyntaxNode>(List.of(tree.root()));
            while (!open.isEmpty()) {
                SyntaxNode node = open.pop();
                Kind kind = kind(node, text);
                if (kind != Kind.PLAIN) {
                    Arrays.fill(kinds, node.span().start(), node.span().end(), kind);
                } else {
                    node.all().forEach(open::push);
                }
            }
        }
        return Optional.of(new Highlight(text, kinds));
    }

    private static Kind kind(SyntaxNode node, String text) {
        return switch (node.kind()) {
            case "comment", "hash_bang_line", "html_comment" -> Kind.COMMENT;
            case "string_fragment", "escape_sequence", "regex", "`", "'", "\"" -> Kind.STRING;
            // A literal; the type of this name is a word of its own.
            case "number" -> node.hasText("number") ? Kind.KEYWORD : Kind.NUMBER;
            case "string" -> node.hasText("string") ? Kind.KEYWORD : Kind.STRING;
            default -> word(node, text) ? Kind.KEYWORD : Kind.PLAIN;
        };
    }

    /** Whether the node is a word of the language: its kind is then its text. */
    private static boolean word(SyntaxNode node, String text) {
        String kind = node.kind();
        return (WORDS.contains(kind) || !kind.contains("_"))
                && Character.isLetter(kind.charAt(0))
                && text.startsWith(kind, node.span().start())
                && node.span().length() == kind.length();
    }

    /** Returns the pieces of a line, counted from one, if it is {@code expected}. */
    public Optional<List<Piece>> line(int number, String expected) {
        if (number < 1 || number > starts.length || !text.startsWith(expected, starts[number - 1])) {
            return Optional.empty();
        }
        var pieces = new ArrayList<Piece>();
        int end = starts[number - 1] + expected.length();
        int from = starts[number - 1];
        for (int i = from; i < end; i++) {
            if (kinds[i] != kinds[from]) {
                pieces.add(new Piece(text.substring(from, i), kinds[from]));
                from = i;
            }
        }
        pieces.add(new Piece(text.substring(from, end), from < end ? kinds[from] : Kind.PLAIN));
        return Optional.of(pieces);
    }
}
