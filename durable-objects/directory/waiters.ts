/** Agents that wait, and those among them that are called: they are woken until it succeeded. */

/** Stands for no address in particular. */
const ANY = "";

type Called = { agent_id: string; ticket: string };

export class Waiters {
  readonly #sql: SqlStorage;
  readonly #newTicket: () => string;

  constructor(sql: SqlStorage, newTicket: () => string) {
    this.#sql = sql;
    this.#newTicket = newTicket;
    sql.exec(
      `CREATE TABLE IF NOT EXISTS waiters (
         agent_id TEXT NOT NULL, address TEXT NOT NULL, ticket TEXT NOT NULL, called INTEGER NOT NULL,
         PRIMARY KEY (agent_id, address)
       ) WITHOUT ROWID`,
    );
  }

  /** Each time with a new ticket: who comes back while being woken is not sent away by that. */
  add(agentId: string, address: string | null): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO waiters (agent_id, address, ticket, called) VALUES (?, ?, ?, 0)",
      agentId,
      address ?? ANY,
      this.#newTicket(),
    );
  }

  /** @returns how many were called */
  callAt(addresses: readonly string[]): number {
    return this.#sql.exec(
      "UPDATE waiters SET called = 1 WHERE address IN (SELECT value FROM json_each(?))",
      JSON.stringify(addresses),
    ).rowsWritten;
  }

  callAll(): number {
    return this.#sql.exec("UPDATE waiters SET called = 1").rowsWritten;
  }

  called(): { agentId: string; ticket: string }[] {
    return this.#sql
      .exec<Called>("SELECT agent_id, ticket FROM waiters WHERE called = 1")
      .toArray()
      .map(({ agent_id, ticket }) => ({ agentId: agent_id, ticket }));
  }

  remove(agentId: string, ticket: string): void {
    this.#sql.exec("DELETE FROM waiters WHERE agent_id = ? AND ticket = ?", agentId, ticket);
  }

  all(): string[] {
    return this.#sql
      .exec<{ agent_id: string }>("SELECT DISTINCT agent_id FROM waiters ORDER BY agent_id")
      .toArray()
      .map(({ agent_id }) => agent_id);
  }
}
