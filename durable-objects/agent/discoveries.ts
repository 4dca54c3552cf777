/** The last discovery of each type that an agent sent, and what became of it. */
import { dequal } from "dequal/lite";
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";
import { compress, deletePayload, insertPayload, readPayload } from "../payloads.ts";

/**
 * `dispatching` until every command was answered (it stays so when the object stops in between), `accepted` when all were,
 * `parked` while what it needs is not there, `delayed` when a command could not be sent, `failed` when one was refused.
 */
export type DiscoveryState = "dispatching" | "accepted" | "parked" | "delayed" | "failed";

export interface Discovery {
  readonly type: DiscoveryType;
  readonly id: string;
  readonly agentId: string;
  readonly hash: string;
  readonly receivedAt: string;
  readonly state: DiscoveryState;
  /** What a parked discovery waits for, or why it is delayed or failed. */
  readonly reason: string | null;
  /** When all commands were accepted last, in milliseconds; null when it is not known that they still hold. */
  readonly acceptedAt: number | null;
}

type DiscoveryRow = {
  type: DiscoveryType;
  id: string;
  agent_id: string;
  hash: string;
  received_at: string;
  state: DiscoveryState;
  reason: string | null;
  accepted_at: number | null;
};

function toDiscovery(row: DiscoveryRow): Discovery {
  return {
    type: row.type,
    id: row.id,
    agentId: row.agent_id,
    hash: row.hash,
    receivedAt: row.received_at,
    state: row.state,
    reason: row.reason,
    acceptedAt: row.accepted_at,
  };
}

type Outcome = Pick<Discovery, "state" | "reason" | "acceptedAt">;

function outcomeOf({ state, reason, acceptedAt }: Discovery): Outcome {
  return { state, reason, acceptedAt };
}

export class Discoveries {
  readonly #storage: DurableObjectStorage;
  readonly #byType: Map<DiscoveryType, Discovery>;
  /** As stored: while a discovery is dispatched once more, only memory knows of it. */
  readonly #stored: Map<DiscoveryType, Discovery>;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    const rows = storage.sql.exec<DiscoveryRow>("SELECT * FROM discoveries").toArray();
    this.#byType = new Map(rows.map((row) => [row.type, toDiscovery(row)]));
    this.#stored = new Map(this.#byType);
  }

  all(): Discovery[] {
    return [...this.#byType.values()];
  }

  get(type: DiscoveryType): Discovery | undefined {
    return this.#byType.get(type);
  }

  /** Stores a discovery in place of the last one of its type. The same payload again is not written again. */
  async receive(discovery: Discovery, body: string): Promise<void> {
    const last = this.#byType.get(discovery.type);
    if (last?.hash === discovery.hash) {
      this.#byType.set(discovery.type, { ...discovery, id: last.id });
      return;
    }
    const compressed = await compress(body);
    this.#storage.transactionSync(() => {
      if (last !== undefined) deletePayload(this.#storage.sql, last.id);
      insertPayload(this.#storage.sql, discovery.id, compressed);
      this.#write(discovery);
    });
  }

  /** Records what became of the last discovery of a type; nothing is written when it is what was known. */
  settle(type: DiscoveryType, outcome: Outcome): void {
    const last = this.#byType.get(type);
    if (last === undefined) return;
    const stored = this.#stored.get(type);
    const isKnown = stored?.id === last.id && dequal(outcome, outcomeOf(stored));
    if (isKnown) this.#byType.set(type, stored);
    else this.#write({ ...last, ...outcome });
  }

  /** Nothing that was accepted is known to hold, of one type. @returns whether something was */
  doubt(type: DiscoveryType): boolean {
    const discovery = this.#byType.get(type);
    if (discovery === undefined || discovery.acceptedAt === null) return false;
    this.#write({ ...discovery, acceptedAt: null });
    return true;
  }

  body(type: DiscoveryType): Promise<string | null> {
    const discovery = this.#byType.get(type);
    return discovery === undefined ? Promise.resolve(null) : readPayload(this.#storage.sql, discovery.id);
  }

  #write(discovery: Discovery): void {
    this.#storage.sql.exec(
      `INSERT OR REPLACE INTO discoveries (type, id, agent_id, hash, received_at, state, reason, accepted_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      discovery.type,
      discovery.id,
      discovery.agentId,
      discovery.hash,
      discovery.receivedAt,
      discovery.state,
      discovery.reason,
      discovery.acceptedAt,
    );
    this.#byType.set(discovery.type, discovery);
    this.#stored.set(discovery.type, discovery);
  }
}
