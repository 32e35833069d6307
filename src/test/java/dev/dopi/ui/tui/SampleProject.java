package dev.dopi.ui.tui;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.Model;
import dev.dopi.model.SqlStatement;
import dev.dopi.model.Table;
import dev.dopi.model.Worker;
import dev.dopi.project.Diagnostic;
import dev.dopi.project.FileTree;
import dev.dopi.project.Project;
import dev.dopi.source.SourceFile;
import dev.dopi.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A chat with two Durable Objects, for walking through the screens without an engine. */
final class SampleProject {

    static final String ROOM = """
            import { DurableObject } from "cloudflare:workers";

            interface Message {
              id: string;
              author: string;
              text: string;
            }

            export class ChatRoom extends DurableObject<Env> {
              private readonly sql: SqlStorage;

              constructor(ctx: DurableObjectState, env: Env) {
                super(ctx, env);
                this.sql = ctx.storage.sql;
                this.sql.exec("CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, author TEXT, text TEXT)");
                this.sql.exec("CREATE TABLE IF NOT EXISTS members (name TEXT PRIMARY KEY, joined INTEGER)");
              }

              async fetch(request: Request): Promise<Response> {
                const [client, server] = Object.values(new WebSocketPair());
                server.accept();
                server.addEventListener("message", (event) => this.post(JSON.parse(event.data as string)));
                return new Response(null, { status: 101, webSocket: client });
              }

              async post(message: Message): Promise<void> {
                this.sql.exec("INSERT INTO messages (id, author, text) VALUES (?, ?, ?)", message.id, message.author, message.text);
                this.broadcast(message); // 日本語 🎉 é
              }

              async byAuthor(author: string): Promise<Message[]> {
                return this.sql.exec<Message>("SELECT * FROM messages WHERE author = ?", author).toArray();
              }

              private broadcast(message: Message): void {
                setTimeout(() => this.ctx.getWebSockets().forEach((each) => each.send(message.text)), 50);
              }
            }
            """;

    static final String PRESENCE = """
            import { DurableObject } from "cloudflare:workers";

            export class Presence extends DurableObject<Env> {
              async seen(name: string): Promise<void> {
                this.ctx.storage.sql.exec("INSERT OR REPLACE INTO seen (name, at) VALUES (?, ?)", name, Date.now());
              }
            }
            """;

    private static final Map<String, String> FILES = Map.of(
            "src/room.ts", ROOM,
            "src/presence.ts", PRESENCE,
            "wrangler.jsonc", "{ \"name\": \"chat-app\", \"main\": \"src/room.ts\" }\n");

    private SampleProject() {}

    static Project project() {
        return Project.of(new FileTree() {
            @Override
            public List<String> paths() {
                return FILES.keySet().stream().sorted().toList();
            }

            @Override
            public Optional<SourceFile> read(String path) {
                return Optional.ofNullable(FILES.get(path)).map(text -> new SourceFile(path, text));
            }

            @Override
            public List<Diagnostic> diagnostics() {
                return List.of();
            }
        });
    }

    static DurableObjectClass room() {
        SqlStatement messages = statement(
                "CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, author TEXT, text TEXT)",
                15,
                SqlStatement.Kind.DDL);
        SqlStatement members = statement(
                "CREATE TABLE IF NOT EXISTS members (name TEXT PRIMARY KEY, joined INTEGER)",
                16,
                SqlStatement.Kind.DDL);
        return durable(
                "ChatRoom",
                "src/room.ts",
                9,
                DurableObjectClass.WebSocketUse.STANDARD,
                List.of("ROOM"),
                List.of(
                        new Table(
                                "messages",
                                columns("id", "author", "text"),
                                messages,
                                Table.Growth.UNBOUNDED,
                                "No statement deletes from it.",
                                Optional.empty()),
                        new Table(
                                "members",
                                columns("name", "joined"),
                                members,
                                Table.Growth.UNKNOWN,
                                "Nothing inserts into it.",
                                Optional.empty())),
                List.of(
                        messages,
                        members,
                        statement(
                                "INSERT INTO messages (id, author, text) VALUES (?, ?, ?)",
                                27,
                                SqlStatement.Kind.INSERT),
                        statement("SELECT * FROM messages WHERE author = ?", 32, SqlStatement.Kind.SELECT)),
                List.of(new DurableObjectClass.Timer(
                        "setTimeout",
                        "src/index.ts",
                        new DurableObjectClass.Place(Span.at(0), 36),
                        DurableObjectClass.Timer.Purpose.DELAY,
                        "nothing waits for it")));
    }

    static DurableObjectClass presence() {
        return durable(
                "Presence",
                "src/presence.ts",
                3,
                DurableObjectClass.WebSocketUse.NONE,
                List.of("PRESENCE"),
                List.of(),
                List.of(),
                List.of());
    }

    static Model model() {
        return new Model(List.of(new Worker(
                Optional.of("wrangler.jsonc"),
                "jsonc",
                Optional.of("chat-app"),
                Optional.of("src/room.ts"),
                Optional.of("2026-10-15"),
                List.of(room(), presence()))));
    }

    private static DurableObjectClass durable(
            String name,
            String file,
            int line,
            DurableObjectClass.WebSocketUse sockets,
            List<String> bindings,
            List<Table> tables,
            List<SqlStatement> statements,
            List<DurableObjectClass.Timer> timers) {
        return new DurableObjectClass(
                name,
                name,
                file,
                Span.at(0),
                line,
                DurableObjectClass.Declaration.EXTENDS,
                Optional.of("DurableObject"),
                Optional.empty(),
                bindings,
                Optional.of(true),
                DurableObjectClass.Access.NONE,
                Set.of(DurableObjectClass.Storage.SQL),
                sockets,
                Optional.empty(),
                false,
                List.of(),
                timers,
                List.of(),
                List.of("post", "byAuthor"),
                tables,
                statements,
                List.of(),
                List.of(),
                List.of(),
                tables.isEmpty() ? List.of("Its table seen is made nowhere.") : List.of());
    }

    private static SqlStatement statement(String sql, int line, SqlStatement.Kind kind) {
        return new SqlStatement(
                sql, "src/room.ts", Span.at(0), line, Optional.empty(), List.of(), Optional.empty(), kind);
    }

    private static List<Table.Column> columns(String... names) {
        var columns = new ArrayList<Table.Column>();
        for (String name : names) {
            columns.add(new Table.Column(name, "TEXT", false, false, columns.isEmpty() ? 1 : 0));
        }
        return columns;
    }
}
