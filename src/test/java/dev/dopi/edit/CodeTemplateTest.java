package dev.dopi.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.dopi.source.SourceFile;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CodeTemplateTest {

    private static final CodeStyle PLAIN = new CodeStyle("  ", '"', true, "\n", true);
    private static final CodeStyle OTHER = new CodeStyle("\t", '\'', false, "\r\n", false);

    @Test
    void takesOnTheStyle() {
        var template = new CodeTemplate("""
                /** It's a "note"; */
                async run(id{{ts:: string}}){{ts:: Promise<void>}} {
                  const a = "x";
                  call("it's", `a "b" ${c}`, "d");
                  plain("e", `"`);
                }
                """);
        assertEquals("""
                \t/** It's a "note"; */\r
                \tasync run(id) {\r
                \t\tconst a = 'x'\r
                \t\tcall("it's", `a "b" ${c}`, "d")\r
                \t\tplain('e', `"`)\r
                \t}""", template.render(OTHER, "\t", Map.of()));
    }

    @Test
    void keepsTextOfSeveralLinesAsItIs() {
        var template = new CodeTemplate("""
                exec(
                  `CREATE TABLE "a"(b);
                  INSERT INTO "a" VALUES (?)`,
                  "c",
                );
                """);
        assertEquals("""
                exec(\r
                \t`CREATE TABLE "a"(b);\r
                \tINSERT INTO "a" VALUES (?)`,\r
                \t'c',\r
                )""", template.render(OTHER, "", Map.of()));
    }

    @Test
    void fillsValuesOfSeveralLinesAndDropsEmptyOnes() {
        var template = new CodeTemplate("""
                {
                  {{LINES}}
                  {{NOTHING}}

                  last({{ts:<{{TYPE}}>}});
                }
                """);
        assertEquals(
                "{\n  one();\n  two();\n\n  last(<string>);\n}",
                template.render(PLAIN, "", Map.of("LINES", "one();\ntwo();", "NOTHING", "", "TYPE", "string")));
    }

    @Test
    void keepsOnlyTheSectionsThatAreWanted() {
        var template = new CodeTemplate("""
                // {{#A}}
                a();
                  // {{^B}}
                a_without_b();
                  // {{/B}}
                // {{/A}}
                // {{^A}}
                not_a();
                // {{/A}}
                """);
        assertEquals("a();\na_without_b();", template.render(PLAIN, "", Map.of(), Set.of("A")));
        assertEquals("a();", template.render(PLAIN, "", Map.of(), Set.of("A", "B")));
        assertEquals("not_a();", template.render(PLAIN, "", Map.of(), Set.of("B")));
    }

    @Test
    void refusesAMissingValue() {
        var template = new CodeTemplate("a({{WHAT}});");
        assertThrows(IllegalArgumentException.class, () -> template.render(PLAIN, "", Map.of("OTHER", "x")));
    }

    @Test
    void readsTheStyleOffAFile() {
        assertEquals(
                new CodeStyle("\t", '\'', false, "\r\n", true),
                CodeStyle.of(new SourceFile("a.ts", "f('a')\r\nif (b) {\r\n\tg('c')\r\n}\r\n"), true));
        assertEquals(
                new CodeStyle("    ", '"', true, "\n", false),
                CodeStyle.of(new SourceFile("a.js", "function f() {\n    g(\"a\");\n    h();\n}\n"), false));
        assertEquals(new CodeStyle("  ", '"', true, "\n", true), CodeStyle.of(new SourceFile("a.ts", ""), true));
    }
}
