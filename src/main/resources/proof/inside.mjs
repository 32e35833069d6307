// Runs inside workerd: the project's own classes, each with a way in for the proof. Requests to other hosts than the
// proof's are the project's, untouched.
const HOST = "dopi.invalid";
const FRAMEWORK = new Set(["constructor", "fetch", "alarm", "webSocketMessage", "webSocketClose", "webSocketError"]);

/** Returns a subclass of `Base` that answers the proof's requests from inside the object. */
export function probed(Base) {
  if (typeof Base !== "function") return Base;
  const handlesAlarm = typeof Base.prototype.alarm === "function";
  const Probed = class extends Base {
    #state;
    #instance = crypto.randomUUID();
    #alarms = 0;

    constructor(state, env) {
      super(state, env);
      this.#state = state;
    }

    static {
      if (handlesAlarm) {
        this.prototype.alarm = function (...values) {
          this.#alarms++;
          return Base.prototype.alarm.apply(this, values);
        };
      }
    }

    async fetch(request) {
      if (new URL(request.url).hostname !== HOST) {
        if (typeof super.fetch === "function") return super.fetch(request);
        return new Response("this class has no fetch()", { status: 501 });
      }
      const results = [];
      for (const step of await request.json()) {
        try {
          results.push({ value: await this.#answer(step) });
        } catch (error) {
          results.push({ error: String(error?.message ?? error) });
        }
      }
      return Response.json(results);
    }

    #answer({ what, ...step }) {
      const storage = this.#state.storage;
      switch (what) {
        case "hello":
          return { instance: this.#instance, alarms: this.#alarms, handlesAlarm, methods: methods(Base) };
        case "sql": {
          const cursor = storage.sql.exec(step.sql, ...(step.values ?? []));
          const rows = cursor.toArray();
          return { rows: step.count === true ? rows.length : rows, read: cursor.rowsRead, written: cursor.rowsWritten };
        }
        case "all":
          return storage.transactionSync(() => step.values.map((values) => storage.sql.exec(step.sql, ...values).rowsWritten));
        case "alarm":
          return storage.getAlarm();
        case "setAlarm":
          return storage.setAlarm(step.at);
        case "sockets":
          return typeof this.#state.getWebSockets === "function" ? this.#state.getWebSockets().length : 0;
        case "end":
          // The answer is on its way first; what comes next finds a new instance.
          setTimeout(() => this.#state.abort("ended by dopi's proof"), 0);
          return this.#instance;
        default:
          throw new Error("unknown step " + what);
      }
    }
  };
  Object.defineProperty(Probed, "name", { value: Base.name });
  return Probed;
}

/** The methods that a caller may call, by name, with how many arguments each asks for. */
function methods(Base) {
  const found = new Map();
  for (let at = Base.prototype; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    if (!Object.hasOwn(at, "constructor") || /^(DurableObject|Server|Agent|RpcTarget)$/.test(at.constructor.name)) break;
    for (const name of Object.getOwnPropertyNames(at)) {
      const method = Object.getOwnPropertyDescriptor(at, name);
      if (!FRAMEWORK.has(name) && typeof method.value === "function" && !found.has(name)) found.set(name, method.value.length);
    }
  }
  return [...found];
}

/** Leads the proof's requests to the object that they name. */
export const door = {
  async fetch(request, env) {
    const url = new URL(request.url);
    const [binding, kind, object] = [url.searchParams.get("binding"), url.searchParams.get("kind"), url.searchParams.get("object")];
    const namespace = env[binding];
    const stub = namespace.get(kind === "id" ? namespace.idFromString(object) : namespace.idFromName(object));
    const wanted = url.searchParams.get("wanted");
    try {
      if (wanted === "ask") return await stub.fetch("http://" + HOST + "/", { method: "POST", body: await request.text() });
      if (wanted === "call") {
        const value = await stub[url.searchParams.get("method")](...(await request.json()));
        const text = value === undefined ? "nothing" : value instanceof ReadableStream ? "a stream" : JSON.stringify(value);
        return Response.json({ value: String(text).slice(0, 2000) });
      }
      const answer = await stub.fetch(new Request("http://object" + url.searchParams.get("path"), request));
      if (wanted === "socket") return answer;
      return Response.json({ value: { status: answer.status, body: (await answer.text()).slice(0, 500) } });
    } catch (error) {
      const said = String(error?.message ?? error);
      // To a plain request too, some classes answer with a WebSocket; that is theirs to do, and no fault.
      if (wanted === "fetch" && /tried to return a WebSocket/.test(said)) return Response.json({ value: { status: 101, body: "" } });
      return Response.json({ error: said }, { headers: { "x-failed": "1" } });
    }
  },
};
