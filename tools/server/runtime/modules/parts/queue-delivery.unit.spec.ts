/** How one queue delivers, with the clock in hand. */
import { beforeEach, describe, expect, it } from "vitest";
import { type DeliveryPorts, idOf, QueueDelivery } from "./queue-delivery.ts";
import type { DeliveredMessage, Outcome } from "./queue-messages.ts";
import { type Consumer, consumerSchema } from "./queue-settings.ts";
import type { StoredMessage } from "./queue-store.ts";

type Answer = (messages: readonly DeliveredMessage[]) => Outcome | Promise<Outcome>;
const DONE: Outcome = { again: [], error: null };

/** One queue's messages, a consumer, and time that passes when it is told to. */
class Machine {
  time = 1_000;
  stored: StoredMessage[] = [];
  readonly moved: string[] = [];
  readonly lines: string[] = [];
  /** Queues that dead letters came to, a batch after the other. */
  readonly settled: (string | null)[] = [];
  readonly delivered: { at: number; ids: string[]; attempts: number[] }[] = [];
  removals = 0;
  answer: Answer = () => DONE;
  #timers: { at: number; work: () => void }[] = [];

  readonly ports: DeliveryPorts = {
    store: {
      take: (_queue, after, now, limit) =>
        this.stored
          .filter(({ due, seq }) => due <= now && (due > after.due || (due === after.due && seq > after.seq)))
          .sort((one, other) => one.due - other.due || one.seq - other.seq)
          .slice(0, limit),
      nextDue: (_queue, after) => {
        const next = this.stored.filter(({ due }) => due > after.due).map(({ due }) => due);
        return next.length === 0 ? null : Math.min(...next);
      },
      delivered: (_queue, messages) => this.#remove(messages),
      removeDelivered: () => {
        this.removals += 1;
      },
      failed: (message, attempts, due) => {
        this.#remove([message]);
        this.stored.push({ ...message, attempts, due });
      },
      move: (message, _from, to) => {
        this.#remove([message]);
        this.moved.push(`${idOf(message.seq)} ${to}`);
      },
      backlog: () => ({ count: this.stored.length, bytes: 0, oldest: null }),
    },
    deliver: async (_queue, messages) => {
      const attempts = messages.map((message) => message.attempts);
      this.delivered.push({ at: this.time, ids: messages.map(({ id }) => id), attempts });
      return this.answer(messages);
    },
    written: async () => {},
    now: () => this.time,
    after: (milliseconds, work) => {
      const timer = { at: this.time + milliseconds, work };
      this.#timers.push(timer);
      return () => {
        this.#timers = this.#timers.filter((one) => one !== timer);
      };
    },
    settled: (deadLetterQueue) => this.settled.push(deadLetterQueue),
    tell: (line) => this.lines.push(line),
  };

  #remove(messages: readonly StoredMessage[]): void {
    const gone = new Set(messages.map(({ seq }) => seq));
    this.stored = this.stored.filter(({ seq }) => !gone.has(seq));
  }

  send(count: number): void {
    for (let sent = 0; sent < count; sent += 1) {
      const seq = this.#lastSeq + 1;
      this.#lastSeq = seq;
      const body = { bytes: 2, type: "json", body: "{}" } as const;
      this.stored.push({ seq, due: this.time, sentAt: this.time, attempts: 0, ...body });
    }
  }
  #lastSeq = 0;

  /** All that can go on does. */
  async settle(): Promise<void> {
    for (let turns = 0; turns < 200; turns += 1) await Promise.resolve();
  }

  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      await this.settle();
      const [next] = this.#timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.work();
    }
    this.time = end;
  }
}

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
});

function deliveryOf(settings: Partial<Consumer>, recoveredTo = 0): QueueDelivery {
  const defaults = { queue: "q", max_batch_timeout: 0, dead_letter_queue: "dead" };
  return new QueueDelivery(consumerSchema.parse({ ...defaults, ...settings }), recoveredTo, machine.ports);
}

const sizes = () => machine.delivered.map(({ ids }) => ids.length);
const failing: Answer = (messages) => ({
  again: messages.map(({ id }) => [id, null]),
  error: "Error: not now",
});

describe("batches", () => {
  it("has one at work at a time, in order, each as full as it can be", async () => {
    machine.send(25);
    deliveryOf({ max_batch_size: 10 }).wake();
    await machine.settle();
    expect(sizes()).toEqual([10, 10, 5]);
    expect(machine.delivered.flatMap(({ ids }) => ids)).toEqual(
      Array.from({ length: 25 }, (_, index) => idOf(index + 1)),
    );
    expect(machine.stored).toEqual([]);
  });

  it("waits for a batch to fill no longer than it is to", async () => {
    const delivery = deliveryOf({ max_batch_size: 3, max_batch_timeout: 5 });
    machine.send(2);
    delivery.wake();
    await machine.pass(4_999);
    expect(sizes()).toEqual([]);
    await machine.pass(1);
    expect(sizes()).toEqual([2]);
    machine.send(4);
    delivery.wake();
    await machine.settle();
    expect(sizes()).toEqual([2, 3]);
  });

  it("begins another beside one that takes long, as many as there may be", async () => {
    machine.answer = () => new Promise<Outcome>(() => {});
    const delivery = deliveryOf({ max_batch_size: 1, max_concurrency: 2 });
    machine.send(3);
    delivery.wake();
    await machine.pass(9_999);
    expect(sizes()).toEqual([1]);
    await machine.pass(60_000);
    expect(machine.delivered.map(({ ids }) => ids)).toEqual([[idOf(1)], [idOf(2)]]);
  });
});

describe("a failure", () => {
  it("comes again after the consumer's delay, until it is a dead letter that is told of", async () => {
    machine.answer = failing;
    machine.send(1);
    deliveryOf({ max_retries: 2, retry_delay: 10 }).wake();
    await machine.pass(60_000);
    expect(machine.delivered.map(({ attempts }) => attempts)).toEqual([[1], [2], [3]]);
    const [first, second] = machine.delivered;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(10_000);
    expect(machine.moved).toEqual([`${idOf(1)} dead`]);
    expect(machine.settled).toEqual([null, null, "dead"]);
    expect(machine.lines.at(-1)).toBe(
      `q: message ${idOf(1)} failed 3 times and is a dead letter in dead: Error: not now`,
    );
  });

  it("is dropped in the end where there are no dead letters, and told of", async () => {
    machine.answer = failing;
    machine.send(1);
    deliveryOf({ max_retries: 0, dead_letter_queue: undefined }).wake();
    await machine.settle();
    expect(machine.stored).toEqual([]);
    expect(machine.lines.at(-1)).toMatch(/failed 1 times and is dropped/);
  });

  it("is not passed over when it comes again in the same millisecond", async () => {
    let isFirst = true;
    machine.answer = (messages) => {
      const again = isFirst ? messages.slice(0, 1).map(({ id }) => [id, 0] as const) : [];
      isFirst = false;
      return { again, error: null };
    };
    machine.send(3);
    deliveryOf({}).wake();
    await machine.pass(10);
    expect(machine.delivered.map(({ ids }) => ids)).toEqual([[idOf(1), idOf(2), idOf(3)], [idOf(1)]]);
  });

  it("of the call itself is given time, more each time, and then nothing holds it up", async () => {
    let failures = 3;
    machine.answer = () => {
      failures -= 1;
      if (failures >= 0) throw new Error("gone");
      return DONE;
    };
    const delivery = deliveryOf({ max_retries: 10 });
    machine.send(1);
    delivery.wake();
    await machine.pass(60_000);
    const times = machine.delivered.map(({ at }) => at);
    const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(pauses).toEqual([1_000, 2_000, 4_000]);
    expect(machine.stored).toEqual([]);
  });

  it("is what a consumer has that does not answer", async () => {
    machine.answer = () => new Promise<Outcome>(() => {});
    machine.send(1);
    deliveryOf({ max_retries: 0, max_concurrency: 1 }).wake();
    await machine.pass(15 * 60_000);
    expect(machine.moved).toEqual([`${idOf(1)} dead`]);
    expect(machine.lines.at(-1)).toMatch(/took too long/);
  });
});

describe("what was there when it began", () => {
  it("counts an attempt before it is made", async () => {
    machine.answer = () => new Promise<Outcome>(() => {});
    machine.send(1);
    deliveryOf({}, 1).wake();
    await machine.settle();
    expect(machine.stored.map(({ attempts }) => attempts)).toEqual([1]);
  });

  it("is a dead letter when it was tried too often, and the others come", async () => {
    machine.send(2);
    machine.stored = machine.stored.map((message) => ({ ...message, attempts: message.seq === 1 ? 4 : 0 }));
    deliveryOf({ max_retries: 3, max_batch_size: 1 }, 2).wake();
    await machine.settle();
    expect(machine.moved).toEqual([`${idOf(1)} dead`]);
    expect(machine.delivered.map(({ ids }) => ids)).toEqual([[idOf(2)]]);
    // At once: what was done must not be tried again after the next crash.
    expect(machine.removals).toBe(1);
  });
});
