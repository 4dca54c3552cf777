/**
 * Watches heartbeats. The times of heartbeats live in memory alone, so that a heartbeat which changes nothing writes nothing;
 * stored is only who is watched and how it was last seen. After a restart all who were alive are given the full time again.
 */
import { dequal } from "dequal/lite";
import type { HeartbeatsHeard } from "../../checks/relay-messages.ts";
import { Alarm, isAwaited } from "../alarm.ts";
import { Doubts } from "./doubts.ts";
import {
  assumedAt,
  byRelay,
  countsAsAlive,
  direct,
  following,
  type Heartbeat,
  LOST_AFTER,
  lostAt,
  type Way,
} from "./loss.ts";
import {
  deleteWatched,
  initialise,
  readShards,
  readWatched,
  upsertWatched,
  type Word,
  writeShards,
  writeWay,
} from "./tables.ts";
import { Telling } from "./telling.ts";

/** Shortest time between two checks of a shard (ms): each costs a written row. */
const CHECK_EVERY = 5_000;
/** Longest that it waits (ms): the platform takes an object out of memory that had nothing to do for ten seconds, and its times with it. */
const STAYS_AWAKE_FOR = 8_000;
/** Hosts that are told at once. */
const TOLD_AT_ONCE = 20;

export interface WatchPorts {
  readonly storage: DurableObjectStorage;
  now(): number;
  /** How many shards there are by the present configuration. */
  readonly shards: number;
  isRegistered(hostId: string): Promise<boolean>;
  /** @returns false when there is no such host */
  updateHeartbeat(hostId: string, heartbeat: "passing" | "critical"): Promise<boolean>;
  /** Gives an agent to the shard that the present configuration names. */
  handOver(hostId: string, way: Way): Promise<void>;
}

export interface RelayedHeartbeat {
  readonly host_id: string;
  /** Milliseconds since it was heard. */
  readonly age: number;
}

/** As a host is shown. */
export interface ShownHeartbeat {
  readonly host_id: string;
  readonly heartbeat: "passing" | "critical";
}

interface Watched {
  heartbeat: Word;
  last: Heartbeat;
}

interface OneWatched {
  readonly hostId: string;
  readonly entry: Watched;
}

export class Watch {
  readonly #ports: WatchPorts;
  readonly #watched = new Map<string, Watched>();
  readonly #doubts: Doubts;
  readonly #telling = new Telling();
  /** Hosts that are being told of their loss: what is heard of them meanwhile is told after it. */
  readonly #losing = new Set<string>();
  readonly #alarm: Alarm;
  /** The time of the alarm, in milliseconds; null where none is set. */
  #armedFor: number | null = null;
  #shards: number | null;

  constructor(ports: WatchPorts) {
    const { sql } = ports.storage;
    this.#ports = ports;
    this.#alarm = new Alarm(ports.storage, ports.now);
    initialise(sql);
    this.#shards = readShards(sql);
    for (const { hostId, heartbeat, way } of readWatched(sql)) {
      this.#watched.set(hostId, { heartbeat, last: assumedAt(ports.now(), way) });
    }
    this.#doubts = new Doubts(sql);
  }

  async start(): Promise<void> {
    this.#armedFor = await this.#ports.storage.getAlarm();
    // One in the past may never ring.
    if (this.#armedFor !== null && this.#armedFor <= this.#ports.now()) this.#armedFor = null;
    this.look();
  }

  /** Sees to it that the alarm is set where anybody is watched. */
  look(): void {
    if (!this.#isArmed() && this.#anyAlive()) this.#arm(this.#nextCheck());
  }

  /**
   * Heartbeats that a relay has heard.
   * @param interval milliseconds until the relay tells of the next
   * @param namesSilent whether it also tells of hosts that fell silent
   */
  async beatAll(
    heard: readonly RelayedHeartbeat[],
    interval: number,
    namesSilent: boolean,
    shards: number,
  ): Promise<HeartbeatsHeard> {
    const way = byRelay(interval, namesSilent);
    const unknown: string[] = [];
    for (let start = 0; start < heard.length; start += TOLD_AT_ONCE) {
      await Promise.all(
        heard.slice(start, start + TOLD_AT_ONCE).map(async ({ host_id, age }) => {
          if (!(await this.#hear(host_id, shards, way, age))) unknown.push(host_id);
        }),
      );
    }
    const beating = heard.filter(({ age }) => age < LOST_AFTER).map(({ host_id }) => host_id);
    return { unknown, doubted: this.#doubts.name(beating) };
  }

  /** A heartbeat of the host's own. @returns false when there is no such host */
  async beat(hostId: string, shards: number): Promise<boolean> {
    this.#doubts.remove(hostId);
    return this.#hear(hostId, shards, direct, 0);
  }

  /** What the host said is not known to hold: whoever speaks for it is to tell it anew. */
  doubt(hostId: string): void {
    this.#doubts.add(hostId);
  }

  async #hear(hostId: string, shards: number, way: Way, age: number): Promise<boolean> {
    const entry = this.#watched.get(hostId);
    const last = following(entry?.last ?? null, way, age, this.#ports.now());
    if (entry !== undefined && (entry.heartbeat === "passing" || this.#losing.has(hostId))) {
      this.#learn(hostId, entry, last);
      return true;
    }
    // That it is silent, or was lost before it was heard of, brings nobody back.
    if (age >= LOST_AFTER) return true;
    // An agent whose host is not there beats every few seconds: that must not be written down.
    if (entry === undefined && !(await this.#ports.isRegistered(hostId))) return false;
    // Written down first: this object may stop when the host was told, and no heartbeat come any more.
    this.#keep(hostId, { heartbeat: "unsettled", last }, shards);
    const known = await this.#tell(hostId, "passing");
    if (known) this.#keep(hostId, { heartbeat: "passing", last: this.last(hostId) ?? last }, shards);
    else this.forget(hostId);
    return known;
  }

  adopt(hostId: string, way: Way, shards: number): void {
    if (!this.#watched.has(hostId)) this.#wonder(hostId, way, shards);
  }

  /** Where hosts are shown otherwise than they were last seen here, they are told anew. */
  compare(shown: readonly ShownHeartbeat[], shards: number): void {
    for (const { host_id, heartbeat } of shown) {
      const entry = this.#watched.get(host_id);
      const seen = entry?.heartbeat ?? "critical";
      if (seen !== "unsettled" && seen !== heartbeat)
        this.#wonder(host_id, entry?.last.way ?? direct, shards);
    }
  }

  /** It is given the full time: then it is told that it is lost, or that it is back. */
  #wonder(hostId: string, way: Way, shards: number): void {
    this.#keep(hostId, { heartbeat: "unsettled", last: assumedAt(this.#ports.now(), way) }, shards);
  }

  forget(hostId: string): void {
    if (!this.#watched.delete(hostId)) return;
    deleteWatched(this.#ports.storage.sql, hostId);
  }

  last(hostId: string): Heartbeat | null {
    return this.#watched.get(hostId)?.last ?? null;
  }

  isAlive(hostId: string): boolean {
    const entry = this.#watched.get(hostId);
    if (entry === undefined || entry.heartbeat === "critical") return false;
    return countsAsAlive(entry.last, this.#ports.now());
  }

  seen(): Record<string, number> {
    const entries = [...this.#watched].filter(([, { last }]) => !last.assumed);
    return Object.fromEntries(entries.map(([hostId, { last }]) => [hostId, last.at]));
  }

  /** The alarm. Never throws: a shard that stops looking would call everybody alive for ever. */
  async check(info?: AlarmInvocationInfo): Promise<void> {
    this.#alarm.ring(info);
    try {
      if (this.#shards !== null && this.#shards !== this.#ports.shards) await this.#retire();
      else await this.#tellLost();
    } catch (error) {
      console.error("heartbeat check failed", error);
    }
    this.#armedFor = null;
    if (this.#anyAlive()) this.#arm(Math.max(this.#nextCheck(), this.#ports.now() + CHECK_EVERY));
  }

  /** Times that lie ahead were taken before the clock was put back: those hosts are given the full time again. */
  #forgetTimesAhead(): void {
    const now = this.#ports.now();
    for (const entry of this.#watched.values())
      if (entry.last.toldAt > now) entry.last = assumedAt(now, entry.last.way);
  }

  async #tellLost(): Promise<void> {
    this.#forgetTimesAhead();
    const lost = this.#alive().filter(({ entry }) => this.#isLost(entry));
    await this.#each(lost, async ({ hostId, entry }) => {
      this.#keep(hostId, { ...entry, heartbeat: "unsettled" }, this.#ports.shards);
      this.#losing.add(hostId);
      try {
        await this.#lose(hostId);
      } finally {
        this.#losing.delete(hostId);
      }
    });
  }

  async #lose(hostId: string): Promise<void> {
    const known = await this.#tell(hostId, "critical");
    const entry = this.#watched.get(hostId);
    if (!known) this.forget(hostId);
    if (!known || entry === undefined) return;
    const isBack = !this.#isLost(entry);
    // A heartbeat came while the host was being told of the loss.
    if (isBack) await this.#tell(hostId, "passing");
    const last = this.last(hostId) ?? entry.last;
    this.#keep(hostId, { heartbeat: isBack ? "passing" : "critical", last }, this.#ports.shards);
  }

  /** The number of shards was changed: whom this one watched is watched by another from now on. */
  async #retire(): Promise<void> {
    await this.#each(this.#alive(), async ({ hostId, entry }) => {
      await this.#ports.handOver(hostId, entry.last.way);
      this.forget(hostId);
    });
  }

  /** One that fails is done at the next look, and holds up no others. */
  async #each(hosts: readonly OneWatched[], work: (one: OneWatched) => Promise<void>): Promise<void> {
    const failures: unknown[] = [];
    for (let start = 0; start < hosts.length; start += TOLD_AT_ONCE) {
      const some = hosts.slice(start, start + TOLD_AT_ONCE);
      await Promise.all(some.map((one) => work(one).catch((error) => failures.push(error))));
    }
    if (failures.length > 0) console.error(`heartbeat check: ${failures.length} hosts failed`, failures[0]);
  }

  #tell(hostId: string, heartbeat: "passing" | "critical"): Promise<boolean> {
    return this.#telling.inTurn(hostId, () => this.#ports.updateHeartbeat(hostId, heartbeat));
  }

  #keep(hostId: string, entry: Watched, shards: number): void {
    const { storage } = this.#ports;
    const before = this.#watched.get(hostId);
    const isNew = before?.heartbeat !== entry.heartbeat || !dequal(before.last.way, entry.last.way);
    storage.transactionSync(() => {
      if (this.#shards !== shards) writeShards(storage.sql, shards);
      if (!isNew) return;
      upsertWatched(storage.sql, hostId, entry.heartbeat);
      writeWay(storage.sql, hostId, entry.last.way);
    });
    this.#shards = shards;
    this.#watched.set(hostId, entry);
    if (entry.heartbeat !== "critical") this.#armBy(lostAt(entry.last));
  }

  /** Nothing is written while heartbeats come as they came. */
  #learn(hostId: string, entry: Watched, last: Heartbeat): void {
    if (!dequal(entry.last.way, last.way)) writeWay(this.#ports.storage.sql, hostId, last.way);
    entry.last = last;
    // A host that is said to be silent is lost before it would be without a word of it.
    this.#armBy(lostAt(last));
  }

  /** Those who must be heard of. */
  #alive(): OneWatched[] {
    return [...this.#watched]
      .map(([hostId, entry]) => ({ hostId, entry }))
      .filter(({ entry }) => entry.heartbeat !== "critical");
  }

  #anyAlive(): boolean {
    return this.#alive().length > 0;
  }

  #isLost(entry: Watched): boolean {
    return this.#ports.now() >= lostAt(entry.last);
  }

  #nextCheck(): number {
    return Math.min(...this.#alive().map(({ entry }) => lostAt(entry.last)));
  }

  /** Whoever is watched is looked at by then. */
  #armBy(at: number): void {
    if (!this.#isArmed() || at < (this.#armedFor ?? 0) - CHECK_EVERY) this.#arm(at);
  }

  #isArmed(): boolean {
    return isAwaited(this.#armedFor, this.#ports.now(), STAYS_AWAKE_FOR);
  }

  #arm(at: number): void {
    this.#armedFor = Math.min(at, this.#ports.now() + STAYS_AWAKE_FOR);
    this.#alarm.set(this.#armedFor);
  }
}
