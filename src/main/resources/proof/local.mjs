// Objects that the project has on this machine already; what is looked at is a copy.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { counts, lost, tablesOf } from "./tables.mjs";
import { before, part, plural, said } from "./telling.mjs";

const MOST_LOCAL = 40;

export function localObjects(storage, worker, each) {
  const folder = join(storage, "v3", "do", `${worker}-${each.name}`);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((file) => /^([0-9a-f]{64})\.sqlite$/.exec(file)?.[1]).filter((id) => id !== undefined).slice(0, MOST_LOCAL).map((id) => ({ id }));
}

export async function localState(runtime, classes, local, seen, now) {
  for (const each of classes) {
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
