// Runs each ttl-cleanup and websocket-hibernation fixture that has a proof or mutants in workerd, with its generated tests beside: it must be red
// on before/, green on after/, and red on every mutant of after/.
//
//   node prove.mjs LAB [CASE…]     LAB: a folder whose node_modules holds vitest and @cloudflare/vitest-plugin
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { mutants } from "./mutants.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const fixtures = join(here, "../fixtures");
const [lab, ...named] = process.argv.slice(2);
const all = ["ttl-cleanup", "websocket-hibernation"].flatMap((pattern) =>
  readdirSync(join(fixtures, pattern))
    .map((name) => `${pattern}/${name}`)
    .filter((name) => existsSync(join(fixtures, name, "proof.test.ts")) || mutants(name.split("/")[1]).length > 0),
);
const cases = named.length > 0 ? all.filter((name) => named.some((each) => name.endsWith(`/${each}`) || name.startsWith(each))) : all;
if (cases.length === 0) throw new Error(`No case is named ${named.join(", ")}; there are ${all.join(", ")}`);

const quiet = {
  CI: "1", NO_COLOR: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_SEND_ERROR_REPORTS: "false", WRANGLER_HIDE_BANNER: "true",
  WRANGLER_WRITE_LOGS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false",
};

/** Lays a side of a case out as a project with its proof, and runs it. */
function run(name, side, change = (text) => text) {
  const work = join(lab, "work", name, side.replaceAll(" ", "-"));
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, "test"), { recursive: true });
  cpSync(join(fixtures, name, side === "before" ? "before" : "after"), work, { recursive: true });
  cpSync(join(here, "vitest.config.mts"), join(work, "vitest.config.mts"));
  for (const shared of ["ttl.ts", "keys.ts"]) cpSync(join(here, shared), join(work, "test", shared));
  const proof = join(fixtures, name, "proof.test.ts");
  if (existsSync(proof)) cpSync(proof, join(work, "test/proof.test.ts"));
  else cpSync(join(fixtures, name, "after/test"), join(work, "test"), { recursive: true });
  for (const file of readdirSync(join(work, "src"))) {
    const path = join(work, "src", file);
    writeFileSync(path, change(readFileSync(path, "utf8"), file));
  }
  const ran = spawnSync(process.execPath, [join(lab, "node_modules/vitest/vitest.mjs"), "run", "--reporter=json", "--outputFile=result.json"], {
    cwd: work, env: { ...process.env, ...quiet, XDG_CONFIG_HOME: join(lab, "config") }, encoding: "utf8", timeout: 180_000,
  });
  if (!existsSync(join(work, "result.json"))) {
    // What never ends is red, too.
    if (ran.error?.code === "ETIMEDOUT") return { passed: 0, failed: [{ fullName: "the time of all tests", failureMessages: ["they did not end"] }] };
    throw new Error(`${name} ${side}: vitest wrote no result\n${ran.stdout}\n${ran.stderr}`);
  }
  const result = JSON.parse(readFileSync(join(work, "result.json"), "utf8"));
  const tests = result.testResults.flatMap((file) => file.assertionResults);
  if (tests.length === 0) throw new Error(`${name} ${side}: no test ran\n${ran.stdout}\n${ran.stderr}`);
  return { passed: tests.filter((test) => test.status === "passed").length, failed: tests.filter((test) => test.status !== "passed"), };
}

let wrong = 0;
function say(good, text, failed = []) {
  console.log(`${good ? "ok   " : "WRONG"} ${text}`);
  if (!good) {
    wrong++;
    for (const test of failed) console.log(`      ${test.fullName}: ${test.failureMessages[0]?.split("\n").slice(0, 3).join(" | ")}`);
  }
}

for (const name of cases) {
  const before = run(name, "before");
  say(before.failed.length > 0, `${name}: before is red, ${before.failed.length} of ${before.failed.length + before.passed} fail`);
  const after = run(name, "after");
  say(after.failed.length === 0, `${name}: after is green, ${after.passed} of ${after.passed + after.failed.length} pass`, after.failed);
  if (process.env.MUTANTS === "0") continue;
  for (const mutant of mutants(name.split("/")[1])) {
    let hits = 0;
    const change = (text, file) => {
      if (mutant.file !== undefined && mutant.file !== file) return text;
      if (!text.includes(mutant.from)) return text;
      hits++;
      return text.replace(mutant.from, mutant.to);
    };
    const ran = run(name, `mutant ${mutant.name}`, change);
    if (hits === 0) say(false, `${name}: mutant "${mutant.name}" changes nothing`);
    else say(ran.failed.length > 0, `${name}: mutant "${mutant.name}" is caught by ${ran.failed.length}: ${ran.failed[0]?.fullName ?? "none"}`);
  }
}
process.exit(wrong === 0 ? 0 : 1);
