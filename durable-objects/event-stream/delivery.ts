/**
 * Brings a stream's events to all subscribers. Queues may lose, repeat and reorder: the outbox row leaves when every queue
 * took the message, and the alarm, set with the events, later asks every subscriber's checkpoint and sends again what is
 * missing, until all have caught up.
 */
import { type StoredEvent, type StreamName, streamKey } from "./events.ts";
import { packNudges } from "./nudges.ts";
import { markAnnounced, readOutbox, type VersionRange, writeOutbox } from "./outbox.ts";
import type { ReadCheckpoints, Subscriber } from "./subscribers.ts";

export interface DeliveryPorts {
  readonly storage: DurableObjectStorage;
  /** Wakes the object for `redeliver` at a time (ms); within a transaction, it is part of it. */
  setAlarm(at: number): void;
  subscribers(): readonly Subscriber[];
  readonly readCheckpoints: ReadCheckpoints;
  now(): number;
  pause(milliseconds: number): Promise<void>;
  /** Between 0 and 1: spreads the alarms of many streams that were committed in the same moment. */
  random(): number;
  /** Milliseconds from a commit to the first look at the checkpoints. */
  readonly firstCheckAfter: number;
  readStream(): { name: StreamName | null; version: number };
  readEvents(from: number, to: number): Iterable<StoredEvent>;
  /** Version of the last event of one of the types before a version; 0 when there is none. */
  lastVersionOf(types: Iterable<string>, before: number): number;
}

/** Longest pause between two attempts, in milliseconds. */
const LONGEST_PAUSE = 10 * 60_000;
/** Milliseconds between two messages of a stream that is written to again and again. */
const BETWEEN_BATCHES = 20;
/** Events sent in one go. */
const SENT_AT_ONCE = 500;

let complainedAt = 0;

/** When a queue is down, it is down for thousands of streams at once: one line a second says as much. */
function complain(message: string): void {
  const now = Date.now();
  if (now - complainedAt < 1_000) return;
  complainedAt = now;
  console.warn(message);
}

export class Delivery {
  readonly #ports: DeliveryPorts;
  #armed = false;
  #publishing: Promise<void> | null = null;
  /** What no queue has been told of, as far as this instance knows; undefined until the row was read. */
  #pending: VersionRange | null | undefined;
  /** Events that were just appended: they need not be read again to be sent. */
  #fresh: StoredEvent[] = [];

  constructor(ports: DeliveryPorts) {
    this.#ports = ports;
  }

  /**
   * Inside the transaction of the events: the outbox row, and the alarm if none is set by this instance. What every queue
   * has taken leaves the row here, or at the alarm: a transaction of its own would be a second one for every command.
   */
  onAppend(events: readonly StoredEvent[]): void {
    const { sql } = this.#ports.storage;
    const [first] = events;
    const last = events.at(-1);
    if (first === undefined || last === undefined) return;
    this.#pending = { first: this.#unannounced()?.first ?? first.version, last: last.version };
    writeOutbox(sql, this.#pending);
    if (!this.#armed) this.#arm(0);
    this.#fresh = this.#fresh.length > SENT_AT_ONCE ? [] : [...this.#fresh, ...events];
  }

  /** The transaction failed: the alarm went with it, and the events are none. */
  onRollback(): void {
    this.#armed = false;
    this.#pending = undefined;
    this.#fresh = [];
  }

  /** Sends what the outbox holds. Commits made meanwhile go with the next round, so that a busy stream sends in batches. */
  publish(): Promise<void> {
    this.#publishing ??= this.#publishAll().finally(() => {
      this.#publishing = null;
    });
    return this.#publishing;
  }

  /**
   * The alarm: never throws, since the platform would stop after a few retries, and this must not stop. What is sent
   * follows from the checkpoints alone: an instance that slept in between does not know what its queues took.
   */
  async redeliver(): Promise<void> {
    this.#armed = false;
    const { storage } = this.#ports;
    try {
      const { behind, sentUpTo } = await this.#resendMissing();
      markAnnounced(storage.sql, sentUpTo);
      this.#pending = undefined;
      if (behind) this.#arm(this.#countAttempt());
      else this.#forgetAttempts();
    } catch (error) {
      complain(`redelivery failed: ${error}`);
      this.#arm(this.#countAttempt());
    }
  }

  async #publishAll(): Promise<void> {
    for (let pending = this.#unannounced(); pending !== null; pending = this.#unannounced()) {
      const sent = Math.min(pending.last, pending.first + SENT_AT_ONCE - 1);
      try {
        await this.#send(this.#ports.subscribers(), pending.first, sent);
      } catch (error) {
        // The row stays, and the alarm is set: it is tried again then.
        complain(`publishing failed: ${error}`);
        return;
      }
      this.#fresh = this.#fresh.filter(({ version }) => version > sent);
      const { last } = this.#unannounced() ?? pending;
      this.#pending = last > sent ? { first: sent + 1, last } : null;
      if (this.#pending !== null) await this.#ports.pause(BETWEEN_BATCHES);
    }
  }

  #unannounced(): VersionRange | null {
    if (this.#pending === undefined) this.#pending = readOutbox(this.#ports.storage.sql);
    return this.#pending;
  }

  #events(first: number, last: number): readonly StoredEvent[] {
    const fresh = this.#fresh.filter(({ version }) => version >= first && version <= last);
    return fresh.length === last - first + 1 ? fresh : [...this.#ports.readEvents(first, last)];
  }

  /** @returns whether any subscriber is behind, and up to which version every queue has taken all */
  async #resendMissing(): Promise<{ behind: boolean; sentUpTo: number }> {
    const { name, version } = this.#ports.readStream();
    if (name === null) return { behind: false, sentUpTo: 0 };
    const checkpoints = await this.#ports.readCheckpoints(streamKey(name));
    let behind = false;
    let sentUpTo = version;
    for (const subscriber of this.#ports.subscribers()) {
      const applied = checkpoints.get(subscriber.name) ?? 0;
      const wanted =
        subscriber.wants === undefined ? version : this.#ports.lastVersionOf(subscriber.wants, version + 1);
      if (applied >= wanted) continue;
      behind = true;
      const last = Math.min(wanted, applied + SENT_AT_ONCE);
      await this.#send([subscriber], applied + 1, last);
      if (last < wanted) sentUpTo = Math.min(sentUpTo, last);
    }
    return { behind, sentUpTo };
  }

  async #send(subscribers: readonly Subscriber[], first: number, last: number): Promise<void> {
    const { name } = this.#ports.readStream();
    if (name === null) return;
    const events = this.#events(first, last);
    await Promise.all(
      subscribers.map(async ({ wants, queue }) => {
        const concerning = wants === undefined ? events : events.filter(({ type }) => wants.has(type));
        if (concerning.length === 0) return;
        const from = wants === undefined ? first : this.#ports.lastVersionOf(wants, first) + 1;
        for (const nudge of packNudges(name, from, concerning)) await queue.send(nudge);
      }),
    );
  }

  #arm(attempts: number): void {
    const { setAlarm, now, random, firstCheckAfter } = this.#ports;
    const pause = Math.min(firstCheckAfter * 2 ** attempts, LONGEST_PAUSE);
    // Spread by up to a quarter.
    setAlarm(now() + pause * (1 + random() / 4));
    this.#armed = true;
  }

  #countAttempt(): number {
    const row = this.#ports.storage.sql
      .exec<{ attempts: number }>(
        `INSERT INTO redelivery (only, attempts) VALUES (1, 1)
         ON CONFLICT (only) DO UPDATE SET attempts = min(attempts + 1, 16) RETURNING attempts`,
      )
      .one();
    return row.attempts;
  }

  #forgetAttempts(): void {
    this.#ports.storage.sql.exec("DELETE FROM redelivery");
  }
}
