// Proves in workerd what becomes of objects and their data when the old code is exchanged for the new.
//
//   node objects.mjs PLAN.json
//
// Every line that it prints is something that happened. The parts go to the plan's result file: each with a class, a name,
// a verdict (passed, failed, failed-before, not-run), how long it took and what was seen.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ALARM, alarmAfterWake, DUE, dueAlarms, dueBefore } from "./alarms.mjs";
import { localObjects, localState } from "./local.mjs";
import { plans, queries } from "./queries.mjs";
import { CALLED_NEW, CALLED_OLD, calls, requests } from "./requests.mjs";
import { Code, Dead, Runtime, Tools, Unsupported } from "./runtime.mjs";
import { hibernation } from "./sockets.mjs";
import { counts, fill, index, inserts, lost, someRows, styled, tablesOf, total, wrongInserts } from "./tables.mjs";
import { before, notRun, part, parts, plural, said, tell, timed, timings } from "./telling.mjs";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const ROWS = 200;
const began = Date.now();

const OLD = { name: "dopi: made by the old code" };
const FRESH = { name: "dopi: made by the new code" };

// The parts

async function underOldCode(runtime, each) {
  const seen = { answers: false, tables: new Map(), later: [], counts: new Map(), calls: new Map(), plans: new Map(), empty: [] };
  try {
    await runtime.one(each.name, OLD, { what: "hello" });
    seen.answers = true;
  } catch (error) {
    seen.error = `the old code does not start either: ${said(error)}`;
    return seen;
  }
  try {
    await lookedAt(runtime, each, seen);
  } catch (error) {
    if (!(error instanceof Dead)) throw error;
    seen.answers = false;
    seen.error = `the old code does not go on answering: ${said(error)}`;
  }
  return seen;
}

async function lookedAt(runtime, each, seen) {
  await styled(runtime, each);
  Object.assign(seen, await fill(runtime, each, OLD, ROWS));
  await index(runtime, each, OLD, "old", seen.later);
  seen.counts = await counts(runtime, each, OLD, seen.tables);
  seen.rows = await someRows(runtime, each, OLD, seen.tables);
  seen.inserts = await inserts(runtime, each, OLD, "old", seen.tables, ROWS + 1);
  seen.counts = await counts(runtime, each, OLD, seen.tables);
  seen.plans = await plans(runtime, each, OLD, each.oldQueries, seen.rows);
  for (const object of [CALLED_OLD, CALLED_NEW]) await fill(runtime, each, object, 12);
  // The new code's is woken with its rows, so this one is too.
  await runtime.end(each.name, CALLED_OLD);
  seen.calls = await calls(runtime, each, CALLED_OLD);
  seen.fetched = await runtime.fetch(each.name, CALLED_OLD, "/");
  seen.alarm = await alarmAfterWake(runtime, each, OLD);
}

async function keeps(runtime, each, object, seen) {
  const now = await counts(runtime, each, object, seen.tables);
  lost(seen.counts, now);
  return seen.tables.size === 0 ? "it answers" : `it answers, ${total(seen.counts)} rows in ${seen.tables.size === 1 ? "1 table" : `${seen.tables.size} tables`} kept`;
}

async function underNewCode(runtime, each, seen) {
  if (seen !== undefined && !seen.answers) return deadBefore(runtime, each, seen);
  let old = false;
  if (seen !== undefined) {
    await part(each, "an object made by the old code", async () => {
      const { instance } = await runtime.one(each.name, OLD, { what: "hello" });
      old = instance !== undefined;
      return keeps(runtime, each, OLD, seen);
    });
  }
  let fresh;
  await part(each, "a fresh object", async () => {
    await runtime.one(each.name, FRESH, { what: "hello" });
    fresh = { tables: new Map(), later: [], empty: [] };
    if (seen === undefined) await styled(runtime, each);
    fresh = await fill(runtime, each, FRESH, ROWS);
    for (const why of fresh.empty) console.log(`       ${each.name}: ${why}`);
    return `it answers${fresh.tables.size > 0 ? `, with ${plural(fresh.tables.size, "table")}` : ""}`;
  });
  // What follows would only say once more that an object does not answer.
  if (!old && fresh === undefined) return;
  const stored = old ? OLD : FRESH;
  const tables = old ? await quietly(() => tablesOf(runtime, each, OLD), seen.tables) : fresh.tables;
  // Before anything is added, so that what is read is read from the same rows as under the old code.
  const later = old ? seen.later : fresh.later;
  await index(runtime, each, stored, "new", later);
  await queries(runtime, each, seen, stored, tables, later);
  if (each.newInserts.length > 0) {
    await part(each, "the code's own inserts", async () => {
      const done = await inserts(runtime, each, stored, "new", tables, ROWS + 2);
      const many = wrongInserts(done, seen?.inserts);
      return many === 0 ? notRun("none has a form that values could be made up for") : `${many} ran${writes(seen, done)}`;
    });
  }
  if (old && each.oldInserts.length > 0) {
    await part(each, "the old code's inserts into the new tables", async () => {
      const done = await inserts(runtime, each, OLD, "old", tables, ROWS + 3);
      const many = wrongInserts(done, seen.inserts);
      return many === 0 ? notRun("none has a form that values could be made up for") : `${many} ran`;
    });
  }
  await part(each, "requests", () => requests(runtime, each, old ? seen : undefined));
  await part(each, "after an end of the instance", async () => {
    // What the new code keeps for itself may go by itself, as a job that has come.
    const kept = seen === undefined ? tables : new Map([...tables].filter(([name]) => seen.tables.has(name)));
    const had = await counts(runtime, each, stored, kept);
    const next = await runtime.end(each.name, stored);
    const has = await counts(runtime, each, stored, kept);
    const { alarms } = await runtime.one(each.name, stored, { what: "hello" });
    if (alarms > 0) return `a new instance (${next.slice(0, 8)}) answers; its alarm ran meanwhile, so rows were not counted`;
    lost(had, has);
    return `a new instance (${next.slice(0, 8)}) answers${total(had) > 0 ? " with all rows" : ""}`;
  });
  await part(each, "the alarm before and after a wake", async () => {
    const now = await alarmAfterWake(runtime, each, stored);
    const wrong = now.moved ? `each start of an object moves it, by ${now.second - now.first} ms` : now.gone ? "a start of the object removes it" : undefined;
    if (wrong === undefined) return now.first === null ? "none is set, before and after" : "it is the same";
    if (seen?.alarm?.moved || seen?.alarm?.gone) return before(`${wrong}, with the old code as well`);
    throw new Error(`${wrong}, so it may never come`);
  });
}

/** Of a class whose objects did not answer before, only what has become better can be told. */
async function deadBefore(runtime, each, seen) {
  tell(each.name, "an object made by the old code", "failed-before", seen.error, Date.now());
  await part(each, "a fresh object", async () => {
    try {
      await runtime.one(each.name, FRESH, { what: "hello" });
      return "it answers";
    } catch (error) {
      return before(`the object does not answer: ${said(error)}, with the old code neither`);
    }
  });
}

async function quietly(work, otherwise) {
  try {
    return await work();
  } catch {
    return otherwise; // Another part has said that the object does not answer.
  }
}

function writes(seen, done) {
  const changed = done.map((insert) => ({ ...insert, was: seen?.inserts?.find((old) => old.table === insert.table)?.written })).filter(({ was, written }) => was !== undefined && was !== written);
  return changed.length === 0 ? "" : `; one into ${changed[0].table} writes ${changed[0].written} rows, ${changed[0].was} before`;
}

async function rolledBack(runtime, each, seen) {
  if (!seen.answers) return;
  await part(each, "rolled back, an object made by the old code", async () => {
    await runtime.one(each.name, OLD, { what: "hello" });
    const done = await inserts(runtime, each, OLD, "old", seen.tables, ROWS + 4);
    return `it answers${wrongInserts(done, seen.inserts) > 0 ? ", and its inserts run" : ""}`;
  });
  await part(each, "rolled back, an object made by the new code", async () => {
    await runtime.one(each.name, FRESH, { what: "hello" });
    const done = await inserts(runtime, each, FRESH, "old", seen.tables, ROWS + 5);
    return `it answers${wrongInserts(done, seen.inserts) > 0 ? ", and the old inserts run" : ""}`;
  });
}

// All of it

async function prove() {
  const tools = new Tools(plan.wrangler);
  const folders = { new: join(plan.work, "new"), old: join(plan.work, "old") };
  // One bundle while wrangler is loaded here, and the other while the first one's code runs, which mostly waits.
  const first = plan.old === null ? plan.new : plan.old;
  const bundling = timed("bundle", () => tools.bundle(first, first === plan.new ? folders.new : folders.old));
  bundling.catch(() => {}); // Looked at below, once the rest is loaded.
  await timed("load", async () => tools.load());
  await bundling;
  const rest = plan.old === null ? undefined : tools.bundle(plan.new, folders.new);
  rest?.catch(() => {}); // Looked at once it is needed.
  const storage = join(plan.work, "storage");
  mkdirSync(join(storage, "v3"), { recursive: true });
  if (plan.state !== null && existsSync(join(plan.state, "v3", "do"))) {
    await timed("copy", async () => cpSync(join(plan.state, "v3", "do"), join(storage, "v3", "do"), { recursive: true }));
  }
  const past = plan.old === null ? undefined : new Code(tools, plan.old, folders.old, plan.classes);
  const present = async () => {
    await timed("bundle", async () => rest);
    return new Code(tools, plan.new, folders.new, plan.classes);
  };
  const local = new Map(plan.classes.map((each) => [each.name, localObjects(storage, plan.new.worker, each)]));
  const runtime = new Runtime(tools, storage);
  try {
    const code = await matrix(runtime, past, present, local);
    for (const each of plan.classes) if (each.sockets) await timed("sockets", () => hibernation({ tools, plan, each, past, present: code }));
  } finally {
    await timed("stop", () => runtime.stop());
    const most = parts.some(({ verdict }) => verdict === "failed") ? 40 : 12;
    runtime.logs.slice(-most).forEach((line) => console.log(`workerd | ${line}`));
  }
}

/** Starts the Worker with one side's code. Only where the old code started does it tell anything that the new does not. */
async function started(runtime, code, name, compared) {
  const start = Date.now();
  try {
    await timed(name, () => runtime.run(code));
    return true;
  } catch (error) {
    const why = `${said(error)} ${runtime.logs.slice(-3).join(" ").slice(0, 300)}`.trim();
    if (!compared) throw new Unsupported(`the Worker does not start in the proof's runtime: ${why}`);
    tell(plan.new.worker, "the Worker starts", "failed", why, start);
    return false;
  }
}

/** Returns the new code, which is asked for only once the old one has been looked at. */
async function matrix(runtime, past, asked, local) {
  const seen = new Map();
  const locally = new Map();
  if (past !== undefined) {
    await started(runtime, past, "start", false);
    await timed("old code", async () => {
      for (const each of plan.classes) seen.set(each.name, await underOldCode(runtime, each));
      await localState(runtime, plan.classes, local, locally, false);
    });
  }
  const present = await asked();
  if (!(await started(runtime, present, past === undefined ? "start" : "swap", past !== undefined))) return present;
  await timed("new code", async () => {
    for (const each of plan.classes) await underNewCode(runtime, each, seen.get(each.name));
    await localState(runtime, plan.classes, local, locally, true);
  });
  const alarms = await timed("alarms", () => dueAlarms(runtime, plan.classes, ALARM));
  for (const { each, start, detail, why } of alarms) {
    if (why === undefined) tell(each.name, DUE, "passed", detail, start);
    else if (past === undefined) tell(each.name, DUE, "failed", why, start);
  }
  if (past === undefined) return present;
  await timed("swap", () => runtime.run(past));
  await dueBefore(runtime, alarms.filter(({ why }) => why !== undefined));
  await timed("rolled back", async () => {
    for (const each of plan.classes) await rolledBack(runtime, each, seen.get(each.name));
  });
  await timed("swap", () => runtime.run(present));
  await timed("new code again", async () => {
    for (const each of plan.classes) {
      const dead = parts.some(({ className, verdict, name }) => className === each.name && verdict === "failed" && / object/.test(name));
      if (dead || !seen.get(each.name).answers) continue;
      await part(each, "and the new code again", async () => {
        await runtime.one(each.name, OLD, { what: "hello" });
        await runtime.one(each.name, FRESH, { what: "hello" });
        return "both answer";
      });
    }
  });
  return present;
}

let code = 0;
try {
  await prove();
  const any = (wanted) => parts.some(({ verdict }) => verdict === wanted);
  code = any("failed") ? 1 : any("failed-before") ? 4 : 0;
} catch (error) {
  code = error instanceof Unsupported ? 3 : 2;
  writeFileSync(plan.result, JSON.stringify({ parts, timings, reason: said(error) }));
  console.log(`${code === 3 ? "Not run" : "Broken off"}: ${error instanceof Unsupported ? said(error) : error.stack}`);
}
timings.all = Date.now() - began;
if (code !== 2 && code !== 3) writeFileSync(plan.result, JSON.stringify({ parts, timings }));
console.log(Object.entries(timings).map(([name, millis]) => `${name} ${(millis / 1000).toFixed(1)} s`).join(", "));
process.exit(code);
