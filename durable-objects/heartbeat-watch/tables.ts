/** What a shard of the watch stores: whom it watches and how it last saw them. */

export function initialise(sql: SqlStorage): void {
  sql.exec(
    "CREATE TABLE IF NOT EXISTS watched (host_id TEXT PRIMARY KEY, heartbeat TEXT NOT NULL) WITHOUT ROWID",
  );
  sql.exec(
    "CREATE TABLE IF NOT EXISTS configuration (only INTEGER PRIMARY KEY CHECK (only = 1), shards INTEGER NOT NULL)",
  );
}

export function readWatched(sql: SqlStorage): { hostId: string; heartbeat: "passing" | "critical" }[] {
  return sql
    .exec<{ host_id: string; heartbeat: "passing" | "critical" }>("SELECT host_id, heartbeat FROM watched")
    .toArray()
    .map((row) => ({ hostId: row.host_id, heartbeat: row.heartbeat }));
}

export function upsertWatched(sql: SqlStorage, hostId: string, heartbeat: "passing" | "critical"): void {
  sql.exec("INSERT OR REPLACE INTO watched (host_id, heartbeat) VALUES (?, ?)", hostId, heartbeat);
}

export function deleteWatched(sql: SqlStorage, hostId: string): void {
  sql.exec("DELETE FROM watched WHERE host_id = ?", hostId);
}

/** The number of shards when this one was last given an agent; null before. */
export function readShards(sql: SqlStorage): number | null {
  const [row] = sql.exec<{ shards: number }>("SELECT shards FROM configuration").toArray();
  return row?.shards ?? null;
}

export function writeShards(sql: SqlStorage, shards: number): void {
  sql.exec("INSERT OR REPLACE INTO configuration (only, shards) VALUES (1, ?)", shards);
}
