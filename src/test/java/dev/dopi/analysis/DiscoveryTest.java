package dev.dopi.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.Declaration;
import dev.dopi.project.Diagnostic;
import dev.dopi.project.MemoryTree;
import dev.dopi.project.Project;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes in which projects declare their Durable Objects. */
final class DiscoveryTest {

    private static final String IMPORT = "import { DurableObject } from \"cloudflare:workers\";\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "export class Room extends DurableObject {}",
                "export class Room extends DurableObject<Env> {}",
                "class Room extends DurableObject<Env, { at: number }> {}\nexport { Room };",
                "class Lobby extends DurableObject {}\nexport { Lobby as Room };",
                "export const Room = class extends DurableObject<Env> {};",
            })
    void findsAClassThatExtends(String code) {
        DurableObjectClass room = Analysed.worker("src/index.ts", IMPORT + code).only();
        assertEquals("Room", room.exportedAs());
        assertEquals(Declaration.EXTENDS, room.declaration());
        assertEquals("src/index.ts", room.file());
        assertEquals(List.of("ROOM"), room.bindings());
        assertEquals(Optional.of(true), room.sqlite());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import { DurableObject as Base } from \"cloudflare:workers\";\nexport class Room extends Base {}",
                "import * as cf from \"cloudflare:workers\";\nexport class Room extends cf.DurableObject {}",
            })
    void findsTheBaseUnderAnotherName(String code) {
        assertEquals(
                Declaration.EXTENDS,
                Analysed.worker("src/index.ts", code).only().declaration());
    }

    @Test
    void findsASubclassAcrossFiles() {
        Analysed analysed = Analysed.worker(
                "src/index.ts",
                "export { Room } from \"./room\";",
                "src/room.ts",
                "import { Base } from \"./base.js\";\nexport class Room extends Base<Env> { say() {} }",
                "src/base.ts",
                IMPORT + "export abstract class Base<E> extends DurableObject<E> { alarm() {} }");
        DurableObjectClass room = analysed.only();
        assertEquals(Declaration.SUBCLASS, room.declaration());
        assertEquals("src/room.ts", room.file());
        assertTrue(room.inheritsAlarm());
        assertEquals(List.of("say"), room.rpcMethods());
        assertEquals(List.of(), room.doubts());
    }

    @Test
    void followsABarrel() {
        Analysed analysed = Analysed.worker(
                "src/index.ts",
                "export * from \"./objects\";\nexport default {};",
                "src/objects/index.ts",
                "export * from \"./room\";\nexport * from \"./other\";",
                "src/objects/other.ts",
                "export const x = 1;",
                "src/objects/room.ts",
                IMPORT + "export class Room extends DurableObject {}");
        assertEquals("src/objects/room.ts", analysed.only().file());
    }

    @Test
    void followsADefaultThatIsExportedUnderAName() {
        Analysed analysed = Analysed.worker(
                "src/index.ts",
                "export { default as Room } from \"./room\";",
                "src/room.ts",
                IMPORT + "export default class ChatRoom extends DurableObject {}");
        assertEquals("ChatRoom", analysed.only().className());
        assertEquals("Room", analysed.only().exportedAs());
    }

    @Test
    void findsAClassInAWrapper() {
        Analysed analysed = Analysed.worker(
                "src/index.ts",
                IMPORT
                        + "import * as Sentry from \"@sentry/cloudflare\";\nclass Inner extends DurableObject { say() {} }\n"
                        + "export const Room = Sentry.instrumentDurableObjectWithSentry((env) => ({}), Inner);");
        assertEquals(Declaration.WRAPPER, analysed.only().declaration());
        assertEquals("Room", analysed.only().className());
        assertEquals("Inner", analysed.only().made().orElseThrow().inner());
    }

    @Test
    void findsAPlainClassByTheConfiguration() {
        DurableObjectClass room = Analysed.worker(
                        "src/index.ts",
                        "export class Room { constructor(state, env) { this.state = state; } async fetch(request) {} }\nexport class Other {}")
                .only();
        assertEquals(Declaration.PLAIN, room.declaration());
        assertEquals(Optional.of("this.state"), room.access().state());
    }

    @Test
    void findsAClassThatImplements() {
        assertEquals(
                Declaration.IMPLEMENTS,
                Analysed.worker(
                                "src/index.ts",
                                "export class Room implements DurableObject { constructor(readonly state: DurableObjectState) {} async fetch() { return new Response(); } }")
                        .only()
                        .declaration());
    }

    @Test
    void readsCommonJs() {
        assertEquals(
                "Room",
                Analysed.worker(
                                "src/index.js",
                                "class Room { constructor(state) { this.state = state; } }\nmodule.exports = { Room };")
                        .only()
                        .exportedAs());
    }

    @Test
    void listsAClassOfAPackage() {
        DurableObjectClass room = Analysed.worker(
                        "src/index.ts", "export { Sandbox as Room } from \"@cloudflare/sandbox\";")
                .only();
        assertEquals(Declaration.EXTERNAL, room.declaration());
        assertEquals("", room.file());
    }

    @Test
    void saysThatABoundClassIsMissing() {
        Analysed analysed = Analysed.worker("src/index.ts", IMPORT + "export class Rooms extends DurableObject {}");
        List<String> told = analysed.result().diagnostics().stream()
                .map(Diagnostic::message)
                .toList();
        assertTrue(told.stream().anyMatch(message -> message.contains("Room")), told::toString);
    }

    @Test
    void listsAClassOnceThoughItIsExportedTwice() {
        Analysed analysed = Analysed.worker(
                "src/index.ts",
                "export { Room } from \"./room\";\nexport { Room as Lobby } from \"./room\";",
                "src/room.ts",
                IMPORT + "export class Room extends DurableObject {}");
        assertEquals(
                1,
                analysed.classes().stream()
                        .filter(each -> each.exportedAs().equals("Room"))
                        .count());
    }

    @Test
    void findsClassesWithoutAConfiguration() {
        var project = Project.of(MemoryTree.of("src/room.ts", IMPORT + "export class Room extends DurableObject {}"));
        var analysed = new Analysed(Analyzer.analyse(project, _ -> {}));
        assertEquals("Room", analysed.only().className());
        assertEquals("none", analysed.result().model().workers().getFirst().format());
    }

    @Test
    void findsWhatAnAlchemyScriptBinds() {
        MemoryTree files = MemoryTree.of(
                "example/alchemy.run.ts",
                """
                import { DurableObjectNamespace, Worker } from "alchemy/cloudflare";
                const seats = DurableObjectNamespace("seats", { className: "SeatLedger", sqlite: true });
                const other = DurableObjectNamespace("other", { className: pick() });
                """,
                "example/src/seats.ts",
                """
                export class SeatLedger { constructor(private state: DurableObjectState) {} async fetch() {} }
                export class SeatLedgerClient { constructor(private stub: DurableObjectStub) {} }
                """,
                "other/src/seats.ts",
                "export class SeatLedger { constructor(private client: Client) {} }");
        List<DurableObjectClass> found = Analyzer.analyse(Project.of(files), _ -> {})
                .model()
                .durableObjects()
                .toList();
        assertEquals(
                List.of("SeatLedger example/src/seats.ts"),
                found.stream().map(each -> each.className() + " " + each.file()).toList());
    }
}
