/** The outbox: which versions no queue has been told of yet, as far as is written down. One row, whatever their number. */

/** Some versions, both included. */
export interface VersionRange {
  readonly first: number;
  readonly last: number;
}

/** Written with the events, in their transaction: it takes the place of what every queue has taken since. */
export function writeOutbox(sql: SqlStorage, { first, last }: VersionRange): void {
  sql.exec("INSERT OR REPLACE INTO outbox (only, first_version, last_version) VALUES (1, ?, ?)", first, last);
}

export function readOutbox(sql: SqlStorage): VersionRange | null {
  const [row] = sql
    .exec<{ first_version: number; last_version: number }>("SELECT first_version, last_version FROM outbox")
    .toArray();
  return row === undefined ? null : { first: row.first_version, last: row.last_version };
}

/** All versions up to `last` were taken by every queue: the row leaves, or is shortened when it reaches further. */
export function markAnnounced(sql: SqlStorage, last: number): void {
  const row = readOutbox(sql);
  if (row === null || row.first > last) return;
  if (row.last <= last) sql.exec("DELETE FROM outbox");
  else writeOutbox(sql, { first: last + 1, last: row.last });
}
