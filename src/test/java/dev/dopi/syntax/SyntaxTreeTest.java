package dev.dopi.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.source.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SyntaxTreeTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "é", "日本", "🦀", "a🦀é👩‍🚀"})
    void countsInUtf16(String odd) {
        try (SyntaxTree tree = parse("const a = \"" + odd + "\"; room.post(\"é\", b);\n")) {
            SyntaxNode call = first(tree, "call_expression");
            assertEquals("room.post(\"é\", b)", call.text());
            assertEquals("room.post", call.fieldText("function"));
            assertEquals(List.of("\"é\"", "b"), texts(call.field("arguments").orElseThrow()));
            assertEquals(0, tree.errors());
        }
    }

    @Test
    void countsAByteOrderMark() {
        try (SyntaxTree tree = parse("\uFEFFclass Room {}\n")) {
            SyntaxNode type = first(tree, "class_declaration");
            assertEquals(1, type.span().start());
            assertEquals("class Room {}", type.text());
            assertEquals(0, tree.errors());
        }
    }

    @Test
    void keepsCarriageReturns() {
        String text = "class Room {\r\n  /** A post. */\r\n  post() {\r\n    return 1;\r\n  }\r\n}\r\n";
        try (SyntaxTree tree = parse(text)) {
            SyntaxNode method = first(tree, "method_definition");
            assertEquals(text.substring(text.indexOf("post()"), text.indexOf("\r\n}")), method.text());
            assertEquals(3, method.line());
        }
    }

    @Test
    void readsFilesLongerThanItsBuffer() {
        String filler = "/* " + "é".repeat(100_000) + " */\n";
        try (SyntaxTree tree = parse(filler + "last();\n" + filler + "end();")) {
            assertEquals(
                    List.of("last()", "end()"),
                    tree.root()
                            .descendants()
                            .filter(node -> node.is("call_expression"))
                            .map(SyntaxNode::text)
                            .toList());
        }
    }

    @Test
    void leavesCommentsOutOfChildren() {
        try (SyntaxTree tree = parse("f(/* one */ a, // two\n b);")) {
            SyntaxNode arguments = first(tree, "arguments");
            assertEquals(List.of("a", "b"), texts(arguments));
            assertEquals(
                    2,
                    arguments.all().stream().filter(node -> node.is("comment")).count());
        }
    }

    @Test
    void refusesANodeThatIsFirstAskedForAfterTheTreeIsClosed() {
        SyntaxTree tree = parse("class Room { post() { return this.ctx; } }");
        SyntaxNode type = first(tree, "class_declaration");
        assertEquals(0, type.span().start());
        tree.close();
        tree.close();
        assertEquals("class Room { post() { return this.ctx; } }", type.text());
        assertEquals("class_declaration", type.kind());
        SyntaxNode body = type.field("body").orElseThrow();
        var refusal = assertThrows(IllegalStateException.class, body::children);
        assertEquals("the tree of src/index.ts is closed", refusal.getMessage());
        assertThrows(IllegalStateException.class, body::text);
        assertThrows(
                IllegalStateException.class, () -> tree.root().descendants().count());
    }

    @Test
    void takesCodeThatIsNestedDeeply() {
        int depth = 20_000;
        try (SyntaxTree tree = parse("x = " + "(".repeat(depth) + "1" + ")".repeat(depth) + ";")) {
            SyntaxNode one = first(tree, "number");
            assertTrue(one.ancestors().count() >= depth);
            assertEquals(0, tree.errors());
        }
    }

    @Test
    void countsWhatItCannotUnderstand() {
        try (SyntaxTree tree = parse("class Room { post( { }\nconst x = ;\n")) {
            assertTrue(tree.errors() > 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesAnyText(Grammar grammar) {
        var random = new Random(7);
        for (int round = 0; round < 150; round++) {
            byte[] bytes = new byte[random.nextInt(2_000)];
            random.nextBytes(bytes);
            // The first is Latin letters and controls, the second every sort of lone surrogate.
            String text = new String(bytes, round % 2 == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16LE);
            try (SyntaxTree tree = SyntaxTree.parse(new SourceFile("src/index.ts", text), grammar)) {
                assertTrue(
                        tree.root().descendants().allMatch(node -> node.span().end() <= text.length()));
                assertTrue(tree.errors() >= 0);
            }
        }
    }

    @Test
    void knowsTheLanguageByTheName() {
        assertEquals(Grammar.TYPESCRIPT, Grammar.of("src/room.mts").orElseThrow());
        assertEquals(Grammar.TSX, Grammar.of("src/page.tsx").orElseThrow());
        assertEquals(Grammar.JAVASCRIPT, Grammar.of("src/room.cjs").orElseThrow());
        assertTrue(Grammar.of("worker-configuration.d.ts").isEmpty());
        assertTrue(Grammar.of("package.json").isEmpty());
        assertFalse(Grammar.JAVASCRIPT.typed());
    }

    private static SyntaxTree parse(String text) {
        return SyntaxTree.parse(new SourceFile("src/index.ts", text), Grammar.TYPESCRIPT);
    }

    private static SyntaxNode first(SyntaxTree tree, String kind) {
        return tree.root()
                .descendants()
                .filter(node -> node.is(kind))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(SyntaxNode node) {
        return node.children().stream().map(SyntaxNode::text).toList();
    }
}
