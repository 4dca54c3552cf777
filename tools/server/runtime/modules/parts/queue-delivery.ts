/** Delivers what one queue has to its consumer: batch after batch, and what failed once more, until it is a dead letter. */
import type { Backlog, DeliveredMessage, Outcome } from "./queue-messages.ts";
import type { Consumer } from "./queue-settings.ts";
import type { Position, StoredMessage } from "./queue-store.ts";

/** Milliseconds that a batch is at work before the next one begins beside it: mostly one after another is fastest here. */
const PATIENCE = 10_000;
/** Milliseconds. The platform's limit of a consumer. */
const LONGEST_DELIVERY = 15 * 60_000;
/** Milliseconds: a consumer that could not be called at all is given time, twice as much each time. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

export interface DeliveryStore {
  take(queue: string, after: Position, now: number, limit: number): StoredMessage[];
  nextDue(queue: string, after: Position): number | null;
  delivered(queue: string, messages: readonly StoredMessage[]): void;
  removeDelivered(): void;
  failed(message: StoredMessage, attempts: number, due: number): void;
  move(message: StoredMessage, from: string, to: string, now: number): void;
  backlog(queue: string): Backlog;
}

export interface DeliveryPorts {
  readonly store: DeliveryStore;
  deliver(queue: string, messages: readonly DeliveredMessage[], backlog: Backlog): Promise<Outcome>;
  /** Resolves when what was written so far is on the disk. */
  written(): Promise<void>;
  /** Never goes back. */
  now(): number;
  /** @returns what takes it back */
  after(milliseconds: number, work: () => void): () => void;
  /** Messages were delivered, or moved to the queue of that name. */
  settled(deadLetterQueue: string | null): void;
  tell(line: string): void;
}

export class QueueDelivery {
  readonly #consumer: Consumer;
  readonly #ports: DeliveryPorts;
  /** What was there when this began: a crash may have come of it, so each attempt is written down before it is made. */
  readonly #recoveredTo: number;
  #position: Position = { due: 0, seq: 0 };
  /** When each batch began that is at work. */
  readonly #atWork = new Set<{ readonly since: number }>();
  #isTaking = false;
  #failuresInARow = 0;
  #pausedUntil = 0;
  #cancelWaking: (() => void) | null = null;

  constructor(consumer: Consumer, recoveredTo: number, ports: DeliveryPorts) {
    this.#consumer = consumer;
    this.#recoveredTo = recoveredTo;
    this.#ports = ports;
  }

  /** Something may be due. */
  wake(): void {
    if (this.#isTaking || !this.#hasRoom()) return;
    this.#isTaking = true;
    this.#run().catch((error) => {
      // The table cannot be read or written just now: what is due is looked for again.
      console.error(`${this.#consumer.queue}: ${error}`);
      this.#ports.after(FIRST_PAUSE, () => this.wake());
    });
  }

  #hasRoom(): boolean {
    if (this.#atWork.size === 0) return true;
    if (this.#atWork.size >= this.#consumer.max_concurrency) return false;
    const now = this.#ports.now();
    return [...this.#atWork].every(({ since }) => now - since >= PATIENCE);
  }

  async #run(): Promise<void> {
    // What comes until then goes along.
    await this.#ports.written().catch(() => {});
    this.#isTaking = false;
    const batch = this.#take();
    if (batch.length === 0) return;
    const work = { since: this.#ports.now() };
    this.#atWork.add(work);
    const cancel = this.#ports.after(PATIENCE, () => this.wake());
    try {
      await this.#deliver(batch);
    } finally {
      cancel();
      this.#atWork.delete(work);
      this.wake();
    }
  }

  /** @returns nothing where nothing is due, or a batch may still fill; then it wakes itself */
  #take(): StoredMessage[] {
    const { queue, max_batch_size, max_batch_timeout } = this.#consumer;
    const { store } = this.#ports;
    const now = this.#ports.now();
    if (now < this.#pausedUntil) return this.#wakeAt(this.#pausedUntil);
    const batch = store.take(queue, this.#position, now, max_batch_size);
    const first = batch[0];
    const last = batch.at(-1);
    if (first === undefined || last === undefined) {
      const due = store.nextDue(queue, this.#position);
      return due === null ? [] : this.#wakeAt(due);
    }
    const full = first.due + max_batch_timeout * 1_000;
    if (batch.length < max_batch_size && now < full) return this.#wakeAt(full);
    this.#position = { due: last.due, seq: last.seq };
    const left = this.#withoutEndless(batch);
    if (left.length === 0) this.wake();
    return left;
  }

  #wakeAt(time: number): [] {
    this.#cancelWaking?.();
    this.#cancelWaking = this.#ports.after(Math.max(0, time - this.#ports.now()), () => this.wake());
    return [];
  }

  /** A message that ends the runtime each time would never be told of as failed. */
  #withoutEndless(batch: StoredMessage[]): StoredMessage[] {
    if (batch.every(({ seq }) => seq > this.#recoveredTo)) return batch;
    const left = batch.filter((message) => {
      if (message.seq > this.#recoveredTo) return true;
      if (message.attempts > this.#consumer.max_retries) {
        this.#giveUp(message, "the runtime ended each time");
        return false;
      }
      this.#ports.store.failed(message, message.attempts + 1, message.due);
      return true;
    });
    if (left.length < batch.length) this.#ports.settled(this.#consumer.dead_letter_queue ?? null);
    return left;
  }

  async #deliver(batch: readonly StoredMessage[]): Promise<void> {
    const { queue } = this.#consumer;
    const delivered = batch.map(({ seq, sentAt, attempts, type, body }) => ({
      id: idOf(seq),
      timestamp: sentAt,
      attempts: attempts + 1,
      type,
      body,
    }));
    let outcome: Outcome;
    try {
      outcome = await this.#inTime(this.#ports.deliver(queue, delivered, this.#ports.store.backlog(queue)));
      this.#failuresInARow = 0;
    } catch (error) {
      outcome = { again: delivered.map(({ id }) => [id, null]), error: String(error) };
      this.#pausedUntil =
        this.#ports.now() + Math.min(FIRST_PAUSE * 2 ** this.#failuresInARow, LONGEST_PAUSE);
      this.#failuresInARow += 1;
    }
    if (outcome.error !== null)
      this.#ports.tell(`${queue}: a batch of ${batch.length} failed: ${outcome.error}`);
    this.#settle(batch, outcome);
  }

  #inTime(delivery: Promise<Outcome>): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const cancel = this.#ports.after(LONGEST_DELIVERY, () =>
        reject(new Error("the consumer took too long")),
      );
      delivery.then(resolve, reject).finally(cancel);
    });
  }

  #settle(batch: readonly StoredMessage[], { again, error }: Outcome): void {
    const delays = new Map(again);
    const { store, settled } = this.#ports;
    const { queue, max_retries, dead_letter_queue } = this.#consumer;
    const failed = batch.filter(({ seq }) => delays.has(idOf(seq)));
    const dead = failed.filter(({ attempts }) => attempts + 1 > max_retries);
    store.delivered(
      queue,
      batch.filter((message) => !failed.includes(message)),
    );
    for (const message of failed) {
      const attempts = message.attempts + 1;
      if (dead.includes(message)) {
        this.#giveUp({ ...message, attempts }, error ?? "the consumer asked for another attempt");
      } else store.failed(message, attempts, this.#dueAgain(delays.get(idOf(message.seq)) ?? null));
    }
    if (batch.some(({ seq }) => seq <= this.#recoveredTo)) store.removeDelivered();
    settled(dead.length > 0 ? (dead_letter_queue ?? null) : null);
  }

  /** Behind what was taken: else it would be passed over. */
  #dueAgain(delaySeconds: number | null): number {
    const from = Math.max(this.#ports.now(), this.#position.due + 1);
    return from + (delaySeconds ?? this.#consumer.retry_delay) * 1_000;
  }

  #giveUp(message: StoredMessage, reason: string): void {
    const { queue, dead_letter_queue } = this.#consumer;
    const told = `${queue}: message ${idOf(message.seq)} failed ${message.attempts} times`;
    if (dead_letter_queue === undefined) {
      this.#ports.store.delivered(queue, [message]);
      this.#ports.tell(`${told} and is dropped: ${reason}`);
    } else {
      this.#ports.store.move(message, queue, dead_letter_queue, this.#ports.now());
      this.#ports.tell(`${told} and is a dead letter in ${dead_letter_queue}: ${reason}`);
    }
  }
}

/** As long as the platform's, and the same for as long as the message is there. */
export function idOf(seq: number): string {
  return seq.toString(16).padStart(32, "0");
}
