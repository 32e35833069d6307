package dev.dopi.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.source.SourceFile;
import dev.dopi.source.TextEdits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where members are found, and how one more is put in. */
final class JsonObjectTest {

    /** {@code |} is a line end, {@code ~} a tab. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {};                                         {|  "b": 2|}
            { "a": 1 };                                 { "a": 1, "b": 2 }
            {|  "a": 1|};                               {|  "a": 1,|  "b": 2|}
            {|  "a": 1,|};                              {|  "a": 1,|  "b": 2,|}
            {|  "a": 1 // one|};                        {|  "a": 1, // one|  "b": 2|}
            {|  "a": 1, // one, two}|  // last|};       {|  "a": 1, // one, two}|  "b": 2,|  // last|}
            {|~"a": { "x": "}" }|};                     {|~"a": { "x": "}" },|~"b": 2|}
            {|    "a": [1, /* ] */ 2]|};                {|    "a": [1, /* ] */ 2],|    "b": 2|}
            {|  "a": "\\"",|  "c": "/*"|};            {|  "a": "\\"",|  "c": "/*",|  "b": 2|}
            {|  "a": 1 /* no comma */ ,|};              {|  "a": 1 /* no comma */ ,|  "b": 2,|}
            { "a": 1,|  "c": 3 };                       { "a": 1,|  "c": 3, "b": 2 }
            """)
    void addsBehindTheLastMember(String before, String after) {
        assertEquals(text(after), adding(text(before)));
        if (before.contains("|")) {
            assertEquals(text(after).replace("\n", "\r\n"), adding(text(before).replace("\n", "\r\n")));
        }
    }

    @Test
    void skipsAByteOrderMark() {
        assertEquals("\uFEFF{ \"a\": 1, \"b\": 2 }\n", adding("\uFEFF{ \"a\": 1 }\n"));
    }

    @Test
    void findsTheMembersOfAnObjectInside() {
        JsonObject root = JsonObject.of(file("{ \"x\": \"scripts\", \"scripts\": { \"a\": \"b\" } }"))
                .orElseThrow();
        JsonObject scripts = root.child("scripts").orElseThrow();
        assertEquals("\"b\"", scripts.text(scripts.member("a").orElseThrow()));
        assertTrue(root.child("x").isEmpty());
        assertTrue(root.member("a").isEmpty());
    }

    @Test
    void findsNoObjectWhereThereIsNone() {
        assertTrue(JsonObject.of(file("")).isEmpty());
        assertTrue(JsonObject.of(file("[1]")).isEmpty());
        assertTrue(JsonObject.of(file("{ \"a\": 1")).isEmpty());
        assertTrue(JsonObject.of(file("{ \"a\"")).isEmpty());
    }

    private static String adding(String text) {
        return TextEdits.of(JsonObject.of(file(text)).orElseThrow().adding("b", "2"))
                .applyTo(text);
    }

    private static String text(String shown) {
        return shown.replace('|', '\n').replace('~', '\t');
    }

    private static SourceFile file(String text) {
        return new SourceFile("wrangler.jsonc", text);
    }
}
