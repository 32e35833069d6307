package dev.dopi.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.project.MemoryTree;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one analysis leaves to the next. */
final class KnownTest {

    private static final String ENTRY = "export { Room } from './room';\nexport { Hall } from './hall';\n";
    private static final String ROOM = object("Room", "async one() {}");

    private final Known known = new Known();

    private Project project = Project.of(MemoryTree.of(
            "wrangler.json",
            "{ \"name\": \"w\", \"main\": \"index.ts\" }",
            "index.ts",
            ENTRY,
            "room.ts",
            ROOM,
            "hall.ts",
            object("Hall", "async two() {}")));

    private static String object(String name, String body) {
        return "import { DurableObject } from 'cloudflare:workers';\nexport class %s extends DurableObject { %s }\n"
                .formatted(name, body);
    }

    @Test
    void parsesOnlyWhatChanged() {
        assertEquals(List.of("one", "two"), rpcMethods());
        Module room = module("room.ts");
        Module hall = module("hall.ts");

        project = project.with(List.of(new SourceFile("room.ts", object("Room", "async three() {}"))));

        assertTrue(known.module(project, "room.ts").isEmpty());
        assertEquals(List.of("three", "two"), rpcMethods());
        assertSame(hall, module("hall.ts"));
        assertNotSame(room, module("room.ts"));
    }

    @Test
    void closesWhatIsNotUsedAnyMore() {
        rpcMethods();
        Module room = module("room.ts");

        project = project.with(List.of(new SourceFile("index.ts", "export { Hall } from './hall';\n")));

        assertEquals(List.of("two"), rpcMethods());
        assertThrows(
                IllegalStateException.class,
                () -> room.tree().root().descendants().forEach(node -> node.children()));
    }

    @Test
    void keepsNoMoreTreesThanThereIsRoomFor() {
        project = project.with(List.of(new SourceFile("room.ts", ROOM + " ".repeat(1_200_000))));

        assertEquals(List.of("one", "two"), rpcMethods());
        assertTrue(known.module(project, "room.ts").isEmpty());
        assertEquals(List.of("one", "two"), rpcMethods());
    }

    private List<String> rpcMethods() {
        return Analyzer.analyse(project, known, _ -> {})
                .model()
                .durableObjects()
                .map(DurableObjectClass::rpcMethods)
                .flatMap(List::stream)
                .toList();
    }

    private Module module(String path) {
        return known.module(project, path).orElseThrow();
    }
}
