// The same stored objects under the old code, the new, the old again and the new again, in real workerd with real alarms.
//
//   node upgrade.mjs LAB [CASE…]     LAB: a folder whose node_modules holds miniflare and esbuild
//
// The periods of the fixtures are cut to seconds; nothing else of their code is changed.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const only = process.argv.slice(3);
const here = dirname(fileURLToPath(import.meta.url));
const fixtures = join(here, "../fixtures");
const lab = process.argv[2];
const require = createRequire(join(lab, "package.json"));
const { build } = require("esbuild");
const { Miniflare, convertV4MiniflareOptions } = require("miniflare");

const QUICK = {
  MESSAGES_TTL_MS: 3_000, MESSAGES_CLEANUP_MS: 1_000, TURN_MS: 2_500, REPORT_MS: 1_500, DIGEST_MS: 2_500, VOTE_MS: 2_000,
};

/** A fault that the new code is given, in a run that has to notice it. */
let fault;

/** Bundles a side of a case, with its periods cut and a way in for this script: SQL, method calls and the platform's alarm. */
async function bundle(name, side, change = (text) => text) {
  const quicken = {
    name: "quicken",
    setup(b) {
      b.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        let text = readFileSync(path, "utf8");
        if (fault !== undefined && side === "after" && text.includes(fault.from)) {
          text = text.replace(fault.from, fault.to);
          fault.put = true;
        }
        if (!path.endsWith("index.ts")) return { contents: text, loader: "ts" };
        for (const [constant, value] of Object.entries(QUICK)) text = text.replace(new RegExp(`const ${constant} = [^;]*;`), `const ${constant} = ${value};`);
        text = change(text)
          .replace(/export class ChatRoom extends DurableObject<Env> \{/, `$&
  async $sql(query: string, ...values: any[]) { return this.ctx.storage.sql.exec(query, ...values).toArray(); }
  async $alarm() { return this.ctx.storage.getAlarm(); }
`)
          .replace(/export default \{[\s\S]*$/, `export default { async fetch(request: Request, env: any) {
  const [object, method, ...values] = await request.json<any>();
  try { return Response.json({ value: await env.ROOM.getByName(object)[method](...values) }); }
  catch (error) { return Response.json({ error: String(error) }); }
} };`);
        return { contents: text, loader: "ts" };
      });
    },
  };
  const out = await build({
    entryPoints: [join(fixtures, name.includes("/") ? name : `ttl-cleanup/${name}`, side, "src/index.ts")], bundle: true, write: false, format: "esm", target: "es2022",
    external: ["cloudflare:*"], plugins: [quicken],
  });
  return out.outputFiles[0].text;
}

let failures = 0;
let noticed = [];
function check(good, text) {
  if (fault !== undefined) {
    if (!good) noticed.push(text);
    return;
  }
  console.log(`${good ? "ok   " : "WRONG"} ${text}`);
  if (!good) failures++;
}
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** One Worker process over stored objects. */
class Running {
  static async over(folder, script) {
    const running = new Running();
    running.mf = new Miniflare({
      ...convertV4MiniflareOptions({
        modules: true, script, compatibilityDate: "2026-10-15", durableObjects: { ROOM: { className: "ChatRoom", useSQLite: true } },
      }),
      resourcePersistencePath: folder,
    });
    await running.mf.ready;
    return running;
  }
  async call(object, method, ...values) {
    const answer = await (await this.mf.dispatchFetch("http://x", { method: "POST", body: JSON.stringify([object, method, ...values]) })).json();
    if (answer.error) throw new Error(answer.error);
    return answer.value;
  }
  async bodies(object) {
    return (await this.call(object, "$sql", "SELECT body FROM messages ORDER BY id")).map((row) => row.body);
  }
  stop() {
    return this.mf.dispose();
  }
}

/** Plays a scene, and again with each of `faults` in the new code, which it has to notice. */
async function scene(title, steps, faults = []) {
  if (only.length > 0 && !only.some((name) => title.startsWith(name))) return;
  await play(title, steps);
  for (const each of faults) {
    fault = { ...each };
    noticed = [];
    await play(`${title}, when ${each.name}`, steps);
    const { put } = fault;
    fault = undefined;
    check(put === true && noticed.length > 0, put === true ? `when ${each.name}, not so: ${noticed.join("; ") || "all as before"}` : `the fault "${each.name}" changes nothing`);
  }
}

async function play(title, steps) {
  const folder = mkdtempSync(join(tmpdir(), "upgrade-"));
  console.log(`-- ${title}`);
  try {
    await steps(folder);
  } catch (error) {
    check(false, `${title}: ${error.stack}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await scene("expires-column: old, new, old, new", async (folder) => {
  const [before, after] = [await bundle("expires-column", "before"), await bundle("expires-column", "after")];
  let worker = await Running.over(folder, before);
  await worker.call("a", "post", "by old code");
  await worker.stop();

  worker = await Running.over(folder, after);
  check((await worker.bodies("a")).join() === "by old code", "the old object opens under the new code with its rows");
  await worker.call("a", "post", "by new code");
  await worker.call("born new", "post", "by new code");
  await worker.stop();

  worker = await Running.over(folder, before);
  await worker.call("a", "post", "by old code again");
  await worker.call("born new", "post", "by old code");
  check((await worker.bodies("born new")).length >= 1, "after a rollback the old code still reads and inserts");
  await worker.stop();

  worker = await Running.over(folder, after);
  check((await worker.bodies("born new")).includes("by old code"), "the new code takes the rows of the rollback");
  await worker.bodies("a"); // the old code has no alarm(), so the platform gave the alarm up: the object has to be woken once
  await sleep(9_000); // dated within 1 s, expired 3 s later, removed within 1 s more; the object is left alone
  check((await worker.bodies("a")).length === 0 && (await worker.bodies("born new")).length === 0, "and all rows expire in the end, without a request");
  check((await worker.call("a", "$alarm")) === null, "and then the object sleeps");
  await worker.stop();
});

await scene("timestamp-column: an idle object of the old code, restarted under the new", async (folder) => {
  let worker = await Running.over(folder, await bundle("timestamp-column", "before"));
  for (const body of ["one", "two"]) await worker.call("a", "post", body);
  await worker.stop();
  worker = await Running.over(folder, await bundle("timestamp-column", "after"));
  check((await worker.bodies("a")).length === 2, "the rows are there");
  const due = await worker.call("a", "$alarm");
  check(due !== null, "the alarm is set although nothing was inserted");
  await worker.stop();
  worker = await Running.over(folder, await bundle("timestamp-column", "after"));
  await sleep(6_000);
  check((await worker.bodies("a")).length === 0, "the alarm outlives a restart and cleans with no request");
  await worker.stop();
});

await scene("own-alarm-timeout: a turn begun under the old code ends under the new, on time and once", async (folder) => {
  let worker = await Running.over(folder, await bundle("own-alarm-timeout", "before"));
  await worker.call("a", "post", "old");
  await worker.call("a", "startTurn", "Ada");
  const ends = await worker.call("a", "$alarm");
  await worker.stop();
  worker = await Running.over(folder, await bundle("own-alarm-timeout", "after"));
  check((await worker.call("a", "turnEnds")) === ends, "the turn's time is the same after the upgrade");
  await sleep(Math.max(0, ends - Date.now() - 400));
  check(!(await worker.bodies("a")).includes("Ada ran out of time"), "the turn does not end early");
  await sleep(Math.max(0, ends - Date.now() + 700));
  check((await worker.bodies("a")).filter((body) => body === "Ada ran out of time").length === 1, "it ends on time, once");
  // A turn that is longer than what is left of the messages: the cleanup fires in between.
  await sleep(1_000);
  await worker.call("a", "post", "short-lived");
  await sleep(1_500);
  await worker.call("a", "startTurn", "Bob");
  const second = await worker.call("a", "turnEnds");
  await sleep(second - Date.now() - 300);
  const early = await worker.bodies("a");
  check(!early.includes("short-lived"), "a cleanup ran before the turn's end");
  check(!early.includes("Bob ran out of time") && (await worker.call("a", "turnEnds")) === second, "and the turn was not ended or moved by it");
  await sleep(second - Date.now() + 700);
  check((await worker.bodies("a")).includes("Bob ran out of time"), "the second turn ends on time");
  await sleep(6_000);
  check((await worker.bodies("a")).length === 0 && (await worker.call("a", "$alarm")) === null, "then all is cleaned and the object sleeps");
  await worker.stop();
});

await scene("own-alarm-periodic: the platform's retry of a handler that throws", async (folder) => {
  const note = (text) => text.replace(/(async (?:#onAlarm|alarm)\(info\?: AlarmInvocationInfo\): Promise<void> \{)(?!\s*await this\.#alarms)/, `$1
    this.ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS calls(at INTEGER, retry INTEGER, scheduled INTEGER)");
    this.ctx.storage.sql.exec("INSERT INTO calls VALUES (?, ?, ?)", Date.now(), info?.retryCount ?? -1, info?.scheduledTime ?? -1);`);
  const outcome = {};
  for (const side of ["before", "after"]) {
    const worker = await Running.over(join(folder, side), await bundle("own-alarm-periodic", side, note));
    await worker.call("a", "post", "hello");
    await worker.call("a", "setBackend", false);
    await worker.call("a", "start");
    const due = await worker.call("a", "$alarm");
    await sleep(due - Date.now() + 200);
    for (let n = 0; n < 7; n++) { // requests, and inserts, while the platform waits to call again
      await worker.call("a", "post", `meanwhile ${n}`);
      await sleep(1_000);
    }
    await worker.call("a", "setBackend", true);
    await sleep(10_500);
    const calls = await worker.call("a", "$sql", "SELECT at, retry, scheduled FROM calls ORDER BY rowid");
    outcome[side] = { due, calls, bodies: await worker.bodies("a"), reports: (await worker.call("a", "$sql", "SELECT at FROM reports")).length };
    console.log(`      ${side}: ${calls.slice(0, 6).map((call) => `+${call.at - due} ms try ${call.retry}`).join(", ")}`);
    await worker.stop();
  }
  const tries = (side) => outcome[side].calls.slice(0, 4).map((call) => call.retry).join();
  check(tries("before") === "0,1,2,3" && tries("after") === "0,1,2,3", `the same tries before and after: ${tries("before")} / ${tries("after")}`);
  const gap = (side, n) => outcome[side].calls[n].at - outcome[side].calls[n - 1].at;
  for (const n of [1, 2, 3]) check(Math.abs(gap("after", n) - gap("before", n)) < 0.6 * gap("before", n), `the pause before try ${n} is the platform's: ${gap("before", n)} / ${gap("after", n)} ms`);
  check(outcome.after.reports > 0, "and it reports again when the backend is back");
  check(outcome.after.calls[0].scheduled === outcome.after.due, "the handler is told its own time");
  check(outcome.after.bodies.length < outcome.before.bodies.length, `the cleanup went on meanwhile: ${outcome.before.bodies.length} rows before, ${outcome.after.bodies.length} after`);
});

await scene("own-alarm-guarded: eight seconds of old, new, old, new", async (folder) => {
  const [before, after] = [await bundle("own-alarm-guarded", "before"), await bundle("own-alarm-guarded", "after")];
  for (const script of [before, after, before, after]) {
    const worker = await Running.over(folder, script);
    const had = (await worker.call("a", "digests")) ?? 0;
    await worker.call("a", "post", "hello");
    await sleep(6_000);
    const sent = ((await worker.call("a", "digests")) ?? 0) - had;
    check(sent >= 2 && sent <= 3, `${sent} digests in 6 s at one each 2.5 s under ${script === after ? "the new" : "the old"} code`);
    await worker.stop();
  }
});

await scene("delay-that-writes: calls that the new code stored, under old code that has no alarm()", async (folder) => {
  const noted = (text) => text.replace("super(ctx, env);", `super(ctx, env);
    ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS wakes(at INTEGER)");
    ctx.storage.sql.exec("INSERT INTO wakes VALUES (?)", Date.now());`);
  const name = "websocket-hibernation/delay-that-writes";
  const [before, after] = [await bundle(name, "before", noted), await bundle(name, "after", noted)];
  const open = async (worker, object) => (await worker.call(object, "open")).join();
  let worker = await Running.over(folder, before);
  await worker.call("a", "ask", "by old code");
  await worker.stop();

  worker = await Running.over(folder, after);
  check((await open(worker, "a")) === "by old code", "the old object opens under the new code");
  check((await worker.call("a", "$alarm")) === null, "and sets no alarm, since nothing waits");
  await worker.call("a", "ask", "by new code");
  await worker.call("born new", "ask", "by new code");
  const due = await worker.call("a", "$alarm");
  check(due !== null, "the new code's delay waits in storage");
  await worker.stop();

  worker = await Running.over(folder, before);
  check((await open(worker, "a")) === "by old code,by new code" && (await open(worker, "born new")) === "by new code", "after a rollback the old code reads what the new wrote");
  const wakes = async (object) => (await worker.call(object, "$sql", "SELECT at FROM wakes WHERE at > ?", due - 60_000)).length;
  const woken = await wakes("a");
  await sleep(due - Date.now() + 4_000);
  await worker.call("a", "ask", "by old code again");
  check((await open(worker, "a")) === "by old code,by new code,by old code again" && (await open(worker, "born new")) === "by new code", "it answers after the alarm that it has no handler for");
  check((await worker.call("a", "$alarm")) === null && (await wakes("a")) <= woken + 1, "which the platform gave up at once, and did not repeat");
  await worker.stop();

  worker = await Running.over(folder, after);
  for (const object of ["a", "born new"]) await worker.call(object, "open"); // woken once
  await sleep(1_500);
  check((await open(worker, "a")) === "by old code,by old code again", "under the new code again the call that was let pass is made; timers of the old code are gone, as ever");
  check((await open(worker, "born new")) === "", "and so for an object that the new code made");
  check((await worker.call("a", "$alarm")) === null && (await worker.call("born new", "$alarm")) === null, "and then the objects sleep");
  await worker.stop();
}, [
  { name: "the alarm of what waits is never set again", from: "if (next !== undefined) await alarms.wakeBy(JOB, next.run_at);", to: "void next;" },
  { name: "each wake sets an alarm", from: "if (next !== undefined) await alarms.wakeBy(JOB, next.run_at);", to: "await ctx.storage.setAlarm(Date.now() + 60_000);" },
  { name: "the call is a timer", from: 'this.#calls.later("askLater", VOTE_MS, { question });', to: "setTimeout(() => this.close(question), VOTE_MS);" },
]);

await scene("given up: an alarm that the platform gave up after its retries is not called again", async (folder) => {
  const note = (text) => text.replace(/(async (?:#onAlarm|alarm)\(info\?: AlarmInvocationInfo\): Promise<void> \{)(?!\s*await this\.#alarms)/, `$1
    this.ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS calls(at INTEGER)");
    this.ctx.storage.sql.exec("INSERT INTO calls VALUES (?)", Date.now());`);
  const worker = await Running.over(folder, await bundle("own-alarm-periodic", "after", note));
  const calls = async () => (await worker.call("a", "$sql", "SELECT at FROM calls")).length;
  await worker.call("a", "setBackend", false);
  await worker.call("a", "start");
  for (const end = Date.now() + 175_000; Date.now() < end; await sleep(5_000)) await worker.call("a", "post", "meanwhile");
  check((await calls()) === 7, `${await calls()} calls, then the platform gave up`);
  await worker.call("a", "setBackend", true);
  await worker.call("a", "post", "after");
  await sleep(14_000); // evicted meanwhile
  check((await calls()) === 7, "a cleanup, a request and a new start of the object do not bring it back");
  check((await worker.bodies("a")).length === 0, "the cleanup goes on");
  await worker.call("a", "start");
  await sleep(3_500);
  check((await worker.call("a", "$sql", "SELECT at FROM reports")).length >= 1, "set again, it runs again");
  await worker.stop();
});

console.log(failures === 0 ? "all as wanted" : `${failures} not as wanted`);
process.exit(failures === 0 ? 0 : 1);
