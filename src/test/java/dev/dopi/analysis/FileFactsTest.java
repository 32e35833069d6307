package dev.dopi.analysis;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told from bytes alone; too much is allowed, too little is not. */
final class FileFactsTest {

    @Test
    void findsWordsWhereverTheyStand() {
        assertAll(
                () -> assertTrue(of("DurableObject").namesObjects()),
                () -> assertTrue(of("xDDurableObjectState").namesObjects()),
                () -> assertTrue(of("a = class{}").hasClass()),
                () -> assertTrue(of("// it cclass extends\nX").hasExtends()),
                () -> assertTrue(of("env.ROOM.getByName(n)").makesIds()),
                () -> assertTrue(of("idFromString").makesIds()),
                () -> assertTrue(of("x.newUniqueId").makesIds()),
                () -> assertTrue(of("routePartykitRequest(").makesIds()));
    }

    @Test
    void findsNothingInWordsThatEndTooEarly() {
        FileFacts facts = of("DurableObjec clas extend ByNam idFro newUniqueI");

        assertFalse(facts.namesObjects() || facts.hasClass() || facts.hasExtends() || facts.makesIds());
    }

    @Test
    void readsSpecifiersOfEveryForm() {
        assertEquals(List.of("./a", "b", "./c", "./d", "./e", "./é"), of("""
                        import x from "./a";
                        import 'b';
                        export * from/* all */"./c"
                        const d = require( './d' ), e = await import(`./e`);
                        import é from "./é";
                        const no = "./no", alsoNo = of("./no");
                        """).specifiers());
    }

    @Test
    void readsAnUnclosedSpecifierAsNone() {
        assertEquals(List.of(), of("import \"./a").specifiers());
        assertEquals(List.of(), of("\"").specifiers());
        assertEquals(List.of(), of("*/\"./a\"").specifiers());
    }

    private static FileFacts of(String text) {
        return FileFacts.of(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }
}
