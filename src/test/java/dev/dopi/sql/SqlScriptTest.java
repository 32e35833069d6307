package dev.dopi.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.dopi.sql.SqlScript.Part;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SqlScriptTest {

    @Test
    void splitsAtSemicolonsAndKeepsOffsets() {
        assertEquals(
                List.of(new Part("CREATE TABLE a(x)", 1), new Part("SELECT ';' -- no;\n FROM a", 22)),
                SqlScript.split("\nCREATE TABLE a(x);;\n SELECT ';' -- no;\n FROM a ; -- the end;\n /* ; */ "));
    }

    @Test
    void keepsATriggerWhole() {
        String trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = CASE WHEN 1 THEN 2 END;"
                + " SELECT CASE x WHEN 1 THEN 2 END; END";
        assertEquals(
                List.of(trigger, "SELECT 1"),
                SqlScript.split(trigger + "; SELECT 1;").stream()
                        .map(Part::text)
                        .toList());
        String temporary = trigger.replace("CREATE TRIGGER", "create /* ; */ temp trigger");
        assertEquals(2, SqlScript.split(temporary + ";SELECT 1").size());
    }

    @Test
    void findsNothingInCommentsAndSemicolons() {
        assertEquals(List.of(), SqlScript.split(" ; -- a\n /* b; */ ;"));
        assertEquals(List.of(), SqlScript.split(""));
    }

    @Test
    void keepsEveryPartWhereItSaysItIs() {
        var random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            String script = RandomSql.next(random);
            for (Part part : SqlScript.split(script)) {
                assertFalse(part.text().isEmpty());
                assertEquals(
                        part.text(),
                        script.substring(
                                part.offset(), part.offset() + part.text().length()));
            }
        }
    }
}
