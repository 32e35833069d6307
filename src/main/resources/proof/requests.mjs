// What the objects answer to calls of their methods and to a plain request, under the old code and under the new.
import { fill } from "./tables.mjs";
import { notRun } from "./telling.mjs";

export const CALLED_OLD = { name: "dopi: called under the old code" };

export const CALLED_NEW = { name: "dopi: called under the new code" };

/** So many methods that do not answer are waited for; the others are then not called. */
const MOST_LATE = 3;

export async function calls(runtime, each, object) {
  const { methods } = await runtime.one(each.name, object, { what: "hello" });
  const outcomes = new Map();
  let late = 0;
  // A method that asks for arguments gets a text for each: what that comes to is the same under both codes.
  for (const [method, asked] of methods.filter(([name]) => each.rpcMethods.includes(name))) {
    const values = Array(asked).fill("dopi");
    const outcome = await runtime.call(each.name, object, method, values);
    outcomes.set(`${method}(${values.map((value) => JSON.stringify(value)).join(", ")})`, outcome);
    if (outcome.late) late += 1;
    if (late === MOST_LATE) break;
  }
  return outcomes;
}

export async function requests(runtime, each, seen) {
  const object = CALLED_NEW;
  if (!seen?.answers) await fill(runtime, each, object, 12);
  const now = await calls(runtime, each, object);
  const fetched = await runtime.fetch(each.name, object, "/");
  const broken = [];
  for (const [method, { error }] of now) {
    if (error !== undefined && (seen?.calls.has(method) ? seen.calls.get(method).error === undefined : false)) broken.push(`${method} throws ${error}`);
  }
  if (fetched.error !== undefined && seen?.fetched !== undefined && seen.fetched.error === undefined) broken.push(`GET / throws ${fetched.error}`);
  if (broken.length > 0) throw new Error(`${broken.join("; ")}; not so with the old code`);
  const answers = [...now].map(([method, { error }]) => `${method} ${error === undefined ? "returns" : seen === undefined ? "throws" : "throws, as before"}`);
  if (answers.length === 0 && hasNone(fetched)) return notRun("it has no fetch() and no method that another Worker may call");
  answers.push(answered(fetched));
  return answers.join(", ");
}

const hasNone = ({ value }) => value?.status === 501 && value.body.startsWith("this class has no");

function answered({ value, error }) {
  if (value === undefined) return `GET / answers with an error (${error})`;
  if (hasNone({ value })) return "it has no fetch()";
  return `GET / answers ${value.status === 101 ? "with a WebSocket" : value.status}`;
}
