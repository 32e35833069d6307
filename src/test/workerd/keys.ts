import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { DAY, HOUR, TTL, alarmOf } from "./ttl";

export interface KeyShape {
  prefix: string;
  /** How a key of that time is written. */
  key: (time: number, n: number) => string;
  /** Has the class write a key itself. */
  write: (object: DurableObjectStub, text: string) => Promise<unknown>;
}

let objects = 0;

function newObject(): DurableObjectStub {
  const namespace = (env as unknown as Record<string, DurableObjectNamespace>)["ROOM"]!;
  return namespace.get(namespace.idFromName(`keys ${++objects}`));
}

const keysOf = (object: DurableObjectStub, prefix: string) =>
  runInDurableObject(object, async (_, state) => [...(await state.storage.list({ prefix })).keys()]);

/** What every form of key that holds its time keeps. */
export function provesKeys(shape: KeyShape): void {
  /** Stores keys as the object holds them after `age`, one a millisecond. */
  const store = (object: DurableObjectStub, age: number, count = 1) =>
    runInDurableObject(object, async (_, state) => {
      const first = Date.now() - age;
      const keys = Array.from({ length: count }, (_, n) => shape.key(first + n, n));
      for (let at = 0; at < count; at += 128) {
        await state.storage.put(Object.fromEntries(keys.slice(at, at + 128).map((key) => [key, "a value"])));
      }
      return keys;
    });

  describe(`keys ${shape.prefix}`, () => {
    it("go once they have expired, and no others", async () => {
      const object = newObject();
      await store(object, TTL + HOUR, 3);
      const lasting = await store(object, TTL - HOUR, 2);
      await runInDurableObject(object, (_, state) => state.storage.put("title", "stays"));
      await evictDurableObject(object);
      await alarmOf(object);

      expect(await runDurableObjectAlarm(object)).toBe(true);

      expect(await keysOf(object, shape.prefix)).toEqual(lasting);
      expect(await runInDurableObject(object, (_, state) => state.storage.get("title"))).toBe("stays");
    });

    it("of an object that holds 1,201 expired ones go in ten runs, a second apart, and the newest stay", async () => {
      const object = newObject();
      await store(object, TTL + DAY, 1_201);
      const lasting = await store(object, DAY, 2);
      await evictDurableObject(object);
      await alarmOf(object);
      const left: number[] = [];
      for (let run = 0; run < 10; run++) {
        expect(await runDurableObjectAlarm(object)).toBe(true);
        left.push((await keysOf(object, shape.prefix)).length);
        const alarm = (await alarmOf(object)) ?? 0;
        const wait = alarm - Date.now();
        if (run < 9) expect(wait).toBeLessThanOrEqual(1_000);
        else expect(wait).toBeGreaterThan(HOUR / 2);
      }

      expect(left).toEqual([1_075, 947, 819, 691, 563, 435, 307, 179, 51, 2]);
      expect(await keysOf(object, shape.prefix)).toEqual(lasting);
    });

    it("have the alarm set when one is written, for its own expiry, and a wake never moves it", async () => {
      const object = newObject();
      await shape.write(object, "hello");
      const alarm = await alarmOf(object);
      expect(Math.abs((alarm ?? 0) - Date.now() - TTL)).toBeLessThan(60_000);
      await evictDurableObject(object);

      expect(await alarmOf(object)).toBe(alarm);
    });

    it("never move an earlier alarm", async () => {
      const object = newObject();
      const early = Date.now() + 60_000;
      await runInDurableObject(object, (_, state) => state.storage.setAlarm(early));
      await shape.write(object, "hello");

      expect(await alarmOf(object)).toBe(early);
    });

    it("leave an object without such keys asleep", async () => {
      const object = newObject();
      await runInDurableObject(object, (_, state) => state.storage.put("title", "stays"));
      await evictDurableObject(object);
      expect(await alarmOf(object)).toBeNull();

      const emptied = newObject();
      await store(emptied, TTL + HOUR, 2);
      await evictDurableObject(emptied);
      expect(await alarmOf(emptied)).not.toBeNull();
      await runDurableObjectAlarm(emptied);
      expect(await keysOf(emptied, shape.prefix)).toEqual([]);
      expect(await alarmOf(emptied)).toBeNull();
      await evictDurableObject(emptied);
      expect(await alarmOf(emptied)).toBeNull();
    });

    it("that no time can be read from neither go nor wake the object", async () => {
      const object = newObject();
      await runInDurableObject(object, (_, state) => state.storage.put(`${shape.prefix}zzz`, "mine"));
      await evictDurableObject(object);

      expect(await alarmOf(object)).toBeNull();
      expect(await keysOf(object, shape.prefix)).toEqual([`${shape.prefix}zzz`]);
    });
  });
}
