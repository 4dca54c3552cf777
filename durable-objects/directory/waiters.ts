/** Agents that wait, and those among them that are called: they are woken until it succeeded. */
import type { Layer } from "../agent/layers.ts";

/** Stands for no address in particular: so wait the secondaries of a database. */
const ANY = "";
/** Milliseconds after which it is noted again that an agent still waits: it looks every few seconds, and a note is a row. */
const NOTED_EVERY = 60 * 60_000;
/** Milliseconds after which an agent that has not looked again is taken off. */
const GIVEN_UP_AFTER = 24 * 60 * 60_000;

export interface Called {
  readonly agentId: string;
  /** What it said of this layer is to be heard again. */
  readonly layer: Layer;
  readonly ticket: string;
}

export interface WaiterPorts {
  now(): number;
  newTicket(): string;
}

export class Waiters {
  readonly #sql: SqlStorage;
  readonly #ports: WaiterPorts;

  constructor(sql: SqlStorage, ports: WaiterPorts) {
    this.#sql = sql;
    this.#ports = ports;
    // `due`: when to wake one that is called; null while it waits.
    sql.exec(
      `CREATE TABLE IF NOT EXISTS waiters (
         agent_id TEXT NOT NULL, address TEXT NOT NULL, ticket TEXT NOT NULL, noted_at INTEGER NOT NULL, due INTEGER,
         PRIMARY KEY (agent_id, address)
       ) WITHOUT ROWID`,
    );
  }

  /** One that is called comes with a new ticket: who comes back while being woken is not sent away by that. */
  add(agentId: string, address: string | null): void {
    const now = this.#ports.now();
    const { rowsWritten } = this.#sql.exec(
      `INSERT INTO waiters (agent_id, address, ticket, noted_at, due) VALUES (?, ?, ?, ?, NULL)
       ON CONFLICT DO UPDATE SET ticket = excluded.ticket, noted_at = excluded.noted_at, due = NULL
       WHERE due IS NOT NULL OR noted_at < ?`,
      agentId,
      address ?? ANY,
      this.#ports.newTicket(),
      now,
      now - NOTED_EVERY,
    );
    if (rowsWritten > 0) this.#sql.exec("DELETE FROM waiters WHERE noted_at < ?", now - GIVEN_UP_AFTER);
  }

  /** @returns how many are called */
  callAt(addresses: readonly string[]): number {
    return this.#sql.exec(
      "UPDATE waiters SET due = ? WHERE address IN (SELECT value FROM json_each(?))",
      this.#ports.now(),
      JSON.stringify(addresses),
    ).rowsWritten;
  }

  callAll(): number {
    return this.#sql.exec("UPDATE waiters SET due = ?", this.#ports.now()).rowsWritten;
  }

  /** Those to be woken now, as many as one alarm may wake. */
  due(limit: number): Called[] {
    return this.#sql
      .exec<{ agent_id: string; address: string; ticket: string }>(
        "SELECT agent_id, address, ticket FROM waiters WHERE due <= ? ORDER BY due LIMIT ?",
        this.#ports.now(),
        limit,
      )
      .toArray()
      .map(({ agent_id, address, ticket }) => ({
        agentId: agent_id,
        layer: address === ANY ? "database" : "application",
        ticket,
      }));
  }

  /** When the next is to be woken; null when nobody is called. */
  nextDue(): number | null {
    return this.#sql.exec<{ due: number | null }>("SELECT min(due) AS due FROM waiters").one().due;
  }

  postpone({ agentId, ticket }: Called, due: number): void {
    this.#sql.exec("UPDATE waiters SET due = ? WHERE agent_id = ? AND ticket = ?", due, agentId, ticket);
  }

  remove({ agentId, ticket }: Called): void {
    this.#sql.exec("DELETE FROM waiters WHERE agent_id = ? AND ticket = ?", agentId, ticket);
  }

  all(): string[] {
    return this.#sql
      .exec<{ agent_id: string }>("SELECT DISTINCT agent_id FROM waiters ORDER BY agent_id")
      .toArray()
      .map(({ agent_id }) => agent_id);
  }
}
