/**
 * Watches heartbeats. The times of heartbeats live in memory alone, so that a heartbeat which changes nothing writes nothing;
 * stored is only who is watched and how it was last seen. After a restart all who were alive are given the full time again.
 */
import { deleteWatched, initialise, readShards, readWatched, upsertWatched, writeShards } from "./tables.ts";

/** An agent's interval between heartbeats (ms), and how late the next may be (domain.md 7: 5 * (0 + 1) + 1 seconds). */
export const HEARTBEAT_INTERVAL = 5_000;
export const LOST_AFTER = HEARTBEAT_INTERVAL + 1_000;
/** Shortest time between two checks of a shard (ms): each costs a written row. */
const CHECK_EVERY = 5_000;
/** How long a relay's message may be under way (ms). */
const LATE_ON_THE_WAY = 1_000;
/** Hosts that are told at once. */
const TOLD_AT_ONCE = 20;

export interface Heartbeat {
  /** Milliseconds. */
  readonly at: number;
  /** True when the heartbeat itself was before this instance's start, and `at` is that start. */
  readonly assumed: boolean;
  /** Milliseconds by which it may be heard of late: a relay tells of its agents now and then. */
  readonly grace?: number;
}

export interface WatchPorts {
  readonly storage: DurableObjectStorage;
  now(): number;
  /** How many shards there are by the present configuration. */
  readonly shards: number;
  /** @returns false when there is no such host */
  updateHeartbeat(hostId: string, heartbeat: "passing" | "critical"): Promise<boolean>;
  /** Gives an agent to the shard that the present configuration names. */
  handOver(hostId: string): Promise<void>;
}

export interface RelayedHeartbeat {
  readonly host_id: string;
  /** Milliseconds since it was heard. */
  readonly age: number;
}

/** In milliseconds. */
function lostAt({ at, grace }: Heartbeat): number {
  return at + LOST_AFTER + (grace ?? 0);
}

interface Watched {
  heartbeat: "passing" | "critical";
  last: Heartbeat;
}

export class Watch {
  readonly #ports: WatchPorts;
  readonly #watched = new Map<string, Watched>();
  /** Hosts that are being told of a change: the next change waits for it. */
  readonly #telling = new Map<string, Promise<boolean>>();
  #armed = false;
  #shards: number | null;

  constructor(ports: WatchPorts) {
    this.#ports = ports;
    initialise(ports.storage.sql);
    this.#shards = readShards(ports.storage.sql);
    for (const { hostId, heartbeat } of readWatched(ports.storage.sql)) {
      this.#watched.set(hostId, { heartbeat, last: { at: ports.now(), assumed: true } });
    }
  }

  async start(): Promise<void> {
    this.#armed = (await this.#ports.storage.getAlarm()) !== null;
    if (!this.#armed && this.#anyPassing()) this.#arm(this.#ports.now() + LOST_AFTER);
  }

  /**
   * Heartbeats that a relay has heard.
   * @param interval milliseconds until the relay tells of the next
   * @returns hosts that are not known
   */
  async beatAll(heard: readonly RelayedHeartbeat[], interval: number, shards: number): Promise<string[]> {
    const grace = interval + LATE_ON_THE_WAY;
    const unknown: string[] = [];
    for (let start = 0; start < heard.length; start += TOLD_AT_ONCE) {
      await Promise.all(
        heard.slice(start, start + TOLD_AT_ONCE).map(async ({ host_id, age }) => {
          if (!(await this.beat(host_id, shards, age, grace))) unknown.push(host_id);
        }),
      );
    }
    return unknown;
  }

  /** @param age milliseconds since the heartbeat @param grace milliseconds by which the next may be late */
  async beat(hostId: string, shards: number, age = 0, grace = 0): Promise<boolean> {
    const entry = this.#watched.get(hostId);
    const last = { at: this.#ports.now() - age, assumed: false, grace };
    // It was lost before it was heard of.
    if (entry !== undefined && this.#isLost({ ...entry, last })) return true;
    if (entry?.heartbeat === "passing") {
      entry.last = last;
      return true;
    }
    const known = await this.#tell(hostId, "passing");
    if (known) this.#keep(hostId, { heartbeat: "passing", last }, shards);
    else this.forget(hostId);
    return known;
  }

  adopt(hostId: string, shards: number): void {
    if (this.#watched.has(hostId)) return;
    this.#keep(hostId, { heartbeat: "passing", last: { at: this.#ports.now(), assumed: true } }, shards);
  }

  forget(hostId: string): void {
    if (!this.#watched.delete(hostId)) return;
    deleteWatched(this.#ports.storage.sql, hostId);
  }

  last(hostId: string): Heartbeat | null {
    return this.#watched.get(hostId)?.last ?? null;
  }

  seen(): Record<string, number> {
    const entries = [...this.#watched].filter(([, { last }]) => !last.assumed);
    return Object.fromEntries(entries.map(([hostId, { last }]) => [hostId, last.at]));
  }

  /** The alarm. Never throws: a shard that stops looking would call everybody alive for ever. */
  async check(): Promise<void> {
    this.#armed = false;
    try {
      if (this.#shards !== null && this.#shards !== this.#ports.shards) await this.#retire();
      else await this.#tellLost();
    } catch (error) {
      console.error("heartbeat check failed", error);
    }
    if (this.#anyPassing()) this.#arm(this.#nextCheck());
  }

  async #tellLost(): Promise<void> {
    const lost = this.#passing().filter(({ entry }) => this.#isLost(entry));
    for (let start = 0; start < lost.length; start += TOLD_AT_ONCE) {
      await Promise.all(
        lost.slice(start, start + TOLD_AT_ONCE).map(async ({ hostId, entry }) => {
          const known = await this.#tell(hostId, "critical");
          if (!known) this.forget(hostId);
          else if (this.#isLost(entry))
            this.#keep(hostId, { ...entry, heartbeat: "critical" }, this.#ports.shards);
          // A heartbeat came while the host was being told of the loss.
          else await this.#tell(hostId, "passing");
        }),
      );
    }
  }

  /** The number of shards was changed: whom this one watched is watched by another from now on. */
  async #retire(): Promise<void> {
    for (const { hostId } of this.#passing()) {
      await this.#ports.handOver(hostId);
      this.forget(hostId);
    }
  }

  /** One at a time for each host. */
  #tell(hostId: string, heartbeat: "passing" | "critical"): Promise<boolean> {
    const before = this.#telling.get(hostId) ?? Promise.resolve(true);
    const told = before.then(
      () => this.#ports.updateHeartbeat(hostId, heartbeat),
      () => this.#ports.updateHeartbeat(hostId, heartbeat),
    );
    this.#telling.set(hostId, told);
    const done = () => {
      if (this.#telling.get(hostId) === told) this.#telling.delete(hostId);
    };
    told.then(done, done);
    return told;
  }

  #keep(hostId: string, entry: Watched, shards: number): void {
    const { storage } = this.#ports;
    storage.transactionSync(() => {
      if (this.#shards !== shards) writeShards(storage.sql, shards);
      upsertWatched(storage.sql, hostId, entry.heartbeat);
      if (entry.heartbeat === "passing" && !this.#armed) this.#arm(this.#ports.now() + LOST_AFTER);
    });
    this.#shards = shards;
    this.#watched.set(hostId, entry);
  }

  #passing(): { hostId: string; entry: Watched }[] {
    return [...this.#watched]
      .map(([hostId, entry]) => ({ hostId, entry }))
      .filter(({ entry }) => entry.heartbeat === "passing");
  }

  #anyPassing(): boolean {
    return this.#passing().length > 0;
  }

  #isLost(entry: Watched): boolean {
    return this.#ports.now() >= lostAt(entry.last);
  }

  #nextCheck(): number {
    const earliest = Math.min(...this.#passing().map(({ entry }) => lostAt(entry.last)));
    return Math.max(earliest, this.#ports.now() + CHECK_EVERY);
  }

  #arm(at: number): void {
    void this.#ports.storage.setAlarm(at);
    this.#armed = true;
  }
}
