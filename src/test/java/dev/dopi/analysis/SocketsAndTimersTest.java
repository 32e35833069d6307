package dev.dopi.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.DurableObjectClass.WebSocketUse;
import dev.dopi.model.SocketUse;
import dev.dopi.project.Diagnostic;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is understood of sockets, timers and alarms. */
final class SocketsAndTimersTest {

    private static List<SocketUse.Kind> kinds(DurableObjectClass type) {
        return type.sockets().stream().map(SocketUse::kind).toList();
    }

    private static List<DurableObjectClass.Timer.Purpose> purposes(String body) {
        return Analysed.room("", body).only().timers().stream()
                .map(DurableObjectClass.Timer::purpose)
                .toList();
    }

    private static List<String> warnings(Analysed analysed) {
        return analysed.result().diagnostics().stream()
                .filter(each -> each.severity() == Diagnostic.Severity.WARNING)
                .map(Diagnostic::message)
                .toList();
    }

    @Test
    void seesThroughACastAndAnArrayOfTheValues() {
        DurableObjectClass type = Analysed.room("", """
                fetch() {
                  const [client, server] = Object.values(new WebSocketPair());
                  this.take(server);
                }
                take(socket: WebSocket) { (socket as any).accept(); }
                """).only();

        assertEquals(WebSocketUse.STANDARD, type.webSocket());
        assertEquals(
                List.of("socket"),
                type.sockets().stream().map(SocketUse::socket).toList());
    }

    @Test
    void takesASocketThatIsOnlyClosedLaterForOneThatStaysOpen() {
        DurableObjectClass type = Analysed.room("", """
                async fetch() {
                  const pair = new WebSocketPair();
                  await this.welcome(pair[1]);
                  return new Response(null, { status: 101, webSocket: pair[0] });
                }
                async welcome(guest: WebSocket) {
                  guest.accept();
                  const member = await this.member({ socket: guest });
                  member.on("leave", () => { guest.close(); });
                  return member;
                }
                """).only();

        assertEquals(List.of(SocketUse.Kind.STANDARD), kinds(type));
    }

    @Test
    void leavesOutboundSocketsAndErrorRepliesAlone() {
        DurableObjectClass type = Analysed.room("", """
                async fetch() {
                  const pair = new WebSocketPair();
                  pair[1].accept();
                  pair[1].close(1011, "no");
                  const response = await fetch("https://upstream.example");
                  response.webSocket.accept();
                  const { webSocket } = await fetch("https://upstream.example");
                  webSocket.accept();
                  new WebSocket("wss://upstream.example");
                  invitation.accept();
                }
                """).only();

        assertEquals(WebSocketUse.NONE, type.webSocket());
        assertEquals(
                List.of(
                        SocketUse.Kind.ERROR_REPLY,
                        SocketUse.Kind.OUTBOUND,
                        SocketUse.Kind.OUTBOUND,
                        SocketUse.Kind.OUTBOUND),
                kinds(type));
    }

    @Test
    void followsTheSocketIntoHelpersOfOtherFiles() {
        DurableObjectClass type = Analysed.worker("src/index.ts", """
                import { DurableObject } from "cloudflare:workers";
                import { take } from "./take";
                import { Players } from "./players";
                export class Room extends DurableObject {
                  players = new Players(this);
                  fetch() { const pair = new WebSocketPair(); take(pair[1]); }
                }
                """, "src/take.ts", """
                export function take(socket: WebSocket) { socket.accept(); }
                """, "src/players.ts", """
                export class Players {
                  join(socket) { this.room.ctx.acceptWebSocket(socket); setInterval(() => this.beat(), 60_000); }
                  static warm() { setTimeout(() => {}, 5); }
                }
                """)
                .only();

        assertEquals(WebSocketUse.MIXED, type.webSocket());
        assertEquals(
                List.of("src/players.ts", "src/take.ts"),
                type.sockets().stream().map(SocketUse::file).sorted().toList());
        assertEquals(
                List.of("src/players.ts"),
                type.timers().stream().map(DurableObjectClass.Timer::file).toList());
    }

    @Test
    void takesAFrameworksOptionFromTheNearestClassThatHasIt() {
        String base = """
                import { Server } from "partyserver";
                export class Base extends Server { static options = { hibernate: OPTION }; onMessage() {} }
                """;
        String room = """
                import { Base } from "./base";
                export class Room extends Base { onConnect() {} }
                """;

        assertEquals(
                WebSocketUse.HIBERNATION,
                Analysed.worker("src/index.ts", room, "src/base.ts", base.replace("OPTION", "true"))
                        .only()
                        .webSocket());
        assertEquals(
                WebSocketUse.STANDARD,
                Analysed.worker("src/index.ts", room, "src/base.ts", base.replace("OPTION", "false"))
                        .only()
                        .webSocket());
    }

    @Test
    void followsABaseClassOfAnotherPackageOfTheProject() {
        DurableObjectClass type = Analysed.worker(
                        "src/index.ts",
                        "import { Rooms } from \"rooms-kit\"; export class Room extends Rooms { title() { return 'a'; } }",
                        "kit/package.json",
                        "{ \"name\": \"rooms-kit\", \"main\": \"dist/index.js\" }",
                        "kit/src/index.ts",
                        "import { DurableObject } from \"cloudflare:workers\"; export class Rooms extends DurableObject { fetch() { this.ctx.acceptWebSocket(new WebSocketPair()[1]); } }")
                .classes()
                .getFirst();

        assertEquals(WebSocketUse.HIBERNATION, type.webSocket());
    }

    @Test
    void knowsAFrameworkWhoseSourceIsInTheProject() {
        String base =
                "import { DurableObject } from \"cloudflare:workers\"; export abstract class Actor extends DurableObject {}";
        for (String member : List.of("shouldUpgradeWebSocket() { return true; }", "title() { return 'a'; }")) {
            DurableObjectClass type = Analysed.worker(
                            "src/index.ts",
                            "import { Actor } from \"../core/src/index\"; export class Room extends Actor { " + member
                                    + " }",
                            "core/package.json",
                            "{ \"name\": \"@cloudflare/actors\" }",
                            "core/src/index.ts",
                            base)
                    .classes()
                    .getFirst();

            assertEquals(
                    member.startsWith("should") ? WebSocketUse.HIBERNATION : WebSocketUse.NONE,
                    type.webSocket(),
                    member);
        }
    }

    @Test
    void knowsAFrameworkByTheOlderNamesOfItsPackage() {
        for (String name : List.of("agents", "agents-sdk", "@cloudflare/agents")) {
            DurableObjectClass type =
                    Analysed.worker("src/index.ts", """
                    import { Agent } from "%s";
                    export class Room extends Agent { onStart() { this.sql`CREATE TABLE notes (id INTEGER PRIMARY KEY)`; } }
                    """.formatted(name)).only();

            assertEquals(WebSocketUse.HIBERNATION, type.webSocket(), name);
            assertEquals("notes", type.tables().getFirst().name(), name);
        }
    }

    @Test
    void tellsWhatTimersAreFor() {
        assertEquals(
                List.of(
                        DurableObjectClass.Timer.Purpose.GAME_LOOP,
                        DurableObjectClass.Timer.Purpose.INTERVAL,
                        DurableObjectClass.Timer.Purpose.SLEEP,
                        DurableObjectClass.Timer.Purpose.TIME_OUT,
                        DurableObjectClass.Timer.Purpose.TIME_OUT,
                        DurableObjectClass.Timer.Purpose.DEBOUNCE,
                        DurableObjectClass.Timer.Purpose.DELAY,
                        DurableObjectClass.Timer.Purpose.INTERVAL),
                purposes("""
                        async all() {
                          setInterval(() => this.step(), 50);
                          setInterval(() => this.beat(), 2 * 15_000);
                          await new Promise((done) => setTimeout(done, 300));
                          await Promise.race([work(), new Promise((_, no) => setTimeout(no, 301))]);
                          setTimeout(() => controller.abort(), 302);
                          clearTimeout(this.save);
                          this.save = setTimeout(() => this.flush(), 303);
                          setTimeout(() => this.send("later"), 5004);
                        }
                        again() { setTimeout(() => this.again(), 60_005); }
                        """));
    }

    @Test
    void warnsOfAnAlarmThatNothingReceives() {
        Analysed analysed = Analysed.room("", """
                async later() { await this.ctx.storage.setAlarm(Date.now() + 1000); }
                async onAlarm() {}
                """);

        assertEquals(
                List.of(
                        "Room sets an alarm (src/index.ts:7), but has no alarm() to receive it: rename onAlarm() to alarm()."),
                warnings(analysed));
    }

    @Test
    void warnsOfAnAlarmThatEachWakeMoves() {
        Analysed analysed = Analysed.room("this.ctx.storage.setAlarm(Date.now() + 60_000);", "async alarm() {}");

        assertEquals(
                List.of(
                        "Room sets its alarm each time it wakes (src/index.ts:5), which cancels the very alarm that woke it: set it only if (await getAlarm()) === null."),
                warnings(analysed));
    }

    @Test
    void acceptsAnAlarmThatIsAPropertyAndOneThatIsGuarded() {
        Analysed analysed = Analysed.room(
                "this.ctx.blockConcurrencyWhile(async () => { if ((await this.ctx.storage.getAlarm()) === null) this.ctx.storage.setAlarm(5); });",
                "alarm = async () => {};");

        assertEquals(List.of(), warnings(analysed));
    }
}
