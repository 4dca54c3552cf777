/** Discoveries that could not be applied, kept with the reason so that somebody can look at them. */
import { compress, deletePayload, insertPayload, readPayload } from "../payloads.ts";

export interface Failure {
  readonly id: string;
  readonly type: string;
  readonly hash: string;
  readonly receivedAt: string;
  readonly reason: string;
}

/** Failures kept for one agent; the oldest leave. */
const KEPT = 20;

type FailureRow = { id: string; type: string; hash: string; received_at: string; reason: string };

export class Failures {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Newest first. */
  all(): Failure[] {
    return this.#storage.sql
      .exec<FailureRow>("SELECT * FROM failures ORDER BY received_at DESC, id")
      .toArray()
      .map((row) => ({
        id: row.id,
        type: row.type,
        hash: row.hash,
        receivedAt: row.received_at,
        reason: row.reason,
      }));
  }

  /** An agent sends a discovery that fails every few seconds: what fails for the same reason is kept once. */
  async keep(failure: Failure, body: string): Promise<void> {
    const known = this.all();
    if (known.some(({ type, reason }) => type === failure.type && reason === failure.reason)) return;
    const compressed = await compress(body);
    const { sql } = this.#storage;
    this.#storage.transactionSync(() => {
      for (const { id } of known.slice(KEPT - 1)) {
        deletePayload(sql, id);
        sql.exec("DELETE FROM failures WHERE id = ?", id);
      }
      insertPayload(sql, failure.id, compressed);
      sql.exec(
        "INSERT INTO failures (id, type, hash, received_at, reason) VALUES (?, ?, ?, ?, ?)",
        failure.id,
        failure.type,
        failure.hash,
        failure.receivedAt,
        failure.reason,
      );
    });
  }

  body(id: string): Promise<string | null> {
    return readPayload(this.#storage.sql, id);
  }
}
