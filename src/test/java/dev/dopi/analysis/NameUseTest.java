package dev.dopi.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.NameUse.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a class does with its name, and how its callers reach it. */
final class NameUseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "READ              ~ run() { return this.ctx.id.name; }",
                "READ              ~ run() { return this.ctx.id.name!; }",
                "READ              ~ run() { return `${this.ctx.id.name}/notes`; }",
                "READ              ~ run() { const name = this.ctx.id.name as string; return name.length; }",
                "READ              ~ run() { const { name } = this.ctx.id; return name; }",
                "READ              ~ run() { const id = this.ctx.id; return send(id.name); }",
                "READ              ~ run() { return (this.ctx.id.name?.slice(0, 8)) ?? 'unknown'; }",
                "CONSTANT_FALLBACK ~ run() { return this.ctx.id.name ?? 'unknown'; }",
                "CONSTANT_FALLBACK ~ run() { return this.ctx.id.name || ''; }",
                "CONSTANT_FALLBACK ~ run() { return this.ctx.id.name ?? DEFAULT_NAME; }",
                "GUARDED_READ      ~ run() { return this.ctx.id.name ?? this.ctx.id.toString(); }",
                "GUARDED_READ      ~ run() { return this.ctx.id.name ?? null; }",
                "GUARDED_READ      ~ run(): string | undefined { return this.ctx.id.name; }",
                "GUARDED_READ      ~ run() { const name = this.ctx.id.name; if (!name) throw new Error('none'); return name; }",
                "GUARDED_READ      ~ run() { const name = this.ctx.id.name ?? ''; if (name) use(name); }",
                "GUARDED_READ      ~ run() { return this.ctx.id.name === 'lobby'; }",
                "GUARDED_READ      ~ run() { return this.ctx.id.name ? 1 : 2; }",
                "GUARDED_READ      ~ run() { return this.ctx.id.name?.startsWith('a') ?? false; }",
                "GUARDED_READ      ~ run() { console.log('run', this.ctx.id.name ?? 'unknown'); }",
            })
    void tellsWhetherThereIsARule(Kind expected, String body) {
        assertEquals(List.of(expected), kinds(Analysed.room("", body).only()));
    }

    @Test
    void readsNoNameOfAnythingElse() {
        assertEquals(
                List.of(),
                kinds(Analysed.room("", "run(user: User) { return user.name + user.id.name + this.name; }")
                        .only()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "MADE_BY_NAME     ~ env.ROOM.getByName(room)",
                "MADE_BY_NAME     ~ this.env.ROOM.idFromName('lobby')",
                "MADE_BY_NAME     ~ env['ROOM'].idFromName('lobby')",
                "MADE_BY_NAME     ~ getServerByName(env.ROOM, room)",
                "MADE_UNIQUE      ~ env.ROOM.newUniqueId()",
                "MADE_FROM_STRING ~ (env.ROOM as DurableObjectNamespace).idFromString(room)",
            })
    void tellsHowCallersReachIt(Kind expected, String call) {
        assertEquals(List.of(expected), kinds(calledBy("return " + call + ";", "")));
    }

    @Test
    void followsAConstantToTheNamespace() {
        assertEquals(
                List.of(Kind.MADE_UNIQUE),
                kinds(calledBy("const { ROOM: rooms } = env; const all = rooms; return rooms.newUniqueId();", "")));
        assertEquals(
                List.of(Kind.MADE_BY_NAME),
                kinds(calledBy("const rooms = env.ROOM; return rooms.idFromName(room);", "")));
    }

    @Test
    void readsTheNameByTheStateThatTheConstructorIsGiven() {
        DurableObjectClass type = Analysed.worker("src/index.js", """
                        import { DurableObject } from "cloudflare:workers";
                        export class Room extends DurableObject {
                          constructor(state, env) { super(state, env); this.env = env; }
                          title() { return this.state.id.name; }
                        }
                        """).only();

        assertEquals(List.of(Kind.READ), kinds(type));
    }

    @Test
    void doesNotGuessAtAnotherNamespace() {
        assertEquals(List.of(), kinds(calledBy("return env.OTHER.newUniqueId() ?? make().idFromName(room);", "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "stub.init(room)            ~ init(name: string) { this.room = name; }",
                "stub.init(1, { room })     ~ init(count: number, { room }: Options) { this.room = room; }",
                "stub.init({ name: room })  ~ init(options: Options) { this.ctx.storage.put('n', options.name); }",
                "stub.init(room)            ~ init(name: string) { this.ctx.storage.kv.put('name', name); }",
                "stub.fetch(url, { headers: { 'x-room': room } }) ~ fetch(request: Request) { this.room = request.headers.get('X-Room'); }",
                "stub.fetch(url, { headers: { 'x-room': room } }) ~ fetch(request: Request) { const room = request.headers.get('X-Room') ?? ''; this.ctx.storage.put('room', room); }",
            })
    void findsANameThatIsKeptByHand(String call, String body) {
        assertEquals(
                List.of(Kind.KEPT_BY_HAND, Kind.MADE_BY_NAME), kinds(calledBy(stub() + "return " + call + ";", body)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "stub.init(other)                  ~ init(name: string) { this.room = name; }",
                "stub.init(room)                   ~ init(name: string) { return name.length; }",
                "stub.fetch(url, { headers: { 'x-room': room } }) ~ fetch(request: Request) { return request.headers.get('X-Room'); }",
                "stub.init(room); stub.init(other) ~ init(name: string) { this.room = name; }",
            })
    void takesNothingElseForItsName(String call, String body) {
        assertEquals(List.of(Kind.MADE_BY_NAME), kinds(calledBy(stub() + call + ";", body)));
    }

    private static String stub() {
        return "const stub = env.ROOM.get(env.ROOM.idFromName(room)); ";
    }

    private static DurableObjectClass calledBy(String statements, String body) {
        return Analysed.worker("src/index.ts", """
                        import { DurableObject } from "cloudflare:workers";
                        import { visit } from "./caller";
                        export class Room extends DurableObject<Env> {
                          %s
                        }
                        export default { fetch: visit };
                        """.formatted(body), "src/caller.ts", """
                        export function visit(env: Env, room: string, other: string, url: string) {
                          %s
                        }
                        """.formatted(statements))
                .only();
    }

    private static List<Kind> kinds(DurableObjectClass type) {
        return type.names().stream().map(use -> use.kind()).toList();
    }
}
