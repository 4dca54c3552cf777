/** What is to be delivered to one endpoint, and what became of it. */

import type { WebhookMessage } from "../../domain/webhooks/message.ts";
import { pauseAfter } from "../../domain/webhooks/retry.ts";
import type { AttemptView, DeliveryStatus, DeliveryView } from "../../domain/webhooks/view.ts";
import type { Outcome } from "./attempt.ts";

export interface DeliveryDetails extends DeliveryView {
  readonly body: string;
  readonly tries: readonly AttemptView[];
}

type Row = {
  number: number;
  id: string;
  type: string;
  body: string;
  status: DeliveryStatus;
  attempts: number;
  at: number;
  next_at: number | null;
};
type AttemptRow = { at: number; status: number | null; error: string | null; duration: number };

/** Waiting at once: what comes while so much waits is noted, and can be replayed, but is not tried by itself. */
const MOST_WAITING = 20_000;
const KEPT_FOR = 30 * 24 * 60 * 60_000;

const instant = (at: number) => new Date(at).toISOString();

function view({ id, type, status, attempts, at, next_at }: Row): DeliveryView {
  return {
    id,
    type,
    status,
    attempts,
    created_at: instant(at),
    next_attempt_at: next_at === null ? null : instant(next_at),
  };
}

export class DeliveryStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(
      `CREATE TABLE IF NOT EXISTS deliveries (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL,
       body TEXT NOT NULL, status TEXT NOT NULL, attempts INTEGER NOT NULL, at REAL NOT NULL, next_at REAL)`,
    );
    sql.exec("CREATE INDEX IF NOT EXISTS waiting ON deliveries (next_at) WHERE status = 'waiting'");
    sql.exec(
      "CREATE TABLE IF NOT EXISTS attempts (delivery INTEGER NOT NULL, at REAL NOT NULL, status INTEGER, error TEXT, duration REAL NOT NULL)",
    );
    sql.exec("CREATE INDEX IF NOT EXISTS attempts_of ON attempts (delivery)");
  }

  /** Messages that are known already are not taken a second time. */
  add(messages: readonly WebhookMessage[], now: number): void {
    let waiting = this.waiting();
    for (const { id, type, body } of messages) {
      const isTooMuch = waiting >= MOST_WAITING;
      const [row] = this.#sql
        .exec<{ number: number }>(
          `INSERT INTO deliveries (id, type, body, status, attempts, at, next_at) VALUES (?, ?, ?, ?, 0, ?, ?)
           ON CONFLICT (id) DO NOTHING RETURNING number`,
          id,
          type,
          body,
          isTooMuch ? "failed" : "waiting",
          now,
          isTooMuch ? null : now,
        )
        .toArray();
      if (row === undefined) continue;
      if (isTooMuch)
        this.#note(row.number, now, 0, { status: null, error: "too many messages wait", wish: null });
      else waiting += 1;
    }
  }

  /** Those that it is time for, the longest overdue first. */
  due(now: number, limit: number): { readonly id: string; readonly type: string; readonly body: string }[] {
    return this.#sql
      .exec<Row>(
        "SELECT * FROM deliveries WHERE status = 'waiting' AND next_at <= ? ORDER BY next_at, number LIMIT ?",
        now,
        limit,
      )
      .toArray()
      .map(({ id, type, body }) => ({ id, type, body }));
  }

  /** Writes down how an attempt ended, and when the next is. */
  settle(id: string, outcome: Outcome, began: number, now: number, random: number): void {
    const [row] = this.#sql
      .exec<{ number: number; attempts: number }>(
        "UPDATE deliveries SET attempts = attempts + 1 WHERE id = ? RETURNING number, attempts",
        id,
      )
      .toArray();
    // It was removed meanwhile.
    if (row === undefined) return;
    this.#note(row.number, began, now - began, outcome);
    const pause = outcome.error === null ? null : pauseAfter(row.attempts, random, outcome.wish);
    const status = outcome.error === null ? "delivered" : pause === null ? "failed" : "waiting";
    this.#sql.exec(
      "UPDATE deliveries SET status = ?, next_at = ? WHERE number = ?",
      status,
      pause === null ? null : Math.ceil(now + pause),
      row.number,
    );
  }

  #note(delivery: number, at: number, duration: number, { status, error }: Outcome): void {
    this.#sql.exec(
      "INSERT INTO attempts (delivery, at, status, error, duration) VALUES (?, ?, ?, ?, ?)",
      delivery,
      at,
      status,
      error,
      duration,
    );
  }

  /** Delivers it once more, whatever became of it. @returns false where it is not known */
  replay(id: string, now: number): boolean {
    const found = this.#sql.exec(
      "UPDATE deliveries SET status = 'waiting', attempts = 0, next_at = ? WHERE id = ? RETURNING id",
      now,
      id,
    );
    return found.toArray().length > 0;
  }

  /** All since a time, in milliseconds. @returns how many */
  replaySince(since: number, now: number): number {
    return this.#sql
      .exec(
        "UPDATE deliveries SET status = 'waiting', attempts = 0, next_at = ? WHERE at >= ? RETURNING number",
        now,
        since,
      )
      .toArray().length;
  }

  /** The endpoint was disabled: what waits has failed, and can be replayed. */
  abandon(): void {
    this.#sql.exec("UPDATE deliveries SET status = 'failed', next_at = NULL WHERE status = 'waiting'");
  }

  /** The newest first. @param before number of a delivery, as the page before ended with */
  list(status: DeliveryStatus | null, before: number | null, limit: number) {
    const rows = this.#sql
      .exec<Row>(
        `SELECT * FROM deliveries WHERE (?1 IS NULL OR status = ?1) AND (?2 IS NULL OR number < ?2)
         ORDER BY number DESC LIMIT ?3`,
        status,
        before,
        limit,
      )
      .toArray();
    const last = rows.at(-1);
    return {
      deliveries: rows.map(view),
      next: rows.length < limit || last === undefined ? null : last.number,
    };
  }

  /** Null where it is not known. */
  details(id: string): DeliveryDetails | null {
    const [row] = this.#sql.exec<Row>("SELECT * FROM deliveries WHERE id = ?", id).toArray();
    if (row === undefined) return null;
    const tries = this.#sql
      .exec<AttemptRow>(
        "SELECT at, status, error, duration FROM attempts WHERE delivery = ? ORDER BY rowid",
        row.number,
      )
      .toArray()
      .map(({ at, ...more }) => ({ at: instant(at), ...more }));
    return { ...view(row), body: row.body, tries };
  }

  waiting(): number {
    return this.#sql
      .exec<{ count: number }>("SELECT count(*) AS count FROM deliveries WHERE status = 'waiting'")
      .one().count;
  }

  forgetOld(now: number): void {
    const old = now - KEPT_FOR;
    this.#sql.exec(
      "DELETE FROM attempts WHERE delivery IN (SELECT number FROM deliveries WHERE at < ? AND status <> 'waiting')",
      old,
    );
    this.#sql.exec("DELETE FROM deliveries WHERE at < ? AND status <> 'waiting'", old);
  }

  /** In milliseconds; null where nothing waits. */
  nextDue(): number | null {
    return this.#sql
      .exec<{ at: number | null }>("SELECT min(next_at) AS at FROM deliveries WHERE status = 'waiting'")
      .one().at;
  }
}
