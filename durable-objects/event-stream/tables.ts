/** The tables of a stream, in the SQLite of its Durable Object. */

/**
 * Made at the first write, so that asking an object that was never written leaves nothing behind.
 * Everything here is append only, but the outbox, whose row leaves when every queue took what it names.
 */
const statements = [
  `CREATE TABLE stream (
     only INTEGER PRIMARY KEY CHECK (only = 1), type TEXT NOT NULL, id TEXT NOT NULL
   )`,
  `CREATE TABLE events (
     version INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, schema_version INTEGER NOT NULL,
     data TEXT NOT NULL, metadata TEXT NOT NULL, occurred_at TEXT NOT NULL
   )`,
  `CREATE TABLE outbox (
     only INTEGER PRIMARY KEY CHECK (only = 1), first_version INTEGER NOT NULL, last_version INTEGER NOT NULL
   )`,
  "CREATE TABLE commands (id TEXT PRIMARY KEY, outcome TEXT NOT NULL) WITHOUT ROWID",
  "CREATE TABLE snapshots (version INTEGER PRIMARY KEY, schema INTEGER NOT NULL, state TEXT NOT NULL)",
  "CREATE TABLE redelivery (only INTEGER PRIMARY KEY CHECK (only = 1), attempts INTEGER NOT NULL)",
];

export function hasTables(sql: SqlStorage): boolean {
  return (
    sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'events'").toArray().length > 0
  );
}

export function createTables(sql: SqlStorage): void {
  for (const statement of statements) sql.exec(statement);
}
