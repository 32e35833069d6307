// What a class's objects hold: the tables that they have, rows that are made up, and the inserts of the project's own code.
import { insertOf, ownInsert, quoted, STYLES } from "./rows.mjs";
import { Dead } from "./runtime.mjs";

/** How texts are made up, by class. */
const styles = new Map();
const styleOf = (each) => styles.get(each.name) ?? STYLES[0];

export async function tablesOf(runtime, each, object) {
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

export async function counts(runtime, each, object, tables) {
  const answers = await runtime.ask(each.name, object, ...[...tables.keys()].map((name) => ({ what: "sql", sql: `SELECT COUNT(*) AS n FROM ${quoted(name)}` })));
  return new Map([...tables.keys()].map((name, i) => [name, answers[i].value?.rows[0].n ?? -1]));
}

const timesOf = (each) => (table) => each.tables.find((known) => known.name === table)?.time ?? undefined;

/** Makes the tables that the class makes only later, and says which, then fills all of them. */
export async function fill(runtime, each, object, rows) {
  let tables = await tablesOf(runtime, each, object);
  const later = each.tables.filter((known) => !tables.has(known.name) && known.sql !== "");
  if (each.sqlite && later.length > 0) {
    await runtime.ask(each.name, object, ...later.map(({ sql }) => ({ what: "sql", sql })));
    tables = await tablesOf(runtime, each, object);
  }
  const made = later.map(({ name }) => name).filter((name) => tables.has(name));
  if (styleOf(each) === "none") return { tables, later: made, empty: tables.size === 0 ? [] : ["no rows were made up, for the class does not start any more with such"] };
  const without = [];
  for (const [name, columns] of tables) if ((await filled(runtime, each, object, rows, name, columns)) !== undefined) without.push([name, columns]);
  const empty = [];
  // A table may refer to one that was made after it, which has rows by now.
  for (const [name, columns] of without) {
    const why = await filled(runtime, each, object, rows, name, columns);
    if (why !== undefined) empty.push(`no row could be made up for ${name} (${why})`);
  }
  return { tables, later: made, empty };
}

/** Makes the indexes that one side's code has on tables that it makes only later. */
export async function index(runtime, each, object, side, later) {
  const wanted = (side === "old" ? each.oldIndexes : each.newIndexes).filter(({ table }) => later.includes(table));
  if (wanted.length > 0) await runtime.ask(each.name, object, ...wanted.map(({ sql }) => ({ what: "sql", sql })));
}

/** Finds out what made-up texts the class can read back when it starts. */
export async function styled(runtime, each) {
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
  const insert = insertOf(name, columns, timesOf(each)(name), styleOf(each));
  const values = Array.from({ length: rows }, (_, i) => insert.values(i + 1));
  const [many] = await runtime.ask(each.name, object, { what: "all", sql: insert.sql, values });
  if (many.error === undefined) return undefined;
  const [one] = await runtime.ask(each.name, object, { what: "all", sql: insert.sql, values: values.slice(0, 1) });
  return one.error;
}

/** Returns the inserts of one side's code that can be called with made-up values, each once though it stands in several places. */
const insertsOf = (each, side, tables) =>
  [...new Set(side === "old" ? each.oldInserts : each.newInserts)].map((sql) => ownInsert(sql, (table) => tables.get(table), timesOf(each), styleOf(each))).filter((insert) => insert !== undefined);

export async function inserts(runtime, each, object, side, tables, n) {
  const known = insertsOf(each, side, tables);
  const answers = known.length === 0 ? [] : await runtime.ask(each.name, object, ...known.map(({ sql, values }) => ({ what: "sql", sql, values: values(n) })));
  return known.map((insert, i) => ({ ...insert, error: answers[i].error, written: answers[i].value?.written }));
}

export function wrongInserts(done, was = []) {
  const wrong = done.filter((insert) => insert.error !== undefined && was.find((old) => old.sql === insert.sql)?.error === undefined);
  if (wrong.length > 0) throw new Error(`an insert into ${wrong[0].table} fails: ${wrong[0].error}`);
  return done.length;
}

/** A row from the middle of each table: what the first one holds is found at once, whatever the plan. */
export async function someRows(runtime, each, object, tables) {
  const answers = await runtime.ask(each.name, object, ...[...tables.keys()].map((name) => ({ what: "sql", sql: `SELECT * FROM ${quoted(name)} LIMIT 1 OFFSET (SELECT COUNT(*) / 2 FROM ${quoted(name)})` })));
  return new Map([...tables.keys()].map((name, i) => [name, answers[i].value?.rows[0]]));
}

export const total = (some) => [...some.values()].reduce((sum, n) => sum + Math.max(0, n), 0);

/** The table of jobs that wait for dopi's shared alarm: what is made up there is due or of no job, and goes with the first alarm. */
const JOBS = "alarm_jobs";

export function lost(from, to) {
  const gone = [...from].filter(([name, n]) => name !== JOBS && (to.get(name) ?? -1) < n).map(([name, n]) => `${name} had ${n} rows and has ${Math.max(0, to.get(name) ?? 0)}`);
  if (gone.length > 0) throw new Error(`rows are gone: ${gone.join(", ")}`);
}
