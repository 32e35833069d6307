// Rows that are made up from what a table says of itself.
const NOW = Date.now();

/** How many rows of another table those refer to that refer to it: fewer than any table that is filled is given. */
const REFERRED = 12;

/**
 * What texts are made up as, by name: what a class reads back when it starts may have to be JSON. With `none`, a class
 * gets no rows at all.
 */
export const STYLES = ["words", "lists", "records", "none"];

const TEXTS = { words: (column, n) => `${column.name} ${n}`, lists: () => "[]", records: () => "{}" };

/** Returns the value number `n` for a column. `times` says how the table's time column counts. */
export function value(column, n, times, style) {
  if (column.parent !== undefined) return value(column.parent.column, ((n - 1) % REFERRED) + 1, column.parent.times, style);
  const type = (column.type ?? "").toUpperCase();
  if (times !== undefined && times.column === column.name) return time(times.unit, NOW - n * 1000);
  const isTime = /(_at|At|[tT]ime|[dD]ate|expires|created|updated|_ts|^ts)$/.test(column.name);
  if (/INT|BOOL/.test(type)) return isTime ? NOW - n * 1000 : n;
  if (/REAL|FLOA|DOUB|NUM|DEC/.test(type)) return n + 0.5;
  if (/BLOB/.test(type)) return `blob ${n}`;
  if (isTime) return time("ISO_TEXT", NOW - n * 1000);
  if (column.pk > 0 || column.unique) return `${column.name} ${n % 10}.${n}`;
  if (/ur[il]|href/i.test(column.name)) return `https://${column.name.replace(/[^a-z]/gi, "").toLowerCase()}.example/${n % 10}`;
  // Few different texts, so that a look-up by one finds a share of the rows.
  return TEXTS[style](column, n % 10);
}

function time(unit, at) {
  switch (unit) {
    case "SECONDS":
      return Math.floor(at / 1000);
    case "ISO_TEXT":
      return new Date(at).toISOString();
    case "SQLITE_TEXT":
      return new Date(at).toISOString().slice(0, 19).replace("T", " ");
    default:
      return at;
  }
}

export const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

/** Returns the insert of a row of `table` by its own columns, and the values of the row number `n`. */
export function insertOf(table, columns, times, style) {
  const filled = columns.filter((column) => column.hidden === 0 && !(column.pk === 1 && /^INTEGER$/i.test(column.type) && columns.filter((each) => each.pk > 0).length === 1));
  if (filled.length === 0) return { sql: `INSERT INTO ${quoted(table)} DEFAULT VALUES`, values: () => [] };
  const sql = `INSERT INTO ${quoted(table)} (${filled.map((column) => quoted(column.name)).join(", ")}) VALUES (${filled.map(() => "?").join(", ")})`;
  return { sql, values: (n) => filled.map((column) => value(column, n, times, style)) };
}

const INSERT = /^\s*INSERT\s+(?:OR\s+\w+\s+)?INTO\s+["`[]?(\w+)["`\]]?\s*\(([^)]*)\)\s*VALUES\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)/i;

/** Returns how the project's own insert is called, where its form is a plain one; else undefined. */
export function ownInsert(sql, columnsOf, timesOf, style) {
  const match = INSERT.exec(sql);
  if (match === null || (sql.match(/\?/g) ?? []).length !== (match[3].match(/\?/g) ?? []).length || /\?\d|[:@$]\w/.test(sql)) return undefined;
  const table = match[1];
  const columns = columnsOf(table);
  if (columns === undefined) return undefined;
  const names = match[2].split(",").map((name) => name.trim().replace(/^["`[]|["`\]]$/g, ""));
  const slots = match[3].split(/,(?![^()]*\))/).map((slot) => slot.trim());
  const asked = names.filter((_, i) => /\?/.test(slots[i] ?? ""));
  if (slots.length !== names.length || slots.some((slot) => (slot.match(/\?/g) ?? []).length > 1)) return undefined;
  const targets = asked.map((name) => columns.find((column) => column.name.toLowerCase() === name.toLowerCase()));
  if (targets.some((column) => column === undefined)) return undefined;
  return { table, sql, values: (n) => targets.map((column) => value(column, n, timesOf(table), style)) };
}

/** Returns values for a query's parameters, taken from a row where the query compares a column with one. */
export function parameters(sql, row) {
  const values = [];
  for (const match of sql.matchAll(/(?:["`[]?(\w+)["`\]]?\s*(?:=|==|<=|>=|<|>|LIKE)\s*|\b(LIMIT|OFFSET)\s+)?\?/gi)) {
    if (match[2] !== undefined) values.push(match[2].toUpperCase() === "LIMIT" ? 20 : 0);
    else values.push(match[1] === undefined ? null : (row?.[match[1]] ?? null));
  }
  return values;
}
