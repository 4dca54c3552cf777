/** Snapshots: a stream of 10,000 events wakes in the time of a short one. */

/** Events between two snapshots. All snapshots are kept: they also make looking back cheap. */
export const SNAPSHOT_EVERY = 100;

type SnapshotRow = { version: number; state: string };

export function insertSnapshot(sql: SqlStorage, version: number, schema: number, state: string): void {
  sql.exec(
    "INSERT OR REPLACE INTO snapshots (version, schema, state) VALUES (?, ?, ?)",
    version,
    schema,
    state,
  );
}

/** The newest snapshot at or before `version`. One of another schema is passed over, and the events are read instead. */
export function snapshotAt<S>(
  sql: SqlStorage,
  version: number,
  schema: number,
): { version: number; state: S } | null {
  const [row] = sql
    .exec<SnapshotRow>(
      "SELECT version, state FROM snapshots WHERE version <= ? AND schema = ? ORDER BY version DESC LIMIT 1",
      version,
      schema,
    )
    .toArray();
  if (row === undefined) return null;
  // Written by `insertSnapshot` at this very schema number.
  const state: S = JSON.parse(row.state);
  return { version: row.version, state };
}
