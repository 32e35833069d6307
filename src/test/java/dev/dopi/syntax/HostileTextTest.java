package dev.dopi.syntax;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.Mutation;
import dev.dopi.source.SourceFile;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Any text gives a tree in whose bounds all nodes lie, and ends neither in an exception nor in native code. More cases
 * with {@code -Ddopi.fuzz=100000}, other ones with {@code -Ddopi.seed=2}.
 */
final class HostileTextTest {

    private static final List<String> SOURCES = List.of(
            "export class Room extends DurableObject<Env> { #a = 1; async post<T>(x: T) { return `${x}é😀`; } }",
            "const x = <T,>(y: T) => ({ ...y, [`a`]: /[/]\\/(/g.test('\\u{1F600}') });\n@dec({ a: 1 }) abstract class B {}",
            "module.exports = class { *gen() { yield* super.x?.[1] ?? (a, b); } static { label: for (;;) break label; } }",
            "export default <div a={b ? <c/> : \"d\"}>{/* e */}text &amp; {...f}</div>;");

    private static final List<Grammar> GRAMMARS = List.of(Grammar.values());

    @Test
    void takesAnyTextInEachLanguage() {
        var mutation = new Mutation(SOURCES);
        for (int i = 0; i < Mutation.CASES; i++) {
            String text = mutation.next();
            Grammar grammar = GRAMMARS.get(i % GRAMMARS.size());
            try (SyntaxTree tree = SyntaxTree.parse(new SourceFile("src/a.ts", text), grammar)) {
                visit(tree, text.length());
                assertTrue(tree.errors() >= 0);
            } catch (RuntimeException e) {
                throw new AssertionError("case " + i + " of " + grammar + ": " + text, e);
            }
        }
    }

    @Test
    void takesTextsThatAreNoTexts() {
        for (String text : List.of(
                "",
                "\0",
                "\uFEFF",
                "\uD800",
                "a\uDC00b",
                "\0class\0A\0{}",
                "\uFFFF".repeat(70_000),
                "`".repeat(50_001))) {
            for (Grammar grammar : Grammar.values()) {
                try (SyntaxTree tree = SyntaxTree.parse(new SourceFile("src/a.ts", text), grammar)) {
                    visit(tree, text.length());
                }
            }
        }
    }

    private static void visit(SyntaxTree tree, int length) {
        var open = new ArrayDeque<>(List.of(tree.root()));
        while (!open.isEmpty()) {
            SyntaxNode node = open.pop();
            assertTrue(node.span().end() <= length, node::toString);
            node.all().forEach(open::push);
        }
    }
}
