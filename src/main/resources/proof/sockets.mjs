// Whether an object with open WebSockets leaves the memory, and whether its messages still reach the right clients.
import { join } from "node:path";
import { Runtime } from "./runtime.mjs";
import { before, notRun, part } from "./telling.mjs";

const IDLE = 13_000;
const PATHS = ["/", "/ws", "/websocket", "/socket", "/connect"];
const ROOM = { name: "dopi: with sockets" };

const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** Waits until `done`, which a loaded machine makes long, and a little for what comes on top. */
async function settled(done, millis) {
  for (const end = Date.now() + millis; !done() && Date.now() < end; ) await sleep(50);
  await sleep(300);
}

/** A client of the object, with what it was sent. */
class Client {
  received = [];
  closed = undefined;

  static async open(runtime, className, path, who) {
    const query = ["name", "author", "user", "username", "id", "client"].map((key) => `${key}=${who}`).join("&");
    const response = await runtime.request(className, ROOM, { wanted: "socket", path: `${path}?${query}` }, { headers: { Upgrade: "websocket" } });
    if (response.webSocket === null || response.webSocket === undefined) {
      return { refused: `${path} answers ${response.headers.get("x-failed") === "1" ? (await response.json()).error : response.status}` };
    }
    const client = new Client();
    client.socket = response.webSocket;
    client.socket.addEventListener("message", ({ data }) => client.received.push(String(data)));
    client.socket.addEventListener("close", ({ code }) => (client.closed = code));
    client.socket.accept();
    return client;
  }

  /** What came since the last look, without what differs from run to run. */
  take() {
    return this.received.splice(0).map((text) => text.replace(/\d+/g, "#"));
  }
}

/** What is seen of one side's code: awake, after a while of nothing, and then. */
async function observe(tools, plan, each, code, folder) {
  const runtime = new Runtime(tools, join(plan.work, folder));
  try {
    await runtime.run(code);
    const refusals = [];
    for (const path of PATHS) {
      const first = await Client.open(runtime, each.name, path, "ann");
      if (first.refused !== undefined) {
        refusals.push(first.refused);
        continue;
      }
      return await watch(runtime, each, first, await Client.open(runtime, each.name, path, "ben"), path);
    }
    return { refused: refusals.join("; ") };
  } finally {
    await runtime.stop();
  }
}

async function watch(runtime, each, ann, ben, path) {
  await sleep(150);
  [ann, ben].forEach((client) => client.take());
  ann.socket.send("hello from ann");
  await settled(() => ann.received.length + ben.received.length > 0, 2_000);
  const awake = { ann: ann.take(), ben: ben.take() };
  const { instance } = await runtime.one(each.name, ROOM, { what: "hello" });
  await sleep(IDLE);
  const meanwhile = ann.take().length + ben.take().length;
  if (ann.closed === undefined) ann.socket.send("hello from ann");
  await settled(() => ann.received.length >= awake.ann.length && ben.received.length >= awake.ben.length, 5_000);
  const after = { ann: ann.take(), ben: ben.take() };
  const now = await runtime.one(each.name, ROOM, { what: "hello" });
  return { path, awake, after, meanwhile, replaced: now.instance !== instance, closed: ann.closed ?? ben.closed };
}

/** Looks at both sides at once: most of the time is spent waiting. */
export async function hibernation({ tools, plan, each, past, present }) {
  await part(each, "open WebSockets while idle", async () => {
    const [was, is] = await Promise.all([
      past === undefined ? undefined : observe(tools, plan, each, past, "sockets-old"),
      observe(tools, plan, each, present, "sockets-new"),
    ]);
    if (is.refused !== undefined) {
      if (was !== undefined && was.refused === undefined) throw new Error(`a WebSocket was taken at ${was.path} and is refused now: ${is.refused}`);
      return notRun(`no request of the proof is answered with a WebSocket (${is.refused})`);
    }
    const told = `${is.replaced ? "a new instance after" : "the same instance stays in memory for"} ${IDLE / 1000} s of nothing${was?.refused === undefined && was !== undefined ? ` (before: ${was.replaced ? "a new one" : "it stayed"})` : ""}`;
    if (is.closed !== undefined) {
      if (was?.closed !== undefined) return before(`the sockets are closed with ${is.closed}, with the old code as well`);
      throw new Error(`${told}; the sockets were closed with ${is.closed}`);
    }
    // A message must reach after the wait whom it reached before it, and whom it reached with the old code.
    const wanted = was?.refused === undefined && was !== undefined ? was.awake : is.awake;
    for (const [when, got] of [["while awake", is.awake], [`after ${IDLE / 1000} s`, is.after]]) {
      for (const who of ["ann", "ben"]) {
        const [want, have] = [wanted[who], got[who]].map((texts) => [...texts].sort().join(" | "));
        if (want !== have) throw new Error(`${told}; ${when}, ${who} got ${have === "" ? "nothing" : have.slice(0, 120)} and not ${want === "" ? "nothing" : want.slice(0, 120)}`);
      }
    }
    const reached = ["ann", "ben"].filter((who) => is.after[who].length > 0);
    return `${told}; the sockets stayed open; a message ${reached.length === 0 ? "that the class answers to nobody" : `reaches ${reached.join(" and ")}`} as before`;
  });
}
