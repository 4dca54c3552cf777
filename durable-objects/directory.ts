/**
 * The Durable Object at which agents meet that do not know of each other: one tells of a database, another waits for it.
 * One for each thing that is looked for (`tenant/PRD`, `database/<id>`), so that telling and waiting take place in one turn
 * and nobody waits for what was told a moment before.
 */
import { DurableObject } from "cloudflare:workers";
import { Alarm } from "./alarm.ts";
import { inBatches } from "./batches.ts";
import type { DurableObjectBindings } from "./bindings.ts";
import { type Entry, Listings } from "./directory/listings.ts";
import { Waiters } from "./directory/waiters.ts";

/** Agents that one alarm wakes: the platform counts the calls of each. */
const WOKEN_AT_ONCE = 200;
/** Milliseconds until those are woken again for whom it failed: longer each time. */
const AGAIN_AFTER = 5_000;
const LONGEST_PAUSE = 10 * 60_000;

export class DirectoryObject extends DurableObject<DurableObjectBindings> {
  readonly #listings: Listings;
  readonly #waiters: Waiters;
  readonly #alarm: Alarm;
  #pause = AGAIN_AFTER;

  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env);
    this.#alarm = new Alarm(ctx.storage);
    this.#listings = new Listings(ctx.storage.sql);
    this.#waiters = new Waiters(ctx.storage.sql, {
      now: () => Date.now(),
      newTicket: () => crypto.randomUUID(),
    });
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

  /** Wakes those who wait where a database is found. */
  async wakeAround(databaseId: string): Promise<void> {
    const addresses = this.#listings.of(databaseId);
    this.ctx.storage.transactionSync(() => this.#call(this.#waiters.callAt(addresses)));
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

  /** Somebody looks whether those who are called are going to be woken. */
  async look(): Promise<void> {
    this.#rearm();
  }

  #call(called: number): void {
    if (called > 0) this.#rearm();
  }

  #rearm(): void {
    const next = this.#waiters.nextDue();
    if (next !== null) this.#alarm.set(next);
  }

  /** An agent leaves when it was woken; one that still lacks something has come anew by then, and stays. */
  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    this.#alarm.ring(info);
    let failed = false;
    await inBatches(this.#waiters.due(WOKEN_AT_ONCE), async (waiter) => {
      try {
        await this.env.AGENT.getByName(waiter.agentId).hearAgain(waiter.layer, crypto.randomUUID());
        this.#waiters.remove(waiter);
      } catch (error) {
        failed = true;
        this.#waiters.postpone(waiter, Date.now() + this.#pause);
        console.error(`agent ${waiter.agentId} could not be woken`, error);
      }
    });
    this.#pause = failed ? Math.min(this.#pause * 2, LONGEST_PAUSE) : AGAIN_AFTER;
    // Nothing is awaited in between: whoever was called meanwhile is among them.
    this.#rearm();
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
