// Runs each ttl-cleanup and websocket-hibernation fixture that has a proof or mutants in workerd, with its generated tests beside: it must be red
// on before/, green on after/, and red on every mutant of after/.
//
//   node prove.mjs LAB [CASE…]     LAB: a folder whose node_modules holds vitest and @cloudflare/vitest-plugin
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
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

let wrong = 0;
function say(good, text, failed = []) {
  console.log(`${good ? "ok   " : "WRONG"} ${text}`);
  if (!good) {
    wrong++;
    for (const test of failed) console.log(`      ${test.fullName}: ${test.failureMessages[0]?.split("\n").slice(0, 3).join(" | ")}`);
  }
}

/** Lays a side of a case out as a project with its proof, or with its generated tests where it has none. */
function layOut(work, name, side, change = (text) => text) {
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
}

/** Runs the tests of all sides below `root` in one go, and returns what became of them by side. */
function runAll(root, sides) {
  writeFileSync(join(root, "vitest.config.mts"), `import { defineConfig } from "vitest/config";\nexport default defineConfig({ test: { projects: ["*/vitest.config.mts"] } });\n`);
  const ran = spawnSync(process.execPath, [join(lab, "node_modules/vitest/vitest.mjs"), "run", "--reporter=json", "--outputFile=result.json"], {
    cwd: root, env: { ...process.env, ...quiet, XDG_CONFIG_HOME: join(lab, "config") }, encoding: "utf8", timeout: 900_000,
  });
  if (!existsSync(join(root, "result.json"))) throw new Error(`${root}: vitest wrote no result\n${ran.stdout}\n${ran.stderr}`);
  const outcome = new Map(sides.map((side) => [side, { passed: 0, failed: [] }]));
  for (const file of JSON.parse(readFileSync(join(root, "result.json"), "utf8")).testResults) {
    const side = outcome.get(sides[Number(relative(realpathSync(root), file.name).split("-")[0])]);
    side.passed += file.assertionResults.filter((test) => test.status === "passed").length;
    side.failed.push(...file.assertionResults.filter((test) => test.status !== "passed"));
    if (file.assertionResults.length === 0) side.broken = `${file.name}: ${file.message}`;
  }
  return outcome;
}

for (const name of cases) {
  const faults = process.env.MUTANTS === "0" ? [] : mutants(name.split("/")[1]);
  const sides = ["before", "after", ...faults.map((mutant) => `mutant "${mutant.name}"`)];
  const root = join(lab, "work", name);
  rmSync(root, { recursive: true, force: true });
  const changed = new Set();
  sides.forEach((side, index) => {
    const mutant = faults[index - 2];
    layOut(join(root, `${index}-${side.replaceAll(/\W+/g, "-")}`), name, side, (text, file) => {
      if (mutant === undefined || (mutant.file !== undefined && mutant.file !== file) || !text.includes(mutant.from)) return text;
      changed.add(side);
      return text.replace(mutant.from, mutant.to);
    });
  });
  const outcome = runAll(root, sides);
  for (const [side, { passed, failed, broken }] of outcome) {
    const all = passed + failed.length;
    if (broken !== undefined || all === 0) say(false, `${name}: ${side} ran no test: ${broken}`);
    else if (side === "before") say(failed.length > 0, `${name}: before is red, ${failed.length} of ${all} fail`);
    else if (side === "after") say(failed.length === 0, `${name}: after is green, ${passed} of ${all} pass`, failed);
    else if (!changed.has(side)) say(false, `${name}: ${side} changes nothing`);
    else say(failed.length > 0, `${name}: ${side} is caught by ${failed.length}: ${failed[0]?.fullName ?? "none"}`);
  }
}
process.exit(wrong === 0 ? 0 : 1);
