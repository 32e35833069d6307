import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { basename } from "node:path";

export default defineConfig({
  plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.jsonc" } })],
  // A machine that is busy with more than this is no fault of the code.
  test: { name: basename(import.meta.dirname), include: ["test/**/*.test.{js,ts}"], testTimeout: 30_000, expect: { poll: { timeout: 8_000 } } },
});
