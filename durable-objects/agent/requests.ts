/** What an agent is asked for and has not answered: kept until it is answered or nobody waits any more. */
import type { ToAgent } from "../../checks/agent-messages.ts";

export const requestsTable =
  "CREATE TABLE IF NOT EXISTS requests (id TEXT PRIMARY KEY, expires_at INTEGER NOT NULL, message TEXT NOT NULL) WITHOUT ROWID";

export class Requests {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /**
   * @param id the same asked again takes the place of what it was
   * @param expiresAt milliseconds
   * @returns the message as it is sent
   */
  keep(id: string, message: ToAgent, expiresAt: number): string {
    const text = JSON.stringify(message);
    this.#sql.exec(
      "INSERT OR REPLACE INTO requests (id, expires_at, message) VALUES (?, ?, ?)",
      id,
      expiresAt,
      text,
    );
    return text;
  }

  forget(id: string): void {
    this.#sql.exec("DELETE FROM requests WHERE id = ?", id);
  }

  /** Messages that wait for the agent. What has expired goes. */
  open(now: number): { readonly id: string; readonly message: string }[] {
    this.#sql.exec("DELETE FROM requests WHERE expires_at <= ?", now);
    return this.#sql
      .exec<{ id: string; message: string }>("SELECT id, message FROM requests ORDER BY expires_at, id")
      .toArray();
  }
}
