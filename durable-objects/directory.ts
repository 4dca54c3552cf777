/**
 * The Durable Object at which agents meet that do not know of each other: one tells of a database, another waits for it.
 * One for each thing that is looked for (`tenant/PRD`, `database/<id>`), so that telling and waiting take place in one turn
 * and nobody waits for what was told a moment before.
 */
import { DurableObject } from "cloudflare:workers";
import type { DurableObjectBindings } from "./bindings.ts";
import { type Entry, Listings } from "./directory/listings.ts";
import { Waiters } from "./directory/waiters.ts";

/** Agents that are woken at once. */
const WOKEN_AT_ONCE = 20;
/** Milliseconds until those are woken again for whom it failed. */
const AGAIN_AFTER = 5_000;

export class DirectoryObject extends DurableObject<DurableObjectBindings> {
  readonly #listings: Listings;
  readonly #waiters: Waiters;

  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env);
    this.#listings = new Listings(ctx.storage.sql);
    this.#waiters = new Waiters(ctx.storage.sql, () => crypto.randomUUID());
  }

  /** A host tells at which addresses it serves a database; who waits for one of them is woken. */
  async announce(entry: Entry): Promise<void> {
    this.ctx.storage.transactionSync(() => {
      this.#listings.put(entry);
      this.#call(this.#waiters.callAt(entry.addresses));
    });
  }

  /** A host no longer serves a database. */
  async withdraw(databaseId: string, hostId: string): Promise<void> {
    this.#listings.remove(databaseId, hostId);
  }

  /** Wakes everybody who waits: what they wait for came, or came back. */
  async wake(): Promise<void> {
    this.ctx.storage.transactionSync(() => this.#call(this.#waiters.callAll()));
  }

  /** @returns ids of the databases that are served at an address */
  async find(address: string): Promise<string[]> {
    return this.#listings.at(address);
  }

  /**
   * Waits to be woken.
   * @param address what is waited for; null for whatever comes
   * @returns as `find`: what was told before this turn is no longer waited for
   */
  async wait(agentId: string, address: string | null): Promise<string[]> {
    this.#waiters.add(agentId, address);
    return address === null ? [] : this.#listings.at(address);
  }

  /** Ids of the agents that wait. */
  async waiting(): Promise<string[]> {
    return this.#waiters.all();
  }

  #call(called: number): void {
    if (called > 0) void this.ctx.storage.setAlarm(Date.now());
  }

  /** An agent leaves when it was woken; one that still lacks something has come anew by then, and stays. */
  override async alarm(): Promise<void> {
    const called = this.#waiters.called();
    let failed = 0;
    for (let start = 0; start < called.length; start += WOKEN_AT_ONCE) {
      await Promise.all(
        called.slice(start, start + WOKEN_AT_ONCE).map(async ({ agentId, ticket }) => {
          try {
            await this.env.AGENT.getByName(agentId).replay(["sap_system_discovery"], crypto.randomUUID());
            this.#waiters.remove(agentId, ticket);
          } catch (error) {
            failed += 1;
            console.error(`agent ${agentId} could not be woken`, error);
          }
        }),
      );
    }
    if (failed > 0) await this.ctx.storage.setAlarm(Date.now() + AGAIN_AFTER);
  }
}

type DirectoryBindings = Pick<DurableObjectBindings, "DIRECTORY">;

/** Where databases with a tenant of this name are found. */
export function tenantDirectory({ DIRECTORY }: DirectoryBindings, tenant: string) {
  return DIRECTORY.getByName(`tenant/${tenant}`);
}

/** Where secondaries wait for the primary of their database. */
export function databaseDirectory({ DIRECTORY }: DirectoryBindings, databaseId: string) {
  return DIRECTORY.getByName(`database/${databaseId}`);
}
