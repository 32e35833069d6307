package dev.dopi.syntax;

import dev.dopi.source.Span;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.treesitter.TSNode;

/** A node of a {@link SyntaxTree}, in Java's own terms: UTF-16 offsets, lists, no nulls. */
public final class SyntaxNode {

    private final SyntaxTree tree;
    private final @Nullable SyntaxNode parent;
    private final String fieldName;
    private final TSNode node;
    private final String kind;
    private final Span span;
    private final boolean named;
    private final boolean containsError;
    private final boolean missing;
    private @Nullable List<SyntaxNode> all;

    SyntaxNode(SyntaxTree tree, @Nullable SyntaxNode parent, String fieldName, TSNode node) {
        this.tree = tree;
        this.parent = parent;
        this.fieldName = fieldName;
        this.node = node;
        this.kind = node.getType();
        this.span = new Span(SyntaxTree.offset(node.getStartByte()), SyntaxTree.offset(node.getEndByte()));
        this.named = node.isNamed();
        this.containsError = node.hasError();
        this.missing = node.isMissing();
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
        return span;
    }

    public String text() {
        return tree.file().text(span);
    }

    public boolean hasText(String text) {
        return span.length() == text.length() && tree.file().text().startsWith(text, span.start());
    }

    public SyntaxTree tree() {
        return tree;
    }

    /** Returns the line, counted from one, in which the node starts. */
    public int line() {
        return tree.file().line(span);
    }

    public Optional<SyntaxNode> parent() {
        return Optional.ofNullable(parent);
    }

    /** Returns the nodes above this one, the nearest first. */
    public Stream<SyntaxNode> ancestors() {
        var above = Stream.<SyntaxNode>builder();
        for (SyntaxNode up = parent; up != null; up = up.parent) {
            above.add(up);
        }
        return above.build();
    }

    /** Returns the nearest node above this one that is of one of {@code kinds}. */
    public Optional<SyntaxNode> enclosing(String... kinds) {
        return ancestors().filter(up -> up.is(kinds)).findFirst();
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
        return all().stream()
                .filter(child -> child.named && !child.is("comment"))
                .toList();
    }

    public Optional<SyntaxNode> child(String... kinds) {
        return children().stream().filter(child -> child.is(kinds)).findFirst();
    }

    /** Returns whether the word or sign {@code token} stands right under this node, such as {@code async}. */
    public boolean has(String token) {
        return all().stream().anyMatch(child -> !child.named && child.kind.equals(token));
    }

    public Optional<SyntaxNode> field(String name) {
        return all().stream().filter(child -> child.fieldName.equals(name)).findFirst();
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
        // A stack, not recursion: code can be nested deeper than Java's own stack.
        var open = new ArrayDeque<SyntaxNode>();
        open.push(this);
        return Stream.generate(() -> 0).takeWhile(_ -> !open.isEmpty()).map(_ -> {
            SyntaxNode next = open.pop();
            if (into.test(next)) {
                next.children().reversed().forEach(open::push);
            }
            return next;
        });
    }

    boolean isError() {
        return missing || kind.equals("ERROR");
    }

    /** Returns whether this node, or one under it, could not be understood. */
    public boolean containsError() {
        return containsError;
    }

    @Override
    public String toString() {
        return kind + " " + span;
    }
}
