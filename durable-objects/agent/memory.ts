/** What an agent's earlier discoveries told, for the policies of its other discoveries. */
import type { AgentMemory } from "../../domain/discovery/policy.ts";

export class Memory {
  readonly #sql: SqlStorage;
  #sapRunning: boolean;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    const [row] = sql.exec<{ value: string }>("SELECT value FROM memory WHERE key = 'sap_running'").toArray();
    this.#sapRunning = row?.value === "true";
  }

  read(): AgentMemory {
    return { sapRunning: this.#sapRunning };
  }

  /** @returns whether this is news */
  learnSapRunning(sapRunning: boolean): boolean {
    if (sapRunning === this.#sapRunning) return false;
    this.#sapRunning = sapRunning;
    this.#sql.exec(
      "INSERT OR REPLACE INTO memory (key, value) VALUES ('sap_running', ?)",
      String(sapRunning),
    );
    return true;
  }
}
