package dev.dopi.syntax;

import dev.dopi.source.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.treesitter.TSNode;

/** A node of a {@link SyntaxTree}, in Java's own terms: UTF-16 offsets, lists, no nulls. */
public final class SyntaxNode {

    private final SyntaxTree tree;
    private final @Nullable SyntaxNode parent;
    private final String fieldName;
    private final TSNode node;
    private final String kind;
    private final boolean named;
    // Each of these takes several calls into native code, and most nodes are only looked at for their kind.
    private @Nullable Span span;
    private @Nullable Boolean containsError;
    private @Nullable List<SyntaxNode> all;
    private @Nullable List<SyntaxNode> children;

    SyntaxNode(SyntaxTree tree, @Nullable SyntaxNode parent, String fieldName, TSNode node) {
        this.tree = tree;
        this.parent = parent;
        this.fieldName = fieldName;
        this.node = node;
        int symbol = node.getSymbol();
        this.kind = tree.symbols().name(symbol);
        this.named = tree.symbols().isNamed(symbol);
    }

    public String kind() {
        return kind;
    }

    public boolean is(String... kinds) {
        for (String each : kinds) {
            if (kind.equals(each)) {
                return true;
            }
        }
        return false;
    }

    public Span span() {
        if (span == null) {
            tree.requireOpen();
            span = new Span(SyntaxTree.offset(node.getStartByte()), SyntaxTree.offset(node.getEndByte()));
        }
        return span;
    }

    public String text() {
        return tree.file().text(span());
    }

    public boolean hasText(String text) {
        return span().length() == text.length() && tree.file().text().startsWith(text, span().start());
    }

    public SyntaxTree tree() {
        return tree;
    }

    /** Returns the line, counted from one, in which the node starts. */
    public int line() {
        return tree.file().line(span());
    }

    public Optional<SyntaxNode> parent() {
        return Optional.ofNullable(parent);
    }

    /** Returns the nodes above this one, the nearest first. */
    public Stream<SyntaxNode> ancestors() {
        return Stream.iterate(parent, Objects::nonNull, up -> up.parent);
    }

    /** Returns the nearest node above this one that is of one of {@code kinds}. */
    public Optional<SyntaxNode> enclosing(String... kinds) {
        for (SyntaxNode up = parent; up != null; up = up.parent) {
            if (up.is(kinds)) {
                return Optional.of(up);
            }
        }
        return Optional.empty();
    }

    /** Returns every node right under this one: words, signs and comments too. */
    public List<SyntaxNode> all() {
        if (all == null) {
            all = tree.childrenOf(this, node);
        }
        return all;
    }

    /** Returns the named nodes right under this one. Comments are not among them: they can stand anywhere. */
    public List<SyntaxNode> children() {
        if (children == null) {
            var found = new ArrayList<SyntaxNode>();
            List<SyntaxNode> below = all();
            for (int i = 0; i < below.size(); i++) {
                SyntaxNode child = below.get(i);
                if (child.named && !child.kind.equals("comment")) {
                    found.add(child);
                }
            }
            children = List.copyOf(found);
        }
        return children;
    }

    public Optional<SyntaxNode> child(String... kinds) {
        for (SyntaxNode child : children()) {
            if (child.is(kinds)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    /** Returns whether the word or sign {@code token} stands right under this node, such as {@code async}. */
    public boolean has(String token) {
        for (SyntaxNode child : all()) {
            if (!child.named && child.kind.equals(token)) {
                return true;
            }
        }
        return false;
    }

    public Optional<SyntaxNode> field(String name) {
        List<SyntaxNode> below = all();
        // Asked for most of all, and an iterator each time is what it would cost.
        for (int i = 0; i < below.size(); i++) {
            SyntaxNode child = below.get(i);
            if (child.fieldName.equals(name)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    public String fieldText(String name) {
        return field(name).map(SyntaxNode::text).orElse("");
    }

    /** Returns this node and every named node under it, parents before children, in reading order. */
    public Stream<SyntaxNode> descendants() {
        return descendants(_ -> true);
    }

    /** As {@link #descendants()}, but looks under a node only where {@code into} says so. */
    public Stream<SyntaxNode> descendants(Predicate<SyntaxNode> into) {
        return StreamSupport.stream(new Walk(this, into), false);
    }

    private boolean isError() {
        return kind.equals("ERROR") || containsError() && node.isMissing() && !isTypedTag();
    }

    /** The grammar misses a {@code !} where a type stands between a tag and its template, and understands the rest. */
    private boolean isTypedTag() {
        return kind.equals("!")
                && parent != null
                && parent.is("non_null_expression")
                && parent.children().stream().anyMatch(it -> it.is("instantiation_expression"));
    }

    /** Returns how many places here could not be understood, counted where a subtree has any; the rest is not walked. */
    public int errors() {
        int count = 0;
        var open = new ArrayList<SyntaxNode>(List.of(this));
        while (!open.isEmpty()) {
            SyntaxNode node = open.removeLast();
            if (node.isError()) {
                count++;
            } else if (node.containsError()) {
                open.addAll(node.all());
            }
        }
        return count;
    }

    private boolean containsError() {
        if (containsError == null) {
            if (parent == null || parent.containsError()) {
                tree.requireOpen();
                containsError = node.hasError();
            } else {
                containsError = false;
            }
        }
        return containsError;
    }

    @Override
    public String toString() {
        return kind + " " + span();
    }

    private static final class Walk extends Spliterators.AbstractSpliterator<SyntaxNode> {

        private final Predicate<SyntaxNode> into;
        // A stack, not recursion: code can be nested deeper than Java's own stack.
        private final ArrayDeque<SyntaxNode> open = new ArrayDeque<>();

        Walk(SyntaxNode root, Predicate<SyntaxNode> into) {
            super(Long.MAX_VALUE, ORDERED | NONNULL);
            this.into = into;
            open.push(root);
        }

        @Override
        public boolean tryAdvance(Consumer<? super SyntaxNode> action) {
            SyntaxNode next = open.poll();
            if (next == null) {
                return false;
            }
            if (into.test(next)) {
                List<SyntaxNode> below = next.children();
                for (int i = below.size() - 1; i >= 0; i--) {
                    open.push(below.get(i));
                }
            }
            action.accept(next);
            return true;
        }
    }
}
