/** What an agent's object stores. */
import { payloadsTable } from "../payloads.ts";
import { requestsTable } from "./requests.ts";

const statements = [
  /** The last discovery of each type. `accepted_at` (ms) is set while all its commands are known to hold. */
  `CREATE TABLE IF NOT EXISTS discoveries (
     type TEXT PRIMARY KEY, id TEXT NOT NULL, agent_id TEXT NOT NULL, hash TEXT NOT NULL, received_at TEXT NOT NULL,
     state TEXT NOT NULL, reason TEXT, accepted_at INTEGER
   ) WITHOUT ROWID`,
  /** Discoveries that could not be applied, with the reason. */
  `CREATE TABLE IF NOT EXISTS failures (
     id TEXT PRIMARY KEY, type TEXT NOT NULL, hash TEXT NOT NULL, received_at TEXT NOT NULL, reason TEXT NOT NULL
   ) WITHOUT ROWID`,
  payloadsTable,
  requestsTable,
  "CREATE TABLE IF NOT EXISTS memory (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
  /** Instances that were registered for the host. `gone` is set while what they are part of is deregistered. */
  `CREATE TABLE IF NOT EXISTS instances (
     kind TEXT NOT NULL, aggregate_id TEXT NOT NULL, instance_number TEXT NOT NULL, gone INTEGER NOT NULL,
     tenants TEXT NOT NULL, PRIMARY KEY (kind, aggregate_id, instance_number)
   ) WITHOUT ROWID`,
];

export function createTables(sql: SqlStorage): void {
  for (const statement of statements) sql.exec(statement);
}
