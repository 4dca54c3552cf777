/** What a relay is to publish and has not: kept until the relay says that its broker has it, or nobody waits any more. */
import type { ToRelay } from "../../checks/relay-messages.ts";

const messages =
  "CREATE TABLE IF NOT EXISTS messages (position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, expires_at INTEGER NOT NULL, text TEXT NOT NULL)";

/** Since when nobody came for what waits, in milliseconds. */
const absence =
  "CREATE TABLE IF NOT EXISTS absence (only INTEGER PRIMARY KEY CHECK (only = 1), since INTEGER NOT NULL)";

/** A relay that is away for long must not fill the object: then the oldest go. */
const MOST = 10_000;
/** Of the oldest that are looked at whether they have expired, whenever another comes. */
const LOOKED_AT = 10;
/** Milliseconds after which a relay is not waited for any more: nothing that it could be told is worth more. */
export const WAITED_FOR = 24 * 60 * 60_000;

export class RelayOutbox {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(messages);
    sql.exec(absence);
  }

  /** The relay is there. */
  isBack(): void {
    this.#sql.exec("DELETE FROM absence");
  }

  /** The relay is not there. @returns whether it has been away for so long that nothing is kept for it any more */
  isGivenUp(now: number): boolean {
    const [row] = this.#sql.exec<{ since: number }>("SELECT since FROM absence").toArray();
    if (row === undefined) this.#sql.exec("INSERT INTO absence (only, since) VALUES (1, ?)", now);
    return row !== undefined && now - row.since >= WAITED_FOR;
  }

  /** One that is kept already is not kept twice. @returns its text where it is new */
  keep(message: ToRelay, now: number): string | null {
    const text = JSON.stringify(message);
    const { rowsWritten } = this.#sql.exec(
      "INSERT INTO messages (id, expires_at, text) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
      message.id,
      Date.parse(message.expires_at),
      text,
    );
    if (rowsWritten === 0) return null;
    this.#sql.exec(
      "DELETE FROM messages WHERE expires_at <= ? AND position IN (SELECT position FROM messages ORDER BY position LIMIT ?)",
      now,
      LOOKED_AT,
    );
    this.#sql.exec("DELETE FROM messages WHERE position <= (SELECT max(position) FROM messages) - ?", MOST);
    return text;
  }

  forget(ids: readonly string[]): void {
    this.#sql.exec(
      "DELETE FROM messages WHERE id IN (SELECT value FROM json_each(?))",
      JSON.stringify(ids.map((id) => id.toLowerCase())),
    );
  }

  clear(): void {
    this.#sql.exec("DELETE FROM messages");
  }

  /** All that wait, the oldest first. What has expired goes. */
  waiting(now: number): string[] {
    this.#sql.exec("DELETE FROM messages WHERE expires_at <= ?", now);
    return this.#sql
      .exec<{ text: string }>("SELECT text FROM messages ORDER BY position")
      .toArray()
      .map(({ text }) => text);
  }

  /** Of those that somebody still waits for. */
  count(now: number): number {
    return this.#sql
      .exec<{ count: number }>("SELECT count(*) AS count FROM messages WHERE expires_at > ?", now)
      .one().count;
  }
}
