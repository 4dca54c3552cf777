/** The outbox: which versions no queue has been told of yet. One row per commit. */

export function insertOutboxRow(sql: SqlStorage, first: number, last: number): void {
  sql.exec("INSERT INTO outbox (first_version, last_version) VALUES (?, ?)", first, last);
}

/** The versions after `announced` that are still to be announced, both included; null when there are none. */
export function pendingVersions(sql: SqlStorage, announced: number): { first: number; last: number } | null {
  const row = sql
    .exec<{ first: number | null; last: number | null }>(
      "SELECT min(first_version) AS first, max(last_version) AS last FROM outbox WHERE last_version > ?",
      announced,
    )
    .one();
  if (row.first === null || row.last === null) return null;
  return { first: Math.max(row.first, announced + 1), last: row.last };
}

/** All versions up to `last` were taken by every queue: their rows leave, and one that reaches further is shortened. */
export function markAnnounced(sql: SqlStorage, last: number): void {
  sql.exec("DELETE FROM outbox WHERE last_version <= ?", last);
  sql.exec("UPDATE outbox SET first_version = ? WHERE first_version <= ?", last + 1, last);
}
