/**
 * Hosts of which the control plane wants to hear all anew: what it knew of them is not known to hold. Agents that come
 * themselves repeat all of it within seconds anyway; a relay keeps repetitions to itself until it is asked.
 */
import { deleteDoubted, insertDoubted, readDoubted } from "./tables.ts";

/** Answers to a relay that name a host: one of them may be lost. */
const NAMED = 2;

export class Doubts {
  readonly #sql: SqlStorage;
  /** How often each has been named. */
  readonly #named: Map<string, number>;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#named = new Map(readDoubted(sql).map((hostId) => [hostId, 0]));
  }

  add(hostId: string): void {
    if (!this.#named.has(hostId)) insertDoubted(this.#sql, hostId);
    this.#named.set(hostId, 0);
  }

  remove(hostId: string): void {
    if (this.#named.delete(hostId)) deleteDoubted(this.#sql, hostId);
  }

  /** @returns those of the hosts that are to be named to who tells of them */
  name(hostIds: readonly string[]): string[] {
    const named = hostIds.filter((hostId) => this.#named.has(hostId));
    for (const hostId of named) {
      const times = (this.#named.get(hostId) ?? 0) + 1;
      if (times < NAMED) this.#named.set(hostId, times);
      else this.remove(hostId);
    }
    return named;
  }
}
