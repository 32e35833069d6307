package dev.dopi.syntax;

import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.treesitter.TSInputEncoding;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSReader;
import org.treesitter.TSTree;
import org.treesitter.TSTreeCursor;

/**
 * A script's concrete syntax tree.
 *
 * <p>Parsing never fails: what could not be understood is an error node in the tree, and {@link #errors} counts them.
 * Nodes are read from the native tree when they are first asked for, because each costs microseconds; so a tree is for
 * one thread, and after {@link #close} only what was already read is there. No call on a closed tree reaches native
 * code, which would end the whole program.
 */
public final class SyntaxTree implements AutoCloseable {

    private static final int CHUNK = 1 << 16;
    private static final int BYTES_PER_CHAR = 2;

    private final SourceFile file;
    private final Grammar grammar;
    private final Symbols symbols;
    private @Nullable TSTree tree;
    private @Nullable TSTreeCursor cursor;
    private final SyntaxNode root;

    private SyntaxTree(SourceFile file, Grammar grammar, Symbols symbols, TSTree tree) {
        this.file = file;
        this.grammar = grammar;
        this.symbols = symbols;
        this.tree = tree;
        this.root = new SyntaxNode(this, null, "", tree.getRootNode());
    }

    public static SyntaxTree parse(SourceFile file, Grammar grammar) {
        byte[] utf16 = file.text().getBytes(StandardCharsets.UTF_16LE);
        NativeParser.Loaded loaded = NativeParser.language(grammar);
        try (var parser = new TSParser()) {
            parser.setLanguage(loaded.language());
            TSTree parsed = parser.parse(new byte[CHUNK], null, reader(utf16), TSInputEncoding.TSInputEncodingUTF16LE);
            return new SyntaxTree(file, grammar, loaded.symbols(), parsed);
        }
    }

    // Not parseStringEncoding: it hands the parser UTF-8 bytes whatever encoding it is told. The reader says 0, not -1,
    // at the end: -1 makes the parser ask for ever.
    private static TSReader reader(byte[] utf16) {
        return (chunk, offset, _) -> {
            int length = Math.max(0, Math.min(chunk.length, utf16.length - offset));
            System.arraycopy(utf16, Math.min(offset, utf16.length), chunk, 0, length);
            return length;
        };
    }

    public SourceFile file() {
        return file;
    }

    public Grammar grammar() {
        return grammar;
    }

    public SyntaxNode root() {
        return root;
    }

    /** Returns the node of {@code kind} that covers {@code span} exactly; looks only where that can be. */
    public Optional<SyntaxNode> find(String kind, Span span) {
        return root.descendants(node -> node.span().contains(span))
                .filter(node -> node.is(kind) && node.span().equals(span))
                .findFirst();
    }

    /**
     * Returns the named nodes in whose text one of {@code words} stands, parents before children, in reading order. What
     * holds none is not read, so that a few calls in a large file are found soon.
     */
    public Stream<SyntaxNode> holding(Collection<String> words) {
        var places = new TreeSet<Integer>();
        for (String word : words) {
            for (int at = file.text().indexOf(word); at >= 0; at = file.text().indexOf(word, at + 1)) {
                places.add(at);
            }
        }
        return root.descendants(node -> holdsAny(places, node.span())).filter(node -> holdsAny(places, node.span()));
    }

    private static boolean holdsAny(NavigableSet<Integer> places, Span span) {
        Integer first = places.ceiling(span.start());
        return first != null && first < span.end();
    }

    /** Returns how many places could not be understood, counted where a subtree has any. */
    public int errors() {
        return root.errors();
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
        if (tree != null) {
            tree.close();
            tree = null;
        }
    }

    Symbols symbols() {
        return symbols;
    }

    /** Throws where the tree is closed: native code that is asked about it then ends the whole program. */
    void requireOpen() {
        if (tree == null) {
            throw new IllegalStateException("the tree of " + file.path() + " is closed");
        }
    }

    List<SyntaxNode> childrenOf(SyntaxNode parent, TSNode node) {
        requireOpen();
        TSTreeCursor at = cursorAt(node);
        if (!at.gotoFirstChild()) {
            return List.of();
        }
        var children = new ArrayList<SyntaxNode>();
        do {
            children.add(new SyntaxNode(this, parent, symbols.field(at.currentFieldId()), at.currentNode()));
        } while (at.gotoNextSibling());
        return List.copyOf(children);
    }

    private TSTreeCursor cursorAt(TSNode node) {
        if (cursor == null) {
            cursor = new TSTreeCursor(node);
        } else {
            cursor.reset(node);
        }
        return cursor;
    }

    static int offset(int bytes) {
        return bytes / BYTES_PER_CHAR;
    }
}
