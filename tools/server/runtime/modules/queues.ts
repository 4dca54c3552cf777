/**
 * Queues on one machine, all in one Durable Object: what is sent in one turn, to however many queues, is one commit. Delivery is
 * at least once: a crash between a delivery and the next commit delivers again.
 */
import { DurableObject } from "cloudflare:workers";
import type { QueueConsumerEntrypoint } from "./parts/deliver-batch.ts";
import { QueueDelivery } from "./parts/queue-delivery.ts";
import type { Backlog, SentMessage } from "./parts/queue-messages.ts";
import { consumersSchema } from "./parts/queue-settings.ts";
import { QueueStore } from "./parts/queue-store.ts";

interface Env {
  /** The `[[queues.consumers]]` of `wrangler.toml`. */
  readonly CONSUMERS: unknown;
  readonly CONSUMER: QueueConsumerEntrypoint;
}

/** Milliseconds that what was delivered waits for a commit to leave with, and how much of it does. */
const UNUSED_FOR = 2_000;
const MOST_DELIVERED = 5_000;
/** Milliseconds: after a crash the object wakes by its alarm then, if nobody called it before. */
const WATCH = 30_000;
/** Milliseconds: what nobody takes is looked at then. */
const BETWEEN_CLEANINGS = 3_600_000;
/** Milliseconds. What the platform keeps a message, unless a queue says otherwise. */
const RETENTION = 4 * 86_400_000;
/** Messages of a queue that has no consumer, as dead letters. */
const MOST_UNCONSUMED = 10_000;

export class Queues extends DurableObject<Env> {
  readonly #store: QueueStore;
  readonly #deliveries = new Map<string, QueueDelivery>();
  #latest = 0;
  #isArmed = false;
  #removing: (() => void) | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const store = new QueueStore(ctx.storage.sql);
    this.#store = store;
    const recoveredTo = store.lastSeq();
    for (const consumer of consumersSchema.parse(env.CONSUMERS)) {
      const delivery = new QueueDelivery(consumer, recoveredTo, {
        store,
        deliver: (queue, messages, backlog) => env.CONSUMER.deliver(queue, messages, backlog),
        written: () => ctx.storage.sync(),
        now: () => this.#now(),
        after: (milliseconds, work) => this.#after(milliseconds, work),
        settled: (deadLetterQueue) => this.#settled(deadLetterQueue),
        tell: (line) => console.error(line),
      });
      this.#deliveries.set(consumer.queue, delivery);
    }
    if (recoveredTo > 0) this.#wakeAll();
  }

  /** @returns how much waits then, by queue */
  add(messages: readonly SentMessage[]): Record<string, Backlog> {
    const now = this.#now();
    this.#store.removeDelivered();
    for (const message of messages) this.#store.insert(message, now);
    this.#arm(now + WATCH);
    const queues = new Set(messages.map(({ queue }) => queue));
    for (const queue of queues) this.#deliveries.get(queue)?.wake();
    return Object.fromEntries([...queues].map((queue) => [queue, this.#store.backlog(queue)]));
  }

  backlog(queue: string): Backlog {
    return this.#store.backlog(queue);
  }

  override async alarm(): Promise<void> {
    this.#isArmed = false;
    this.#store.removeDelivered();
    for (const queue of this.#store.queues()) this.#clean(queue);
    this.#wakeAll();
    const left = this.#store.queues();
    if (left.length === 0) return;
    const isUnderWay = left.some((queue) => this.#deliveries.has(queue));
    this.#arm(this.#now() + (isUnderWay ? WATCH : BETWEEN_CLEANINGS));
  }

  #wakeAll(): void {
    for (const delivery of this.#deliveries.values()) delivery.wake();
  }

  /** The machine's clock may be set back; nobody who waits for a time may wait for it again. */
  #now(): number {
    this.#latest = Math.max(this.#latest, Date.now());
    return this.#latest;
  }

  #arm(time: number): void {
    if (this.#isArmed) return;
    this.#isArmed = true;
    void this.ctx.storage.setAlarm(time);
  }

  #after(milliseconds: number, work: () => void): () => void {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  }

  #settled(deadLetterQueue: string | null): void {
    if (deadLetterQueue !== null) {
      this.#clean(deadLetterQueue);
      this.#deliveries.get(deadLetterQueue)?.wake();
    }
    if (this.#store.deliveredCount > MOST_DELIVERED) this.#store.removeDelivered();
    if (this.#store.deliveredCount === 0 || this.#removing !== null) return;
    this.#removing = this.#after(UNUSED_FOR, () => {
      this.#removing = null;
      this.#store.removeDelivered();
    });
  }

  #clean(queue: string): void {
    const most = this.#deliveries.has(queue) ? Number.MAX_SAFE_INTEGER : MOST_UNCONSUMED;
    const removed = this.#store.keep(queue, this.#now() - RETENTION, most);
    if (removed > 0) console.error(`${queue}: ${removed} messages were too old or too many, and are dropped`);
  }
}

export default { fetch: () => new Response(null, { status: 404 }) };
