// What the proof tells: the parts that it is made of, each with what came of it and how long it took.
import { Dead } from "./runtime.mjs";

/** What was told so far. */
export const parts = [];

/** How long each step took, in milliseconds. */
export const timings = {};

const WORDS = { passed: "ok    ", failed: "FAIL  ", "failed-before": "before", "not-run": "--    " };

export function tell(className, name, verdict, detail, since) {
  parts.push({ className, name, verdict, detail, millis: Date.now() - since });
  console.log(`${WORDS[verdict]} ${className}: ${name}${detail === "" ? "" : `: ${detail}`}`);
}

export async function timed(name, work) {
  const start = Date.now();
  try {
    return await work();
  } finally {
    timings[name] = (timings[name] ?? 0) + Date.now() - start;
  }
}

export const said = (error) => String(error?.message ?? error).split("\n")[0];

/** Runs one part of the proof for one class; what it returns is told, what it throws is a failure. */
export async function part(each, name, work) {
  const start = Date.now();
  try {
    const detail = await work();
    if (detail instanceof Verdict) tell(each.name, name, detail.verdict, detail.detail, start);
    else if (detail !== undefined) tell(each.name, name, "passed", detail, start);
  } catch (error) {
    tell(each.name, name, "failed", error instanceof Dead ? `the object does not answer: ${said(error)}` : said(error), start);
  }
}

class Verdict {
  constructor(verdict, detail) {
    this.verdict = verdict;
    this.detail = detail;
  }
}

export const notRun = (why) => new Verdict("not-run", why);

export const before = (what) => new Verdict("failed-before", what);

export const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
