import { DurableObject } from "cloudflare:workers";
import type { Env } from "./env";

export interface Activity {
  kind: string;
  subject: string;
  at: number;
}

/** What one member did, in all rooms. */
export class ActivityFeed extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.ctx.storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS activities (id TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, at INTEGER NOT NULL)",
    );
  }

  /** Notes an activity. The feed is told whose it is, because `ctx.id.name` used to be empty in here. */
  async record(member: string, kind: string, subject: string): Promise<void> {
    await this.ctx.storage.put("member", member);
    this.ctx.storage.sql.exec(
      "INSERT INTO activities (id, kind, subject, at) VALUES (?, ?, ?, ?)",
      crypto.randomUUID(),
      kind,
      subject,
      Date.now(),
    );
  }

  async member(): Promise<string | undefined> {
    return this.ctx.storage.get<string>("member");
  }

  /** The newest activities of a kind. */
  latest(kind: string, limit = 20): Activity[] {
    return this.ctx.storage.sql
      .exec("SELECT kind, subject, at FROM activities WHERE kind = ? ORDER BY at DESC LIMIT ?", kind, limit)
      .toArray()
      .map((row) => ({ kind: String(row.kind), subject: String(row.subject), at: Number(row.at) }));
  }
}
