import { DurableObject } from "cloudflare:workers";
import type { Env } from "./env";

export interface Message {
  id: number;
  author: string;
  body: string;
  createdAt: number;
}

/** How long a member counts as typing after the last key. */
const TYPING_MS = 3_000;

/** One room: its messages, and the sockets of the members who are in it. */
export class ChatRoom extends DurableObject<Env> {
  private members = new Map<WebSocket, string>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.ctx.storage.sql.exec(`
      CREATE TABLE IF NOT EXISTS messages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        author TEXT NOT NULL,
        body TEXT NOT NULL,
        created_at INTEGER NOT NULL
      )
    `);
  }

  /** Takes a member's WebSocket. */
  async fetch(request: Request): Promise<Response> {
    if (request.headers.get("Upgrade") !== "websocket") {
      return new Response("A WebSocket is expected here", { status: 426 });
    }
    const url = new URL(request.url);
    const author = url.searchParams.get("author") ?? "guest";
    const roomName = request.headers.get("X-Room-Name") ?? "";
    const [client, server] = Object.values(new WebSocketPair());

    server.accept();
    this.members.set(server, author);
    this.tellPresence();

    server.addEventListener("message", async (event) => {
      const text = String(event.data);
      if (text === "typing") {
        this.broadcast({ type: "typing", author, on: true });
        setTimeout(() => this.broadcast({ type: "typing", author, on: false }), TYPING_MS);
        return;
      }
      await this.post(roomName, author, text);
    });
    server.addEventListener("close", () => {
      this.members.delete(server);
      this.tellPresence();
    });
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Stores a message and sends it to everybody. The room does not know its own name, so the caller says it. */
  async post(roomName: string, author: string, body: string): Promise<void> {
    const createdAt = Date.now();
    this.ctx.storage.sql.exec(
      "INSERT INTO messages (author, body, created_at) VALUES (?, ?, ?)",
      author,
      body,
      createdAt,
    );
    this.broadcast({ type: "message", author, body, createdAt });
    await this.env.FEEDS.getByName(author).record(author, "message", roomName);
  }

  /** The newest messages of all. */
  recent(limit = 50): Message[] {
    return this.ctx.storage.sql
      .exec("SELECT id, author, body, created_at FROM messages ORDER BY id DESC LIMIT ?", limit)
      .toArray()
      .map(asMessage);
  }

  /** The newest messages of one member. */
  byAuthor(author: string, limit = 50): Message[] {
    return this.ctx.storage.sql
      .exec(
        "SELECT id, author, body, created_at FROM messages WHERE author = ? ORDER BY created_at DESC LIMIT ?",
        author,
        limit,
      )
      .toArray()
      .map(asMessage);
  }

  /** How many messages have come since a time. */
  countSince(time: number): number {
    const row = this.ctx.storage.sql.exec("SELECT COUNT(*) AS n FROM messages WHERE created_at > ?", time).one();
    return Number(row.n);
  }

  private tellPresence(): void {
    this.broadcast({ type: "presence", members: [...this.members.values()] });
  }

  private broadcast(message: object): void {
    const text = JSON.stringify(message);
    for (const member of this.members.keys()) {
      member.send(text);
    }
  }
}

function asMessage(row: Record<string, SqlStorageValue>): Message {
  return { id: Number(row.id), author: String(row.author), body: String(row.body), createdAt: Number(row.created_at) };
}
