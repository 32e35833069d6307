// Proves in workerd what becomes of objects and their data when the old code is exchanged for the new.
//
//   node objects.mjs PLAN.json
//
// Every line that it prints is something that happened. The parts go to the plan's result file: each with a class, a name,
// a verdict (passed, failed, failed-before, not-run), how long it took and what was seen.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { insertOf, ownInsert, parameters, quoted, STYLES } from "./rows.mjs";
import { Code, Dead, Runtime, Tools, Unsupported } from "./runtime.mjs";
import { hibernation } from "./sockets.mjs";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const ROWS = 200;
const parts = [];
const timings = {};
const began = Date.now();

const OLD = { name: "dopi: made by the old code" };
const CALLED_OLD = { name: "dopi: called under the old code" };
const CALLED_NEW = { name: "dopi: called under the new code" };
const FRESH = { name: "dopi: made by the new code" };
const ALARM = { name: "dopi: with an alarm" };
const ALARM_OLD = { name: "dopi: with an alarm under the old code" };

/** How texts are made up, by class. */
const styles = new Map(plan.classes.map(({ name }) => [name, STYLES[0]]));

const WORDS = { passed: "ok    ", failed: "FAIL  ", "failed-before": "before", "not-run": "--    " };

function tell(className, name, verdict, detail, since) {
  parts.push({ className, name, verdict, detail, millis: Date.now() - since });
  console.log(`${WORDS[verdict]} ${className}: ${name}${detail === "" ? "" : `: ${detail}`}`);
}

async function timed(name, work) {
  const start = Date.now();
  try {
    return await work();
  } finally {
    timings[name] = (timings[name] ?? 0) + Date.now() - start;
  }
}

const said = (error) => String(error?.message ?? error).split("\n")[0];

/** Runs one part of the proof for one class; what it returns is told, what it throws is a failure. */
async function part(each, name, work) {
  const start = Date.now();
  try {
    const detail = await work();
    if (detail instanceof Verdict) tell(each.name, name, detail.verdict, detail.detail, start);
    else if (detail !== undefined) tell(each.name, name, "passed", detail, start);
  } catch (error) {
    tell(each.name, name, "failed", error instanceof Dead ? `the object does not answer: ${said(error)}` : said(error), start);
  }
}

class Verdict {
  constructor(verdict, detail) {
    this.verdict = verdict;
    this.detail = detail;
  }
}
const notRun = (why) => new Verdict("not-run", why);
const before = (what) => new Verdict("failed-before", what);

// What a class's objects hold

async function tablesOf(runtime, each, object) {
  if (!each.sqlite) return new Map();
  const listed = await runtime.one(each.name, object, {
    what: "sql",
    sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND name <> '__miniflare_do_name' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid",
  });
  const names = listed.rows.map(({ name }) => name);
  if (names.length === 0) return new Map();
  const answers = await runtime.ask(each.name, object, ...names.flatMap((name) => ["table_xinfo", "index_list", "foreign_key_list"].map((pragma) => ({ what: "sql", sql: `PRAGMA ${pragma}(${quoted(name)})` }))));
  const tables = new Map();
  const references = [];
  for (const [i, name] of names.entries()) {
    const [columns, indexes, keys] = answers.slice(3 * i, 3 * i + 3);
    if (columns.error === undefined) {
      // A unique index makes equal texts collide; which column it is about does not matter for made-up rows.
      const unique = (indexes.value?.rows ?? []).some((index) => index.unique === 1 && index.origin !== "pk");
      tables.set(name, columns.value.rows.map((column) => ({ ...column, unique })));
      for (const key of keys.value?.rows ?? []) references.push({ name, key });
    }
  }
  for (const { name, key } of references) refer(tables, name, key, timesOf(each));
  return tables;
}

/** Has a column that refers to another table take the values of a few rows that are made up there. */
function refer(tables, name, key, times) {
  const named = (table, wanted) => [...tables].find(([known]) => known.toLowerCase() === table.toLowerCase())?.[1].find(wanted);
  const column = named(name, (each) => each.name.toLowerCase() === key.from.toLowerCase());
  const parent = named(key.table, (each) => (key.to === null ? each.pk === key.seq + 1 : each.name.toLowerCase() === key.to.toLowerCase()));
  if (column === undefined) return;
  // Tables may refer to each other in a circle.
  for (let at = parent; at !== undefined; at = at.parent?.column) if (at === column) return;
  if (parent !== undefined) column.parent = { column: parent, times: times(key.table) };
}

async function counts(runtime, each, object, tables) {
  const answers = await runtime.ask(each.name, object, ...[...tables.keys()].map((name) => ({ what: "sql", sql: `SELECT COUNT(*) AS n FROM ${quoted(name)}` })));
  return new Map([...tables.keys()].map((name, i) => [name, answers[i].value?.rows[0].n ?? -1]));
}

const timesOf = (each) => (table) => each.tables.find((known) => known.name === table)?.time ?? undefined;

/** Makes the tables that the class makes only later, then fills all of them. */
async function fill(runtime, each, object, rows) {
  let tables = await tablesOf(runtime, each, object);
  const later = each.tables.filter((known) => !tables.has(known.name) && known.sql !== "");
  if (each.sqlite && later.length > 0) {
    await runtime.ask(each.name, object, ...later.map(({ sql }) => ({ what: "sql", sql })));
    tables = await tablesOf(runtime, each, object);
  }
  if (styles.get(each.name) === "none") return { tables, empty: tables.size === 0 ? [] : ["no rows were made up, for the class does not start any more with such"] };
  const without = [];
  for (const [name, columns] of tables) if ((await filled(runtime, each, object, rows, name, columns)) !== undefined) without.push([name, columns]);
  const empty = [];
  // A table may refer to one that was made after it, which has rows by now.
  for (const [name, columns] of without) {
    const why = await filled(runtime, each, object, rows, name, columns);
    if (why !== undefined) empty.push(`no row could be made up for ${name} (${why})`);
  }
  return { tables, empty };
}

/** Finds out what made-up texts the class can read back when it starts. */
async function styled(runtime, each) {
  for (const style of STYLES) {
    styles.set(each.name, style);
    if (style === "none") return;
    const object = { name: `dopi: with ${style}` };
    try {
      const { tables } = await fill(runtime, each, object, 12);
      if (tables.size === 0) return;
      await runtime.end(each.name, object);
      await runtime.one(each.name, object, { what: "hello" });
      return;
    } catch (error) {
      if (!(error instanceof Dead)) throw error;
    }
  }
}

/** Makes rows up for one table; returns why it could make up none. */
async function filled(runtime, each, object, rows, name, columns) {
  const insert = insertOf(name, columns, timesOf(each)(name), styles.get(each.name));
  const values = Array.from({ length: rows }, (_, i) => insert.values(i + 1));
  const [many] = await runtime.ask(each.name, object, { what: "all", sql: insert.sql, values });
  if (many.error === undefined) return undefined;
  const [one] = await runtime.ask(each.name, object, { what: "all", sql: insert.sql, values: values.slice(0, 1) });
  return one.error;
}

/** Returns the inserts of one side's code that can be called with made-up values, each once though it stands in several places. */
const insertsOf = (each, side, tables) =>
  [...new Set(side === "old" ? each.oldInserts : each.newInserts)].map((sql) => ownInsert(sql, (table) => tables.get(table), timesOf(each), styles.get(each.name))).filter((insert) => insert !== undefined);

async function inserts(runtime, each, object, side, tables, n) {
  const known = insertsOf(each, side, tables);
  const answers = known.length === 0 ? [] : await runtime.ask(each.name, object, ...known.map(({ sql, values }) => ({ what: "sql", sql, values: values(n) })));
  return known.map((insert, i) => ({ ...insert, error: answers[i].error, written: answers[i].value?.written }));
}

// The parts

async function underOldCode(runtime, each) {
  const seen = { answers: false, tables: new Map(), counts: new Map(), calls: new Map(), plans: new Map(), empty: [] };
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

/** A row from the middle of each table: what the first one holds is found at once, whatever the plan. */
async function someRows(runtime, each, object, tables) {
  const answers = await runtime.ask(each.name, object, ...[...tables.keys()].map((name) => ({ what: "sql", sql: `SELECT * FROM ${quoted(name)} LIMIT 1 OFFSET (SELECT COUNT(*) / 2 FROM ${quoted(name)})` })));
  return new Map([...tables.keys()].map((name, i) => [name, answers[i].value?.rows[0]]));
}

async function calls(runtime, each, object) {
  const { methods } = await runtime.one(each.name, object, { what: "hello" });
  const outcomes = new Map();
  for (const method of methods.filter((name) => each.rpcMethods.includes(name))) outcomes.set(method, await runtime.call(each.name, object, method));
  return outcomes;
}

/** How SQLite runs the queries inside the object, and what one run of each reads. */
async function plans(runtime, each, object, queries, rows) {
  const found = new Map();
  for (const { sql, where } of queries) {
    const table = /\b(?:FROM|INTO|UPDATE)\s+["`[]?(\w+)/i.exec(sql)?.[1];
    const values = parameters(sql, rows.get(table));
    const reads = /^\s*(SELECT|WITH)\b/i.test(sql) && !/\b(INSERT|UPDATE|DELETE)\b/i.test(sql);
    const [explained, ran] = await runtime.ask(each.name, object, { what: "sql", sql: `EXPLAIN QUERY PLAN ${sql}`, values }, ...(reads ? [{ what: "sql", sql, values, count: true }] : []));
    found.set(sql, { where, error: explained.error, plan: (explained.value?.rows ?? []).map(({ detail }) => detail).join(" | "), read: ran?.value?.read });
  }
  return found;
}

/** Returns the alarm before and after a new start of the object. */
async function alarmAfterWake(runtime, each, object) {
  const first = await runtime.one(each.name, object, { what: "alarm" });
  await runtime.end(each.name, object);
  const second = await runtime.one(each.name, object, { what: "alarm" });
  return { first, second, moved: first !== null && second !== null && first !== second, gone: first !== null && second === null };
}

const total = (some) => [...some.values()].reduce((sum, n) => sum + Math.max(0, n), 0);

/** The table of jobs that wait for dopi's shared alarm: what is made up there is due or of no job, and goes with the first alarm. */
const JOBS = "alarm_jobs";

function lost(from, to) {
  const gone = [...from].filter(([name, n]) => name !== JOBS && (to.get(name) ?? -1) < n).map(([name, n]) => `${name} had ${n} rows and has ${Math.max(0, to.get(name) ?? 0)}`);
  if (gone.length > 0) throw new Error(`rows are gone: ${gone.join(", ")}`);
}

async function keeps(runtime, each, object, seen) {
  const now = await counts(runtime, each, object, seen.tables);
  lost(seen.counts, now);
  return seen.tables.size === 0 ? "it answers" : `it answers, ${total(seen.counts)} rows in ${seen.tables.size === 1 ? "1 table" : `${seen.tables.size} tables`} kept`;
}

function wrongInserts(done, was = []) {
  const wrong = done.filter((insert) => insert.error !== undefined && was.find((old) => old.sql === insert.sql)?.error === undefined);
  if (wrong.length > 0) throw new Error(`an insert into ${wrong[0].table} fails: ${wrong[0].error}`);
  return done.length;
}

const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

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
    fresh = { tables: new Map(), empty: [] };
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
  await queries(runtime, each, seen, stored, tables);
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
    return `a new instance (${next.slice(0, 8)}) answers with all rows`;
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

async function queries(runtime, each, seen, object, tables) {
  if (each.newQueries.length === 0) return;
  await part(each, "the code's queries", async () => {
    const rows = await someRows(runtime, each, object, tables);
    const now = await plans(runtime, each, object, each.newQueries, rows);
    const better = [];
    const unknown = [];
    for (const [sql, { error, plan: after, read, where }] of now) {
      const was = seen?.plans.get(sql);
      if (error !== undefined) {
        // A table that the class makes only later tells nothing, unless the old code had it here.
        const tells = was === undefined ? seen !== undefined && !/no such table/.test(error) : was.error === undefined;
        if (tells) throw new Error(`${where} cannot be prepared${was === undefined ? "" : " any more"}: ${error}`);
        unknown.push(`${where} (${error})`);
        continue;
      }
      if (was !== undefined && was.error === undefined && was.plan !== after) {
        better.push(`${where}: ${was.plan} is now ${after}${read === undefined || was.read === undefined ? "" : `, rows read ${was.read} -> ${read}`}`);
      }
    }
    for (const line of better) tell(each.name, "another plan of a query", "passed", line, Date.now());
    const prepared = now.size - unknown.length;
    const rest = unknown.length === 0 ? "" : `; ${unknown.length} could not be looked at: ${unknown[0]}`;
    if (prepared === 0) return notRun(`none could be prepared in an object that is as the constructor leaves it: ${unknown[0]}`);
    return `${prepared === 1 ? "1 query" : `${prepared} queries`} prepared${seen === undefined ? "" : better.length === 0 ? ", no plan changed" : `, ${better.length} with another plan`}${rest}`;
  });
}

async function requests(runtime, each, seen) {
  const object = CALLED_NEW;
  if (!seen?.answers) await fill(runtime, each, object, 12);
  const now = await calls(runtime, each, object);
  const fetched = await runtime.fetch(each.name, object, "/");
  const broken = [];
  for (const [method, { error }] of now) {
    if (error !== undefined && (seen?.calls.has(method) ? seen.calls.get(method).error === undefined : false)) broken.push(`${method}() throws ${error}`);
  }
  if (fetched.error !== undefined && seen?.fetched !== undefined && seen.fetched.error === undefined) broken.push(`GET / throws ${fetched.error}`);
  if (broken.length > 0) throw new Error(`${broken.join("; ")}; not so with the old code`);
  const answers = [...now].map(([method, { error }]) => `${method}() ${error === undefined ? "returns" : seen === undefined ? "throws" : "throws, as before"}`);
  answers.push(answered(fetched));
  return answers.join(", ");
}

function answered({ value, error }) {
  if (value === undefined) return `GET / answers with an error (${error})`;
  if (value.status === 501 && value.body.startsWith("this class has no")) return "it has no fetch()";
  return `GET / answers ${value.status === 101 ? "with a WebSocket" : value.status}`;
}

const DUE = "an alarm that wakes the object";

/** Sets alarms that fall due while their objects are not in memory; returns for each class why the handler did not run. */
async function dueAlarms(runtime, classes, object) {
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
async function dueBefore(runtime, late) {
  const were = await timed("alarms", () => dueAlarms(runtime, late.map(({ each }) => each), ALARM_OLD));
  for (const { each, start, why } of late) {
    const old = were.find((one) => one.each === each);
    tell(each.name, DUE, old?.why === undefined ? "failed" : "failed-before", old?.why === undefined ? why : `${why}, with the old code as well`, start);
  }
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

// Objects that the project has on this machine already

const MOST_LOCAL = 40;

function localObjects(storage, each) {
  const folder = join(storage, "v3", "do", `${plan.new.worker}-${each.name}`);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((file) => /^([0-9a-f]{64})\.sqlite$/.exec(file)?.[1]).filter((id) => id !== undefined).slice(0, MOST_LOCAL).map((id) => ({ id }));
}

async function localState(runtime, local, seen, now) {
  for (const each of plan.classes) {
    const objects = local.get(each.name) ?? [];
    if (objects.length === 0) continue;
    const outcomes = [];
    for (const object of objects) {
      try {
        const tables = await tablesOf(runtime, each, object);
        outcomes.push({ rows: await counts(runtime, each, object, tables) });
      } catch (error) {
        outcomes.push({ error: said(error) });
      }
    }
    if (!now) {
      seen.set(each.name, outcomes);
      continue;
    }
    await part(each, "objects of this machine's own .wrangler/state, in a copy", async () => {
      const were = seen.get(each.name);
      const dead = outcomes.findIndex((outcome, i) => outcome.error !== undefined && were?.[i].error === undefined);
      if (dead >= 0) throw new Error(`${objects[dead].id.slice(0, 12)}… does not answer: ${outcomes[dead].error}`);
      if (were !== undefined) outcomes.forEach((outcome, i) => outcome.rows && were[i].rows && lost(were[i].rows, outcome.rows));
      const broken = outcomes.filter(({ error }) => error !== undefined);
      if (broken.length > 0) return before(`${broken.length} of ${objects.length} do not answer, with the old code neither: ${broken[0].error}`);
      return `${plural(objects.length, "object")} ${objects.length === 1 ? "answers" : "answer"}${were === undefined ? "" : " with all rows"}`;
    });
  }
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
  const local = new Map(plan.classes.map((each) => [each.name, localObjects(storage, each)]));
  const runtime = new Runtime(tools, storage);
  try {
    const code = await matrix(runtime, past, present, local);
    for (const each of plan.classes) if (each.sockets) await timed("sockets", () => hibernation({ tools, plan, each, past, present: code, part: (name, work) => part(each, name, work), notRun, before, said }));
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
      await localState(runtime, local, locally, false);
    });
  }
  const present = await asked();
  if (!(await started(runtime, present, past === undefined ? "start" : "swap", past !== undefined))) return present;
  await timed("new code", async () => {
    for (const each of plan.classes) await underNewCode(runtime, each, seen.get(each.name));
    await localState(runtime, local, locally, true);
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
