/** What a relay is to publish and has not: kept until the relay says that its broker has it, or nobody waits any more. */
import type { ToRelay } from "../../checks/relay-messages.ts";

const table =
  "CREATE TABLE IF NOT EXISTS messages (position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, expires_at INTEGER NOT NULL, text TEXT NOT NULL)";

/** A relay that is away for long must not fill the object: then the oldest go. */
const MOST = 10_000;
export class RelayOutbox {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(table);
  }

  /** One that is kept already is not kept twice. @returns its text where it is new */
  keep(message: ToRelay): string | null {
    const text = JSON.stringify(message);
    const { rowsWritten } = this.#sql.exec(
      "INSERT INTO messages (id, expires_at, text) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
      message.id,
      Date.parse(message.expires_at),
      text,
    );
    if (rowsWritten === 0) return null;
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

  count(): number {
    return this.#sql.exec<{ count: number }>("SELECT count(*) AS count FROM messages").one().count;
  }
}
