/** Appends events to the table of events and reads them. */
import type { DomainEvent } from "../../domain/decider.ts";
import type { Upcaster } from "./definition.ts";
import type { EventMetadata, StoredEvent } from "./events.ts";
import { upcast } from "./upcasting.ts";

export type Upcasters = Readonly<Partial<Record<string, readonly Upcaster[]>>>;

type EventRow = {
  version: number;
  id: string;
  type: string;
  schema_version: number;
  data: string;
  metadata: string;
  occurred_at: string;
};

/** An event whose data is written out already, so that its size is known before anything is stored. */
export interface PreparedEvent {
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: string;
}

export function insertEvent(
  sql: SqlStorage,
  version: number,
  event: PreparedEvent,
  metadata: string,
  occurredAt: string,
): void {
  sql.exec(
    "INSERT INTO events (version, id, type, schema_version, data, metadata, occurred_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    version,
    event.id,
    event.type,
    event.schemaVersion,
    event.data,
    metadata,
    occurredAt,
  );
}

/**
 * Events from `from` to `to`, both included, at the present schema.
 * The rows were written by `insertEvent`: what they hold is of the aggregate's own event types.
 */
export function* readEventRows<E extends DomainEvent>(
  sql: SqlStorage,
  upcasters: Upcasters,
  from: number,
  to: number,
): Generator<StoredEvent<E>> {
  const rows = sql.exec<EventRow>(
    "SELECT * FROM events WHERE version BETWEEN ? AND ? ORDER BY version",
    from,
    to,
  );
  for (const row of rows) {
    const data: unknown = JSON.parse(row.data);
    const metadata: EventMetadata = JSON.parse(row.metadata);
    yield {
      version: row.version,
      id: row.id,
      type: row.type,
      schemaVersion: row.schema_version,
      data: upcast(upcasters, row.type, row.schema_version, data),
      metadata,
      occurredAt: row.occurred_at,
    };
  }
}

export function lastEventRow(sql: SqlStorage): { version: number; type: string; occurredAt: string } | null {
  const [row] = sql.exec<EventRow>("SELECT * FROM events ORDER BY version DESC LIMIT 1").toArray();
  return row === undefined ? null : { version: row.version, type: row.type, occurredAt: row.occurred_at };
}

/** Version of the last event of one of the types before a version; 0 when there is none. */
export function lastVersionOf(sql: SqlStorage, types: Iterable<string>, before: number): number {
  const [row] = sql
    .exec<{ version: number }>(
      `SELECT version FROM events WHERE version < ? AND type IN (SELECT value FROM json_each(?))
       ORDER BY version DESC LIMIT 1`,
      before,
      JSON.stringify([...types]),
    )
    .toArray();
  return row?.version ?? 0;
}

/** Version of the first event of one of the types after a version; 0 when there is none. */
export function firstVersionOf(sql: SqlStorage, types: Iterable<string>, after: number): number {
  const [row] = sql
    .exec<{ version: number }>(
      `SELECT version FROM events WHERE version > ? AND type IN (SELECT value FROM json_each(?))
       ORDER BY version LIMIT 1`,
      after,
      JSON.stringify([...types]),
    )
    .toArray();
  return row?.version ?? 0;
}

/** Version of the last event that occurred at or before a time; 0 when there is none. Times never go back. */
export function versionAt(sql: SqlStorage, last: number, time: string): number {
  let [low, high] = [0, last];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const row = sql.exec<EventRow>("SELECT * FROM events WHERE version = ?", middle).one();
    if (row.occurred_at <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}
