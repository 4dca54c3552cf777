/** What a shard of the watch stores: whom it watches, how it last saw them, and whom it is to ask to tell all anew. */
import { direct, type Way } from "./loss.ts";

/** `unsettled`: it is being told that it is alive, or lost, or was when the object stopped: nobody knows what it heard. */
export type Word = "passing" | "critical" | "unsettled";

const statements = [
  "CREATE TABLE IF NOT EXISTS watched (host_id TEXT PRIMARY KEY, heartbeat TEXT NOT NULL) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS configuration (only INTEGER PRIMARY KEY CHECK (only = 1), shards INTEGER NOT NULL)",
  /** How heartbeats come, of hosts that relays tell of. */
  "CREATE TABLE IF NOT EXISTS ways (host_id TEXT PRIMARY KEY, grace INTEGER NOT NULL, patience INTEGER NOT NULL) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS doubted (host_id TEXT PRIMARY KEY) WITHOUT ROWID",
];

export function initialise(sql: SqlStorage): void {
  for (const statement of statements) sql.exec(statement);
}

type WatchedRow = {
  host_id: string;
  heartbeat: Word;
  grace: number | null;
  patience: number | null;
};

export function readWatched(sql: SqlStorage): { hostId: string; heartbeat: Word; way: Way }[] {
  return sql
    .exec<WatchedRow>(
      "SELECT host_id, heartbeat, grace, patience FROM watched LEFT JOIN ways USING (host_id)",
    )
    .toArray()
    .map(({ host_id, heartbeat, grace, patience }) => ({
      hostId: host_id,
      heartbeat,
      way: grace === null ? direct : { grace, patience: patience ?? 0 },
    }));
}

export function upsertWatched(sql: SqlStorage, hostId: string, heartbeat: Word): void {
  sql.exec("INSERT OR REPLACE INTO watched (host_id, heartbeat) VALUES (?, ?)", hostId, heartbeat);
}

export function writeWay(sql: SqlStorage, hostId: string, { grace, patience }: Way): void {
  if (grace === 0 && patience === 0) sql.exec("DELETE FROM ways WHERE host_id = ?", hostId);
  else {
    sql.exec(
      "INSERT OR REPLACE INTO ways (host_id, grace, patience) VALUES (?, ?, ?)",
      hostId,
      grace,
      patience,
    );
  }
}

export function deleteWatched(sql: SqlStorage, hostId: string): void {
  sql.exec("DELETE FROM watched WHERE host_id = ?", hostId);
  sql.exec("DELETE FROM ways WHERE host_id = ?", hostId);
}

export function readDoubted(sql: SqlStorage): string[] {
  return sql
    .exec<{ host_id: string }>("SELECT host_id FROM doubted")
    .toArray()
    .map(({ host_id }) => host_id);
}

export function insertDoubted(sql: SqlStorage, hostId: string): void {
  sql.exec("INSERT OR IGNORE INTO doubted (host_id) VALUES (?)", hostId);
}

export function deleteDoubted(sql: SqlStorage, hostId: string): void {
  sql.exec("DELETE FROM doubted WHERE host_id = ?", hostId);
}

/** The number of shards when this one was last given an agent; null before. */
export function readShards(sql: SqlStorage): number | null {
  const [row] = sql.exec<{ shards: number }>("SELECT shards FROM configuration").toArray();
  return row?.shards ?? null;
}

export function writeShards(sql: SqlStorage, shards: number): void {
  sql.exec("INSERT OR REPLACE INTO configuration (only, shards) VALUES (1, ?)", shards);
}
