// Alarms: whether a start of the object moves them, and whether they come to an object that is not in memory.
import { Dead } from "./runtime.mjs";
import { said, tell, timed } from "./telling.mjs";

export const ALARM = { name: "dopi: with an alarm" };

const ALARM_OLD = { name: "dopi: with an alarm under the old code" };

export const DUE = "an alarm that wakes the object";

/** Returns the alarm before and after a new start of the object. */
export async function alarmAfterWake(runtime, each, object) {
  const first = await runtime.one(each.name, object, { what: "alarm" });
  await runtime.end(each.name, object);
  const second = await runtime.one(each.name, object, { what: "alarm" });
  return { first, second, moved: first !== null && second !== null && first !== second, gone: first !== null && second === null };
}

/** Sets alarms that fall due while their objects are not in memory; returns for each class why the handler did not run. */
export async function dueAlarms(runtime, classes, object) {
  const waiting = [];
  for (const each of classes) {
    const start = Date.now();
    try {
      const { handlesAlarm } = await runtime.one(each.name, object, { what: "hello" });
      if (!handlesAlarm) continue;
      await runtime.one(each.name, object, { what: "setAlarm", at: Date.now() + 500 });
      await runtime.ask(each.name, object, { what: "end" });
      waiting.push({ each, start });
    } catch (error) {
      if (!(error instanceof Dead)) waiting.push({ each, start, why: said(error) });
    }
  }
  if (waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, 1_000));
  for (const one of waiting) if (one.why === undefined) Object.assign(one, await ran(runtime, one.each, object, one.start));
  return waiting;
}

async function ran(runtime, each, object, start) {
  for (const end = Date.now() + 5_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) {
    try {
      const { alarms } = await runtime.one(each.name, object, { what: "hello" });
      if (alarms > 0) return { detail: `alarm() ran, ${Date.now() - start} ms after it was set` };
    } catch (error) {
      return { why: said(error) };
    }
  }
  return { why: "alarm() did not run when it was due: the wake itself put it off" };
}

/** Alarms that did not come under the new code are looked at under the old, which runs now. */
export async function dueBefore(runtime, late) {
  const were = await timed("alarms", () => dueAlarms(runtime, late.map(({ each }) => each), ALARM_OLD));
  for (const { each, start, why } of late) {
    const old = were.find((one) => one.each === each);
    tell(each.name, DUE, old?.why === undefined ? "failed" : "failed-before", old?.why === undefined ? why : `${why}, with the old code as well`, start);
  }
}
