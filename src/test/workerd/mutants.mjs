// Faults that have been seen in real code, each put into the right form by one replacement: a proof must notice every one.
const timestamp = [
  {
    name: "the constructor always sets the alarm",
    from: "this.ctx.blockConcurrencyWhile(() => this.#scheduleMessagesCleanup());",
    to: "this.ctx.blockConcurrencyWhile(() => this.ctx.storage.setAlarm(Date.now() + MESSAGES_CLEANUP_MS));",
  },
  { name: "the constructor sets no alarm", from: "this.ctx.blockConcurrencyWhile(() => this.#scheduleMessagesCleanup());", to: "" },
  {
    name: "the alarm is set again for ever",
    from: "await this.#scheduleMessagesCleanup(this.#cleanUpMessages());",
    to: "this.#cleanUpMessages(); await this.ctx.storage.setAlarm(Date.now() + MESSAGES_CLEANUP_MS);",
  },
  { name: "the alarm is not set again", from: "await this.#scheduleMessagesCleanup(this.#cleanUpMessages());", to: "this.#cleanUpMessages();" },
  { name: "an insert sets no alarm", from: "    await this.#scheduleMessagesCleanup();\n", to: "" },
  { name: "an insert that is not async sets no alarm", from: "    this.ctx.waitUntil(this.#scheduleMessagesCleanup());\n", to: "" },
  { name: "the latest alarm wins", from: "pending === null || due < pending", to: "pending === null || due > pending" },
  { name: "every message is removed", from: "<= ? LIMIT ?) RETURNING 1", to: "<= ? OR 1 LIMIT ?) RETURNING 1" },
  { name: "nothing is removed", from: "DELETE FROM messages WHERE rowid IN", to: "DELETE FROM messages WHERE rowid NOT IN" },
  { name: "no batches", from: "const MESSAGES_CLEANUP_ROWS = 500", to: "const MESSAGES_CLEANUP_ROWS = 5_000" },
  { name: "no pause between runs", from: "now + wait);", to: "0);" },
  { name: "a value that is no date", from: "Number.isNaN(due) ? null : due", to: "due" },
];
const createdAt = [
  { name: "no index", from: 'this.ctx.storage.sql.exec("CREATE INDEX IF NOT EXISTS idx_messages_created_at ON messages(created_at)");', to: "" },
];
const expiresAt = [
  {
    name: "the column is not added to an old table",
    from: 'if (expiryOfMessages.toArray().length === 0) this.ctx.storage.sql.exec("ALTER TABLE messages ADD COLUMN expires_at INTEGER");',
    to: "",
  },
  { name: "NOT NULL with a default", from: "ADD COLUMN expires_at INTEGER", to: "ADD COLUMN expires_at INTEGER NOT NULL DEFAULT 0" },
  { name: "NOT NULL", from: "ADD COLUMN expires_at INTEGER", to: "ADD COLUMN expires_at INTEGER NOT NULL" },
  { name: "the column is added each time", from: "if (expiryOfMessages.toArray().length === 0) ", to: "" },
  { name: "rows without a date keep none", from: "expires_at IS NULL LIMIT ?", to: "expires_at IS NULL AND 0 LIMIT ?" },
  { name: "rows without a date have expired", from: "Date.now() + MESSAGES_TTL_MS,\n        MESSAGES_CLEANUP_ROWS", to: "Date.now() - MESSAGES_TTL_MS,\n        MESSAGES_CLEANUP_ROWS" },
  { name: "no index", from: 'this.ctx.storage.sql.exec("CREATE INDEX IF NOT EXISTS idx_messages_expires_at ON messages(expires_at)");', to: "" },
  { name: "an insert gives no date", from: ", Date.now(), Date.now() + MESSAGES_TTL_MS);", to: ", Date.now(), null);" },
];
const ownAlarm = [
  { name: "the handler runs at every alarm", from: ": app.run_at <= now;", to: ": true;" },
  { name: "the handler never runs", from: ": app.run_at <= now;", to: ": false;" },
  { name: "the handler's alarm is not cleared", from: "if (this.#firing) this.#drop(APP);", to: "" },
  { name: "an alarm of other code is not adopted", from: "if (pending !== null) this.#put(APP, pending, 0);", to: "" },
  { name: "an alarm that other code cleared is kept", from: "if (this.#running || pending === known", to: "if (this.#running || pending === null || pending === known" },
  { name: "a cleanup that fails fails the alarm", from: "console.error(`The job ${job.name} failed and is tried again later`, error);", to: "throw error;" },
  { name: "clearing the alarm clears the cleanup's too", from: "else await this.#arm(options);", to: "else await this.#storage.deleteAlarm(options);" },
  { name: "the class's alarm replaces the cleanup's", from: "if (!this.#running) return this.#arm(options);", to: "if (!this.#running) return this.#storage.setAlarm(at, options);" },
  { name: "the cleanup replaces the class's alarm", file: "alarm-jobs.ts", from: "if (!this.#running) await this.#arm();\n  }\n\n  /** Runs", to: "await this.#storage.setAlarm(time);\n  }\n\n  /** Runs" },
  { name: "reading brings the table back", from: "if (table.toArray().length === 0) return [];", to: "if (table.toArray().length === 0) this.#put('x', Date.now() + 1e9, 0);" },
  { name: "nothing is armed after a run", from: "if (failure === undefined || this.#queued) await this.#arm();", to: "" },
];
const throwing = [
  { name: "a failure sets the alarm", from: "if (failure === undefined || this.#queued) await this.#arm();", to: "this.#put('x', Date.now() + 60_000, 0); await this.#arm();" },
  { name: "a failure is kept from the platform", from: "if (failure !== undefined) throw failure.error;", to: "" },
];
const sockets = [
  { name: "nothing knows the sockets again", from: "getWebSockets()) {\n      this.sockets.add(server);", to: "getWebSockets()) {\n      void server;" },
  { name: "sockets keep the object awake", from: "this.ctx.acceptWebSocket(server!);", to: "server!.accept();" },
  { name: "a connection's name is another's", from: "server!.serializeAttachment({ name });", to: 'server!.serializeAttachment({ name: "somebody" });' },
  { name: "the close is not answered", from: "server.close([1005, 1006, 1015].includes(code) ? 1000 : code, reason);", to: "void [code, reason];" },
];
const letPass = {
  name: "what an earlier version let pass waits for ever",
  from: "if (next !== undefined) await alarms.wakeBy(JOB, next.run_at);",
  to: "void next;",
};
const timers = [
  letPass,
  { name: "a message goes to the first socket", from: "this.#ctx.getWebSockets(tag).find(", to: "this.#ctx.getWebSockets().find(" },
  { name: "one message waits at a time", from: "    if (!forClients || !this.#waiting().some(isSame)) {", to: '    sql.exec("DELETE FROM delayed_calls");\n    {' },
  { name: "bytes come back as nothing", from: "new Uint8Array(bytes).buffer", to: "new Uint8Array(0).buffer" },
  { name: "the class's own alarm is replaced", file: "alarm-jobs.ts", from: "if (job !== undefined && job.run_at <= time) return;", to: "await this.#storage.setAlarm(time); if (time > 0) return;" },
];
const intervals = [
  letPass,
  {
    name: "each wake moves the alarm",
    from: "if (next !== undefined) await alarms.wakeBy(JOB, next.run_at);",
    to: "if (next !== undefined) await ctx.storage.setAlarm(Date.now() + 29_000);",
  },
  { name: "it goes on without clients", from: "waiting.for_clients === 0 || this.#ctx.getWebSockets().length > 0", to: "waiting.id > 0" },
  { name: "it runs once", from: "wanted && waiting.again_ms !== null", to: "waiting.id < 0" },
  { name: "each client begins another", from: "if (!forClients || !this.#waiting().some(isSame)) {", to: "{" },
  {
    name: "an alarm that was let pass is not made up for",
    from: "    if (!forClients || !this.#waiting().some(isSame)) {",
    to: "    if (forClients && this.#waiting().some(isSame)) return;\n    {",
  },
];
const ended = [
  { name: "the last close does not end it", from: "    if (this.sockets.size === 0 && this.#calls.waits(\"fetchAgain\")) {", to: "    if (this.sockets.size > 99) {" },
  { name: "a pause does not end it", from: 'case "pause":\n        this.#calls.cancel("fetchAgain");', to: 'case "pause":' },
  { name: "ending it ends nothing", from: 'this.#ctx.storage.sql.exec("DELETE FROM delayed_calls WHERE id = ?", id);', to: "void id;" },
  { name: "what waits without its alarm is taken to run", from: "    this.#ctx.waitUntil(this.#alarms.wakeBy(JOB, call.run_at));\n", to: "" },
  { name: "one that was ended meanwhile is called", from: "taken.toArray().length === 0 || !wanted", to: "!wanted" },
];
const keys = [
  { name: "the constructor always sets the alarm", from: "this.ctx.blockConcurrencyWhile(() => this.#scheduleMessageKeysCleanup());", to: "this.ctx.blockConcurrencyWhile(() => this.ctx.storage.setAlarm(Date.now() + MESSAGE_KEYS_CLEANUP_MS));" },
  { name: "the constructor sets no alarm", from: "this.ctx.blockConcurrencyWhile(() => this.#scheduleMessageKeysCleanup());", to: "" },
  { name: "a write sets no alarm", from: "    await this.#scheduleMessageKeysCleanup();\n", to: "" },
  { name: "the alarm is not set again", from: "await this.#scheduleMessageKeysCleanup(this.#cleanUpMessageKeys());", to: "await this.#cleanUpMessageKeys();" },
  { name: "the latest alarm wins", from: "pending === null || due < pending", to: "pending === null || due > pending" },
  { name: "every such key is removed", from: "end, limit: MESSAGE_KEYS_CLEANUP_KEYS", to: "limit: MESSAGE_KEYS_CLEANUP_KEYS" },
  { name: "every key is removed", from: 'prefix: "message:", end, limit', to: "limit" },
  { name: "the newest go first", from: "end, limit: MESSAGE_KEYS_CLEANUP_KEYS", to: "reverse: true, limit: MESSAGE_KEYS_CLEANUP_KEYS" },
  { name: "no pause between runs", from: "now + wait);", to: "0);" },
  { name: "a long pause between full runs", from: "? MESSAGE_KEYS_CLEANUP_MS : 1000", to: "? MESSAGE_KEYS_CLEANUP_MS : MESSAGE_KEYS_CLEANUP_MS" },
  { name: "a value that is no time", from: "Number.isNaN(due) ? null : due", to: "Number.isNaN(due) ? now : due" },
];
const dated = [
  { name: "whatever begins with a time is removed", from: ".filter((key) => /^20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$/.test(key))", to: "" },
  { name: "every such key is removed", from: "end, limit: DATED_KEYS_CLEANUP_KEYS", to: "limit: DATED_KEYS_CLEANUP_KEYS" },
  { name: "every key is removed", from: 'start: "20", end, limit', to: "limit" },
  { name: "the constructor sets no alarm", from: "this.state.blockConcurrencyWhile(() => this.#scheduleDatedKeysCleanup());", to: "" },
  { name: "a write sets no alarm", from: "    await this.#scheduleDatedKeysCleanup();\n", to: "" },
];
const lapsing = [
  { name: "the constructor always sets the alarm", from: "this.ctx.blockConcurrencyWhile(() => this.#scheduleSessionsCleanup());", to: "this.ctx.blockConcurrencyWhile(() => this.ctx.storage.setAlarm(Date.now() + SESSIONS_CLEANUP_MS));" },
  { name: "the constructor sets no alarm", from: "this.ctx.blockConcurrencyWhile(() => this.#scheduleSessionsCleanup());", to: "" },
  { name: "an insert sets no alarm", from: "    await this.#scheduleSessionsCleanup();\n", to: "" },
  { name: "the alarm is not set again", from: "await this.#scheduleSessionsCleanup(this.#cleanUpSessions());", to: "this.#cleanUpSessions();" },
  { name: "times are taken for milliseconds", from: "Math.floor(Date.now() / 1000),\n        SESSIONS_CLEANUP_ROWS", to: "Date.now(),\n        SESSIONS_CLEANUP_ROWS" },
  { name: "rows of 0 go", from: "validUntil > 0 AND validUntil < ?", to: "validUntil < ?" },
  { name: "rows without a time go", from: "validUntil > 0 AND validUntil < ?", to: "(validUntil IS NULL OR validUntil < ?)" },
  { name: "the latest alarm wins", from: "pending === null || due < pending", to: "pending === null || due > pending" },
  { name: "an alarm too far away", from: "Math.min(next * 1000 + 1000, now + 365 * 24 * 60 * 60 * 1000)", to: "next * 1000 + 1000" },
  { name: "no pause between runs", from: ", now + wait);", to: ", 0);" },
  { name: "no index", from: 'this.sql.exec("CREATE INDEX IF NOT EXISTS idx_sessions_validUntil ON sessions(validUntil) WHERE validUntil IS NOT NULL");', to: "" },
];
const iso = keys
  .filter((mutant) => mutant.name !== "a write sets no alarm" && mutant.name !== "the alarm is not set again" && mutant.name !== "the latest alarm wins")
  .map((mutant) => Object.fromEntries(Object.entries(mutant).map(([key, text]) => [key, text.replaceAll("MessageKeys", "LogKeys").replaceAll("MESSAGE_KEYS", "LOG_KEYS").replaceAll('"message:"', '"log/"')])));
const ofIso = [
  { name: "a write sets no alarm", from: "    this.ctx.waitUntil(this.#scheduleLogKeysCleanup());\n", to: "" },
  { name: "the clean-up replaces the reminder's alarm", from: 'await this.#alarms.wakeBy("clean up log/ keys", due);', to: "await this.ctx.storage.setAlarm(due);" },
  { name: "the clean-up is no job", from: ', { "clean up log/ keys": () => this.#cleanUpLogKeys() }', to: ", {}" },
];
const insertForms = [
  { name: "a row whose id is returned gets no date", from: "body, Date.now(), Date.now() + MESSAGES_TTL_MS)", to: "body, Date.now(), null)" },
  { name: "the second of two rows gets no date", from: "second, Date.now() + MESSAGES_TTL_MS", to: "second, null" },
  { name: "the values of two rows are mixed up", from: "first,\n      Date.now(), Date.now() + MESSAGES_TTL_MS,\n      second,", to: "second,\n      Date.now(), Date.now() + MESSAGES_TTL_MS,\n      first," },
  { name: "a copied row takes the other's date", from: "SELECT body, ?, ? FROM messages", to: "SELECT body, ?, expires_at + ? * 0 FROM messages" },
  { name: "a row that is written anew keeps its date", from: "UPDATE SET expires_at = excluded.expires_at, body", to: "UPDATE SET body" },
  { name: "an insert sets no alarm", from: "    await this.#scheduleMessagesCleanup();\n    return Number(row.id);", to: "    return Number(row.id);" },
];
const millisecondsThatLapse = [
  { name: "the constructor always sets the alarm", from: "this.ctx.blockConcurrencyWhile(() => this.#scheduleMutesCleanup());", to: "this.ctx.blockConcurrencyWhile(() => this.ctx.storage.setAlarm(Date.now() + MUTES_CLEANUP_MS));" },
  { name: "the constructor sets no alarm", from: "this.ctx.blockConcurrencyWhile(() => this.#scheduleMutesCleanup());", to: "" },
  { name: "an insert sets no alarm", from: "    this.ctx.waitUntil(this.#scheduleMutesCleanup());\n", to: "" },
  { name: "the alarm cleans one table alone", from: "    await this.#scheduleMutesCleanup(this.#cleanUpMutes());\n", to: "" },
  { name: "a table replaces the other's alarm", from: "if (pending === null || due < pending) await this.ctx.storage.setAlarm(due);\n  }\n\n  /** Removes one batch of mutes", to: "await this.ctx.storage.setAlarm(due);\n  }\n\n  /** Removes one batch of mutes" },
  { name: "rows of 0 go", from: "WHERE expiresAt > 0 AND expiresAt < ?", to: "WHERE expiresAt < ?" },
  { name: "all rows go", from: "WHERE expiresAt > 0 AND expiresAt < ?", to: "WHERE expiresAt > 0 OR expiresAt < ?" },
  { name: "no pause between runs", from: "Math.max(Math.min(next + 1, now + 365 * 24 * 60 * 60 * 1000), now + wait)", to: "Math.min(next + 1, now + 365 * 24 * 60 * 60 * 1000)" },
  { name: "no index", from: 'this.ctx.storage.sql.exec("CREATE INDEX IF NOT EXISTS idx_mutes_expiresAt ON mutes(expiresAt)");', to: "" },
];
const textThatLapses = [
  { name: "the constructor sets no alarm", from: "this.ctx.blockConcurrencyWhile(() => this.#scheduleCodesCleanup())", to: "" },
  { name: "an insert sets no alarm", from: "    await this.#scheduleCodesCleanup()\n    if (", to: "    if (" },
  { name: "times are taken for milliseconds", from: "new Date().toISOString(),\n        CODES_CLEANUP_ROWS", to: "Date.now(),\n        CODES_CLEANUP_ROWS" },
  { name: "all rows go", from: "WHERE expires > 0 AND expires < ?", to: "WHERE expires > 0 OR expires < ?" },
  { name: "the clean-up replaces the class's alarm", from: "if (due !== null) await this.#alarms.wakeBy('clean up codes', due)", to: "if (due !== null) await this.ctx.storage.setAlarm(due)" },
  { name: "the clean-up is no job", from: ", { 'clean up codes': () => this.#cleanUpCodes() }", to: ", {}" },
  { name: "no pause between runs", from: "now + 365 * 24 * 60 * 60 * 1000), now + wait)", to: "now + 365 * 24 * 60 * 60 * 1000), 0)" },
];
const forgetfulBy = (state) => [
  { name: "sockets keep the object awake", from: `${state}.acceptWebSocket(`, to: "((socket: WebSocket) => socket.accept())(" },
  { name: "the close is not answered", from: ".close([1005, 1006, 1015].includes(code) ? 1000 : code, reason)", to: ".readyState.toString(code, reason)" },
];
const forgetful = forgetfulBy("this.ctx");
const sessions = [
  ...forgetful,
  { name: "nothing knows the sessions again", from: "this.sessions.set(socket, session)\n\t\t}", to: "void session\n\t\t}" },
  { name: "a name is not kept", from: "session.name = data.text\n\t\t\tthis.#keep(socket)", to: "session.name = data.text" },
  { name: "a count is not kept", from: "session.messages++\n\t\t\tthis.#keep(socket)", to: "session.messages++" },
  { name: "who connects is not kept", from: "this.#connections.set(socket, { session })\n\t\tthis.#keep(socket)", to: "this.#connections.set(socket, { session })" },
  { name: "the field's session is another than the handler's", from: "this.#connections.set(socket, connection)\n\t\treturn connection", to: "return connection" },
  { name: "all are the first", from: "const { session } = connection\n\t\t\tthis.sessions.set(socket, session)", to: "const { session } = this.#connectionOf(this.ctx.getWebSockets()[0]!)!\n\t\t\tthis.sessions.set(socket, session)" },
  { name: "who left is known still", from: "this.sessions.delete(socket)", to: "" },
];
const presence = [
  { name: "nothing knows the users again", from: "      this.users.push(user);\n    }", to: "    }" },
  { name: "nothing knows the sessions again", from: "      this.sessions.push(session);\n      this.users", to: "      this.users" },
  { name: "a session has no socket after its sleep", from: "{ ...kept.session, webSocket }", to: "kept.session" },
  { name: "what is changed through a field is not kept", from: "    this.#keepAll();\n", to: "" },
  { name: "a count is not kept", from: "const { session, user, moves } = connection;", to: "const { session, user } = connection, moves = 0;" },
  { name: "a user is another's after the sleep", from: "user: kept.user", to: "user: { ...kept.user, id: crypto.randomUUID() }" },
  { name: "the close is not answered", from: "webSocket.close([1005, 1006, 1015].includes(code) ? 1000 : code, reason);", to: "" },
];
const inMemory = [
  ...forgetful,
  { name: "nothing knows the sockets again", from: "      if (connection === undefined) continue;\n      this.sockets.add(socket);", to: "      if (connection === undefined) continue;" },
  { name: "when a client joined is not kept", from: "joined: kept.joined", to: "joined: 0" },
  { name: "nothing is kept", from: "    socket.serializeAttachment({ joined });\n", to: "" },
  { name: "the timer is not kept while it runs", from: "connection.typing = setTimeout(", to: "connection.typing = null;\n    setTimeout(" },
  { name: "the timer runs on when the client writes", from: "    clearTimeout(connection.typing);\n    connection", to: "    connection" },
];
const fromStorage = [
  ...forgetful,
  { name: "the field is emptied after it was filled", from: "    });\n  }\n\n  async fetch", to: "      this.sessions = [];\n    });\n  }\n\n  async fetch" },
  { name: "nothing knows the sessions again", from: "        this.sessions.push(session);\n      }", to: "      }" },
  { name: "nothing is kept", from: "    webSocket.serializeAttachment({ name, session: { ...session, webSocket: undefined } });\n", to: "" },
];
const both = [
  letPass,
  ...forgetful,
  { name: "nothing knows the sockets again", from: "getWebSockets()) {\n      this.sockets.add(server);", to: "getWebSockets()) {\n      void server;" },
  { name: "a socket has no tag", from: "server!, [DelayedCalls.tag()]", to: "server!" },
  { name: "the delay is a timer", from: 'this.#calls.later("webSocketMessageLater", 5_000, { name, text }, { server });', to: "setTimeout(() => server.send(`${name}, you wrote ${text}`), 5_000);" },
  { name: "the interval is a timer", from: 'this.#calls.every("fetchAgain", HEARTBEAT_MS, { name }, { server: server! });', to: "setInterval(() => server!.send(`still here, ${name}`), HEARTBEAT_MS);" },
  { name: "the alarm runs nothing", from: '{ "delayed calls": () => this.#makeDelayedCalls() }', to: "{}" },
  { name: "no such call is known", from: "      fetchAgain: (given) => this.#fetchAgain(given),\n", to: "" },
  { name: "a message goes to the first socket", from: "this.#ctx.getWebSockets(tag).find(", to: "this.#ctx.getWebSockets().find(" },
  {
    name: "each wake moves the alarm",
    from: "if (next !== undefined) await alarms.wakeBy(JOB, next.run_at);",
    to: "if (next !== undefined) await ctx.storage.setAlarm(Date.now() + 29_000);",
  },
];
const besideAnAlarm = [
  { name: "the jobs come before the state", from: "new AlarmJobs(state)", to: "new AlarmJobs((this as { ctx?: DurableObjectState }).ctx!)" },
  { name: "the clean-up replaces the class's alarm", from: 'await this.#alarms.wakeBy("clean up messages", due)', to: "await this.state.storage.setAlarm(due)" },
  { name: "the clean-up is no job", from: ', { "clean up messages": () => this.#cleanUpMessages() }', to: ", {}" },
];
const alone = [
  ...forgetfulBy("this.#ctx"),
  { name: "nothing knows the sessions again", from: "      this.sessions.push(session);\n    }\n  }", to: "    }\n  }" },
  { name: "nothing is kept", from: "    webSocket.serializeAttachment({ session: { ...session, webSocket: undefined } });\n", to: "" },
  { name: "the state is kept too late", from: "    this.#ctx = state;\n", to: "    queueMicrotask(() => Object.assign(this, { state }));\n" },
];
const ofAPlainClass = [
  letPass,
  ...forgetfulBy("this.#ctx"),
  { name: "the jobs come before the state", from: "new AlarmJobs(state)", to: "new AlarmJobs(this.#ctx)" },
  { name: "the delay is a timer", from: 'this.#calls.later("webSocketMessageLater", 5_000, { name, text }, { server });', to: "setTimeout(() => server.send(`${name}, you wrote ${text}`), 5_000);" },
  { name: "the interval is a timer", from: 'this.#calls.every("fetchAgain", 20_000);', to: 'setInterval(() => this.tell("beat"), 20_000);' },
  { name: "the alarm runs the class's handler alone", from: '{ "delayed calls": () => this.#makeDelayedCalls() }', to: "{}" },
];
const values = [
  ...forgetful,
  { name: "nothing knows the clients again", from: "      this.clients.set(server, known);\n    }", to: "    }" },
  { name: "nothing is kept", from: "    server.serializeAttachment({ known });\n", to: "" },
  { name: "a value is another's", from: "{ known: kept.known }", to: '{ known: { ...kept.known, animal: "ant" } }' },
];
const timersInJavascript = [
  { name: "the delay is a timer", from: "this.#calls.later('webSocketMessageLater', 5000, { message }, { ws })", to: "setTimeout(() => ws.send('later: ' + message), 5000)" },
  { name: "a socket has no tag", from: "pair[1], [DelayedCalls.tag()]", to: "pair[1]" },
  { name: "the alarm runs nothing", from: "{ 'delayed calls': () => this.#makeDelayedCalls() }", to: "{}" },
  { name: "one message waits at a time", from: "    if (!forClients || !this.#waiting().some(isSame)) {", to: "    sql.exec('DELETE FROM delayed_calls')\n    {" },
];
const answers = [
  { name: "the object answers", from: "this.ctx.setWebSocketAutoResponse(", to: "void (" },
  { name: "the answer is to another text", from: "new WebSocketRequestResponsePair(", to: 'new WebSocketRequestResponsePair("x" + ' },
];
const plain = (list) => list.map((mutant) => ({ ...mutant, from: mutant.from.replaceAll("this.ctx", "this.state"), to: mutant.to.replaceAll("this.ctx", "this.state") }));

export function mutants(name) {
  switch (name) {
    case "timestamp-column": return [...timestamp, ...createdAt];
    case "expires-column": return [...timestamp, ...expiresAt];
    case "plain-javascript": return plain([...timestamp, ...createdAt]).slice(0, 3);
    case "lapses-in-seconds": return lapsing;
    case "keys-by-time": return keys;
    case "keys-that-are-times": return dated;
    case "own-alarm-timeout": return ownAlarm;
    case "own-alarm-periodic": return throwing;
    case "set-of-sockets": return sockets;
    case "delayed-messages": return timers;
    case "interval-and-hibernation": return intervals;
    case "interval-that-is-ended": return ended;
    case "keys-by-iso-time": return [...iso, ...ofIso];
    case "expires-insert-forms": return insertForms;
    case "lapses-beside-messages": return millisecondsThatLapse;
    case "lapses-in-javascript": return textThatLapses;
    case "map-of-sessions": return sessions;
    case "presence-in-javascript": return presence;
    case "fields-in-memory": return inMemory;
    case "fields-from-storage": return fromStorage;
    case "sockets-and-timers": return both;
    case "delayed-messages-in-javascript": return timersInJavascript;
    case "kept-values": return values;
    case "storage-alone": return alone;
    case "plain-class-own-alarm": return besideAnAlarm;
    case "timers-of-a-plain-class": return ofAPlainClass;
    case "ping-and-pong":
    case "ping-of-a-listener": return answers;
    default: return [];
  }
}
