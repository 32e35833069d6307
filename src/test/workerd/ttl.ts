import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

export const HOUR = 60 * 60 * 1000;
export const DAY = 24 * HOUR;
export const TTL = 30 * DAY;

type Room = DurableObjectStub & { post(body: string): Promise<void>; postAll(bodies: string[]): Promise<void> };

let rooms = 0;

/** A room that no other test uses. */
export function newRoom(): Room {
  const namespace = (env as unknown as Record<string, DurableObjectNamespace>)["ROOM"]!;
  return namespace.get(namespace.idFromName(`room ${++rooms}`)) as Room;
}

export const sql = (room: DurableObjectStub, query: string, ...values: SqlStorageValue[]) =>
  runInDurableObject(room, (_, state) => state.storage.sql.exec(query, ...values).toArray());

export const alarmOf = (room: DurableObjectStub) => runInDurableObject(room, (_, state) => state.storage.getAlarm());

export const bodies = async (room: DurableObjectStub) =>
  (await sql(room, "SELECT body FROM messages ORDER BY id")).map((row) => row["body"]);

export interface Shape {
  /** How a time stands in the column. */
  stored: (time: number) => SqlStorageValue;
  column: "created_at" | "expires_at";
  post: (room: Room, body: string) => Promise<unknown>;
  postAll: (room: Room, bodies: string[]) => Promise<unknown>;
}

export const byRpc: Pick<Shape, "post" | "postAll"> = {
  post: (room, body) => room.post(body),
  postAll: (room, all) => room.postAll(all),
};

export const byFetch: Pick<Shape, "post" | "postAll"> = {
  post: (room, body) => room.fetch("http://room", { method: "POST", body }).then((answer) => answer.text()),
  postAll: (room, all) => room.fetch("http://room", { method: "PUT", body: JSON.stringify(all) }).then((answer) => answer.text()),
};

/** What every form of the pattern keeps, whatever the column. */
export function provesCleanup(shape: Shape): void {
  /** Stores a message as the object holds it after `age`. */
  const store = (room: DurableObjectStub, body: string, age: number) =>
    shape.column === "created_at"
      ? sql(room, "INSERT INTO messages (body, created_at) VALUES (?, ?)", body, shape.stored(Date.now() - age))
      : sql(
          room,
          "INSERT INTO messages (body, created_at, expires_at) VALUES (?, ?, ?)",
          body,
          Date.now() - age,
          shape.stored(Date.now() - age + TTL),
        );

  describe("the cleanup", () => {
    it("removes the expired messages and no other", async () => {
      const room = newRoom();
      await store(room, "40 days", 40 * DAY);
      await store(room, "30 days and a minute", 30 * DAY + 60_000);
      await store(room, "a minute short of 30 days", 30 * DAY - 60_000);
      await store(room, "new", 0);
      await evictDurableObject(room);

      expect(await runDurableObjectAlarm(room)).toBe(true);

      expect(await bodies(room)).toEqual(["a minute short of 30 days", "new"]);
    });

    it("comes back when the oldest message that is left expires", async () => {
      const room = newRoom();
      await store(room, "old", 31 * DAY);
      await store(room, "10 days", 10 * DAY);
      await evictDurableObject(room);
      await runDurableObjectAlarm(room);

      const away = (await alarmOf(room))! - Date.now();
      expect(away).toBeGreaterThan(20 * DAY - 5_000);
      expect(away).toBeLessThanOrEqual(20 * DAY);
    });

    it("waits an hour rather than run for each message", async () => {
      const room = newRoom();
      await store(room, "expires in a second", TTL - 1_000);
      await evictDurableObject(room);

      const away = (await alarmOf(room))! - Date.now();
      expect(away).toBeGreaterThan(HOUR - 5_000);
      expect(away).toBeLessThanOrEqual(HOUR);
    });

    it("is set when a message is stored", async () => {
      const room = newRoom();
      await shape.post(room, "hello");
      const away = (await alarmOf(room))! - Date.now();
      expect(away).toBeGreaterThan(TTL - 5_000);
      expect(away).toBeLessThanOrEqual(TTL);
    });

    it("is set by a method that is not async", async () => {
      const room = newRoom();
      await shape.postAll(room, ["one", "two"]);
      expect((await alarmOf(room))! - Date.now()).toBeGreaterThan(TTL - 5_000);
    });

    it("takes a backlog in batches, and ends", async () => {
      const room = newRoom();
      await sql(
        room,
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1201)
         INSERT INTO messages (body, created_at${shape.column === "expires_at" ? ", expires_at" : ""})
         SELECT 'old ' || i, ?1${shape.column === "expires_at" ? ", ?1" : ""} FROM n`,
        shape.stored(Date.now() - 40 * DAY),
      );
      await evictDurableObject(room);

      const left: number[] = [];
      for (let run = 0; run < 3; run++) {
        expect(await runDurableObjectAlarm(room)).toBe(true);
        left.push((await bodies(room)).length);
        if (run < 2) expect((await alarmOf(room))! - Date.now()).toBeLessThanOrEqual(1_000);
      }
      expect(left).toEqual([701, 201, 0]);
      expect(await alarmOf(room)).toBeNull();
    });
  });

  describe("the alarm", () => {
    it("is not set while there is nothing to expire", async () => {
      const room = newRoom();
      expect(await alarmOf(room)).toBeNull();
      await store(room, "old", 31 * DAY);
      await evictDurableObject(room);
      await runDurableObjectAlarm(room);
      expect(await alarmOf(room)).toBeNull();
      await evictDurableObject(room);
      expect(await alarmOf(room)).toBeNull();
    });

    it("is never moved by construction", async () => {
      const room = newRoom();
      await shape.post(room, "hello");
      const before = await alarmOf(room);
      expect(before).not.toBeNull();
      await evictDurableObject(room);
      expect(await alarmOf(room)).toBe(before);

      const soon = Date.now() + 5 * 60_000;
      await runInDurableObject(room, (_, state) => state.storage.setAlarm(soon));
      await evictDurableObject(room);
      expect(await alarmOf(room)).toBe(soon);
    });

    it("wakes the object by itself", async () => {
      const room = newRoom();
      await store(room, "old", 31 * DAY);
      await store(room, "new", 0);
      await runInDurableObject(room, (_, state) => state.storage.setAlarm(Date.now() + 300));
      await evictDurableObject(room);
      await expect.poll(() => bodies(room), { timeout: 5_000 }).toEqual(["new"]);
    });

    it("is not set to a time that no date is", async () => {
      const room = newRoom();
      await sql(room, `INSERT INTO messages (body, created_at${shape.column === "expires_at" ? ", expires_at" : ""}) VALUES ('odd', 'Mon'${shape.column === "expires_at" ? ", 'Mon'" : ""})`);
      await evictDurableObject(room);
      expect(await alarmOf(room)).toBeNull();
      await sql(room, "DELETE FROM messages");
    });

    it("is not set past the life of a message, whatever the clock said", async () => {
      const room = newRoom();
      await store(room, "from the future", -1000 * DAY);
      await evictDurableObject(room);
      const away = (await alarmOf(room))! - Date.now();
      expect(away).toBeLessThanOrEqual(TTL);
    });
  });

  it("finds the expired messages through the index", async () => {
    const room = newRoom();
    const plan = await sql(
      room,
      `EXPLAIN QUERY PLAN SELECT rowid FROM messages WHERE ${shape.column} <= ? LIMIT ?`,
      shape.stored(Date.now()),
      500,
    );
    expect(plan.map((step) => step["detail"]).join()).toContain(`USING COVERING INDEX idx_messages_${shape.column}`);
  });

  if (shape.column === "created_at") {
    it("cleans an object that an earlier version left", async () => {
      const room = newRoom();
      await store(room, "old", 31 * DAY);
      await store(room, "new", 0);
      await runInDurableObject(room, (_, state) => state.storage.deleteAlarm());
      await sql(room, "DROP INDEX idx_messages_created_at");
      await evictDurableObject(room);
      expect(await runDurableObjectAlarm(room)).toBe(true);
      expect(await bodies(room)).toEqual(["new"]);
    });
  }
}
