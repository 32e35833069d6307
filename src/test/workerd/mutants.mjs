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
    from: 'if (expiry.toArray().length === 0) this.ctx.storage.sql.exec("ALTER TABLE messages ADD COLUMN expires_at INTEGER");',
    to: "",
  },
  { name: "NOT NULL with a default", from: "ADD COLUMN expires_at INTEGER", to: "ADD COLUMN expires_at INTEGER NOT NULL DEFAULT 0" },
  { name: "NOT NULL", from: "ADD COLUMN expires_at INTEGER", to: "ADD COLUMN expires_at INTEGER NOT NULL" },
  { name: "the column is added each time", from: "if (expiry.toArray().length === 0) ", to: "" },
  { name: "rows without a date keep none", from: "expires_at IS NULL LIMIT ?", to: "expires_at IS NULL AND 0 LIMIT ?" },
  { name: "rows without a date have expired", from: "Date.now() + MESSAGES_TTL_MS,\n        MESSAGES_CLEANUP_ROWS", to: "Date.now() - MESSAGES_TTL_MS,\n        MESSAGES_CLEANUP_ROWS" },
  { name: "no index", from: 'this.ctx.storage.sql.exec("CREATE INDEX IF NOT EXISTS idx_messages_expires_at ON messages(expires_at)");', to: "" },
  { name: "an insert gives no date", from: ", Date.now(), Date.now() + MESSAGES_TTL_MS);", to: ", Date.now(), null);" },
];
const plain = (list) => list.map((mutant) => ({ ...mutant, from: mutant.from.replaceAll("this.ctx", "this.state"), to: mutant.to.replaceAll("this.ctx", "this.state") }));

export function mutants(name) {
  switch (name) {
    case "timestamp-column": return [...timestamp, ...createdAt];
    case "expires-column": return [...timestamp, ...expiresAt];
    case "plain-javascript": return plain([...timestamp, ...createdAt]).slice(0, 3);
    default: return [];
  }
}
