// Fills the two patterns' test templates for the fixtures and runs them in workerd: red on before/, green on after/,
// under each generation of the test package; tsc (strict) must accept them too.
//
//   node generated.mjs LAB [SET…] [CASE…]     LAB holds one folder a set (new, mid, old), each with its node_modules
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const fixtures = join(here, "../fixtures/ttl-cleanup");
const catalog = join(here, "../../main/java/dev/dopi/catalog");
const [lab, ...named] = process.argv.slice(2);
const wanted = (names) => (names.some((name) => named.includes(name)) ? names.filter((name) => named.includes(name)) : names);

const plugin = `import { cloudflareTest } from "PACKAGE";
import { defineConfig } from "vitest/config";
export default defineConfig({ plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.jsonc" } })], test: { include: ["test/**/*.test.ts"] } });
`;
const sets = {
  new: { flags: { EVICT: true, MODERN: true }, package: "@cloudflare/vitest-plugin", config: plugin },
  mid: { flags: { EVICT: false, MODERN: true }, package: "@cloudflare/vitest-pool-workers", config: plugin },
  old: {
    flags: { EVICT: false, MODERN: false }, package: "@cloudflare/vitest-pool-workers",
    config: `import { defineWorkersConfig } from "@cloudflare/vitest-pool-workers/config";
export default defineWorkersConfig({ test: { include: ["test/**/*.test.ts"], poolOptions: { workers: { wrangler: { configPath: "./wrangler.jsonc" } } } } });
`,
  },
};

/** Keeps or drops the sections, then fills the names in; one left over is an error. */
export function fill(template, flags, values) {
  const kept = [];
  const open = [];
  for (const line of template.split("\n")) {
    const mark = /^\/\/ \{\{([#^/])(\w+)\}\}$/.exec(line);
    if (mark === null) {
      if (open.every(Boolean)) kept.push(line);
    } else if (mark[1] === "/") open.pop();
    else open.push(Boolean(flags[mark[2]]) === (mark[1] === "#"));
  }
  const all = { EVICTS: flags.EVICT ? "evictDurableObject, " : "", ...values };
  return kept.join("\n").replace(/\{\{(\w+)\}\}/g, (_, name) => {
    if (all[name] === undefined) throw new Error(`No value for ${name}`);
    return all[name];
  });
}

const common = { CLASS: "ChatRoom", BINDING: "ROOM", TABLE: "messages", TABLE_SQL: "messages", TTL: "30 * 24 * 60 * 60 * 1000" };
const timestamp = (expression) => ({
  flags: { SLEEPS: true, NUMBERED: true },
  values: { ...common, INSERT: '"INSERT INTO messages (body, created_at) VALUES (?, ?)"', VALUES: ", `body ${n}`, " + expression },
});
const ttlTemplate = readFileSync(join(catalog, "ttlcleanup/ttl-cleanup.test.ts.txt"), "utf8");
const indexTemplate = readFileSync(join(catalog, "sqlindex/sql-index.test.ts.txt"), "utf8");
const cases = {
  "timestamp-column": timestamp("time"),
  "timestamp-seconds": timestamp("Math.floor(time / 1000)"),
  "timestamp-iso-text": timestamp("new Date(time).toISOString()"),
  "timestamp-sqlite-text": timestamp('new Date(time).toISOString().slice(0, 19).replace("T", " ")'),
  "expires-column": {
    flags: { SLEEPS: true, NUMBERED: true, ADDED_COLUMN: true, OLD_NUMBERED: true, OLD_TIMED: true },
    values: {
      ...common,
      INSERT: '"INSERT INTO messages (body, created_at, expires_at) VALUES (?, ?, ?)"', VALUES: ", `body ${n}`, time, time + TTL_MS",
      OLD_TABLE: '"CREATE TABLE messages(id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL, created_at INTEGER NOT NULL)"',
      OLD_INSERT: '"INSERT INTO messages (body, created_at) VALUES (?, ?)"', OLD_VALUES: ", `body ${n}`, time", COLUMN_SQL: "expires_at",
    },
  },
  "own-alarm-timeout": timestamp("time"),
  "own-alarm-periodic": timestamp("time"),
  "own-alarm-guarded": { ...timestamp("time"), flags: { NUMBERED: true } },
  "plain-class": timestamp("time"),
  "plain-javascript": timestamp("time"),
};

const quiet = {
  CI: "1", NO_COLOR: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_SEND_ERROR_REPORTS: "false", WRANGLER_HIDE_BANNER: "true",
  WRANGLER_WRITE_LOGS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false",
};
let wrong = 0;
function say(good, text, detail = "") {
  console.log(`${good ? "ok   " : "WRONG"} ${text}${good ? "" : `\n${detail}`}`);
  if (!good) wrong++;
}

function layOut(set, name, side) {
  const work = join(lab, set, "work", name, side);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, "test"), { recursive: true });
  writeFileSync(join(work, "vitest.config.mts"), sets[set].config.replace("PACKAGE", sets[set].package));
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify({
    compilerOptions: {
      target: "ES2023", lib: ["ES2023"], module: "ESNext", moduleResolution: "Bundler", strict: true, noUncheckedIndexedAccess: true,
      noUnusedLocals: true, noUnusedParameters: true, noImplicitReturns: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: true, allowJs: true,
      types: ["@cloudflare/workers-types", sets[set].package + (set === "old" ? "" : "/types")],
    },
    include: ["src", "test"],
  }));
  return work;
}

function run(set, work) {
  const bin = join(lab, set, "node_modules");
  const options = { cwd: work, env: { ...process.env, ...quiet, XDG_CONFIG_HOME: join(lab, "config") }, encoding: "utf8", timeout: 180_000 };
  const tsc = spawnSync(process.execPath, [join(bin, "typescript/bin/tsc"), "-p", "."], options);
  const ran = spawnSync(process.execPath, [join(bin, "vitest/vitest.mjs"), "run", "--reporter=json", "--outputFile=result.json"], options);
  const path = join(work, "result.json");
  if (!existsSync(path)) return { tsc, passed: 0, failed: [], broken: `${ran.stdout}\n${ran.stderr}` };
  const tests = JSON.parse(readFileSync(path, "utf8")).testResults.flatMap((file) => file.assertionResults);
  return {
    tsc, passed: tests.filter((test) => test.status === "passed").length, failed: tests.filter((test) => test.status !== "passed"),
    broken: tests.length === 0 ? `${ran.stdout}\n${ran.stderr}` : undefined,
  };
}

function judge(set, name, sides) {
  for (const [side, work] of Object.entries(sides)) {
    const { tsc, passed, failed, broken } = run(set, work);
    if (broken !== undefined) say(false, `${set} ${name} ${side}: no test ran`, broken.slice(-1500));
    else if (side === "before") say(failed.length > 0, `${set} ${name}: red before, ${failed.length} of ${passed + failed.length} fail`);
    else say(failed.length === 0, `${set} ${name}: green after, ${passed} of ${passed + failed.length} pass`, failed.map((test) => `${test.title}: ${test.failureMessages[0]?.slice(0, 300)}`).join("\n"));
    if (tsc.status !== 0) say(false, `${set} ${name} ${side}: tsc`, tsc.stdout.slice(0, 1500));
  }
}

const older = (text) => text.replace(/"compatibility_date": "[^"]*"/, '"compatibility_date": "2026-01-01"');

function proveIndexes(set) {
  const sides = {};
  for (const side of ["before", "after"]) {
    const work = (sides[side] = layOut(set, "sql-index", side));
    cpSync(join(fixtures, "timestamp-column/before"), work, { recursive: true });
    const index = join(work, "src/index.ts");
    if (set !== "new") writeFileSync(join(work, "wrangler.jsonc"), older(readFileSync(join(work, "wrangler.jsonc"), "utf8")));
    if (side === "after") {
      writeFileSync(index, readFileSync(index, "utf8").replace("    `);\n  }", `    \`);
    this.ctx.storage.sql.exec("CREATE INDEX IF NOT EXISTS idx_messages_body_created_at ON messages(body, created_at)");
  }`));
    }
    writeFileSync(join(work, "test/indexes.test.ts"), fill(indexTemplate, sets[set].flags, {
      ...common,
      QUERIES: [
        { where: "src/index.ts:31", sql: "SELECT id FROM messages WHERE body = ? ORDER BY created_at DESC LIMIT ?", bindings: ["a", 20], index: "idx_messages_body_created_at" },
        { where: "src/index.ts:44", sql: "SELECT COUNT(*) FROM messages WHERE body = ? AND created_at > ?", bindings: ["a", null], index: "idx_messages_body_created_at" },
      ].map((query) => JSON.stringify(query)).join(",\n  "),
    }));
  }
  judge(set, "sql-index", sides);
}

for (const set of wanted(Object.keys(sets))) {
  for (const name of wanted([...Object.keys(cases), "sql-index"])) {
    if (name === "sql-index") {
      proveIndexes(set);
      continue;
    }
    const { flags, values } = cases[name];
    const sides = {};
    for (const side of ["before", "after"]) {
      const work = (sides[side] = layOut(set, name, side));
      cpSync(join(fixtures, name, side), work, { recursive: true });
      if (set !== "new") writeFileSync(join(work, "wrangler.jsonc"), older(readFileSync(join(work, "wrangler.jsonc"), "utf8")));
      writeFileSync(join(work, "test/messages-cleanup.test.ts"), fill(ttlTemplate, { ...sets[set].flags, ...flags }, values));
    }
    judge(set, name, sides);
  }
}
process.exit(wrong === 0 ? 0 : 1);
