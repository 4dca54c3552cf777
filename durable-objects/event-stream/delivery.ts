/**
 * Brings a stream's events to all subscribers. Queues may lose, repeat and reorder: the outbox row leaves when every queue
 * took the message, and the alarm, set with the events, later asks every subscriber's checkpoint and sends again what is
 * missing, until all have caught up.
 */
import { type StoredEvent, type StreamName, streamKey } from "./events.ts";
import { packNudges } from "./nudges.ts";
import { insertOutboxRow, markAnnounced, pendingVersions } from "./outbox.ts";
import type { ReadCheckpoints, Subscriber } from "./subscribers.ts";

export interface DeliveryPorts {
  readonly storage: DurableObjectStorage;
  subscribers(): readonly Subscriber[];
  readonly readCheckpoints: ReadCheckpoints;
  now(): number;
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
/** Events sent in one go. */
const SENT_AT_ONCE = 500;

export class Delivery {
  readonly #ports: DeliveryPorts;
  #armed = false;
  #publishing: Promise<void> | null = null;

  constructor(ports: DeliveryPorts) {
    this.#ports = ports;
  }

  /** Inside the transaction of the events: their outbox row, and the alarm if none is set by this instance. */
  onAppend(first: number, last: number): void {
    const { storage } = this.#ports;
    insertOutboxRow(storage.sql, first, last);
    if (!this.#armed) this.#arm(0);
  }

  /** The transaction failed: the alarm went with it. */
  onRollback(): void {
    this.#armed = false;
  }

  /** Sends what the outbox holds. Commits made meanwhile go with the next round, so that a busy stream sends in batches. */
  publish(): Promise<void> {
    this.#publishing ??= this.#publishAll().finally(() => {
      this.#publishing = null;
    });
    return this.#publishing;
  }

  /** The alarm: never throws, since the platform would stop after a few retries, and this must not stop. */
  async redeliver(): Promise<void> {
    this.#armed = false;
    try {
      await this.publish();
      const behind = await this.#resendMissing();
      if (behind) this.#arm(this.#countAttempt());
      else this.#forgetAttempts();
    } catch (error) {
      console.error("redelivery failed", error);
      this.#arm(this.#countAttempt());
    }
  }

  async #publishAll(): Promise<void> {
    const { storage } = this.#ports;
    for (
      let pending = pendingVersions(storage.sql);
      pending !== null;
      pending = pendingVersions(storage.sql)
    ) {
      const last = Math.min(pending.last, pending.first + SENT_AT_ONCE - 1);
      try {
        await this.#send(this.#ports.subscribers(), pending.first, last);
      } catch (error) {
        // The row stays, and the alarm is set: it is tried again then.
        console.warn(`publishing failed: ${error}`);
        return;
      }
      storage.transactionSync(() => markAnnounced(storage.sql, last));
    }
  }

  /** @returns whether any subscriber is behind */
  async #resendMissing(): Promise<boolean> {
    const { name, version } = this.#ports.readStream();
    if (name === null) return false;
    const checkpoints = await this.#ports.readCheckpoints(streamKey(name));
    let behind = false;
    for (const subscriber of this.#ports.subscribers()) {
      const applied = checkpoints.get(subscriber.name) ?? 0;
      const wanted =
        subscriber.wants === undefined ? version : this.#ports.lastVersionOf(subscriber.wants, version + 1);
      if (applied >= wanted) continue;
      behind = true;
      await this.#send([subscriber], applied + 1, Math.min(wanted, applied + SENT_AT_ONCE));
    }
    return behind;
  }

  async #send(subscribers: readonly Subscriber[], first: number, last: number): Promise<void> {
    const { name } = this.#ports.readStream();
    if (name === null) return;
    const events = [...this.#ports.readEvents(first, last)];
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
    const { storage, now, random, firstCheckAfter } = this.#ports;
    const pause = Math.min(firstCheckAfter * 2 ** attempts, LONGEST_PAUSE);
    // Not awaited: within one turn it is written together with the rows around it. Spread by up to a quarter.
    void storage.setAlarm(now() + pause * (1 + random() / 4));
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
