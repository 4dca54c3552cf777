/**
 * The messages of all queues, in one table. Bodies stay there until they are delivered: a backlog costs no memory, and what is
 * due is found by an index however much waits. What was delivered leaves with the next commit, so that it costs none of its own.
 */
import type { Backlog, ContentType, SentMessage, StoredBody } from "./queue-messages.ts";

/** Where a queue has got to: what comes before it has been taken. */
export interface Position {
  readonly due: number;
  readonly seq: number;
}

export interface StoredMessage extends Position {
  readonly sentAt: number;
  /** Deliveries that failed. */
  readonly attempts: number;
  readonly bytes: number;
  readonly type: ContentType;
  readonly body: StoredBody;
}

type Row = {
  seq: number;
  sent_at: number;
  due: number;
  attempts: number;
  bytes: number;
  type: string;
  body: StoredBody;
};

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, sent_at INTEGER NOT NULL, due INTEGER NOT NULL,
    attempts INTEGER NOT NULL, bytes INTEGER NOT NULL, type TEXT NOT NULL, body BLOB NOT NULL
  );
  CREATE INDEX IF NOT EXISTS messages_by_due ON messages (queue, due, bytes);
  CREATE INDEX IF NOT EXISTS messages_by_age ON messages (queue, sent_at);`;

const NOTHING: Backlog = { count: 0, bytes: 0, oldest: null };

function typeOf(text: string): ContentType {
  return text === "text" || text === "bytes" ? text : "json";
}

export class QueueStore {
  readonly #sql: SqlStorage;
  readonly #backlogs = new Map<string, { count: number; bytes: number; oldest: number | null | undefined }>();
  /** Delivered, and still in the table. */
  readonly #delivered = new Set<number>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(SCHEMA);
    const counted = sql.exec<{ queue: string; count: number; bytes: number }>(
      "SELECT queue, count(*) AS count, sum(bytes) AS bytes FROM messages GROUP BY queue",
    );
    for (const { queue, count, bytes } of counted)
      this.#backlogs.set(queue, { count, bytes, oldest: undefined });
  }

  /** All that have messages. */
  queues(): string[] {
    return [...this.#backlogs].flatMap(([queue, { count }]) => (count > 0 ? [queue] : []));
  }

  /** Of the newest message so far. */
  lastSeq(): number {
    return this.#sql.exec<{ seq: number | null }>("SELECT max(seq) AS seq FROM messages").one().seq ?? 0;
  }

  get deliveredCount(): number {
    return this.#delivered.size;
  }

  insert({ queue, type, body, bytes, delaySeconds }: SentMessage, now: number): void {
    this.#sql.exec(
      "INSERT INTO messages (queue, sent_at, due, attempts, bytes, type, body) VALUES (?, ?, ?, 0, ?, ?, ?)",
      queue,
      now,
      now + delaySeconds * 1_000,
      bytes,
      type,
      body,
    );
    this.#count(queue, 1, bytes, now);
  }

  /** What is due by now and comes after the position, in order. */
  take(queue: string, after: Position, now: number, limit: number): StoredMessage[] {
    const rows = this.#sql.exec<Row>(
      `SELECT seq, sent_at, due, attempts, bytes, type, body FROM messages
       WHERE queue = ? AND due >= ? AND due <= ? AND (due > ? OR seq > ?) ORDER BY due, seq LIMIT ?`,
      queue,
      after.due,
      now,
      after.due,
      after.seq,
      limit,
    );
    return [...rows].map(({ sent_at, type, ...row }) => ({ ...row, sentAt: sent_at, type: typeOf(type) }));
  }

  /** When the next one after the position is due. */
  nextDue(queue: string, after: Position): number | null {
    return this.#sql
      .exec<{ due: number | null }>(
        "SELECT min(due) AS due FROM messages WHERE queue = ? AND due >= ? AND (due > ? OR seq > ?)",
        queue,
        after.due,
        after.due,
        after.seq,
      )
      .one().due;
  }

  delivered(queue: string, messages: readonly StoredMessage[]): void {
    for (const { seq, bytes } of messages) {
      this.#delivered.add(seq);
      this.#count(queue, -1, -bytes);
    }
  }

  /** Within the commit of whoever calls. */
  removeDelivered(): void {
    if (this.#delivered.size === 0) return;
    this.#sql.exec(
      "DELETE FROM messages WHERE seq IN (SELECT value FROM json_each(?))",
      JSON.stringify([...this.#delivered]),
    );
    this.#delivered.clear();
  }

  failed({ seq }: StoredMessage, attempts: number, due: number): void {
    this.#sql.exec("UPDATE messages SET attempts = ?, due = ? WHERE seq = ?", attempts, due, seq);
  }

  /** The same message, as old as it is, in another queue. */
  move({ seq, bytes }: StoredMessage, from: string, to: string, now: number): void {
    this.#sql.exec("UPDATE messages SET queue = ?, attempts = 0, due = ? WHERE seq = ?", to, now, seq);
    this.#count(from, -1, -bytes);
    this.#count(to, 1, bytes);
  }

  backlog(queue: string): Backlog {
    const known = this.#backlogs.get(queue);
    if (known === undefined || known.count === 0) return NOTHING;
    known.oldest ??= this.#readOldest(queue);
    return { count: known.count, bytes: known.bytes, oldest: known.oldest };
  }

  /** Removes what was sent before then, and all but so many of the newest. @returns how many */
  keep(queue: string, sentAfter: number, most: number): number {
    const gone = this.#sql
      .exec<{ seq: number; bytes: number }>(
        `DELETE FROM messages WHERE queue = ? AND (sent_at < ? OR seq <= coalesce(
           (SELECT seq FROM messages WHERE queue = ? ORDER BY sent_at DESC, seq DESC LIMIT 1 OFFSET ?), 0))
         RETURNING seq, bytes`,
        queue,
        sentAfter,
        queue,
        most,
      )
      .toArray()
      // What was delivered is counted already.
      .filter(({ seq }) => !this.#delivered.delete(seq));
    for (const { bytes } of gone) this.#count(queue, -1, -bytes);
    return gone.length;
  }

  #count(queue: string, count: number, bytes: number, sentAt?: number): void {
    const known = this.#backlogs.get(queue) ?? { count: 0, bytes: 0, oldest: null };
    this.#backlogs.set(queue, known);
    if (known.count === 0 && sentAt !== undefined) known.oldest = sentAt;
    else if (sentAt === undefined) known.oldest = undefined;
    known.count += count;
    known.bytes += bytes;
  }

  #readOldest(queue: string): number | null {
    const rows = this.#sql.exec<{ seq: number; sent_at: number }>(
      "SELECT seq, sent_at FROM messages WHERE queue = ? ORDER BY sent_at, seq",
      queue,
    );
    for (const { seq, sent_at } of rows) if (!this.#delivered.has(seq)) return sent_at;
    return null;
  }
}
