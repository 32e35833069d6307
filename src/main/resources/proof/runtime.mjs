// The project's own wrangler and miniflare: bundles its code and runs it in workerd over storage of the proof's own.
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, extname, join, relative } from "node:path";

export const HERE = import.meta.dirname;

/** How long a Worker may take to start, which a loaded machine makes long. */
const READY = 30_000;

/** What `inside.mjs` ends an instance with. */
const ENDED = "ended by dopi's proof";

/** What the installed packages offer. */
export class Tools {
  constructor(wranglerFolder) {
    this.folder = wranglerFolder;
    this.manifest = JSON.parse(readFileSync(join(wranglerFolder, "package.json"), "utf8"));
    this.require = createRequire(join(wranglerFolder, "wrangler-dist", "cli.js"));
  }

  load() {
    this.wrangler = this.require(join(this.folder, "wrangler-dist", "cli.js"));
    this.miniflare = this.require("miniflare");
    if (typeof this.wrangler.unstable_getMiniflareWorkerOptions !== "function") {
      throw new Unsupported(`wrangler ${this.manifest.version} does not tell how it runs a Worker; proofs in the runtime need 3.78 or newer.`);
    }
    return this;
  }

  /** Bundles the Worker of `side` as a deployment would, where its front end was not built, without that. */
  async bundle(side, out) {
    try {
      return await this.bundled(side, out, []);
    } catch (error) {
      if (!NO_ASSETS.test(error.message)) throw error;
      const none = `${out}-assets`;
      mkdirSync(none, { recursive: true });
      return await this.bundled(side, out, ["--assets", none]);
    }
  }

  bundled(side, out, more) {
    const words = ["--no-warnings", join(this.folder, "wrangler-dist", "cli.js"), "deploy", "--dry-run", "--outdir", out, "--config", side.config, ...more];
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, words, { cwd: side.folder, stdio: ["ignore", "pipe", "pipe"] });
      let said = "";
      child.stdout.on("data", (text) => (said += text));
      child.stderr.on("data", (text) => (said += text));
      child.on("error", reject);
      child.on("close", (code) => (code === 0 ? resolve(out) : reject(new Unsupported(`the code cannot be bundled: ${telling(said)}`))));
    });
  }

  /** Returns how wrangler would run the Worker of `side`; of its assets nothing is used. */
  workerOptions(side) {
    const path = join(side.folder, side.config);
    try {
      return this.wrangler.unstable_getMiniflareWorkerOptions(path);
    } catch (error) {
      if (!NO_ASSETS.test(error.message) || typeof this.wrangler.unstable_readConfig !== "function") throw new Unsupported(error.message);
      return this.wrangler.unstable_getMiniflareWorkerOptions({ ...this.wrangler.unstable_readConfig({ config: path }), assets: undefined });
    }
  }
}

/** What wrangler says where the front end was not built. */
const NO_ASSETS = /assets[\s\S]*does not exist/;

/** Why something is not run; no fault of the code that is looked at. */
export class Unsupported extends Error {}

function telling(output) {
  const lines = output.replace(/\u001b\[[0-9;]*m/g, "").split("\n").map((line) => line.trim()).filter(Boolean);
  const first = lines.findIndex((line) => /\bERROR\b/.test(line));
  const told = first < 0 ? lines.slice(-1) : lines.slice(first, lines[first].endsWith(":") ? first + 2 : first + 1);
  return (told.join(" ") || "wrangler said nothing").slice(0, 300);
}

const KINDS = { ".wasm": "CompiledWasm", ".bin": "Data", ".txt": "Text", ".html": "Text", ".sql": "Text", ".cjs": "CommonJS", ".js": "ESModule", ".mjs": "ESModule" };

/** A bundle with the proof's way in before it. */
export class Code {
  constructor(tools, side, out, classes) {
    const { workerOptions, main } = tools.workerOptions(side);
    this.out = out;
    this.name = side.worker;
    this.bindings = {};
    this.options = { ...workerOptions, name: side.worker, modulesRoot: out };
    this.alone(classes);
    this.options.modules = this.modules(out, main, classes);
  }

  modules(out, main, classes) {
    const first = basename(main, extname(main)) + ".js";
    const files = readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile() && !file.name.endsWith(".map") && file.name !== "README.md")
      .map((file) => join(file.parentPath ?? file.path, file.name));
    if (!files.some((file) => relative(out, file) === first)) throw new Unsupported(`wrangler bundled no ${first}`);
    writeFileSync(join(out, "dopi-inside.mjs"), readFileSync(join(HERE, "inside.mjs")));
    const lines = [
      `import * as project from "./${first}";`,
      `import { door, probed } from "./dopi-inside.mjs";`,
      // Not all that the Worker exports: workerd refuses some of it that other ways to run a Worker allow.
      ...classes.map(({ name }) => `export const ${name} = probed(project.${name});`),
      ...this.others(classes).map((name) => `export const ${name} = project.${name};`),
      "export default door;",
    ];
    writeFileSync(join(out, "dopi-door.mjs"), lines.join("\n"));
    const paths = [join(out, "dopi-door.mjs"), join(out, "dopi-inside.mjs"), ...files.filter((file) => !/dopi-(door|inside)\.mjs$/.test(file))];
    return paths.map((path) => ({ type: KINDS[extname(path)] ?? "Text", path }));
  }

  /** The classes of the Worker that have a binding and are not looked at, as a library's. */
  others(classes) {
    const own = Object.values(this.options.durableObjects).map(({ className }) => className);
    return [...new Set(own)].filter((name) => !classes.some((each) => each.name === name));
  }

  /** Cuts the Worker off from what is not here: other Workers, other machines, assets. */
  alone(classes) {
    const options = this.options;
    const answer = () => new Response("not available in dopi's proof", { status: 503 });
    for (const gone of ["assets", "sitePath", "siteInclude", "siteExclude", "tails", "streamingTails", "queueConsumers", "wrappedBindings", "workflows", "containers", "routes", "unsafeBindings"]) delete options[gone];
    options.serviceBindings = Object.fromEntries(Object.keys(options.serviceBindings ?? {}).map((name) => [name, answer]));
    options.outboundService = answer;
    const objects = {};
    for (const [binding, value] of Object.entries(options.durableObjects ?? {})) {
      const target = typeof value === "string" ? { className: value } : value;
      // A class of another Worker is not here.
      if (target.scriptName === undefined || target.scriptName === this.name) {
        const { scriptName: _, ...own } = target;
        objects[binding] = own;
        this.bindings[target.className] ??= binding;
      }
    }
    for (const { name, sqlite } of classes) {
      if (this.bindings[name] === undefined) {
        this.bindings[name] = `DOPI_PROOF_${name}`;
        objects[this.bindings[name]] = { className: name, useSQLite: sqlite };
      }
    }
    options.durableObjects = objects;
    if (options.additionalUnboundDurableObjects !== undefined) {
      options.additionalUnboundDurableObjects = options.additionalUnboundDurableObjects.filter(({ className }) => !Object.values(objects).some((each) => each.className === className));
    }
  }
}

/** workerd with one side's code over a folder of stored objects; the code can be exchanged. */
export class Runtime {
  constructor(tools, storage) {
    this.tools = tools;
    this.storage = storage;
    this.logs = [];
    mkdirSync(join(storage, "v3", "do"), { recursive: true });
  }

  options(code) {
    const { Log, LogLevel, convertV4MiniflareOptions } = this.tools.miniflare;
    const shared = {
      host: "127.0.0.1",
      port: 0,
      cf: false,
      log: LogLevel === undefined ? undefined : new Log(LogLevel.NONE),
      handleRuntimeStdio: (out, err) => [out, err].forEach((stream) => stream.on("data", (text) => this.heard(String(text)))),
    };
    const workers = [code.options];
    if (typeof convertV4MiniflareOptions !== "function") return { ...shared, workers, durableObjectsPersist: join(this.storage, "v3", "do") };
    const { handleRuntimeStdio: _, ...rest } = shared;
    const logs = (entry) => this.heard(`${entry.level}: ${entry.message}`);
    return { ...convertV4MiniflareOptions({ ...rest, handleStructuredLogs: logs, workers }), resourcePersistencePath: join(this.storage, "v3") };
  }

  heard(text) {
    if (this.logs.length < 400) this.logs.push(...text.split("\n").map((line) => line.trimEnd()).filter(Boolean));
  }

  async run(code) {
    this.code = code;
    const options = this.options(code);
    const exchanged = this.miniflare?.setOptions(options);
    this.miniflare ??= new this.tools.miniflare.Miniflare(options);
    await within(READY, Promise.resolve(exchanged).then(() => this.miniflare.ready), "it was not ready");
  }

  async request(what, object, more = {}, init = {}) {
    const url = new URL("http://door/");
    const target = { binding: this.code.bindings[what], kind: object.id === undefined ? "name" : "id", object: object.id ?? object.name, ...more };
    for (const [key, value] of Object.entries(target)) url.searchParams.set(key, value);
    return within(more.wanted === "ask" ? 15_000 : 4_000, this.miniflare.dispatchFetch(url.href, init));
  }

  /** Has the object carry out `steps`; an object that does not start is an error of its own kind. */
  async ask(className, object, ...steps) {
    const response = await this.request(className, object, { wanted: "ask" }, { method: "POST", body: JSON.stringify(steps) });
    const text = await response.text();
    let answer;
    try {
      answer = JSON.parse(text);
    } catch {
      throw new Dead(text.slice(0, 300));
    }
    if (!Array.isArray(answer)) throw new Dead(answer.error ?? text.slice(0, 300));
    return answer;
  }

  async one(className, object, step) {
    const [result] = await this.ask(className, object, step);
    if (result.error !== undefined) throw new Error(result.error);
    return result.value;
  }

  /** Calls a method of the object as another Worker would. */
  async call(className, object, method, values) {
    return this.outcome(className, object, { wanted: "call", method }, { method: "POST", body: JSON.stringify(values) });
  }

  async fetch(className, object, path) {
    return this.outcome(className, object, { wanted: "fetch", path }, {});
  }

  async outcome(className, object, more, init) {
    try {
      return await within(4_000, this.request(className, object, more, init).then((response) => response.json()));
    } catch (error) {
      return { error: String(error.message ?? error), late: error instanceof Dead };
    }
  }

  /** Ends the object's instance, and returns the next one's name once that answers: on a loaded machine the end takes its time. */
  async end(className, object) {
    const ended = await this.one(className, object, { what: "end" });
    for (const last = Date.now() + READY; Date.now() < last; await new Promise((resolve) => setTimeout(resolve, 10))) {
      try {
        const { instance } = await this.one(className, object, { what: "hello" });
        if (instance !== ended) return instance;
      } catch (error) {
        if (!error.message.includes(ENDED)) throw error; // The request came just when the instance went.
      }
    }
    throw new Error(`the object's instance did not end within ${READY / 1000} s`);
  }

  /** A workerd that does not stop is ended by who started the proof. */
  async stop() {
    await within(5_000, Promise.resolve(this.miniflare?.dispose())).catch(() => {});
  }
}

/** Waits for `promise`, but no longer than `millis`. */
function within(millis, promise, late = "no answer") {
  let timer;
  const over = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Dead(`${late} within ${millis / 1000} s`)), millis);
  });
  return Promise.race([promise, over]).finally(() => clearTimeout(timer));
}

/** The object did not answer at all: its constructor threw. */
export class Dead extends Error {}
