// How SQLite runs the code's queries inside the objects, before and after.
import { parameters } from "./rows.mjs";
import { someRows } from "./tables.mjs";
import { notRun, part, tell } from "./telling.mjs";

/** How SQLite runs the queries inside the object, and what one run of each reads. */
export async function plans(runtime, each, object, queries, rows) {
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

export async function queries(runtime, each, seen, object, tables, later) {
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
    const made = later.length === 0 ? "" : `; the class makes ${later.join(", ")} only later, so the proof made ${later.length === 1 ? "it" : "them"} as its code says`;
    if (prepared === 0) return notRun(`none could be prepared in an object that is as the constructor leaves it: ${unknown[0]}`);
    return `${prepared === 1 ? "1 query" : `${prepared} queries`} prepared${seen === undefined ? "" : better.length === 0 ? ", no plan changed" : `, ${better.length} with another plan`}${rest}${made}`;
  });
}
