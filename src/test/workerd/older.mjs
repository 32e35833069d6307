// The form of rpc-metadata for a runtime that tells no object its name, run in such a runtime: red on before/, green on
// after/, and tsc (strict) accepts it.
//
//   node older.mjs LAB     LAB/old/node_modules is the set "old" of generated.mjs (workerd 1.20260310)
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const fixture = join(dirname(fileURLToPath(import.meta.url)), "../fixtures/rpc-metadata/older-runtime");
const lab = join(process.argv[2], "old");
const bin = join(lab, "node_modules");
const generated = "test/chat-room.rpc-metadata.test.ts";
const quiet = {
  CI: "1", NO_COLOR: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", WRANGLER_WRITE_LOGS: "false",
  CLOUDFLARE_CF_FETCH_ENABLED: "false", XDG_CONFIG_HOME: join(lab, "config"),
};

function run(side) {
  const work = join(lab, "work", "rpc-older", side);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, "test"), { recursive: true });
  cpSync(join(fixture, side), work, { recursive: true });
  cpSync(join(fixture, "after", generated), join(work, generated));
  writeFileSync(join(work, "test/proof.test.ts"), readFileSync(join(fixture, "proof.test.ts"), "utf8").replace("./src/", "../src/"));
  writeFileSync(join(work, "vitest.config.mts"), `import { defineWorkersConfig } from "@cloudflare/vitest-pool-workers/config";
export default defineWorkersConfig({ test: { poolOptions: { workers: { wrangler: { configPath: "./wrangler.jsonc" } } } } });
`);
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify({
    compilerOptions: {
      target: "ES2023", lib: ["ES2023", "ESNext.Disposable"], module: "ESNext", moduleResolution: "Bundler", strict: true,
      noUnusedLocals: true, noUnusedParameters: true, noEmit: true, skipLibCheck: true,
      types: ["@cloudflare/workers-types", "@cloudflare/vitest-pool-workers"],
    },
    include: ["src", "test"],
  }));
  const options = { cwd: work, env: { ...process.env, ...quiet }, encoding: "utf8", timeout: 180_000 };
  const tsc = spawnSync(process.execPath, [join(bin, "typescript/bin/tsc"), "-p", "."], options);
  spawnSync(process.execPath, [join(bin, "vitest/vitest.mjs"), "run", "--reporter=json", "--outputFile=result.json"], options);
  const tests = JSON.parse(readFileSync(join(work, "result.json"), "utf8")).testResults.flatMap((file) => file.assertionResults);
  const failed = tests.filter((test) => test.status !== "passed");
  console.log(`${side}: tsc ${tsc.status}, ${tests.length - failed.length} of ${tests.length} tests pass`);
  failed.forEach((test) => console.log(`  ${side} fails: ${test.fullName}`));
  if (tsc.status !== 0) console.log(tsc.stdout);
  return { tsc: tsc.status, failed: failed.length, all: tests.length };
}

const before = run("before");
const after = run("after");
process.exit(before.failed > 0 && after.tsc === 0 && after.failed === 0 && after.all > 0 ? 0 : 1);
