/**
 * Brings a stream's events to all subscribers. Queues may lose, repeat and reorder: the outbox row leaves when every queue
 * took the message, and the alarm, set with the events, later asks every subscriber's checkpoint and sends again what is
 * missing, until all have caught up.
 */

import { isAwaited } from "../alarm.ts";
import { ErrorLines } from "../error-lines.ts";
import { type StoredEvent, type StreamName, streamKey } from "./events.ts";
import { gathered } from "./gathered-queue.ts";
import { packNudges } from "./nudges.ts";
import { markAnnounced, readOutbox, type VersionRange, writeOutbox } from "./outbox.ts";
import type { ReadCheckpoints, Subscriber } from "./subscribers.ts";

export interface DeliveryPorts {
  readonly storage: DurableObjectStorage;
  /** Wakes the object for `redeliver` at a time (ms); within a transaction, it is part of it. */
  setAlarm(at: number): void;
  /** False where none is set, or its time is past. */
  isAlarmAhead(): Promise<boolean>;
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
  /** Version of the first event of one of the types after a version; 0 when there is none. */
  firstVersionOf(types: Iterable<string>, after: number): number;
}

/** Longest pause between two attempts, in milliseconds. */
const LONGEST_PAUSE = 10 * 60_000;
/** Pauses are spread by up to so much of themselves: many streams are committed in the same moment. */
const SPREAD = 1 / 4;
/** Milliseconds between two messages of a stream that is written to again and again. */
const BETWEEN_BATCHES = 20;
/** Events sent in one go. */
const SENT_AT_ONCE = 500;
/** Longest time, in milliseconds, for which a queue is believed to have a message still, because older ones wait in it. */
const BELIEVED_WAITING = 3 * 60_000;

/** Where it is kept how far all were when somebody was behind last. */
const APPLIED = "redelivery_applied";

/** What one subscriber has not applied: the versions from the first that it wants to the last. */
interface Lag {
  readonly subscriber: Subscriber;
  readonly first: number;
  readonly last: number;
}

/** When a queue is down, it is down for thousands of streams at once. */
const errorLines = new ErrorLines((line) => console.warn(line));

export class Delivery {
  readonly #ports: DeliveryPorts;
  /** For when this instance has set the alarm; null where it has not. */
  #armedFor: number | null = null;
  #publishing: Promise<void> | null = null;
  /** What no queue has been told of, as far as this instance knows; undefined until the row was read. */
  #pending: VersionRange | null | undefined;
  /** Events that were just appended: they need not be read again to be sent. */
  #fresh: StoredEvent[] = [];
  /** When a subscriber's queue last took something (ms), by the subscriber's name. */
  readonly #taken = new Map<string, number>();

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
    if (!this.#isArmed()) this.#arm(0);
    this.#fresh = this.#fresh.length > SENT_AT_ONCE ? [] : [...this.#fresh, ...events];
  }

  /**
   * The transaction failed: the alarm went with it, and the events are none. Each of the two below would do: a round that is
   * under way must not tell of them.
   */
  onRollback(): void {
    this.#armedFor = null;
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
    this.#armedFor = null;
    const { storage } = this.#ports;
    if (this.#ports.readStream().name === null) return;
    try {
      const { behind, sentUpTo, applied } = await this.#resendMissing();
      markAnnounced(storage.sql, sentUpTo);
      this.#pending = undefined;
      if (behind) this.#arm(this.#countAttempt(this.#hasMoved(applied)));
      else this.#forgetAttempts();
    } catch (error) {
      errorLines.tell("redelivery failed", error);
      this.#arm(this.#countAttempt(false));
    }
  }

  /**
   * Somebody looks whether the alarm is to ring: where it is forgotten, or none is set, and there is something to send, it is
   * set anew.
   * @param checkpoints where the subscribers stand, if it is known
   */
  async look(checkpoints: ReadonlyMap<string, number> | null): Promise<void> {
    if (this.#ports.readStream().name === null || (await this.#ports.isAlarmAhead())) return;
    // A commit may have set it meanwhile.
    if (this.#isArmed()) return;
    const hasWork = this.#unannounced() !== null || this.#hasAttempts();
    if (hasWork || (checkpoints !== null && this.#behind(checkpoints).length > 0)) this.#arm(0);
  }

  async #publishAll(): Promise<void> {
    for (let pending = this.#unannounced(); pending !== null; pending = this.#unannounced()) {
      const sent = Math.min(pending.last, pending.first + SENT_AT_ONCE - 1);
      try {
        await this.#send(this.#ports.subscribers(), pending.first, sent);
      } catch (error) {
        // The row stays, and the alarm is set: it is tried again then.
        errorLines.tell("publishing failed", error);
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

  /** Those who have not applied all that they want. */
  #behind(checkpoints: ReadonlyMap<string, number>): readonly Lag[] {
    const { subscribers, readStream, lastVersionOf, firstVersionOf } = this.#ports;
    const { version } = readStream();
    return subscribers().flatMap((subscriber): Lag[] => {
      const { name, wants } = subscriber;
      const applied = checkpoints.get(name) ?? 0;
      const last = wants === undefined ? version : lastVersionOf(wants, version + 1);
      if (applied >= last) return [];
      // What nobody wants may be more than is sent in one go.
      return [
        { subscriber, first: wants === undefined ? applied + 1 : firstVersionOf(wants, applied), last },
      ];
    });
  }

  /** @returns whether any subscriber is behind, up to which version every queue has taken all, and how much all have applied */
  async #resendMissing(): Promise<{ behind: boolean; sentUpTo: number; applied: number }> {
    const { name, version } = this.#ports.readStream();
    if (name === null) return { behind: false, sentUpTo: 0, applied: 0 };
    const checkpoints = await this.#ports.readCheckpoints(streamKey(name));
    const behind = this.#behind(checkpoints);
    let sentUpTo = version;
    for (const { subscriber, first, last } of behind) {
      if (await this.#stillWaits(subscriber)) continue;
      const sent = Math.min(last, first + SENT_AT_ONCE - 1);
      await this.#send([subscriber], first, sent);
      if (sent < last) sentUpTo = Math.min(sentUpTo, sent);
    }
    const applied = [...checkpoints.values()].reduce((sum, one) => sum + one, 0);
    return { behind: behind.length > 0, sentUpTo, applied };
  }

  /** Its queue has taken all, and has not come that far: sent again, it would only wait twice. */
  async #stillWaits({ name, queue }: Subscriber): Promise<boolean> {
    const taken = this.#taken.get(name);
    if (taken === undefined || this.#unannounced() !== null) return false;
    if (this.#ports.now() - taken > BELIEVED_WAITING) return false;
    const oldest = await gathered(queue).oldestWaiting();
    return oldest !== null && oldest <= taken;
  }

  async #send(subscribers: readonly Subscriber[], first: number, last: number): Promise<void> {
    const { name } = this.#ports.readStream();
    if (name === null) return;
    const events = this.#events(first, last);
    await Promise.all(
      subscribers.map(async ({ name: subscriber, wants, queue }) => {
        const concerning = wants === undefined ? events : events.filter(({ type }) => wants.has(type));
        if (concerning.length === 0) return;
        const from = wants === undefined ? first : this.#ports.lastVersionOf(wants, first) + 1;
        // Another object of the isolate may send it, and does not wait for this one's writes.
        await this.#ports.storage.sync();
        await gathered(queue).send(packNudges(name, from, concerning));
        this.#taken.set(subscriber, this.#ports.now());
      }),
    );
  }

  #isArmed(): boolean {
    return isAwaited(this.#armedFor, this.#ports.now(), LONGEST_PAUSE * (1 + SPREAD));
  }

  #arm(attempts: number): void {
    const { setAlarm, now, random, firstCheckAfter } = this.#ports;
    const pause = Math.min(firstCheckAfter * 2 ** attempts, LONGEST_PAUSE);
    this.#armedFor = now() + Math.ceil(pause * (1 + random() * SPREAD));
    setAlarm(this.#armedFor);
  }

  #hasAttempts(): boolean {
    return this.#ports.storage.sql.exec("SELECT 1 FROM redelivery").toArray().length > 0;
  }

  /**
   * Whether the subscribers have come on since it was last asked, also of another instance: one that is behind and comes on, as of
   * a stream that is written to all the time, needs no rest. @param applied how many versions all have applied, together
   */
  #hasMoved(applied: number): boolean {
    const { kv } = this.#ports.storage;
    const before = kv.get<number>(APPLIED);
    if (before !== applied) kv.put(APPLIED, applied);
    return before !== undefined && applied > before;
  }

  /** @param isFirst whether those before count no more */
  #countAttempt(isFirst: boolean): number {
    const row = this.#ports.storage.sql
      .exec<{ attempts: number }>(
        `INSERT INTO redelivery (only, attempts) VALUES (1, 1)
         ON CONFLICT (only) DO UPDATE SET attempts = iif(?, 1, min(attempts + 1, 16)) RETURNING attempts`,
        isFirst ? 1 : 0,
      )
      .one();
    return row.attempts;
  }

  #forgetAttempts(): void {
    this.#ports.storage.sql.exec("DELETE FROM redelivery");
  }
}
